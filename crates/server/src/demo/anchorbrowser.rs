//! AnchorBrowser's part: a team with an application, and a new API key.

use serde::{Deserialize, Serialize};
use specmint_store::{NewToken, Store, split};

use super::names::Names;
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

fn team(names: &Names) -> Place {
    Place {
        api: API,
        kind: kind::TEAM,
        parent: None,
        name: names.uuid("anchorbrowser/team"),
    }
}

pub(super) async fn exists(store: &Store, names: &Names) -> Result<bool, StartError> {
    Ok(team(names).find(store).await?.is_some())
}

pub(super) async fn make(store: &Store, names: &Names) -> Result<AnchorBrowserDemo, StartError> {
    let named = |name: &str| Named {
        name: name.to_owned(),
    };
    let team = team(names).ensure(store, None, named("Demo team")).await?;
    let application = Place {
        api: API,
        kind: kind::APPLICATION,
        parent: Some(team.id),
        name: names.uuid("anchorbrowser/application"),
    };
    let application = application
        .ensure(store, None, named("Demo application"))
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
        application_id: application.name,
    })
}
