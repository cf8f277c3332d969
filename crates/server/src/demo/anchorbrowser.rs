//! AnchorBrowser's part: a team with an application that people sign in to by one flow, and a new API key.

use serde::{Deserialize, Serialize};
use specmint::anchorbrowser::models::AuthMethod;
use specmint_store::{NewToken, Store, split};

use super::names::Names;
use super::object::{BY, Place};
use crate::anchorbrowser::application::ApplicationRecord;
use crate::anchorbrowser::auth_flow::AuthFlowRecord;
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
    let named = Named {
        name: "Demo team".to_owned(),
    };
    let team = team(names).ensure(store, None, named).await?;
    let application = Place {
        api: API,
        kind: kind::APPLICATION,
        parent: Some(team.id),
        name: names.uuid("anchorbrowser/application"),
    };
    let record = ApplicationRecord {
        name: "Demo application".to_owned(),
        source: Some("https://shop.example.com/login".to_owned()),
        description: Some("A shop that people sign in to.".to_owned()),
    };
    let application = application.ensure(store, None, record).await?;
    let flow = Place {
        api: API,
        kind: kind::AUTH_FLOW,
        parent: Some(application.id),
        name: names.uuid("anchorbrowser/auth_flow"),
    };
    let record = AuthFlowRecord {
        name: "Email and password".to_owned(),
        description: None,
        is_recommended: true,
        methods: vec![AuthMethod::UsernamePassword],
        custom_fields: Vec::new(),
    };
    flow.ensure(store, None, record).await?;
    let (id, api_key, hash) = split::mint(API_KEY_PREFIX);
    store
        .mint(NewToken {
            id: Some(id),
            name: Some("demo".to_owned()),
            minted_by: Some(BY.to_owned()),
            ..NewToken::new(API, kind::API_KEY, team.id, hash)
        })
        .await?;
    Ok(AnchorBrowserDemo {
        api_key,
        application_id: application.name,
    })
}
