//! All tokens of all providers, as they stand.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::Data;
use askama::Template;
use specmint_store::TokenFilter;

use super::dress::{Frame, html};
use super::fields::Query;
use super::filters::{Choice, Pager, own_unless, providers, states};
use super::rows::{Rows, TokenRow, listed_kinds};
use super::session::Session;
use super::trouble::Trouble;
use super::{Console, PAGE};
use crate::admin::API;

#[derive(Template)]
#[template(path = "console/tokens.html")]
struct TokensPage {
    frame: Frame,
    /// Whether the server's own tokens are among them.
    own: bool,
    providers: Vec<Choice>,
    states: Vec<Choice>,
    search: String,
    narrowed: bool,
    tokens: Vec<TokenRow>,
    pager: Pager,
}

pub(super) async fn page(
    console: Data<Console>,
    session: Session,
    Query(query): Query,
) -> Result<HttpResponse, Trouble> {
    let (providers, provider) = providers(&query, true)?;
    let (states, state) = states(&query)?;
    let search = query.search()?;
    let filter = TokenFilter {
        api: provider.map(ToOwned::to_owned),
        except_api: own_unless(provider),
        kinds: listed_kinds(),
        state,
        search: search.clone(),
        before: query.parsed("cursor")?,
        ..TokenFilter::default()
    };
    let found = console.admin.tokens(&filter, PAGE).await?;
    let names = ["provider", "state", "search"];
    let page = TokensPage {
        frame: Frame::new("tokens", &session),
        own: provider == Some(API),
        providers,
        states,
        narrowed: provider.is_some() || state.is_some() || search.is_some(),
        search: search.unwrap_or_default(),
        tokens: Rows::new(&console).tokens(&found.items).await?,
        pager: Pager::new("/console/tokens", &query, &names, found.next),
    };
    html(StatusCode::OK, &page)
}
