//! Resource servers: made, listed, read, changed and deleted.

use std::sync::Arc;

use specmint::beyond_identity::models::{
    CreateResourceServerRequest, ListResourceServersResponse, ResourceServer as Shown,
    ResourceServerRequest,
};
use specmint_store::{NewOwner, Owner, OwnerUpdate, StoreError};
use uuid::Uuid;

use super::error::{Error, Resource};
use super::list::{Asked, MOST};
use super::reach::Realm;
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::application::{API, kind};
use crate::beyond_identity::resource_server::{MANAGEMENT_API, ResourceServer};
use crate::beyond_identity::scopes::{OF_OPENID, Scopes};
use crate::failure::Failure;

const IDENTIFIER: &str = "resource_server.identifier";
const SCOPES: &str = "resource_server.scopes";

impl BeyondIdentity {
    pub(in crate::beyond_identity) async fn create_resource_server_in(
        &self,
        realm: &Realm,
        request: CreateResourceServerRequest,
    ) -> Result<Shown, Error> {
        let new = request.resource_server;
        if new.identifier == MANAGEMENT_API {
            return Err(Error::invalid(IDENTIFIER, "reserved"));
        }
        let record = ResourceServer {
            display_name: new.display_name,
            identifier: new.identifier,
            scopes: scopes(new.scopes.unwrap_or_default())?,
            is_managed: false,
        };
        let key = ResourceServer::key_of(&record.identifier);
        let made = self.store.create_owner(NewOwner {
            api: API,
            kind: kind::RESOURCE_SERVER,
            parent: Some(realm.id),
            keys: vec![Uuid::new_v4().to_string(), key],
            attributes: attributes::of(&record)?,
            secret_hash: None,
            sealed: None,
            by: &realm.actor,
        });
        match made.await {
            Ok(owner) => Ok(shown(&owner, realm)?),
            Err(StoreError::Taken { .. }) => Err(Error::invalid(IDENTIFIER, "already in use")),
            Err(error) => Err(error.into()),
        }
    }

    pub(in crate::beyond_identity) async fn resource_servers_in(
        &self,
        realm: &Realm,
        asked: Asked,
    ) -> Result<ListResourceServersResponse, Error> {
        let owners = self
            .store
            .owners(API, kind::RESOURCE_SERVER, Some(realm.id));
        let page = self.page("resource-servers", realm.id, owners.await?, asked, MOST)?;
        let servers = page.owners.iter().map(|owner| shown(owner, realm));
        Ok(ListResourceServersResponse {
            resource_servers: servers.collect::<Result<_, Failure>>()?,
            total_size: page.total_size,
            next_page_token: page.next_page_token,
        })
    }

    pub(in crate::beyond_identity) async fn read_resource_server(
        &self,
        realm: &Realm,
        id: &str,
    ) -> Result<Shown, Error> {
        Ok(shown(&*self.resource_server(realm, id).await?, realm)?)
    }

    pub(in crate::beyond_identity) async fn change_resource_server(
        &self,
        realm: &Realm,
        id: &str,
        change: ResourceServerRequest,
    ) -> Result<Shown, Error> {
        let owner = self.resource_server(realm, id).await?;
        let decide = move |owner: &Owner| changed(owner, change.clone());
        let changed = self
            .store
            .edit_owner(owner.id, &realm.actor, decide)
            .await?;
        let owner = changed.ok_or_else(|| missing(id))??;
        Ok(shown(&owner, realm)?)
    }

    /// One that applications refer to stays, so that none loses its scopes by surprise.
    pub(in crate::beyond_identity) async fn end_resource_server(
        &self,
        realm: &Realm,
        id: &str,
    ) -> Result<(), Error> {
        let owner = self.resource_server(realm, id).await?;
        let record: ResourceServer = attributes::of_owner(&owner)?;
        if record.is_managed {
            return Err(Error::Forbidden);
        }
        let _references = self.references.lock().await;
        if ResourceServer::references(&self.store, realm.id, id).await? > 0 {
            return Err(Error::InUse(Resource::new("ResourceServer", id)));
        }
        if self.store.delete_owner(owner.id, &realm.actor).await? {
            Ok(())
        } else {
            Err(missing(id))
        }
    }

    async fn resource_server(&self, realm: &Realm, id: &str) -> Result<Arc<Owner>, Error> {
        let parent = Some(realm.id);
        let found = self
            .store
            .find_owner(API, kind::RESOURCE_SERVER, parent, id);
        let found = found.await?.filter(|owner| has_id(owner, id));
        found.ok_or_else(|| missing(id))
    }
}

/// What becomes of `owner` by a change.
fn changed(owner: &Owner, change: ResourceServerRequest) -> Result<OwnerUpdate, Error> {
    let mut record: ResourceServer = attributes::of_owner(owner)?;
    if record.is_managed {
        return Err(Error::Forbidden);
    }
    if change
        .identifier
        .is_some_and(|identifier| identifier != record.identifier)
    {
        // Tokens that are about have it in `aud`, and those who check them know it.
        return Err(Error::invalid(IDENTIFIER, "cannot be changed"));
    }
    if let Some(display_name) = change.display_name {
        record.display_name = display_name;
    }
    if let Some(new) = change.scopes {
        record.scopes = scopes(new)?;
    }
    Ok(OwnerUpdate {
        attributes: Some(attributes::of(&record)?),
        ..OwnerUpdate::default()
    })
}

/// No API has the scopes of OpenID Connect, which anybody may be granted.
fn scopes(named: Vec<String>) -> Result<Scopes, Error> {
    if let Some(taken) = OF_OPENID
        .iter()
        .find(|taken| named.iter().any(|scope| scope == *taken))
    {
        return Err(Error::invalid(SCOPES, &format!("must not have {taken}")));
    }
    Ok(Scopes::distinct(named))
}

fn has_id(owner: &Owner, id: &str) -> bool {
    owner.keys.first().is_some_and(|key| key == id)
}

fn missing(id: &str) -> Error {
    Error::NotFound(Resource::new("ResourceServer", id))
}

fn shown(owner: &Owner, realm: &Realm) -> Result<Shown, Failure> {
    let record: ResourceServer = attributes::of_owner(owner)?;
    Ok(Shown {
        id: owner.keys.first().cloned(),
        realm_id: Some(realm.realm_id.clone()),
        tenant_id: Some(realm.tenant_id.clone()),
        display_name: Some(record.display_name),
        is_managed: Some(record.is_managed),
        identifier: Some(record.identifier),
        scopes: Some(record.scopes.iter().map(ToOwned::to_owned).collect()),
    })
}
