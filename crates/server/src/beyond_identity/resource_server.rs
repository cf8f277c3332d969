//! Resource servers: APIs that access tokens open, and the scopes that they know.

use serde::{Deserialize, Serialize};
use specmint_store::{OwnerId, Store};

use super::application::{API, kind};
use super::registration::Registration;
use super::scopes::Scopes;
use crate::attributes;
use crate::failure::Failure;

/// What tokens for the provider's own management API call it. No other resource server may be called so.
pub(crate) const MANAGEMENT_API: &str = "beyondidentity";

/// The scopes of the management API. `token:delete` is how one of the vendor's pages spells `tokens:delete`.
const MANAGEMENT_SCOPES: [&str; 18] = [
    "applications:create",
    "applications:read",
    "applications:update",
    "applications:delete",
    "resource-servers:create",
    "resource-servers:read",
    "resource-servers:update",
    "resource-servers:delete",
    "identities:create",
    "identities:read",
    "identities:delete",
    "realms:read",
    "roles:read",
    "tenants:read",
    "tokens:introspect",
    "tokens:read",
    "tokens:delete",
    "token:delete",
];

/// A resource server of a realm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ResourceServer {
    pub(crate) display_name: String,
    /// What tokens call it in `aud`.
    pub(crate) identifier: String,
    pub(crate) scopes: Scopes,
    /// Whether it comes with the realm, and nobody may change it.
    #[serde(default)]
    pub(crate) is_managed: bool,
}

impl ResourceServer {
    /// The provider's own management API.
    pub(crate) fn management() -> Self {
        Self {
            display_name: "Beyond Identity Management API".to_owned(),
            identifier: MANAGEMENT_API.to_owned(),
            scopes: Scopes::new(MANAGEMENT_SCOPES),
            is_managed: true,
        }
    }

    /// The one of that id in the realm, if there is one.
    pub(super) async fn find(
        store: &Store,
        realm: OwnerId,
        id: &str,
    ) -> Result<Option<Self>, Failure> {
        let found = store.find_owner(API, kind::RESOURCE_SERVER, Some(realm), id);
        let found = found
            .await?
            .filter(|owner| owner.keys.first().is_some_and(|key| key == id));
        found.map(|owner| attributes::of_owner(&owner)).transpose()
    }

    /// How many applications of the realm refer to the one of that id.
    pub(crate) async fn references(
        store: &Store,
        realm: OwnerId,
        id: &str,
    ) -> Result<usize, Failure> {
        let mut references = 0;
        for application in store.owners(API, kind::APPLICATION, Some(realm)).await? {
            let registration: Registration = attributes::of_owner(&application)?;
            references += usize::from(registration.resource_server.as_deref() == Some(id));
        }
        Ok(references)
    }

    /// The key that holds an identifier for one resource server of a realm. No id looks like it.
    pub(crate) fn key_of(identifier: &str) -> String {
        format!("identifier:{identifier}")
    }

    /// Whom tokens of an application with that client are for. The management API's are for nobody else.
    pub(super) fn audience(&self, client_id: &str) -> Vec<String> {
        if self.identifier == MANAGEMENT_API {
            vec![self.identifier.clone()]
        } else {
            vec![client_id.to_owned(), self.identifier.clone()]
        }
    }
}
