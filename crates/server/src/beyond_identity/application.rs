//! Applications as the store keeps them: tenant, realm, application, and beside them clients and identities.

use serde::{Deserialize, Serialize};
use specmint_store::{OwnerId, Store};

use super::redirect::differ_in_loopback_port_only;
use super::registration::{GrantType, Pkce, Registration};
use super::resource_server::ResourceServer;
use crate::attributes;
use crate::failure::Failure;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "beyond-identity";

/// Kinds of owners. A client stands at the root, for it is found by its `client_id` alone.
pub(crate) mod kind {
    pub(crate) const TENANT: &str = "tenant";
    pub(crate) const REALM: &str = "realm";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const RESOURCE_SERVER: &str = "resource_server";
    pub(crate) const CLIENT: &str = "client";
    pub(crate) const IDENTITY: &str = "identity";
}

/// What a client is kept with: the application that it is the client of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ClientRecord {
    pub(crate) application: String,
}

/// A person of a realm.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Identity {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) username: String,
    #[serde(default)]
    pub(crate) email: Option<String>,
}

/// An application that a request names.
#[derive(Debug)]
pub(super) struct Application {
    pub(super) id: OwnerId,
    pub(super) realm: OwnerId,
    pub(super) tenant_id: String,
    pub(super) realm_id: String,
    pub(super) application_id: String,
    /// With those of its scopes that its resource server knows.
    pub(super) registration: Registration,
    pub(super) resource_server: Option<ResourceServer>,
}

impl Application {
    /// The application at this place, if there is one.
    pub(super) async fn find(
        store: &Store,
        tenant_id: &str,
        realm_id: &str,
        application_id: &str,
    ) -> Result<Option<Self>, Failure> {
        let Some(tenant) = store.find_owner(API, kind::TENANT, None, tenant_id).await? else {
            return Ok(None);
        };
        let Some(realm) = store
            .find_owner(API, kind::REALM, Some(tenant.id), realm_id)
            .await?
        else {
            return Ok(None);
        };
        let found = store.find_owner(API, kind::APPLICATION, Some(realm.id), application_id);
        let Some(owner) = found.await? else {
            return Ok(None);
        };
        let mut registration: Registration = attributes::of_owner(&owner)?;
        let resource_server = match &registration.resource_server {
            Some(id) => ResourceServer::find(store, realm.id, id).await?,
            None => None,
        };
        let known = resource_server.as_ref().map(|server| &server.scopes);
        registration.allowed_scopes.retain_known(known);
        Ok(Some(Self {
            id: owner.id,
            realm: realm.id,
            tenant_id: tenant_id.to_owned(),
            realm_id: realm_id.to_owned(),
            application_id: application_id.to_owned(),
            registration,
            resource_server,
        }))
    }

    /// Where it stands, as tokens name it.
    pub(super) fn path(&self) -> String {
        format!("{}/applications/{}", self.realm_path(), self.application_id)
    }

    /// Where its realm stands.
    pub(super) fn realm_path(&self) -> String {
        format!("tenants/{}/realms/{}", self.tenant_id, self.realm_id)
    }

    /// Its client, for the trail.
    pub(super) fn actor(&self) -> String {
        format!("client:{}", self.registration.client_id)
    }

    /// What its authorization requests have to carry.
    pub(super) const fn pkce(&self) -> Pkce {
        if self.registration.confidential {
            self.registration.pkce
        } else {
            Pkce::S256
        }
    }

    /// Whether a code may still go to `redirect_uri` for a request with or without a code challenge: what the application is
    /// allowed may have changed since the request was read.
    pub(super) fn admits(&self, redirect_uri: &str, challenged: bool) -> bool {
        self.may_use(GrantType::AuthorizationCode)
            && self.redirect_uri(Some(redirect_uri)).is_some()
            && (challenged || self.pkce() == Pkce::Disabled)
    }

    /// Whether its client may come by `grant_type`.
    pub(super) fn may_use(&self, grant_type: GrantType) -> bool {
        self.registration.grant_types.contains(&grant_type)
    }

    /// Whom its tokens are for; without a resource server, nobody but its own client.
    pub(super) fn audience(&self) -> Vec<String> {
        let client_id = &self.registration.client_id;
        match &self.resource_server {
            None => vec![client_id.clone()],
            Some(server) => server.audience(client_id),
        }
    }

    /// Where an answer to `redirect_uri` goes: exactly that, if it is registered (RFC 9700, section 2.1), for which
    /// the port of a public client on loopback does not count; without one, the only one that is registered.
    pub(super) fn redirect_uri<'a>(&'a self, requested: Option<&'a str>) -> Option<&'a str> {
        let registered = self.registration.redirect_uris.as_slice();
        match (requested, registered) {
            (None, [only]) => Some(only),
            (None, _) => None,
            (Some(requested), _) => registered
                .iter()
                .any(|registered| self.is_redirect_uri(registered, requested))
                .then_some(requested),
        }
    }

    fn is_redirect_uri(&self, registered: &str, requested: &str) -> bool {
        let native = !self.registration.confidential;
        registered == requested || native && differ_in_loopback_port_only(registered, requested)
    }

    /// The persons of its realm, in the order they were made.
    pub(super) async fn identities(&self, store: &Store) -> Result<Vec<Identity>, Failure> {
        let owners = store.owners(API, kind::IDENTITY, Some(self.realm)).await?;
        owners.iter().map(attributes::of_owner).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::beyond_identity::registration::tests::registered;

    fn application(redirect_uris: &[&str]) -> Application {
        Application {
            id: OwnerId::new(),
            realm: OwnerId::new(),
            tenant_id: "t".to_owned(),
            realm_id: "r".to_owned(),
            application_id: "a".to_owned(),
            registration: Registration {
                redirect_uris: redirect_uris.iter().map(ToString::to_string).collect(),
                ..registered()
            },
            resource_server: None,
        }
    }

    #[test]
    fn a_redirect_uri_is_matched_exactly() {
        let application = application(&["https://app.example.com/cb", "https://app.example.com/b"]);
        let to = |uri| application.redirect_uri(Some(uri));
        assert_eq!(
            to("https://app.example.com/cb"),
            Some("https://app.example.com/cb")
        );
        for wrong in [
            "https://app.example.com/cb/",
            "https://app.example.com/cb?x=1",
            "https://APP.example.com/cb",
            "https://app.example.com/c",
        ] {
            assert_eq!(to(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_native_app_may_name_any_port_of_its_machine() {
        let mut application = application(&["http://127.0.0.1/cb"]);
        let requested = Some("http://127.0.0.1:51004/cb");
        assert_eq!(application.redirect_uri(requested), None);
        application.registration.confidential = false;
        assert_eq!(application.redirect_uri(requested), requested);
    }

    #[test]
    fn without_a_redirect_uri_the_only_one_is_meant() {
        assert_eq!(
            application(&["app://one"]).redirect_uri(None),
            Some("app://one")
        );
        assert_eq!(
            application(&["app://one", "app://two"]).redirect_uri(None),
            None
        );
        assert_eq!(application(&[]).redirect_uri(None), None);
    }

    #[test]
    fn the_audience_follows_the_resource_server() {
        let mut application = application(&[]);
        assert_eq!(application.audience(), ["c"]);
        application.resource_server = Some(ResourceServer::management());
        assert_eq!(application.audience(), ["beyondidentity"]);
        application.resource_server = Some(ResourceServer {
            identifier: "https://api.example.com".to_owned(),
            ..ResourceServer::management()
        });
        assert_eq!(application.audience(), ["c", "https://api.example.com"]);
    }
}
