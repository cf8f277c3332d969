//! Applivery's part: an organization with an application, and a new token of a service account.

use serde::Serialize;
use specmint_store::{NewToken, OwnerId, Store, split};

use super::names::Names;
use super::object::{BY, Object, Place};
use crate::applivery::{API, Entity, kind, permission};
use crate::error::StartError;

/// What calls Applivery's API.
#[derive(Serialize)]
pub struct AppliveryDemo {
    /// A service account's bearer token, with all permissions.
    pub api_key: String,
    /// The organization's id.
    pub organization_id: String,
    /// The organization's slug.
    pub organization_slug: String,
    /// The application's id.
    pub application_id: String,
    /// The application's slug.
    pub application_slug: String,
}

pub(super) async fn make(store: &Store, names: &Names) -> Result<AppliveryDemo, StartError> {
    let organization = place(names, kind::ORGANIZATION, None);
    let organization = entity(
        store,
        organization,
        "Demo organization",
        "demo-organization",
    )
    .await?;
    let application = place(names, kind::APPLICATION, Some(organization.id));
    let application = entity(store, application, "Demo application", "demo-application").await?;
    let (id, api_key, hash) = split::mint("");
    store
        .mint(NewToken {
            id: Some(id),
            name: Some("demo".to_owned()),
            scopes: Some(permission::ALL.join(" ")),
            minted_by: Some(BY.to_owned()),
            ..NewToken::new(API, kind::SERVICE_ACCOUNT, organization.id, hash)
        })
        .await?;
    Ok(AppliveryDemo {
        api_key,
        organization_id: organization.record.id,
        organization_slug: organization.record.slug,
        application_id: application.record.id,
        application_slug: application.record.slug,
    })
}

fn place(names: &Names, kind: &'static str, parent: Option<OwnerId>) -> Place {
    Place {
        api: API,
        kind,
        parent,
        name: names.hex(&format!("applivery/{kind}"), 24),
    }
}

async fn entity(
    store: &Store,
    place: Place,
    name: &str,
    slug: &str,
) -> Result<Object<Entity>, StartError> {
    let entity = Entity {
        id: place.name.clone(),
        slug: slug.to_owned(),
        name: Some(name.to_owned()),
        description: None,
    };
    place.ensure(store, Some(slug), entity).await
}
