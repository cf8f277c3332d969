//! Ends, each after it was asked whether that is meant: of all tokens of an owner, and of an owner with all below it.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::OwnerId;

use super::Console;
use super::dress::{Frame, html};
use super::fields::Named;
use super::form::Form;
use super::rows::{OwnerRow, Rows};
use super::session::Session;
use super::trouble::{Trouble, Way};
use crate::admin::{API, Refused, counted};

#[derive(Template)]
#[template(path = "console/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    owner: OwnerRow,
    /// What is asked, with the owner's name after it.
    question: &'static str,
    warning: Option<String>,
    what: String,
    action: &'static str,
    back: String,
}

/// The settings of an owner, from where its end is asked for.
fn settings(id: OwnerId) -> String {
    format!("/console/applications/{id}/settings")
}

pub(super) async fn ask_revoke_all(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let owner = console.admin.owner(id).await?;
    let (below, tokens) = console.admin.counts_below(&owner).await?;
    let mut what = match counted::tokens(&tokens) {
        None => "There is no token to revoke, neither its own nor below it.".to_owned(),
        Some(tokens) => match counted::listed(&below) {
            below if below.is_empty() => format!("That is {tokens}, of every kind."),
            below => format!("That is {tokens}: its own and those of {below} below it."),
        },
    };
    what.push_str(" What uses them is refused from then on. This cannot be undone.");
    let warning = (owner.api == API).then(|| {
        "These are the administration’s own: you are signed out, and need a new key from “specmint admin key”.".to_owned()
    });
    let page = ConfirmPage {
        frame: Frame::new("applications", &session),
        question: "Revoke all tokens of",
        owner: Rows::new(&console).owner(&owner).await?,
        warning,
        what,
        action: "Revoke all tokens",
        back: settings(id),
    };
    html(StatusCode::OK, &page)
}

pub(super) async fn revoke_all(
    console: Data<Console>,
    form: Form,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let revoked = console.admin.revoke_all(id, &form.session.by).await?;
    let said = match revoked {
        0 => "There was no token to revoke.".to_owned(),
        1 => "1 token is revoked. It opens nothing any more.".to_owned(),
        _ => format!("{revoked} tokens are revoked. They open nothing any more."),
    };
    let path = format!("/console/applications/{id}");
    console.tell(&form.session, &path, said)
}

pub(super) async fn ask_delete(
    console: Data<Console>,
    session: Session,
    Named(id): Named<OwnerId>,
) -> Result<HttpResponse, Trouble> {
    let deletion = match console.admin.deletion(id).await {
        Err(refused @ Refused::Conflict(_)) => {
            return Err(Trouble::Cannot {
                said: refused.to_string(),
                way: Way::to(settings(id), "To its settings"),
            });
        }
        deletion => deletion?,
    };
    let consequence = match deletion.tokens {
        Some(_) => " Whatever uses a token of it is refused at once.",
        None => "",
    };
    let tokens = deletion.tokens.as_deref().unwrap_or("no tokens");
    let what = match deletion.below {
        None => format!("Nothing is below it, and it has {tokens}."),
        Some(below) => format!("With it go {below} below it, and {tokens}."),
    };
    let page = ConfirmPage {
        frame: Frame::new("applications", &session),
        question: "Delete",
        owner: Rows::new(&console).owner(&deletion.owner).await?,
        warning: deletion
            .protection
            .map(|why| format!("{why} From here it is deleted all the same.")),
        what: format!("{what}{consequence} This cannot be undone. The trail keeps what was done."),
        action: "Delete",
        back: settings(id),
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
    let path = match parent {
        Some(parent) => format!("/console/applications/{parent}"),
        None => "/console/applications".to_owned(),
    };
    let said = "It is deleted, with everything below it. Their tokens open nothing any more.";
    console.tell(&form.session, &path, said.to_owned())
}
