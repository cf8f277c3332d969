//! One token: what is kept of it, its trail, and the end of it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{EventFilter, State, Token, TokenId};

use super::actor::Actor;
use super::dress::{Frame, html};
use super::fields::{Fields, Named, Query};
use super::form::Form;
use super::rows::{EventRow, Rows, TokenRow};
use super::session::Session;
use super::trouble::{Trouble, Way};
use super::when::When;
use super::{Console, PAGE};

#[derive(Template)]
#[template(path = "console/token.html")]
struct TokenPage {
    frame: Frame,
    token: TokenRow,
    uses: Uses,
    minted_by: Actor,
    minted_from: Option<TokenId>,
    revoked: Option<When>,
    events: Vec<EventRow>,
    /// Whether there are more than those.
    more: bool,
}

/// How often a token was used, where that is counted.
struct Uses {
    count: u32,
    limit: Option<u32>,
}

#[derive(Template)]
#[template(path = "console/revoke.html")]
struct RevokePage {
    frame: Frame,
    token: TokenRow,
    from: &'static str,
    back: String,
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Named(id): Named<TokenId>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let token = console.admin.token(id).await?;
    let rows = Rows::new(&console);
    let filter = EventFilter {
        token: Some(id),
        ..EventFilter::default()
    };
    let events = console.admin.events(&filter, PAGE).await?;
    let now = console.admin.store().now();
    let page = TokenPage {
        frame: Frame::new("tokens", &session).notice(console.told(&session, &query)),
        token: rows.token(&token).await?,
        uses: Uses {
            count: token.uses,
            limit: token.uses_limit,
        },
        minted_by: Actor::of(
            &console,
            (&token.api, Some(token.owner)),
            token.minted_by.as_deref().unwrap_or_default(),
        )
        .await?,
        minted_from: token.parent,
        revoked: When::of(token.revoked_at, now),
        events: rows.events(&events.items).await?,
        more: events.next.is_some(),
    };
    html(StatusCode::OK, &page)
}

/// Asks whether it is meant.
pub(super) async fn ask(
    console: Data<Console>,
    session: Session,
    Named(id): Named<TokenId>,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let token = console.admin.token(id).await?;
    if console.admin.state(&token) == State::Revoked {
        return Err(Trouble::Cannot {
            said: "The token is revoked already. It opens nothing.".to_owned(),
            way: Way::to(format!("/console/tokens/{id}"), "To the token"),
        });
    }
    let page = RevokePage {
        frame: Frame::new("tokens", &session),
        token: Rows::new(&console).token(&token).await?,
        from: from(&query),
        back: back(&query, &token),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn revoke(
    console: Data<Console>,
    form: Form,
    Named(id): Named<TokenId>,
) -> Result<HttpResponse, Trouble> {
    let token = console.admin.revoke(id, &form.session.by).await?;
    let back = back(&form.fields, &token);
    let said = "The token is revoked. It opens nothing any more.";
    console.tell(&form.session, &back, said.to_owned())
}

/// From which page the token is revoked.
fn from(fields: &Fields) -> &'static str {
    match fields.get("from") {
        Some("owner") => "owner",
        _ => "token",
    }
}

/// The page to go back to.
fn back(fields: &Fields, token: &Token) -> String {
    match from(fields) {
        "owner" => format!("/console/applications/{}", token.owner),
        _ => format!("/console/tokens/{}", token.id),
    }
}
