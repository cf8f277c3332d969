//! The first page: how many there are of what, and what happened last.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::{EventFilter, OwnerCount, TokenCount};

use super::Console;
use super::dress::{Frame, html};
use super::rows::{EventRow, Rows, kind_title_of, provider_title};
use super::session::Session;
use super::trouble::Trouble;
use crate::admin::API;
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
    let recent = console
        .admin
        .events(&EventFilter::default(), EVENTS)
        .await?;
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

/// What is a part of another: the clients of applications, and by what identities have their tokens.
const PARTS: [&str; 2] = ["client", "token_auth"];

fn totals(tokens: &[TokenCount]) -> Totals {
    let ours = tokens.iter().filter(|count| count.api != API);
    ours.fold(Totals::default(), |sum, count| Totals {
        active: sum.active + count.active,
        expired: sum.expired + count.expired,
        used: sum.used + count.exhausted,
        revoked: sum.revoked + count.revoked,
    })
}

fn counts(api: &'static str, owners: &[OwnerCount], tokens: &[TokenCount]) -> ProviderCounts {
    let owners = owners
        .iter()
        .filter(|count| count.api == api && !PARTS.contains(&count.kind.as_str()));
    let owners: Vec<String> = owners
        .map(|count| {
            format!(
                "{} {}",
                count.count,
                kind_title_of(&count.kind, count.count)
            )
        })
        .collect();
    let tokens = || tokens.iter().filter(|count| count.api == api);
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
