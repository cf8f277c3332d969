//! “Create token”: a name and a list of scopes; then the token, this once, with a command that uses it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{Owner, OwnerId};

use super::Console;
use super::curl::{Curl, curl};
use super::dress::{Frame, html};
use super::fields::{Fields, Named};
use super::form::Form;
use super::rows::{OwnerRow, Rows, TokenRow};
use super::scopes::{Offer, offer};
use super::session::Session;
use super::tickets;
use super::trouble::{Trouble, Way};
use super::wrong::{Wrong, is_at};
use crate::admin::titles::kind_title;
use crate::admin::{Refused, kinds};

/// The longest name, as the administration's contract has it.
const LONGEST: usize = 200;

/// The field of the name, and that of the scopes.
const NAME: &str = "name";
const SCOPES: &str = "scopes";

const SENT_BEFORE: &str = "This form was sent before, so nothing was made now. If its token was made, you find it in the list of tokens; its secret was shown then, once. Open “Create token” again for another.";

#[derive(Template)]
#[template(path = "console/make_token.html")]
struct MakeTokenPage {
    frame: Frame,
    owner: OwnerRow,
    token_kind: String,
    ticket: String,
    name: String,
    /// What the scopes are called; nothing, where there are none.
    scopes_called: Option<&'static str>,
    scopes: Vec<Scope>,
    all: bool,
    wrong: Option<Wrong>,
}

impl MakeTokenPage {
    fn is_wrong(&self, field: &str) -> bool {
        is_at(self.wrong.as_ref(), field)
    }
}

/// A scope to choose.
struct Scope {
    name: String,
    chosen: bool,
}

#[derive(Template)]
#[template(path = "console/made_token.html")]
struct MadeTokenPage {
    frame: Frame,
    owner: OwnerRow,
    token: TokenRow,
    secret: String,
    curl: Option<Curl>,
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    show(&console, &session, &owner, &Fields::default(), None).await
}

pub(super) async fn make(
    console: Data<Console>,
    form: Form,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let Form { session, fields } = form;
    let owner = console.admin.owner(id).await?;
    let ticket = fields.get(tickets::MEMBER).unwrap_or_default();
    if !console.tickets.spend(ticket, session.id) {
        return Err(Trouble::Cannot {
            said: SENT_BEFORE.to_owned(),
            way: Way::to(format!("/console/applications/{id}"), "To its tokens"),
        });
    }
    let (name, scopes) = match wish(&console, &owner, &fields).await? {
        Ok(wish) => wish,
        Err(wrong) => return show(&console, &session, &owner, &fields, Some(wrong)).await,
    };
    let made = console.admin.make_token(id, &name, &scopes, &session.by);
    let made = match made.await {
        Ok(made) => made,
        Err(Refused::Invalid { pointer, message }) => {
            let field = if pointer == "/scopes" { SCOPES } else { "" };
            let wrong = Wrong::at(field, message);
            return show(&console, &session, &owner, &fields, Some(wrong)).await;
        }
        Err(Refused::Conflict(message)) => {
            let wrong = Wrong::at("", message);
            return show(&console, &session, &owner, &fields, Some(wrong)).await;
        }
        Err(other) => return Err(other.into()),
    };
    let rows = Rows::new(&console);
    let page = MadeTokenPage {
        frame: Frame::new("applications", &session),
        owner: rows.owner(&owner).await?,
        token: rows.token(&made.token).await?,
        curl: curl(&console.admin, &owner, &made).await?,
        secret: made.secret,
    };
    html(StatusCode::CREATED, &page)
}

/// The name and the scopes that a form asks for, or what is wrong with it.
async fn wish(
    console: &Console,
    owner: &Owner,
    fields: &Fields,
) -> Result<Result<(String, Vec<String>), Wrong>, Trouble> {
    let Some(name) = fields.get("name") else {
        return Ok(Err(Wrong::at(NAME, "Give the token a name.")));
    };
    if name.chars().count() > LONGEST {
        let said = format!("A name has at most {LONGEST} characters.");
        return Ok(Err(Wrong::at(NAME, said)));
    }
    let scopes: Vec<String> = fields.all("scope").map(ToOwned::to_owned).collect();
    let scopes = match offer(console.admin.store(), owner).await? {
        Some(offer) if fields.get("all").is_some() => offer.scopes,
        Some(offer) if scopes.is_empty() && !offer.scopes.is_empty() => {
            let said = "Choose what the token may do: at least one.";
            return Ok(Err(Wrong::at(SCOPES, said)));
        }
        _ => scopes,
    };
    Ok(Ok((name.to_owned(), scopes)))
}

/// The form, with what was filled in, and with what is wrong with that.
async fn show(
    console: &Console,
    session: &Session,
    owner: &Owner,
    fields: &Fields,
    wrong: Option<Wrong>,
) -> Result<HttpResponse, Trouble> {
    let Some(kind) = kinds::token_kind(owner) else {
        return Err(Trouble::NotFound("page"));
    };
    let chosen: Vec<&str> = fields.all("scope").collect();
    let offer = offer(console.admin.store(), owner).await?;
    let (scopes_called, scopes) = match offer {
        Some(Offer { called, scopes }) => (Some(called), scopes),
        None => (None, Vec::new()),
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = MakeTokenPage {
        frame: Frame::new("applications", session),
        owner: Rows::new(console).owner(owner).await?,
        token_kind: kind_title(kind),
        ticket: console.tickets.issue(session.id)?,
        name: fields.get("name").unwrap_or_default().to_owned(),
        scopes_called,
        scopes: scopes
            .into_iter()
            .map(|name| Scope {
                chosen: chosen.contains(&name.as_str()),
                name,
            })
            .collect(),
        all: fields.get("all").is_some(),
        wrong,
    };
    html(status, &page)
}
