//! The console: pages for those who administer the server, at `/console/` on the administration's listener. They work
//! without JavaScript; a little of it copies, ticks and keeps lists fresh.

mod actor;
mod application;
mod applications;
mod assets;
mod attempts;
mod cookie;
mod csrf;
mod curl;
mod dress;
mod ending;
mod fields;
mod filters;
mod form;
mod make_owner;
mod make_token;
mod notices;
mod overview;
mod rows;
mod scopes;
mod session;
mod sign_in;
mod site;
mod tickets;
mod token;
mod tokens;
mod trail;
mod trouble;
mod when;
mod wrong;

use std::sync::Arc;

use actix_web::dev::HttpServiceFactory;
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data, PayloadConfig, ServiceConfig};
use actix_web::{FromRequest, Handler, HttpResponse, Responder};
use specmint_runtime::{Kind, Network, Rejection, observe, problem};

use crate::admin::Admin;
use attempts::Attempts;
use fields::Fields;
use notices::Notices;
use session::Session;
use site::Site;
use tickets::Tickets;
use trouble::Trouble;

/// The largest form that is read, in bytes.
const FORM_BYTES: usize = 64 * 1024;

/// How many rows a page of a list has.
const PAGE: u32 = 50;

/// The console of a server.
pub(crate) struct Console {
    admin: Admin,
    site: Site,
    /// Who is believed when saying whom a request is passed on for.
    proxies: Vec<Network>,
    attempts: Attempts,
    tickets: Tickets,
    notices: Notices,
}

impl Console {
    /// Of `admin`, which people reach at `public_url`, if that is another than the address it listens on, at `port`;
    /// behind `proxies`.
    pub(crate) fn new(
        admin: Admin,
        public_url: Option<&str>,
        port: u16,
        proxies: Vec<Network>,
    ) -> Self {
        Self {
            admin,
            site: Site::new(public_url, port),
            proxies,
            attempts: Attempts::default(),
            tickets: Tickets::default(),
            notices: Notices::default(),
        }
    }

    /// Sends the browser to the page at `path`, which then tells what was done.
    fn tell(&self, session: &Session, path: &str, said: String) -> Result<HttpResponse, Trouble> {
        let ticket = self.notices.leave(session.id, said)?;
        let member = notices::MEMBER;
        Ok(site::see_other(&format!("{path}?{member}={ticket}")))
    }

    /// What was just done in the session, where the page's query has the ticket for it.
    fn told(&self, session: &Session, query: &Fields) -> Option<String> {
        let ticket = query.get(notices::MEMBER)?;
        self.notices.find(ticket, session.id)
    }
}

/// Adds the pages of `console`.
pub(crate) fn console(config: &mut ServiceConfig, console: Arc<Console>) {
    let scope = web::scope("/console")
        .app_data(Data::from(console))
        .app_data(PayloadConfig::new(FORM_BYTES))
        .service(seen("", to_overview))
        .service(seen("/", overview::page))
        .service(seen("/console.css", assets::style))
        .service(seen("/console.js", assets::script))
        .service(seen("/icon.svg", assets::icon))
        .service(sent("/sign-in", sign_in::page, sign_in::enter))
        .service(done("/sign-out", sign_in::leave))
        .service(seen("/applications", applications::page))
        .service(sent(
            "/applications/new",
            make_owner::page,
            make_owner::make,
        ))
        .service(seen("/applications/{id}", application::tokens))
        .service(seen("/applications/{id}/below", application::below))
        .service(seen("/applications/{id}/trail", application::trail))
        .service(seen("/applications/{id}/settings", application::settings))
        .service(sent(
            "/applications/{id}/tokens/new",
            make_token::page,
            make_token::make,
        ))
        .service(sent(
            "/applications/{id}/revoke-all",
            ending::ask_revoke_all,
            ending::revoke_all,
        ))
        .service(sent(
            "/applications/{id}/delete",
            ending::ask_delete,
            ending::delete,
        ))
        .service(seen("/tokens", tokens::page))
        .service(seen("/tokens/{id}", token::page))
        .service(sent("/tokens/{id}/revoke", token::ask, token::revoke))
        .service(seen("/trail", trail::page))
        .service(
            web::resource("/{rest:.*}")
                .default_service(web::to(nothing))
                .wrap(from_fn(observe)),
        )
        .wrap(from_fn(dress::dress));
    config.service(scope);
}

/// A page that is only looked at.
fn seen<F, Args>(path: &str, page: F) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(page.clone()))
        .route(web::head().to(page))
        .default_service(web::to(|| refuse("GET, HEAD")))
        .wrap(from_fn(observe))
}

/// A page with a form that is sent back to it.
fn sent<F, Args, G, Sent>(path: &str, page: F, take: G) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
    G: Handler<Sent>,
    Sent: FromRequest + 'static,
    G::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::get().to(page.clone()))
        .route(web::head().to(page))
        .route(web::post().to(take))
        .default_service(web::to(|| refuse("GET, HEAD, POST")))
        .wrap(from_fn(observe))
}

/// What only can be done.
fn done<F, Args>(path: &str, take: F) -> impl HttpServiceFactory + 'static
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    web::resource(path)
        .route(web::post().to(take))
        .default_service(web::to(|| refuse("POST")))
        .wrap(from_fn(observe))
}

async fn refuse(allow: &'static str) -> HttpResponse {
    let allow = allow.to_owned();
    problem(&Rejection::from(Kind::MethodNotAllowed { allow }))
}

async fn to_overview() -> HttpResponse {
    site::see_other("/console/")
}

/// Who is signed in is still shown.
async fn nothing(_: Option<Session>) -> Result<HttpResponse, Trouble> {
    Err(Trouble::NotFound("page"))
}
