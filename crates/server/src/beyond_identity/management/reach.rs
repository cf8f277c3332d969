//! How far a bearer's token reaches: its own tenant, and of that its own realm, or all realms where its application is
//! the one that comes with the tenant.

use std::sync::Arc;

use specmint_store::{Owner, OwnerId};

use super::error::{Error, Resource};
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::application::{API, kind};
use crate::beyond_identity::client::Caller;
use crate::beyond_identity::registration::Registration;
use crate::failure::Failure;

/// A tenant that a request names and its bearer's token reaches.
#[derive(Debug)]
pub(in crate::beyond_identity) struct Reach {
    pub(super) tenant: Arc<Owner>,
    /// The only realm of it that the token reaches; all, if none.
    only: Option<OwnerId>,
    /// Who asks, for the trail.
    pub(super) actor: String,
}

/// A realm that a request names and its bearer's token reaches.
#[derive(Debug)]
pub(in crate::beyond_identity) struct Realm {
    pub(super) id: OwnerId,
    pub(super) tenant_id: String,
    pub(super) realm_id: String,
    /// Who asks, for the trail.
    pub(super) actor: String,
}

impl BeyondIdentity {
    /// The tenant of a request. Another's is forbidden, whether or not it exists.
    pub(in crate::beyond_identity) async fn tenant_for(
        &self,
        caller: Caller,
        tenant_id: &str,
    ) -> Result<Reach, Error> {
        if !matches!(caller, Caller::Bearer(_)) {
            return Err(Error::Unauthorized);
        }
        let application = self.store.owner(caller.application()).await?;
        let application = application.ok_or(Error::Unauthorized)?;
        let registration: Registration = attributes::of_owner(&application)?;
        let realm = self.above(&application).await?;
        let tenant = self.above(&realm).await?;
        if !tenant.keys.iter().any(|key| key == tenant_id) {
            return Err(Error::Forbidden);
        }
        Ok(Reach {
            tenant,
            only: (!registration.is_managed).then_some(realm.id),
            actor: caller.actor(),
        })
    }

    /// The realm of a request. Without the whole tenant, any other realm is forbidden, whether or not it exists.
    pub(in crate::beyond_identity) async fn realm_for(
        &self,
        caller: Caller,
        tenant_id: &str,
        realm_id: &str,
    ) -> Result<(Realm, Arc<Owner>), Error> {
        let reach = self.tenant_for(caller, tenant_id).await?;
        let parent = Some(reach.tenant.id);
        let found = self.store.find_owner(API, kind::REALM, parent, realm_id);
        let found = found.await?;
        let owner = match (found, reach.only) {
            (Some(realm), None) => realm,
            (Some(realm), Some(only)) if realm.id == only => realm,
            (None, None) => return Err(Error::NotFound(Resource::new("Realm", realm_id))),
            (_, Some(_)) => return Err(Error::Forbidden),
        };
        let realm = Realm {
            id: owner.id,
            tenant_id: tenant_id.to_owned(),
            realm_id: realm_id.to_owned(),
            actor: reach.actor,
        };
        Ok((realm, owner))
    }

    /// The owner that `owner` stands below.
    async fn above(&self, owner: &Owner) -> Result<Arc<Owner>, Error> {
        let missing = || Failure::because("an application stands below no realm of a tenant");
        let parent = owner.parent.ok_or_else(missing)?;
        Ok(self.store.owner(parent).await?.ok_or_else(missing)?)
    }
}

impl Reach {
    /// Whether the token reaches that realm of the tenant.
    pub(super) fn includes(&self, realm: OwnerId) -> bool {
        self.only.is_none_or(|only| only == realm)
    }
}
