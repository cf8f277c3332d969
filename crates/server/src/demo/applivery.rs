//! Applivery's part: an organization with an application, and a new token of a service account.

use serde::Serialize;
use specmint_store::{NewToken, OwnerId, Store, split};

use super::object::{Object, Place, random_hex};
use crate::applivery::{API, CREATE_TOKENS, Entity, kind};
use crate::error::StartError;

/// What calls Applivery's API.
#[derive(Serialize)]
pub struct AppliveryDemo {
    /// A service account's bearer token, with the permission to make tokens of applications.
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

pub(super) async fn make(store: &Store) -> Result<AppliveryDemo, StartError> {
    let organization = entity(store, kind::ORGANIZATION, None, "demo-organization").await?;
    let parent = Some(organization.id);
    let application = entity(store, kind::APPLICATION, parent, "demo-application").await?;
    let (id, api_key, hash) = split::mint("");
    store
        .mint(NewToken {
            id: Some(id),
            name: Some("demo".to_owned()),
            scopes: Some(CREATE_TOKENS.to_owned()),
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

async fn entity(
    store: &Store,
    kind: &'static str,
    parent: Option<OwnerId>,
    slug: &'static str,
) -> Result<Object<Entity>, StartError> {
    let place = Place {
        api: API,
        kind,
        parent,
        mark: slug,
    };
    place
        .ensure(store, || {
            let id = random_hex(24)?;
            let slug = slug.to_owned();
            Ok((vec![id.clone(), slug.clone()], Entity { id, slug }))
        })
        .await
}
