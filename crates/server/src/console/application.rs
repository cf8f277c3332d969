//! One owner: its tokens, what stands below it, its trail, and its settings.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{EventFilter, Owner, OwnerFilter, OwnerId, TokenFilter};

use super::applications::New;
use super::dress::{Frame, html};
use super::fields::{Named, Query};
use super::filters::{Choice, Pager, actions, states};
use super::rows::{EventRow, OwnerRow, Rows, TokenRow, listed_kinds};
use super::session::Session;
use super::trouble::Trouble;
use super::when::When;
use super::{Console, PAGE};
use crate::admin::titles::kind_title;
use crate::admin::{is_deletable, kinds};

/// What stands above each tab.
struct Head {
    owner: OwnerRow,
    tab: &'static str,
    /// Whether anything stands below it or can be made there.
    has_below: bool,
}

#[derive(Template)]
#[template(path = "console/application_tokens.html")]
struct TokensTab {
    frame: Frame,
    head: Head,
    /// What the tokens are that can be made; nothing, where none can.
    makes: Option<String>,
    /// Whether only people get its tokens, at its provider.
    is_for_people: bool,
    /// Whether it signs in, and others have the tokens that act for it.
    is_person: bool,
    states: Vec<Choice>,
    search: String,
    narrowed: bool,
    tokens: Vec<TokenRow>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "console/application_below.html")]
struct BelowTab {
    frame: Frame,
    head: Head,
    new: Vec<New>,
    owners: Vec<OwnerRow>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "console/application_trail.html")]
struct TrailTab {
    frame: Frame,
    head: Head,
    actions: Vec<Choice>,
    narrowed: bool,
    events: Vec<EventRow>,
    pager: Pager,
}

#[derive(Template)]
#[template(path = "console/application_settings.html")]
struct SettingsTab {
    frame: Frame,
    head: Head,
    id: OwnerId,
    keys: Vec<String>,
    changed: When,
    /// Whether it can be deleted.
    deletable: bool,
}

pub(super) async fn tokens(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let (states, state) = states(&query)?;
    let search = query.search()?;
    let filter = TokenFilter {
        owner: Some(id),
        kinds: listed_kinds(),
        state,
        search: search.clone(),
        before: query.parsed("cursor")?,
        ..TokenFilter::default()
    };
    let found = console.admin.tokens(&filter, PAGE).await?;
    let path = format!("/console/applications/{id}");
    let page = TokensTab {
        frame: Frame::new("applications", &session).notice(console.told(&session, &query)),
        head: head(&console, &owner, "tokens").await?,
        makes: kinds::token_kind(&owner).map(kind_title),
        is_for_people: kinds::is_for_people_only(&owner),
        is_person: kinds::is_person(&owner),
        states,
        narrowed: state.is_some() || search.is_some(),
        search: search.unwrap_or_default(),
        tokens: Rows::new(&console).tokens(&found.items).await?,
        pager: Pager::new(&path, &query, &["state", "search"], found.next),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn below(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let filter = OwnerFilter {
        parent: Some(id),
        before: query.parsed("cursor")?,
        ..OwnerFilter::default()
    };
    let found = console.admin.owners(&filter, PAGE).await?;
    let path = format!("/console/applications/{id}/below");
    let page = BelowTab {
        frame: Frame::new("applications", &session),
        head: head(&console, &owner, "below").await?,
        new: kinds::made_below(&owner)
            .map(|(provider, kind)| New::of(provider, kind))
            .collect(),
        owners: Rows::new(&console).owners(&found.items).await?,
        pager: Pager::new(&path, &query, &[], found.next),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn trail(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let (actions, action) = actions(&query)?;
    let filter = EventFilter {
        owner: Some(id),
        action,
        before: query.parsed("cursor")?,
        ..EventFilter::default()
    };
    let found = console.admin.events(&filter, PAGE).await?;
    let path = format!("/console/applications/{id}/trail");
    let page = TrailTab {
        frame: Frame::new("applications", &session),
        head: head(&console, &owner, "trail").await?,
        actions,
        narrowed: action.is_some(),
        events: Rows::new(&console).events(&found.items).await?,
        pager: Pager::new(&path, &query, &["action"], found.next),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn settings(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let now = console.admin.store().now();
    let page = SettingsTab {
        frame: Frame::new("applications", &session),
        head: head(&console, &owner, "settings").await?,
        id,
        keys: owner.keys.clone(),
        changed: When::new(owner.updated_at, now),
        deletable: is_deletable(&owner),
    };
    html(StatusCode::OK, &page)
}

async fn head(console: &Console, owner: &Owner, tab: &'static str) -> Result<Head, Trouble> {
    let mut has_below = kinds::children(owner).next().is_some();
    if !has_below {
        let filter = OwnerFilter {
            parent: Some(owner.id),
            ..OwnerFilter::default()
        };
        has_below = !console.admin.owners(&filter, 1).await?.items.is_empty();
    }
    Ok(Head {
        owner: Rows::new(console).owner(owner).await?,
        tab,
        has_below,
    })
}
