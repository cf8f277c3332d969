//! AnchorBrowser's part: a team with an application, and a new API key.

use serde::{Deserialize, Serialize};
use specmint_store::{NewToken, Store, split};
use uuid::Uuid;

use super::object::Place;
use crate::anchorbrowser::{API, API_KEY_PREFIX, kind};
use crate::error::StartError;

/// What calls AnchorBrowser's API.
#[derive(Serialize)]
pub struct AnchorBrowserDemo {
    /// The value of the header `anchor-api-key`.
    pub api_key: String,
    /// An application of the key's team.
    pub application_id: String,
}

#[derive(Serialize, Deserialize)]
struct Named {
    name: String,
}

const TEAM: Place = Place {
    api: API,
    kind: kind::TEAM,
    parent: None,
    mark: "team",
};

pub(super) async fn exists(store: &Store) -> Result<bool, StartError> {
    Ok(TEAM.find(store).await?.is_some())
}

pub(super) async fn make(store: &Store) -> Result<AnchorBrowserDemo, StartError> {
    let named = |name: &str| Named {
        name: name.to_owned(),
    };
    let team = TEAM
        .ensure(store, || Ok((Vec::new(), named("Demo team"))))
        .await?;
    let application = Place {
        api: API,
        kind: kind::APPLICATION,
        parent: Some(team.id),
        mark: "application",
    };
    let application = application
        .ensure(store, || {
            Ok((vec![Uuid::new_v4().to_string()], named("Demo application")))
        })
        .await?;
    let (id, api_key, hash) = split::mint(API_KEY_PREFIX);
    store
        .mint(NewToken {
            id: Some(id),
            name: Some("demo".to_owned()),
            ..NewToken::new(API, kind::API_KEY, team.id, hash)
        })
        .await?;
    Ok(AnchorBrowserDemo {
        api_key,
        application_id: application.public_id()?,
    })
}
