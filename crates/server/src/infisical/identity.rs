//! Machine identities of an organization.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specmint::infisical::models;
use specmint_runtime::Nullable;
use specmint_runtime::types::Uuid;
use specmint_store::{NewOwner, Owner, OwnerId, OwnerUpdate};

use super::caller::Caller;
use super::error::Error;
use super::organization::Organization;
use super::role::{Action, Role};
use super::{API, Infisical, kind};
use crate::attributes;
use crate::failure::Failure;

/// The way to authenticate that an identity with Token Auth has.
const TOKEN_AUTH: &str = "token-auth";

/// What a machine identity is kept with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct IdentityRecord {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) role: Role,
    #[serde(default)]
    pub(crate) has_delete_protection: bool,
    #[serde(default)]
    pub(crate) metadata: Vec<Note>,
}

/// Something that is noted of an identity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Note {
    id: Uuid,
    key: String,
    value: String,
}

/// A machine identity.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) owner: Arc<Owner>,
    pub(crate) record: IdentityRecord,
}

impl Identity {
    pub(crate) fn of(owner: Arc<Owner>) -> Result<Self, Failure> {
        let record = attributes::of_owner(&owner)?;
        Ok(Self { owner, record })
    }

    /// The organization that it belongs to.
    pub(super) fn organization(&self) -> Result<OwnerId, Failure> {
        let parent = self.owner.parent;
        parent.ok_or_else(|| Failure::because("an identity has no organization"))
    }

    /// By which name it stands in the trail.
    pub(super) fn actor(&self) -> String {
        format!("identity:{}", self.record.id)
    }

    fn shown(&self, organization: &Organization) -> models::Identity {
        let IdentityRecord { id, ref name, .. } = self.record;
        models::Identity {
            id,
            name: name.clone(),
            auth_method: Some(Nullable::Null),
            created_at: self.owner.created_at,
            updated_at: self.owner.updated_at,
            has_delete_protection: Some(self.record.has_delete_protection),
            org_id: organization.id,
            project_id: Some(Nullable::Null),
            auth_methods: None,
            metadata: None,
        }
    }

    fn metadata(&self) -> Vec<models::Metadata> {
        let notes = self.record.metadata.iter().cloned();
        notes
            .map(|Note { id, key, value }| models::Metadata {
                id: id.to_string(),
                key,
                value,
            })
            .collect()
    }

    fn membership(
        &self,
        organization: &Organization,
        has_token_auth: bool,
    ) -> models::IdentityMembership {
        let IdentityRecord { id, ref name, .. } = self.record;
        let methods = has_token_auth.then(|| TOKEN_AUTH.to_owned());
        models::IdentityMembership {
            id: self.owner.id.into(),
            role: self.record.role.slug().to_owned(),
            role_id: Some(Nullable::Null),
            org_id: organization.id,
            created_at: self.owner.created_at,
            updated_at: self.owner.updated_at,
            identity_id: id,
            last_login_auth_method: None,
            last_login_time: None,
            metadata: Some(self.metadata()),
            custom_role: None,
            identity: models::MemberIdentity {
                id,
                name: name.clone(),
                has_delete_protection: self.record.has_delete_protection,
                org_id: Some(organization.id),
                auth_methods: methods.into_iter().collect(),
                active_lockout_auth_methods: Some(Vec::new()),
            },
        }
    }
}

fn notes(asked: Vec<models::MetadataEntry>) -> Vec<Note> {
    let notes = asked.into_iter();
    notes
        .map(|models::MetadataEntry { key, value }| Note {
            id: Uuid::new_v4(),
            key,
            value,
        })
        .collect()
}

/// What a request changes of an identity.
struct Update {
    name: Option<String>,
    role: Option<Role>,
    has_delete_protection: Option<bool>,
    metadata: Option<Vec<Note>>,
}

impl Update {
    fn read(asked: models::UpdateMachineIdentityRequest) -> Result<Self, Error> {
        Ok(Self {
            name: asked.name,
            role: asked.role.as_deref().map(str::parse).transpose()?,
            has_delete_protection: asked.has_delete_protection,
            metadata: asked.metadata.map(notes),
        })
    }

    /// Whether it takes from an identity that it administers its organization.
    fn takes_admin(&self) -> bool {
        self.role.is_some_and(|role| role != Role::Admin)
    }

    /// What becomes of `record`.
    fn of(&self, record: IdentityRecord) -> IdentityRecord {
        let protected = self.has_delete_protection;
        IdentityRecord {
            id: record.id,
            name: self.name.clone().unwrap_or(record.name),
            role: self.role.unwrap_or(record.role),
            has_delete_protection: protected.unwrap_or(record.has_delete_protection),
            metadata: self.metadata.clone().unwrap_or(record.metadata),
        }
    }
}

/// Whether one of these identities administers their organization.
fn any_admin(identities: &[Owner]) -> Result<bool, Failure> {
    for identity in identities {
        let record: IdentityRecord = attributes::of_owner(identity)?;
        if record.role == Role::Admin {
            return Ok(true);
        }
    }
    Ok(false)
}

