//! What lists are narrowed by, and the way to their next page.

use specmint_store::{Action, State};

use super::fields::Fields;
use super::trouble::Trouble;
use crate::admin::API;
use crate::admin::shown::state_name;
use crate::admin::titles::provider_title;
use crate::provider::Provider;

/// One of what can be chosen.
pub(super) struct Choice {
    pub(super) value: &'static str,
    pub(super) text: &'static str,
    pub(super) chosen: bool,
}

/// The providers to choose from, and the one that was chosen; with the server itself, if `own`.
pub(super) fn providers(
    fields: &Fields,
    own: bool,
) -> Result<(Vec<Choice>, Option<&'static str>), Trouble> {
    let own = own.then_some(API);
    let known = Provider::ALL.iter().map(|provider| provider.name());
    let known: Vec<&'static str> = known.chain(own).collect();
    let chosen = fields.known("provider", |name| {
        known.iter().copied().find(|known| *known == name)
    })?;
    let choices = known.iter().map(|name| Choice {
        value: name,
        text: provider_title(name),
        chosen: chosen == Some(*name),
    });
    Ok((choices.collect(), chosen))
}

/// What is left out of lists of all providers: the server's own keys and sessions, unless they are what was chosen. Everyone
/// who looks at the console makes some.
pub(super) fn own_unless(chosen: Option<&str>) -> Option<String> {
    chosen.is_none().then(|| API.to_owned())
}

/// The states to choose from, and the one that was chosen.
pub(super) fn states(fields: &Fields) -> Result<(Vec<Choice>, Option<State>), Trouble> {
    const STATES: [State; 4] = [
        State::Active,
        State::Expired,
        State::Exhausted,
        State::Revoked,
    ];
    let find = |name: &str| STATES.into_iter().find(|state| state_name(*state) == name);
    let chosen = fields.known("state", find)?;
    let choices = STATES.into_iter().map(|state| Choice {
        value: state_name(state),
        text: state_name(state),
        chosen: chosen == Some(state),
    });
    Ok((choices.collect(), chosen))
}

/// The actions to choose from, and the one that was chosen.
pub(super) fn actions(fields: &Fields) -> Result<(Vec<Choice>, Option<Action>), Trouble> {
    let chosen = fields.known("action", Action::of_name)?;
    let choices = Action::ALL.into_iter().map(|action| Choice {
        value: action.name(),
        text: action.name(),
        chosen: chosen == Some(action),
    });
    Ok((choices.collect(), chosen))
}

/// The ways from one page of a list to others.
pub(super) struct Pager {
    /// To the newest, where that is another page.
    pub(super) newest: Option<String>,
    /// To those before these.
    pub(super) older: Option<String>,
}

impl Pager {
    /// Of the list at `path`, narrowed by those of `fields` that have one of these names.
    pub(super) fn new(
        path: &str,
        fields: &Fields,
        names: &[&str],
        next: Option<impl ToString>,
    ) -> Self {
        let way = |cursor: Option<String>| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            for name in names {
                if let Some(value) = fields.get(name) {
                    query.append_pair(name, value);
                }
            }
            if let Some(cursor) = cursor {
                query.append_pair("cursor", &cursor);
            }
            let query = query.finish();
            if query.is_empty() {
                path.to_owned()
            } else {
                format!("{path}?{query}")
            }
        };
        Self {
            newest: fields.get("cursor").map(|_| way(None)),
            older: next.map(|cursor| way(Some(cursor.to_string()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_narrowed_alike() {
        let fields = Fields::parse(b"search=a%26b&provider=vtex&other=x&state=");
        let names = ["provider", "state", "search"];
        let pager = Pager::new("/console/tokens", &fields, &names, Some(7));
        let older = "/console/tokens?provider=vtex&search=a%26b&cursor=7";
        assert_eq!(pager.older.as_deref(), Some(older));
        assert_eq!(pager.newest, None);
        let fields = Fields::parse(b"cursor=7");
        let pager = Pager::new("/console/tokens", &fields, &names, None::<u8>);
        assert_eq!(pager.newest.as_deref(), Some("/console/tokens"));
        assert_eq!(pager.older, None);
    }

    #[test]
    fn what_cannot_be_chosen_is_refused() {
        assert!(providers(&Fields::parse(b"provider=nobody"), true).is_err());
        assert!(providers(&Fields::parse(b"provider=specmint"), false).is_err());
        let (choices, chosen) = providers(&Fields::parse(b"provider=vtex"), true).unwrap();
        assert_eq!((choices.len(), chosen), (6, Some("vtex")));
        let (_, state) = states(&Fields::parse(b"state=used")).unwrap();
        assert_eq!(state, Some(State::Exhausted));
        assert!(actions(&Fields::parse(b"action=x")).is_err());
    }
}
