//! AnchorBrowser's part: teams with API keys, and their applications.

use serde_json::json;
use specmint_store::{NewToken, Store, split};
use uuid::Uuid;

use super::{Made, Minted, Plan, Wish};
use crate::admin::Refused;
use crate::anchorbrowser::{API, API_KEY_PREFIX, kind};

pub(super) async fn make(plan: &Plan<'_>) -> Result<Made, Refused> {
    let id = Uuid::new_v4().to_string();
    plan.keep(vec![id], json!({ "name": plan.asked.name }))
        .await
}

/// An API key of a team.
pub(super) async fn mint(store: &Store, wish: &Wish<'_>) -> Result<Minted, Refused> {
    wish.has_no_scopes()?;
    let (id, secret, hash) = split::mint(API_KEY_PREFIX);
    let new = NewToken {
        id: Some(id),
        ..wish.token(API, kind::API_KEY, hash)
    };
    let token = store.mint(new).await?;
    Ok(Minted { token, secret })
}