impl Infisical {
    /// The identity `id` of the caller's organization, if the caller may do `action` to it.
    pub(super) async fn identity(
        &self,
        caller: &Caller,
        action: Action,
        id: String,
    ) -> Result<Identity, Error> {
        caller.may(action)?;
        let organization = Some(caller.organization()?);
        let found = self
            .store
            .find_owner(API, kind::IDENTITY, organization, &id);
        let found = found.await?.ok_or(Error::IdentityNotFound(id))?;
        let identity = Identity::of(found)?;
        caller.may_to(action, &identity)?;
        Ok(identity)
    }

    pub(super) async fn create_identity(
        &self,
        caller: &Caller,
        asked: models::CreateMachineIdentityRequest,
    ) -> Result<models::IdentityResponse, Error> {
        caller.may(Action::Create)?;
        let organization = self
            .organization_named(caller, asked.organization_id)
            .await?;
        let id = Uuid::new_v4();
        let record = IdentityRecord {
            id,
            name: asked.name,
            role: asked.role.parse()?,
            has_delete_protection: asked.has_delete_protection,
            metadata: notes(asked.metadata.unwrap_or_default()),
        };
        let new = NewOwner {
            api: API,
            kind: kind::IDENTITY,
            parent: Some(caller.organization()?),
            keys: vec![id.to_string()],
            attributes: attributes::to_value(&record)?,
            secret_hash: None,
            sealed: None,
            by: &caller.actor(),
        };
        let owner = Arc::new(self.store.create_owner(new).await?);
        let identity = Identity { owner, record };
        Ok(models::IdentityResponse {
            identity: models::Identity {
                auth_methods: Some(Vec::new()),
                metadata: Some(identity.metadata()),
                ..identity.shown(&organization)
            },
        })
    }

    pub(super) async fn list_identities(
        &self,
        caller: &Caller,
        organization: String,
    ) -> Result<models::IdentityMembershipsResponse, Error> {
        caller.may(Action::Read)?;
        let organization = self.organization_named(caller, organization).await?;
        let parent = Some(caller.organization()?);
        let owners = self.store.owners(API, kind::IDENTITY, parent).await?;
        let mut identities = Vec::with_capacity(owners.len());
        for owner in owners {
            let identity = Identity::of(Arc::new(owner))?;
            let has_token_auth = self.find_token_auth(&identity).await?.is_some();
            identities.push(identity.membership(&organization, has_token_auth));
        }
        Ok(models::IdentityMembershipsResponse {
            total_count: identities.len().into(),
            identities,
        })
    }

    pub(super) async fn show_identity(
        &self,
        caller: &Caller,
        id: String,
    ) -> Result<models::IdentityMembershipResponse, Error> {
        let identity = self.identity(caller, Action::Read, id).await?;
        let organization = self.organization_of(caller).await?;
        let has_token_auth = self.find_token_auth(&identity).await?.is_some();
        Ok(models::IdentityMembershipResponse {
            identity: identity.membership(&organization, has_token_auth),
        })
    }

    pub(super) async fn update_identity(
        &self,
        caller: &Caller,
        id: String,
        asked: models::UpdateMachineIdentityRequest,
    ) -> Result<models::IdentityResponse, Error> {
        let identity = self.identity(caller, Action::Edit, id.clone()).await?;
        let update = Update::read(asked)?;
        let takes_admin = update.takes_admin();
        let edit = move |owner: &Owner, others: &[Owner]| {
            let record: IdentityRecord = attributes::of_owner(owner)?;
            if record.role == Role::Admin && update.takes_admin() && !any_admin(others)? {
                return Err(Error::LastAdmin);
            }
            Ok::<_, Error>(OwnerUpdate {
                attributes: Some(attributes::to_value(&update.of(record))?),
                ..OwnerUpdate::default()
            })
        };
        let (owner, actor) = (identity.owner.id, caller.actor());
        let edited = match takes_admin {
            true => self.store.edit_owner_among(owner, &actor, edit).await?,
            false => {
                let edit = move |owner: &Owner| edit(owner, &[]);
                self.store.edit_owner(owner, &actor, edit).await?
            }
        };
        let edited = edited.ok_or(Error::IdentityNotFound(id))??;
        let identity = Identity::of(Arc::new(edited))?;
        let organization = self.organization_of(caller).await?;
        Ok(models::IdentityResponse {
            identity: models::Identity {
                metadata: Some(identity.metadata()),
                ..identity.shown(&organization)
            },
        })
    }

    pub(super) async fn delete_identity(
        &self,
        caller: &Caller,
        id: String,
    ) -> Result<models::IdentityResponse, Error> {
        let identity = self.identity(caller, Action::Delete, id.clone()).await?;
        let organization = self.organization_of(caller).await?;
        let unprotected = |owner: &Owner| {
            let record: IdentityRecord = attributes::of_owner(owner)?;
            match record.has_delete_protection {
                true => Err(Error::DeleteProtection),
                false => Ok(()),
            }
        };
        let actor = caller.actor();
        let deleted = self
            .store
            .delete_owner_if(identity.owner.id, &actor, unprotected);
        let deleted = deleted.await?.ok_or(Error::IdentityNotFound(id))??;
        Ok(models::IdentityResponse {
            identity: Identity::of(Arc::new(deleted))?.shown(&organization),
        })
    }
}
