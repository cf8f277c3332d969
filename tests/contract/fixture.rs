//! Objects beside those of `specmint demo`, made in the store as the server keeps them.

use serde_json::{Value, json};
use specmint_store::{Digest, NewOwner, NewToken, Owner, OwnerId, Store, split};
use uuid::Uuid;

use crate::beyond_identity::flow::{self, Application};
use crate::secrets;
use crate::server::Server;

/// A team of AnchorBrowser with one application.
pub struct Team {
    pub api_key: String,
    pub application_id: String,
}

/// An organization of Applivery with one application and one service account.
pub struct Organization {
    pub organization_id: String,
    pub application_id: String,
    pub api_key: String,
}

/// An application of Beyond Identity to be made in the demo's realm.
pub struct NewApplication {
    pub name: &'static str,
    pub grants: Vec<&'static str>,
    pub redirect_uris: Vec<&'static str>,
    pub scopes: Vec<&'static str>,
    /// What its tokens are for; the management API, if none is given.
    pub resource_server: Option<&'static str>,
    pub expires_after: u32,
    /// A random one, if none is given.
    pub secret: Option<String>,
    /// Further members of its registration, or others in place of those above.
    pub more: Value,
}

impl Default for NewApplication {
    fn default() -> Self {
        Self {
            name: "Another application",
            grants: vec!["authorization_code", "client_credentials"],
            redirect_uris: vec!["https://another.example/callback"],
            scopes: vec!["tokens:read", "tokens:delete"],
            resource_server: None,
            expires_after: 3600,
            secret: None,
            more: json!({}),
        }
    }
}

