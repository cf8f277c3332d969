//! Beyond Identity's part: a realm with two people and two applications, one confidential and one public.

use serde::Serialize;
use serde_json::json;
use specmint_store::{Digest, OwnerId, OwnerUpdate, SecretBytes, Store};

use super::names::Names;
use super::object::{BY, Object, Place};
use crate::beyond_identity::application::{API, ClientRecord, Identity, kind};
use crate::beyond_identity::registration::{
    GrantType, Pkce, Protocol, Registration, SubjectField, TokenFormat,
};
use crate::beyond_identity::resource_server::ResourceServer;
use crate::beyond_identity::scopes::Scopes;
use crate::error::StartError;
use crate::random::random_text;

/// The lifetime of other tokens, in seconds: a day.
const LIFETIME: u32 = 86_400;

const ORDERS_SCOPES: [&str; 2] = ["orders:create", "orders:read"];

const REDIRECT_URI: &str = "https://app.example.com/callback";

/// The people of the realm: user names and the names that pages show.
const PEOPLE: [(&str, &str); 2] = [
    ("ada@example.com", "Ada Lovelace"),
    ("grace@example.com", "Grace Hopper"),
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

pub(super) async fn make(store: &Store, names: &Names) -> Result<BeyondIdentityDemo, StartError> {
    let named = json!({ "display_name": "Demo" });
    let tenant = place(kind::TENANT, None, hex(names, "tenant"))
        .ensure(store, None, named.clone())
        .await?;
    let realm = place(kind::REALM, Some(tenant.id), hex(names, "realm"))
        .ensure(store, None, named)
        .await?;
    for (username, display_name) in PEOPLE {
        let identity = Identity {
            id: hex(names, username),
            display_name: display_name.to_owned(),
            username: username.to_owned(),
            email: Some(username.to_owned()),
        };
        place(kind::IDENTITY, Some(realm.id), identity.id.clone())
            .ensure(store, None, identity)
            .await?;
    }
    let api = resource_server(store, names, realm.id, "api", ResourceServer::management()).await?;
    let redirect_uris = vec![REDIRECT_URI.to_owned()];
    let registration = |client_id| Registration::management(client_id, api, redirect_uris);
    let (management, client) =
        application(store, names, realm.id, "management", registration).await?;
    let orders = resource_server(store, names, realm.id, "orders", orders()).await?;
    let registration = |client_id| public(client_id, orders);
    let (public, _) = application(store, names, realm.id, "public", registration).await?;
    let client_secret = random_text(48)?;
    let update = OwnerUpdate {
        secret_hash: Some(Digest::of(&client_secret)),
        sealed: Some(SecretBytes::from(client_secret.clone().into_bytes())),
        ..OwnerUpdate::default()
    };
    store.update_owner(client.id, BY, update).await?;

    Ok(BeyondIdentityDemo {
        tenant_id: tenant.name,
        realm_id: realm.name,
        application_id: management.name,
        client_id: client.name,
        client_secret,
        redirect_uri: REDIRECT_URI.to_owned(),
        public_application_id: public.name,
        public_client_id: public.record.client_id,
    })
}

const fn place(kind: &'static str, parent: Option<OwnerId>, name: String) -> Place {
    Place {
        api: API,
        kind,
        parent,
        name,
    }
}

/// 16 hexadecimal digits.
fn hex(names: &Names, mark: &str) -> String {
    names.hex(&format!("beyond-identity/{mark}"), 16)
}

/// A resource server: its id.
async fn resource_server(
    store: &Store,
    names: &Names,
    realm: OwnerId,
    mark: &str,
    record: ResourceServer,
) -> Result<String, StartError> {
    let id = names.uuid(&format!("beyond-identity/resource-server/{mark}"));
    let place = place(kind::RESOURCE_SERVER, Some(realm), id);
    let key = ResourceServer::key_of(&record.identifier);
    let made = if record.is_managed {
        place.renew(store, Some(&key), record).await?
    } else {
        place.ensure(store, Some(&key), record).await?
    };
    Ok(made.name)
}

/// An application and its client.
async fn application(
    store: &Store,
    names: &Names,
    realm: OwnerId,
    mark: &str,
    registration: impl FnOnce(String) -> Registration,
) -> Result<(Object<Registration>, Object<ClientRecord>), StartError> {
    let id = names.uuid(&format!("beyond-identity/{mark}"));
    let client_id = names.hex(&format!("beyond-identity/{mark}-client"), 24);
    let registration = registration(client_id.clone());
    let application = place(kind::APPLICATION, Some(realm), id);
    let application = if registration.is_managed {
        application.renew(store, None, registration).await?
    } else {
        application.ensure(store, None, registration).await?
    };
    let record = ClientRecord {
        application: application.id.to_string(),
    };
    let client = place(kind::CLIENT, None, client_id)
        .renew(store, None, record)
        .await?;
    Ok((application, client))
}

/// What the public application's tokens open.
fn orders() -> ResourceServer {
    ResourceServer {
        display_name: "Demo orders API".to_owned(),
        identifier: "https://api.example.com".to_owned(),
        scopes: Scopes::new(ORDERS_SCOPES),
        is_managed: false,
    }
}

fn public(client_id: String, resource_server: String) -> Registration {
    Registration {
        display_name: "Demo single-page application".to_owned(),
        client_id,
        confidential: false,
        grant_types: vec![GrantType::AuthorizationCode],
        redirect_uris: vec![REDIRECT_URI.to_owned()],
        allowed_scopes: Scopes::new(ORDERS_SCOPES),
        resource_server: Some(resource_server),
        expires_after: LIFETIME,
        protocol: Protocol::Oidc,
        pkce: Pkce::S256,
        token_format: TokenFormat::SelfContained,
        refresh_tokens: true,
        subject_field: SubjectField::Id,
        authenticator_config_id: None,
        is_managed: false,
    }
}
