//! The first page: how many there are of what, and what happened last.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{EventFilter, OwnerCount, TokenCount};

use super::Console;
use super::dress::{Frame, html};
use super::filters::own_unless;
use super::rows::{EventRow, Rows, is_listed, listed_kinds};
use super::session::Session;
use super::trouble::Trouble;
use crate::admin::titles::provider_title;
use crate::admin::{API, counted};
use crate::provider::Provider;

/// How many of the last events are shown.
const EVENTS: u32 = 8;

#[derive(Template)]
#[template(path = "console/overview.html")]
struct OverviewPage {
    frame: Frame,
    totals: Totals,
    providers: Vec<ProviderCounts>,
    events: Vec<EventRow>,
}

/// All tokens that are not the console's own, by state.
#[derive(Default)]
struct Totals {
    active: u64,
    expired: u64,
    used: u64,
    revoked: u64,
}

/// What there is of a provider.
struct ProviderCounts {
    name: &'static str,
    title: &'static str,
    /// How many of what, in words.
    owners: String,
    active: u64,
    all: u64,
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
) -> Result<HttpResponse, Trouble> {
    let (owners, tokens) = console.admin.counts().await?;
    let filter = EventFilter {
        except_api: own_unless(None),
        token_kinds: listed_kinds(),
        ..EventFilter::default()
    };
    let recent = console.admin.events(&filter, EVENTS).await?;
    let page = OverviewPage {
        frame: Frame::new("overview", &session),
        totals: totals(&tokens),
        providers: Provider::ALL
            .iter()
            .map(|provider| counts(provider.name(), &owners, &tokens))
            .collect(),
        events: Rows::new(&console).events(&recent.items).await?,
    };
    html(StatusCode::OK, &page)
}

fn totals(tokens: &[TokenCount]) -> Totals {
    let ours = tokens
        .iter()
        .filter(|count| count.api != API && is_listed(&count.kind));
    ours.fold(Totals::default(), |sum, count| Totals {
        active: sum.active + count.active,
        expired: sum.expired + count.expired,
        used: sum.used + count.exhausted,
        revoked: sum.revoked + count.revoked,
    })
}

fn counts(api: &'static str, owners: &[OwnerCount], tokens: &[TokenCount]) -> ProviderCounts {
    let owners = counted::owners(owners.iter().filter(|count| count.api == api));
    let tokens = || {
        tokens
            .iter()
            .filter(|count| count.api == api && is_listed(&count.kind))
    };
    ProviderCounts {
        name: api,
        title: provider_title(api),
        owners: owners.join(", "),
        active: tokens().map(|count| count.active).sum(),
        all: tokens()
            .map(|count| count.active + count.expired + count.exhausted + count.revoked)
            .sum(),
    }
}
