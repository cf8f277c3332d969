//! AnchorBrowser's part: teams with API keys, and their applications.

use serde_json::json;
use specmint_store::{NewToken, Store, split};
use uuid::Uuid;

use super::{Made, Minted, Plan, SITE, Wish};
use crate::admin::Refused;
use crate::anchorbrowser::application::ApplicationRecord;
use crate::anchorbrowser::{API, API_KEY_PREFIX, kind};
use crate::attributes;

pub(super) async fn make(plan: &Plan<'_>) -> Result<Made, Refused> {
    let id = Uuid::new_v4().to_string();
    let name = plan.asked.name.clone();
    let record = if plan.asked.kind == kind::APPLICATION {
        let source = plan.asked.source.clone();
        let source = source.ok_or_else(|| Refused::Invalid {
            pointer: "/source".into(),
            message: format!("An application needs the site that people sign in to: {SITE}."),
        })?;
        attributes::to_value(&ApplicationRecord {
            name,
            source: Some(source),
            description: None,
        })?
    } else {
        json!({ "name": name })
    };
    plan.keep(vec![id], record).await
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
