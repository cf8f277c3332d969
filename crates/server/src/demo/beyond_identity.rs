//! Beyond Identity's part: a realm with two people and two applications, one confidential and one public.

use serde::Serialize;
use serde_json::{Value, json};
use specmint_store::{Digest, OwnerId, OwnerUpdate, Store};
use uuid::Uuid;

use super::object::{Object, Place, random_hex, random_text};
use crate::beyond_identity::application::{
    API, ClientRecord, GrantType, Identity, Registration, kind,
};
use crate::beyond_identity::scopes::Scopes;
use crate::error::StartError;

/// The lifetime of tokens for the vendor's management API, in seconds: three months.
const MANAGEMENT_LIFETIME: u32 = 7_776_000;

/// The lifetime of other tokens, in seconds: a day.
const LIFETIME: u32 = 86_400;

const REDIRECT_URI: &str = "https://app.example.com/callback";

/// Scopes of the management API. `token:delete` is how one of the vendor's pages spells `tokens:delete`.
const MANAGEMENT_SCOPES: [&str; 10] = [
    "applications:create",
    "applications:read",
    "identities:create",
    "identities:read",
    "identities:delete",
    "realms:read",
    "roles:read",
    "tokens:read",
    "tokens:delete",
    "token:delete",
];

/// What calls Beyond Identity's API.
#[derive(Serialize)]
pub struct BeyondIdentityDemo {
    /// The tenant, 16 hexadecimal digits.
    pub tenant_id: String,
    /// The realm, likewise.
    pub realm_id: String,
    /// The management application, which is confidential and has both grants.
    pub application_id: String,
    /// Its client's name.
    pub client_id: String,
    /// Its client's secret; the one shown before is no longer good.
    pub client_secret: String,
    /// The redirect URI of both applications.
    pub redirect_uri: String,
    /// A public application, which must use PKCE.
    pub public_application_id: String,
    /// Its client's name.
    pub public_client_id: String,
}

pub(super) async fn make(store: &Store) -> Result<BeyondIdentityDemo, StartError> {
    let tenant = place(kind::TENANT, None, "tenant")
        .ensure(store, named)
        .await?;
    let realm = place(kind::REALM, Some(tenant.id), "realm")
        .ensure(store, named)
        .await?;
    identity(store, realm.id, "ada", "Ada Lovelace").await?;
    identity(store, realm.id, "grace", "Grace Hopper").await?;

    let management = application(store, realm.id, "management", management).await?;
    let public = application(store, realm.id, "public", public).await?;
    let owner = client(store, "management-client", &management).await?;
    client(store, "public-client", &public).await?;
    let client_secret = random_text(48)?;
    let update = OwnerUpdate {
        secret_hash: Some(Digest::of(&client_secret)),
        ..OwnerUpdate::default()
    };
    store.update_owner(owner.id, update).await?;

    Ok(BeyondIdentityDemo {
        tenant_id: tenant.public_id()?,
        realm_id: realm.public_id()?,
        application_id: management.public_id()?,
        client_id: management.record.client_id,
        client_secret,
        redirect_uri: REDIRECT_URI.to_owned(),
        public_application_id: public.public_id()?,
        public_client_id: public.record.client_id,
    })
}

const fn place(kind: &'static str, parent: Option<OwnerId>, mark: &'static str) -> Place {
    Place {
        api: API,
        kind,
        parent,
        mark,
    }
}

fn named() -> Result<(Vec<String>, Value), StartError> {
    Ok((vec![random_hex(16)?], json!({ "display_name": "Demo" })))
}

async fn identity(
    store: &Store,
    realm: OwnerId,
    name: &'static str,
    display_name: &str,
) -> Result<(), StartError> {
    let make = || {
        let identity = Identity {
            id: random_hex(16)?,
            display_name: display_name.to_owned(),
            username: format!("{name}@example.com"),
        };
        Ok((vec![identity.id.clone()], identity))
    };
    place(kind::IDENTITY, Some(realm), name)
        .ensure(store, make)
        .await?;
    Ok(())
}

async fn application(
    store: &Store,
    realm: OwnerId,
    mark: &'static str,
    registration: fn(String) -> Registration,
) -> Result<Object<Registration>, StartError> {
    let make = || {
        Ok((
            vec![Uuid::new_v4().to_string()],
            registration(random_text(24)?),
        ))
    };
    place(kind::APPLICATION, Some(realm), mark)
        .ensure(store, make)
        .await
}

async fn client(
    store: &Store,
    mark: &'static str,
    application: &Object<Registration>,
) -> Result<Object<ClientRecord>, StartError> {
    let make = || {
        let record = ClientRecord {
            application: application.id.to_string(),
        };
        Ok((vec![application.record.client_id.clone()], record))
    };
    place(kind::CLIENT, None, mark).ensure(store, make).await
}

fn management(client_id: String) -> Registration {
    Registration {
        display_name: "Beyond Identity Management API".to_owned(),
        client_id,
        confidential: true,
        grant_types: vec![GrantType::ClientCredentials, GrantType::AuthorizationCode],
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        allowed_scopes: Scopes::new(MANAGEMENT_SCOPES),
        resource_server: None,
        expires_after: MANAGEMENT_LIFETIME,
    }
}

fn public(client_id: String) -> Registration {
    Registration {
        display_name: "Demo single-page application".to_owned(),
        client_id,
        confidential: false,
        grant_types: vec![GrantType::AuthorizationCode],
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        allowed_scopes: Scopes::new(["orders:create", "orders:read"]),
        resource_server: Some("https://api.example.com".to_owned()),
        expires_after: LIFETIME,
    }
}
