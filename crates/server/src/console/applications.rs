//! Applications: all that owns tokens, of all providers, and what stands above.

use std::cmp::Reverse;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{Owner, OwnerFilter, OwnerId};

use super::dress::{Frame, html};
use super::fields::{Fields, Query};
use super::filters::{Choice, Pager, providers};
use super::rows::{OwnerRow, Rows};
use super::session::Session;
use super::trouble::Trouble;
use super::{Console, PAGE};
use crate::admin::titles::{kind_title, provider_title};
use crate::admin::{Page, kinds};

/// How many owners a page has: each takes a look at its tokens.
const OWNERS: u32 = PAGE / 2;

#[derive(Template)]
#[template(path = "console/applications.html")]
struct ApplicationsPage {
    frame: Frame,
    providers: Vec<Choice>,
    show_all: bool,
    search: String,
    narrowed: bool,
    owners: Vec<OwnerRow>,
    pager: Pager,
    new: Vec<New>,
}

/// What stands in each provider's tree, and whether it owns tokens. What else is kept, such as the clients of
/// applications, is not for people.
const TREES: [(&str, &[(&str, bool)]); 5] = [
    ("anchorbrowser", &[("team", true), ("application", true)]),
    ("infisical", &[("organization", false), ("identity", true)]),
    (
        "applivery",
        &[("organization", true), ("application", true)],
    ),
    (
        "beyond-identity",
        &[
            ("tenant", false),
            ("realm", false),
            ("resource_server", false),
            ("identity", false),
            ("application", true),
        ],
    ),
    ("vtex", &[("application", true), ("merchant", true)]),
];

/// Something that can be made.
pub(super) struct New {
    pub(super) provider: &'static str,
    pub(super) provider_title: &'static str,
    pub(super) kind: &'static str,
    pub(super) kind_title: String,
}

impl New {
    pub(super) fn of(provider: &'static str, kind: &'static str) -> Self {
        Self {
            provider,
            provider_title: provider_title(provider),
            kind,
            kind_title: kind_title(kind),
        }
    }
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let (providers, provider) = providers(&query, false)?;
    let show = |show: &str| (show == "all").then_some(());
    let show_all = query.known("show", show)?.is_some();
    let search = query.search()?;
    let found = find(&console, &query, provider, show_all).await?;
    let names = ["provider", "show", "search"];
    let page = ApplicationsPage {
        frame: Frame::new("applications", &session).notice(console.told(&session, &query)),
        providers,
        show_all,
        narrowed: provider.is_some() || search.is_some(),
        search: search.unwrap_or_default(),
        owners: Rows::new(&console).owners(&found.items).await?,
        pager: Pager::new("/console/applications", &query, &names, found.next),
        new: kinds::at_the_top()
            .map(|(provider, kind)| New::of(provider, kind))
            .collect(),
    };
    html(StatusCode::OK, &page)
}

/// What was asked for of every provider, newest first.
async fn find(
    console: &Console,
    query: &Fields,
    only: Option<&'static str>,
    show_all: bool,
) -> Result<Page<Owner, OwnerId>, Trouble> {
    let mut items = Vec::new();
    let mut more = false;
    let trees = TREES.iter();
    for (api, kinds) in trees.filter(|(api, _)| only.is_none_or(|only| only == *api)) {
        let wanted = kinds
            .iter()
            .filter(|(_, owns_tokens)| show_all || *owns_tokens);
        let filter = OwnerFilter {
            api: Some((*api).to_owned()),
            kinds: wanted.map(|(kind, _)| (*kind).to_owned()).collect(),
            parent: None,
            search: query.search()?,
            before: query.parsed("cursor")?,
        };
        let page = console.admin.owners(&filter, OWNERS).await?;
        more |= page.next.is_some();
        items.extend(page.items);
    }
    items.sort_by_key(|owner| Reverse(owner.id));
    let most = usize::try_from(OWNERS).unwrap_or(usize::MAX);
    more |= items.len() > most;
    items.truncate(most);
    let next = items.last().filter(|_| more).map(|owner| owner.id);
    Ok(Page { items, next })
}
