//! What stands below what, and which tokens may be made for it.

use specmint_store::Owner;

use crate::attributes;
use crate::beyond_identity::application::{API as BEYOND_IDENTITY, kind as application};
use crate::beyond_identity::registration::Registration;
use crate::vtex::API as VTEX;

/// How what VTEX has comes about, for none of it is an administrator's to make.
const VTEX_GROWS: &str = "its one application is always there, merchants sign up at the page that the provider shows, and credentials come of their consent";

/// A kind of owner.
struct Place {
    api: &'static str,
    kind: &'static str,
    /// The kind that it stands below.
    parent: Option<&'static str>,
    /// The kind of token that may be made for it.
    token: Option<&'static str>,
    /// Whether it is made here; else only by its provider's API, which has much to say of it.
    is_made: bool,
}

const fn place(
    api: &'static str,
    kind: &'static str,
    parent: Option<&'static str>,
    token: Option<&'static str>,
) -> Place {
    Place {
        api,
        kind,
        parent,
        token,
        is_made: true,
    }
}

const PLACES: [Place; 10] = [
    place("anchorbrowser", "team", None, Some("api_key")),
    place("anchorbrowser", "application", Some("team"), None),
    place("infisical", "organization", None, None),
    place(
        "infisical",
        "identity",
        Some("organization"),
        Some("access_token"),
    ),
    place("applivery", "organization", None, Some("service_account")),
    place(
        "applivery",
        "application",
        Some("organization"),
        Some("application_token"),
    ),
    place("beyond-identity", "tenant", None, None),
    place("beyond-identity", "realm", Some("tenant"), None),
    place("beyond-identity", "identity", Some("realm"), None),
    Place {
        is_made: false,
        ..place(
            "beyond-identity",
            "application",
            Some("realm"),
            Some("access_token"),
        )
    },
];

/// The kinds that may be made below `owner`.
pub(crate) fn children(owner: &Owner) -> impl Iterator<Item = &'static str> {
    made_below(owner).map(|(_, kind)| kind)
}

/// The same, each with its provider.
pub(crate) fn made_below(owner: &Owner) -> impl Iterator<Item = (&'static str, &'static str)> {
    PLACES
        .iter()
        .filter(|place| place.is_made && place.api == owner.api)
        .filter(|place| place.parent == Some(owner.kind.as_str()))
        .map(|place| (place.api, place.kind))
}

/// The providers and kinds that may be made below nothing.
pub(crate) fn at_the_top() -> impl Iterator<Item = (&'static str, &'static str)> {
    let top = PLACES.iter().filter(|place| place.parent.is_none());
    top.map(|place| (place.api, place.kind))
}

/// The kind of token that may be made for `owner`.
pub(crate) fn token_kind(owner: &Owner) -> Option<&'static str> {
    PLACES
        .iter()
        .find(|place| place.api == owner.api && place.kind == owner.kind)
        .filter(|_| !is_for_people_only(owner))
        .and_then(|place| place.token)
}

/// Whether `owner` is an application of Beyond Identity that gets no tokens without a person.
pub(crate) fn is_for_people_only(owner: &Owner) -> bool {
    if (owner.api.as_str(), owner.kind.as_str()) != (BEYOND_IDENTITY, application::APPLICATION) {
        return false;
    }
    let registration = attributes::of_owner::<Registration>(owner);
    registration.is_ok_and(|registration| !registration.serves_clients())
}

/// Whether `owner` is a person of Beyond Identity, for whom the tokens of applications act.
pub(crate) fn is_person(owner: &Owner) -> bool {
    (owner.api.as_str(), owner.kind.as_str()) == (BEYOND_IDENTITY, application::IDENTITY)
}

/// The kind that a `kind` of `api` stands below, or nothing at the top; an error names those that there are.
pub(crate) fn parent(api: &str, kind: &str) -> Result<Option<&'static str>, String> {
    let places = || {
        PLACES
            .iter()
            .filter(|place| place.is_made && place.api == api)
    };
    if let Some(place) = places().find(|place| place.kind == kind) {
        return Ok(place.parent);
    }
    let kinds: Vec<_> = places().map(|place| place.kind).collect();
    Err(match api {
        VTEX => format!("nothing of vtex is made here: {VTEX_GROWS}"),
        _ if kinds.is_empty() => format!("{api} has no kind that can be made here"),
        _ => format!("{api} has no such kind; it has {}", kinds.join(", ")),
    })
}

/// Why no token is made for `owner`.
pub(crate) fn no_token(owner: &Owner) -> String {
    match owner.api.as_str() {
        VTEX => format!("No tokens of VTEX are made here: {VTEX_GROWS}."),
        BEYOND_IDENTITY if is_for_people_only(owner) => {
            "The application has no client credentials grant, so only people can get tokens of it."
                .to_owned()
        }
        _ => format!(
            "No tokens are made here for a kind of owner such as {}.",
            owner.kind
        ),
    }
}
