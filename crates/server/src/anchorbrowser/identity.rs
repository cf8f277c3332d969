//! Identities: accounts at sites, each below the application of its site.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specmint::anchorbrowser::models::{
    CreateIdentityRequest, CreatedIdentity, Credential, Identity, IdentityItem, IdentityStatus,
    UpdateIdentityRequest, UpdatedIdentity,
};
use specmint_runtime::types::{Uuid, Value};
use specmint_store::{NewOwner, Owner, OwnerId, OwnerUpdate};

use super::application::is_in;
use super::credentials::{sealed, status};
use super::error::Error;
use super::{API, AnchorBrowser, Caller, kind};
use crate::attributes;
use crate::failure::Failure;

/// What an identity is called that nobody named.
pub(super) const UNNAMED: &str = "Unnamed Identity";

/// What the store keeps of an identity, beside its sealed credentials.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct IdentityRecord {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) status: IdentityStatus,
    pub(super) metadata: BTreeMap<String, Value>,
    /// The flow of the hosted page by which it was made.
    pub(super) auth_flow: Option<Uuid>,
}

impl AnchorBrowser {
    /// The caller's identity of that name. Its path names no application, so that its row's name is the public one.
    pub(super) async fn identity(&self, caller: Caller, id: Uuid) -> Result<Arc<Owner>, Error> {
        let identity = self.store.owner(OwnerId::from(id)).await?;
        let identity = identity
            .filter(|owner| owner.api == API && owner.kind == kind::IDENTITY)
            .ok_or(Error::IdentityNotFound)?;
        let application = match identity.parent {
            Some(application) => self.store.owner(application).await?,
            None => None,
        };
        match application {
            Some(application) if application.parent == Some(caller.team) => Ok(identity),
            _ => Err(Error::IdentityNotFound),
        }
    }

    pub(super) async fn make_identity(
        &self,
        caller: Caller,
        validate_async: bool,
        request: CreateIdentityRequest,
    ) -> Result<CreatedIdentity, Error> {
        let credentials = request.credentials.unwrap_or_default();
        let record = IdentityRecord {
            name: request.name,
            source: request.source,
            status: status(&credentials),
            metadata: request.metadata.unwrap_or_default(),
            auth_flow: None,
        };
        let named = (request.application_name, request.application_description);
        let made = self
            .keep_identity(caller, &record, &credentials, named)
            .await?;
        Ok(CreatedIdentity {
            id: made.id.into(),
            name: record.name,
            status: match validate_async {
                true => IdentityStatus::Pending,
                false => record.status,
            },
            metadata: record.metadata,
            created_at: made.created_at,
        })
    }

    /// Keeps an identity below the application of its site. One that is deleted meanwhile is not the one that is meant.
    async fn keep_identity(
        &self,
        caller: Caller,
        record: &IdentityRecord,
        credentials: &[Credential],
        (name, description): (Option<String>, Option<String>),
    ) -> Result<Owner, Error> {
        /// How often others may delete it under the caller.
        const TIMES: usize = 16;
        let by = caller.by();
        for _ in 0..TIMES {
            let (name, description) = (name.clone(), description.clone());
            let application = self
                .application_of_site(caller, &record.source, name, description)
                .await;
            let made = match application {
                Ok(application) => {
                    let new = new_identity(application.id, record, credentials, &by)?;
                    self.store.create_owner(new).await.map_err(Error::from)
                }
                Err(error) => Err(error),
            };
            if !matches!(made, Err(Error::Missing)) {
                return made;
            }
        }
        Err(Error::Missing)
    }

    /// The identities of an application with `search` in their names and all of `metadata` in theirs.
    pub(super) async fn find_identities(
        &self,
        application: &Owner,
        search: Option<&str>,
        metadata: &BTreeMap<String, Value>,
    ) -> Result<Vec<IdentityItem>, Error> {
        let owners = self.store.owners(API, kind::IDENTITY, Some(application.id));
        let mut found = Vec::new();
        for owner in owners.await? {
            let record: IdentityRecord = attributes::of_owner(&owner)?;
            let has = |(name, value)| record.metadata.get(name) == Some(value);
            if is_in(search, &record.name) && metadata.iter().all(has) {
                found.push(IdentityItem {
                    id: owner.id.into(),
                    name: record.name,
                    auth_flow: record.auth_flow,
                    status: record.status,
                    created_at: owner.created_at,
                    updated_at: owner.updated_at,
                });
            }
        }
        Ok(found)
    }

    pub(super) async fn change_identity(
        &self,
        caller: Caller,
        id: Uuid,
        request: UpdateIdentityRequest,
    ) -> Result<UpdatedIdentity, Error> {
        let identity = self.identity(caller, id).await?;
        let change = move |owner: &Owner| {
            let mut record: IdentityRecord = attributes::of_owner(owner)?;
            let request = request.clone();
            record.name = request.name.unwrap_or(record.name);
            record.metadata = request.metadata.unwrap_or(record.metadata);
            let credentials = request.credentials.as_deref();
            record.status = credentials.map_or(record.status, status);
            Ok::<_, Failure>(OwnerUpdate {
                attributes: Some(attributes::to_value(&record)?),
                sealed: credentials.map(sealed).transpose()?,
                ..OwnerUpdate::default()
            })
        };
        let changed = self
            .store
            .edit_owner(identity.id, &caller.by(), change)
            .await?;
        let changed = changed.ok_or(Error::IdentityNotFound)??;
        let record: IdentityRecord = attributes::of_owner(&changed)?;
        Ok(UpdatedIdentity {
            id,
            name: record.name,
            metadata: record.metadata,
            updated_at: changed.updated_at,
        })
    }
}

/// An identity to be made of `application`.
pub(super) fn new_identity<'a>(
    application: OwnerId,
    record: &IdentityRecord,
    credentials: &[Credential],
    by: &'a str,
) -> Result<NewOwner<'a>, Failure> {
    Ok(NewOwner {
        api: API,
        kind: kind::IDENTITY,
        parent: Some(application),
        keys: Vec::new(),
        attributes: attributes::to_value(record)?,
        secret_hash: None,
        sealed: Some(sealed(credentials)?),
        by,
    })
}

/// The identity as its team sees it.
pub(super) fn shown(identity: &Owner) -> Result<Identity, Failure> {
    let record: IdentityRecord = attributes::of_owner(identity)?;
    Ok(Identity {
        id: identity.id.into(),
        name: record.name,
        source: record.source,
        status: record.status,
        metadata: record.metadata,
        created_at: identity.created_at,
        updated_at: identity.updated_at,
    })
}
