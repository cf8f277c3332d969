//! The audit trail: who did what, and when.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use specmint_store::EventFilter;

use super::dress::{Frame, html};
use super::fields::Query;
use super::filters::{Choice, Pager, actions, own_unless, providers};
use super::rows::{EventRow, Rows};
use super::session::Session;
use super::trouble::Trouble;
use super::{Console, PAGE};
use crate::admin::API;

#[derive(Template)]
#[template(path = "console/trail.html")]
struct TrailPage {
    frame: Frame,
    /// Whether what was done to the server's own tokens is among it.
    own: bool,
    providers: Vec<Choice>,
    actions: Vec<Choice>,
    search: String,
    since: String,
    until: String,
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
    let since: Option<NaiveDate> = query.parsed("since")?;
    let until: Option<NaiveDate> = query.parsed("until")?;
    let filter = EventFilter {
        api: provider.map(ToOwned::to_owned),
        except_api: own_unless(provider),
        action,
        search: search.clone(),
        since: since.map(start_of),
        until: until.and_then(|day| day.succ_opt()).map(start_of),
        before: query.parsed("cursor")?,
        ..EventFilter::default()
    };
    let found = console.admin.events(&filter, PAGE).await?;
    let names = ["provider", "action", "search", "since", "until"];
    let page = TrailPage {
        frame: Frame::new("trail", &session),
        own: provider == Some(API),
        providers,
        actions,
        narrowed: names.iter().any(|name| query.get(name).is_some()),
        since: since.map(|day| day.to_string()).unwrap_or_default(),
        until: until.map(|day| day.to_string()).unwrap_or_default(),
        search: search.unwrap_or_default(),
        events: Rows::new(&console).events(&found.items).await?,
        pager: Pager::new("/console/trail", &query, &names, found.next),
    };
    html(StatusCode::OK, &page)
}

/// The first moment of a day, in UTC.
fn start_of(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc()
}
