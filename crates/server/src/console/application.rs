//! One owner: its tokens, what stands below it, its trail, and its end.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{EventFilter, Owner, OwnerFilter, OwnerId, TokenFilter};

use super::applications::New;
use super::dress::{Frame, html};
use super::fields::{Fields, Named, Query};
use super::filters::{Choice, Pager, actions, states};
use super::form::Form;
use super::rows::{EventRow, OwnerRow, Rows, TokenRow, kind_title};
use super::session::Session;
use super::site::see_other;
use super::trouble::Trouble;
use super::when::When;
use super::{Console, PAGE};
use crate::admin::{API, kinds};

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

#[derive(Template)]
#[template(path = "console/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    owner: OwnerRow,
    question: String,
    what: String,
    action: &'static str,
    back: String,
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
        state,
        search: search.clone(),
        before: query.parsed("cursor")?,
        ..TokenFilter::default()
    };
    let found = console.admin.tokens(&filter, PAGE).await?;
    let path = format!("/console/applications/{id}");
    let page = TokensTab {
        frame: Frame::new("applications", &session).notice(notice(&query)),
        head: head(&console, &owner, "tokens").await?,
        makes: kinds::token_kind(&owner).map(kind_title),
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
        deletable: owner.api != API,
    };
    html(StatusCode::OK, &page)
}

/// Asks whether it is meant.
pub(super) async fn ask_revoke_all(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let mut what = "All its tokens are revoked, of every kind. What uses them is refused from then on. This cannot be undone. Tokens of what is below it stay.".to_owned();
    if owner.api == API {
        what.push_str(" These are the administration’s own: you are signed out, and need a new key from “specmint admin key”.");
    }
    let owner = Rows::new(&console).owner(&owner).await?;
    let page = ConfirmPage {
        frame: Frame::new("applications", &session),
        question: format!("Revoke all tokens of “{}”?", owner.name),
        owner,
        what,
        action: "Revoke all tokens",
        back: format!("/console/applications/{id}/settings"),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn revoke_all(
    console: Data<Console>,
    form: Form,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    console.admin.revoke_all(id, &form.session.by).await?;
    Ok(see_other(&format!(
        "/console/applications/{id}?done=revoked-all"
    )))
}

/// Asks whether it is meant.
pub(super) async fn ask_delete(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let owner = Rows::new(&console).owner(&owner).await?;
    let page = ConfirmPage {
        frame: Frame::new("applications", &session),
        question: format!("Delete “{}”?", owner.name),
        owner,
        what: "It is deleted with everything below it, and all their tokens are revoked at once. This cannot be undone. The trail keeps what was done.".to_owned(),
        action: "Delete",
        back: format!("/console/applications/{id}/settings"),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn delete(
    console: Data<Console>,
    form: Form,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let parent = console.admin.owner(id).await?.parent;
    console.admin.delete_owner(id, &form.session.by).await?;
    Ok(see_other(&match parent {
        Some(parent) => format!("/console/applications/{parent}?done=deleted-below"),
        None => "/console/applications?done=deleted".to_owned(),
    }))
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

/// What was just done.
fn notice(query: &Fields) -> Option<&'static str> {
    match query.get("done")? {
        "made" => Some("It is created."),
        "revoked" => Some("The token is revoked. It opens nothing any more."),
        "revoked-all" => Some("All its tokens are revoked. They open nothing any more."),
        "deleted-below" => {
            Some("It is deleted, with everything below it. Their tokens open nothing any more.")
        }
        _ => None,
    }
}
