//! What a provider's own API would refuse to delete. The administration deletes it all the same, to those who know.

use specmint_store::{Owner, Store};

use super::Refused;
use crate::attributes;
use crate::beyond_identity::application::{API as BEYOND_IDENTITY, kind as beyond_identity};
use crate::beyond_identity::registration::Registration;
use crate::beyond_identity::resource_server::ResourceServer;
use crate::infisical::identity::IdentityRecord;
use crate::infisical::{API as INFISICAL, kind as infisical};
use crate::vtex::{API as VTEX, kind as vtex};

/// Of what the management of a tenant stands on.
const MANAGED: &str = "It comes with its tenant, and Beyond Identity’s own API would refuse to delete it. Without it, nobody manages the tenant by that API.";

/// Why its provider's own API would refuse to delete `owner`; nothing, where it would not.
pub(super) async fn of(store: &Store, owner: &Owner) -> Result<Option<String>, Refused> {
    Ok(match (owner.api.as_str(), owner.kind.as_str()) {
        (INFISICAL, infisical::IDENTITY) => is_protected(owner).then(|| {
            "Its delete protection is on, and Infisical’s own API would refuse to delete it."
                .to_owned()
        }),
        (INFISICAL, infisical::ORGANIZATION) => {
            let identities = store
                .owners(INFISICAL, infisical::IDENTITY, Some(owner.id))
                .await?;
            let protected = identities
                .iter()
                .filter(|identity| is_protected(identity))
                .count();
            (protected > 0).then(|| {
                let of = identities.len();
                format!("Delete protection is on for {protected} of its identities ({of} in all), which Infisical’s own API would refuse to delete.")
            })
        }
        (BEYOND_IDENTITY, beyond_identity::APPLICATION) => {
            let registration = attributes::of_owner::<Registration>(owner)?;
            registration.is_managed.then(|| MANAGED.to_owned())
        }
        (BEYOND_IDENTITY, beyond_identity::RESOURCE_SERVER) => {
            let server = attributes::of_owner::<ResourceServer>(owner)?;
            let used = match (owner.parent, owner.keys.first()) {
                (Some(realm), Some(id)) => ResourceServer::references(store, realm, id).await?,
                _ => 0,
            };
            match used {
                _ if server.is_managed => Some(MANAGED.to_owned()),
                0 => None,
                used => Some(format!("Applications ask for its scopes ({used} of them), so Beyond Identity’s own API would refuse to delete it. Without it, they get none; tokens that they have stay good until they expire or are revoked.")),
            }
        }
        (BEYOND_IDENTITY, beyond_identity::REALM) => {
            let applications = store.owners(BEYOND_IDENTITY, beyond_identity::APPLICATION, Some(owner.id));
            let mut has_managed = false;
            for application in applications.await? {
                has_managed |= attributes::of_owner::<Registration>(&application)?.is_managed;
            }
            has_managed.then(|| {
                "The application is in it that comes with its tenant, and that Beyond Identity’s own API would refuse to delete. Without it, nobody manages the tenant by that API.".to_owned()
            })
        }
        (VTEX, vtex::APPLICATION) => Some("Everything at VTEX is below it: the merchants, who would have to sign up again, and their credentials. The next request makes it anew, and empty.".to_owned()),
        _ => None,
    })
}

fn is_protected(identity: &Owner) -> bool {
    let record = attributes::of_owner::<IdentityRecord>(identity);
    record.is_ok_and(|record| record.has_delete_protection)
}
