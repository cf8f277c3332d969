//! Making an owner: at the top of a provider's tree, or below another.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use serde_json::json;
use specmint_store::{Owner, OwnerId};

use super::Console;
use super::applications::New;
use super::dress::{Frame, html};
use super::fields::{Fields, Query};
use super::form::Form;
use super::rows::{OwnerRow, Rows};
use super::session::Session;
use super::tickets;
use super::trouble::{Trouble, Way};
use super::wrong::{Wrong, is_at};
use crate::admin::{Refused, kinds, read_owner};

/// What an identity of Infisical may do, the least first.
const ROLES: [&str; 3] = ["no-access", "member", "admin"];

const SENT_BEFORE: &str = "This form was sent before, so nothing was made now. If something was made then, you find it among the applications.";

#[derive(Template)]
#[template(path = "console/make_owner.html")]
struct MakeOwnerPage {
    frame: Frame,
    new: New,
    parent: Option<OwnerRow>,
    ticket: String,
    name: String,
    slug: Option<String>,
    username: Option<String>,
    source: Option<String>,
    roles: Vec<(&'static str, bool)>,
    wrong: Option<Wrong>,
}

impl MakeOwnerPage {
    fn is_wrong(&self, field: &str) -> bool {
        is_at(self.wrong.as_ref(), field)
    }
}

#[derive(Template)]
#[template(path = "console/made_owner.html")]
struct MadeOwnerPage {
    frame: Frame,
    owner: OwnerRow,
    client_id: String,
    client_secret: String,
}

/// Where something new is to stand.
struct Place {
    provider: &'static str,
    kind: &'static str,
    parent: Option<Arc<Owner>>,
}

impl Place {
    /// What a query or a form names, if such can be made there.
    async fn of(console: &Console, fields: &Fields) -> Result<Self, Trouble> {
        let kind = fields.get("kind").unwrap_or_default();
        let found = match fields.parsed::<OwnerId>("parent")? {
            None => {
                let provider = fields.get("provider").unwrap_or_default();
                let mut known = kinds::at_the_top();
                let found = known.find(|known| *known == (provider, kind));
                found.map(|(provider, kind)| (provider, kind, None))
            }
            Some(id) => {
                let parent = console.admin.owner(id).await?;
                let found = kinds::made_below(&parent).find(|(_, known)| *known == kind);
                found.map(|(provider, kind)| (provider, kind, Some(parent)))
            }
        };
        let (provider, kind, parent) = found.ok_or(Trouble::NotFound("page"))?;
        Ok(Self {
            provider,
            kind,
            parent,
        })
    }
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let place = Place::of(&console, &query).await?;
    show(&console, &session, &place, &query, None).await
}

pub(super) async fn make(console: Data<Console>, form: Form) -> Result<HttpResponse, Trouble> {
    let Form { session, fields } = form;
    let place = Place::of(&console, &fields).await?;
    let ticket = fields.get(tickets::MEMBER).unwrap_or_default();
    if !console.tickets.spend(ticket, session.id) {
        let path = match &place.parent {
            Some(parent) => format!("/console/applications/{}/below", parent.id),
            None => "/console/applications".to_owned(),
        };
        return Err(Trouble::Cannot {
            said: SENT_BEFORE.to_owned(),
            way: Way::to(path, "To where it would be"),
        });
    }
    let asked = json!({
        "provider": place.provider,
        "kind": place.kind,
        "parent_id": place.parent.as_ref().map(|parent| parent.id.to_string()),
        "name": fields.get("name").unwrap_or_default(),
        "slug": fields.get("slug"),
        "role": fields.get("role"),
        "username": fields.get("username"),
        "source": fields.get("source"),
    });
    let made = match read_owner(asked) {
        Ok(asked) => console.admin.make_owner(&asked, &session.by).await,
        Err(refused) => Err(refused),
    };
    let made = match made {
        Ok(made) => made,
        Err(refused) => {
            let wrong = wrong(refused)?;
            return show(&console, &session, &place, &fields, Some(wrong)).await;
        }
    };
    let (Some(client_id), Some(client_secret)) = (made.client_id, made.client_secret) else {
        let id = made.owner.id;
        let path = format!("/console/applications/{id}");
        return console.tell(&session, &path, "It is created.".to_owned());
    };
    let page = MadeOwnerPage {
        frame: Frame::new("applications", &session),
        owner: Rows::new(&console).owner(&made.owner).await?,
        client_id,
        client_secret,
    };
    html(StatusCode::CREATED, &page)
}

/// What is wrong with the form, where it can be put right in it.
fn wrong(refused: Refused) -> Result<Wrong, Trouble> {
    Ok(match refused {
        Refused::Taken(field) => Wrong::at(field, refused.to_string()),
        Refused::Conflict(message) => Wrong::at("", message),
        Refused::Invalid { pointer, message } => {
            let fields = ["name", "slug", "username", "source", "role"];
            Wrong::at_pointer(&pointer, &fields, message)
        }
        other => return Err(other.into()),
    })
}

/// The form, with what was filled in, and with what is wrong with that.
async fn show(
    console: &Console,
    session: &Session,
    place: &Place,
    fields: &Fields,
    wrong: Option<Wrong>,
) -> Result<HttpResponse, Trouble> {
    let text = |name: &str| fields.get(name).unwrap_or_default().to_owned();
    let is = |provider: &str, kind: &str| place.provider == provider && place.kind == kind;
    let role = fields.get("role").unwrap_or("member");
    let roles = ROLES.iter().map(|name| (*name, *name == role));
    let parent = match &place.parent {
        None => None,
        Some(parent) => Some(Rows::new(console).owner(parent).await?),
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let page = MakeOwnerPage {
        frame: Frame::new("applications", session),
        new: New::of(place.provider, place.kind),
        parent,
        ticket: console.tickets.issue(session.id)?,
        name: text("name"),
        slug: (place.provider == "applivery" || is("infisical", "organization"))
            .then(|| text("slug")),
        username: is("beyond-identity", "identity").then(|| text("username")),
        source: is("anchorbrowser", "application").then(|| text("source")),
        roles: roles.filter(|_| is("infisical", "identity")).collect(),
        wrong,
    };
    html(status, &page)
}