/// An owner, as its API keeps it.
pub async fn owner(
    store: &Store,
    (api, kind): (&str, &str),
    parent: Option<OwnerId>,
    keys: &[&str],
    attributes: Value,
) -> Owner {
    let new = NewOwner {
        api,
        kind,
        parent,
        keys: keys.iter().map(ToString::to_string).collect(),
        attributes,
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    store.create_owner(new).await.expect("an owner")
}

/// A credential of `owner` whose text is `prefix` and a split token.
async fn credential(
    store: &Store,
    (api, kind): (&'static str, &'static str),
    prefix: &str,
    owner: OwnerId,
    scopes: Option<&str>,
) -> String {
    let (id, text, hash) = split::mint(prefix);
    let new = NewToken {
        id: Some(id),
        scopes: scopes.map(str::to_owned),
        ..NewToken::new(api, kind, owner, hash)
    };
    store.mint(new).await.expect("a token");
    secrets::keep(&text);
    text
}

/// Another team.
pub async fn anchorbrowser_team(server: &Server) -> Team {
    let store = &server.store;
    let api = "anchorbrowser";
    let team = owner(store, (api, "team"), None, &[&unique()], Value::Null).await;
    let application_id = unique();
    let attributes = json!({ "name": "Another application" });
    let keys = [application_id.as_str()];
    owner(
        store,
        (api, "application"),
        Some(team.id),
        &keys,
        attributes,
    )
    .await;
    Team {
        api_key: credential(store, (api, "api_key"), "sk-", team.id, None).await,
        application_id,
    }
}

/// Another organization, whose service account has these permissions.
pub async fn applivery_organization(server: &Server, permissions: &str) -> Organization {
    let store = &server.store;
    let api = "applivery";
    let entity = || {
        let id = Uuid::new_v4().simple().to_string()[..24].to_owned();
        let slug = format!("slug-{}", Uuid::new_v4());
        (id.clone(), slug.clone(), json!({ "id": id, "slug": slug }))
    };
    let (organization_id, slug, attributes) = entity();
    let keys = [organization_id.as_str(), &slug];
    let organization = owner(store, (api, "organization"), None, &keys, attributes).await;
    let (application_id, slug, attributes) = entity();
    let keys = [application_id.as_str(), &slug];
    owner(
        store,
        (api, "application"),
        Some(organization.id),
        &keys,
        attributes,
    )
    .await;
    Organization {
        organization_id,
        application_id,
        api_key: credential(
            store,
            (api, "service_account"),
            "",
            organization.id,
            Some(permissions),
        )
        .await,
    }
}

/// A confidential application in the demo's realm.
pub async fn application(server: &Server, new: NewApplication) -> Application {
    let demo = flow::demo(server);
    let tenant = find(&server.store, "tenant", None, &demo.tenant).await;
    let realm = find(&server.store, "realm", Some(tenant), &demo.realm).await;
    make_application(&server.store, (&demo.tenant, &demo.realm), realm, new).await
}

/// An application in another tenant, with a person who may approve.
pub async fn other_tenant(server: &Server) -> Application {
    let store = &server.store;
    let api = "beyond-identity";
    let (tenant_key, realm_key, person) = (unique(), unique(), unique());
    let named = || json!({ "display_name": "Another" });
    let tenant = owner(store, (api, "tenant"), None, &[&tenant_key], named()).await;
    let realm = (api, "realm");
    let realm = owner(store, realm, Some(tenant.id), &[&realm_key], named()).await;
    let attributes = json!({"id": person, "display_name": "Someone", "username": "someone"});
    owner(
        store,
        (api, "identity"),
        Some(realm.id),
        &[&person],
        attributes,
    )
    .await;
    let place = (tenant_key.as_str(), realm_key.as_str());
    make_application(store, place, realm.id, NewApplication::default()).await
}

/// Deletes a person of the demo's realm.
pub async fn remove_person(server: &Server, id: &str) {
    let demo = flow::demo(server);
    let tenant = find(&server.store, "tenant", None, &demo.tenant).await;
    let realm = find(&server.store, "realm", Some(tenant), &demo.realm).await;
    let person = find(&server.store, "identity", Some(realm), id).await;
    assert!(
        server
            .store
            .delete_owner(person, "test")
            .await
            .expect("a deletion")
    );
}

/// Another realm of the demo's tenant.
pub async fn other_realm(server: &Server) -> String {
    make_realm(server).await.1
}

/// A confidential application in another realm of the demo's tenant.
pub async fn application_elsewhere(server: &Server) -> Application {
    let tenant = flow::demo(server).tenant;
    let (realm, key) = make_realm(server).await;
    let new = NewApplication::default();
    make_application(&server.store, (&tenant, &key), realm, new).await
}

async fn make_realm(server: &Server) -> (OwnerId, String) {
    let tenant = flow::demo(server).tenant;
    let tenant = find(&server.store, "tenant", None, &tenant).await;
    let (kind, key) = (("beyond-identity", "realm"), unique());
    let attributes = json!({ "display_name": "Another" });
    let realm = owner(&server.store, kind, Some(tenant), &[&key], attributes).await;
    (realm.id, key)
}

async fn find(store: &Store, kind: &str, parent: Option<OwnerId>, key: &str) -> OwnerId {
    let found = store.find_owner("beyond-identity", kind, parent, key);
    found.await.expect("a look").expect("the demo's").id
}

async fn make_application(
    store: &Store,
    (tenant, realm_key): (&str, &str),
    realm: OwnerId,
    new: NewApplication,
) -> Application {
    let api = "beyond-identity";
    let (id, client_id) = (unique(), unique());
    let secret = new
        .secret
        .unwrap_or_else(|| format!("{}{}", unique(), unique()));
    secrets::keep(&secret);
    let resource_server = unique();
    let record = json!({
        "display_name": "An API",
        "identifier": new.resource_server.unwrap_or("beyondidentity"),
        "scopes": new.scopes,
    });
    let kind = (api, "resource_server");
    owner(store, kind, Some(realm), &[&resource_server], record).await;
    let mut registration = json!({
        "display_name": new.name,
        "client_id": client_id,
        "confidential": true,
        "grant_types": new.grants,
        "redirect_uris": new.redirect_uris,
        "allowed_scopes": new.scopes,
        "resource_server": resource_server,
        "expires_after": new.expires_after,
    });
    for (name, value) in new.more.as_object().expect("members") {
        registration[name] = value.clone();
    }
    let confidential = registration["confidential"] == json!(true);
    let application = owner(
        store,
        (api, "application"),
        Some(realm),
        &[&id],
        registration,
    )
    .await;
    let client = NewOwner {
        api,
        kind: "client",
        parent: None,
        keys: vec![client_id.clone()],
        attributes: json!({"application": application.id.to_string()}),
        secret_hash: confidential.then(|| Digest::of(&secret)),
        sealed: None,
        by: "test",
    };
    store.create_owner(client).await.expect("a client");
    Application {
        tenant: tenant.to_owned(),
        realm: realm_key.to_owned(),
        id,
        client_id,
        secret: confidential.then_some(secret),
        redirect_uri: new
            .redirect_uris
            .first()
            .copied()
            .unwrap_or_default()
            .to_owned(),
    }
}

fn unique() -> String {
    Uuid::new_v4().to_string()
}
