//! The audit trail: who did what, and when.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::EventFilter;

use super::dress::{Frame, html};
use super::fields::Query;
use super::filters::{Choice, Pager, actions, providers};
use super::rows::{EventRow, Rows};
use super::session::Session;
use super::trouble::Trouble;
use super::{Console, PAGE};

#[derive(Template)]
#[template(path = "console/trail.html")]
struct TrailPage {
    frame: Frame,
    providers: Vec<Choice>,
    actions: Vec<Choice>,
    search: String,
    narrowed: bool,
    events: Vec<EventRow>,
    pager: Pager,
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let (providers, provider) = providers(&query, true)?;
    let (actions, action) = actions(&query)?;
    let search = query.search()?;
    let filter = EventFilter {
        api: provider.map(ToOwned::to_owned),
        action,
        search: search.clone(),
        before: query.parsed("cursor")?,
        ..EventFilter::default()
    };
    let found = console.admin.events(&filter, PAGE).await?;
    let names = ["provider", "action", "search"];
    let page = TrailPage {
        frame: Frame::new("trail", &session),
        providers,
        actions,
        narrowed: provider.is_some() || action.is_some() || search.is_some(),
        search: search.unwrap_or_default(),
        events: Rows::new(&console).events(&found.items).await?,
        pager: Pager::new("/console/trail", &query, &names, found.next),
    };
    html(StatusCode::OK, &page)
}
