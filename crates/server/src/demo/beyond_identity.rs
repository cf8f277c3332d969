//! Beyond Identity's part: a realm with two people and two applications, one confidential and one public.

use serde::Serialize;
use serde_json::json;
use specmint_store::{Digest, OwnerId, OwnerUpdate, Store};

use super::names::Names;
use super::object::{Object, Place};
use super::random::random_text;
use crate::beyond_identity::application::{API, ClientRecord, Identity, kind};
use crate::beyond_identity::registration::{
    GrantType, Pkce, Protocol, Registration, SubjectField, TokenFormat,
};
use crate::beyond_identity::scopes::Scopes;
use crate::error::StartError;

/// The lifetime of tokens for the vendor's management API, in seconds: three months.
const MANAGEMENT_LIFETIME: u32 = 7_776_000;

/// The lifetime of other tokens, in seconds: a day.
const LIFETIME: u32 = 86_400;

const REDIRECT_URI: &str = "https://app.example.com/callback";

/// The people of the realm: user names and the names that pages show.
const PEOPLE: [(&str, &str); 2] = [
    ("ada@example.com", "Ada Lovelace"),
    ("grace@example.com", "Grace Hopper"),
];

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
    let (management, client) =
        application(store, names, realm.id, "management", management).await?;
    let (public, _) = application(store, names, realm.id, "public", public).await?;
    let client_secret = random_text(48)?;
    let update = OwnerUpdate {
        secret_hash: Some(Digest::of(&client_secret)),
        ..OwnerUpdate::default()
    };
    store.update_owner(client.id, "cli:demo", update).await?;

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

/// An application and its client.
async fn application(
    store: &Store,
    names: &Names,
    realm: OwnerId,
    mark: &str,
    registration: fn(String) -> Registration,
) -> Result<(Object<Registration>, Object<ClientRecord>), StartError> {
    let id = names.uuid(&format!("beyond-identity/{mark}"));
    let client_id = names.hex(&format!("beyond-identity/{mark}-client"), 24);
    let application = place(kind::APPLICATION, Some(realm), id)
        .ensure(store, None, registration(client_id.clone()))
        .await?;
    let record = ClientRecord {
        application: application.id.to_string(),
    };
    let client = place(kind::CLIENT, None, client_id)
        .ensure(store, None, record)
        .await?;
    Ok((application, client))
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
        protocol: Protocol::Oauth2,
        pkce: Pkce::Disabled,
        token_format: TokenFormat::SelfContained,
        refresh_tokens: false,
        subject_field: SubjectField::Id,
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
        protocol: Protocol::Oidc,
        pkce: Pkce::S256,
        token_format: TokenFormat::SelfContained,
        refresh_tokens: true,
        subject_field: SubjectField::Id,
    }
}
