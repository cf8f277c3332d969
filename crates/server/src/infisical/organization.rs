//! Organizations, whose members the machine identities are.

use serde::{Deserialize, Serialize};
use specmint::infisical::models;
use specmint_runtime::types::Uuid;

use super::Infisical;
use super::caller::Caller;
use super::error::Error;
use crate::attributes;
use crate::failure::Failure;
use crate::slug::hyphenated;

/// What an organization is kept with, beside its id, by which it is found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct OrganizationRecord {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) slug: String,
}

impl OrganizationRecord {
    /// A slug for what is called `name`. As with the vendor, its end is by chance: here it is that of the id.
    pub(crate) fn slug_of(name: &str, id: Uuid) -> String {
        let id = id.simple().to_string();
        let end: String = id.chars().rev().take(4).collect();
        format!("{}-{end}", hyphenated(name))
            .trim_start_matches('-')
            .to_owned()
    }
}

/// An organization.
pub(super) struct Organization {
    pub(super) id: Uuid,
    record: OrganizationRecord,
}

impl Infisical {
    /// The caller's organization.
    pub(super) async fn organization_of(&self, caller: &Caller) -> Result<Organization, Error> {
        let owner = self.store.owner(caller.organization()?).await?;
        let owner = owner.ok_or_else(|| Failure::because("a caller has no organization"))?;
        let id = owner.keys.first().and_then(|key| key.parse().ok());
        Ok(Organization {
            id: id.ok_or_else(|| Failure::because("an organization has no id"))?,
            record: attributes::of_owner(&owner)?,
        })
    }

    /// The organization `id`, if it is the caller's: any other is to the caller as if it did not exist.
    pub(super) async fn organization_named(
        &self,
        caller: &Caller,
        id: String,
    ) -> Result<Organization, Error> {
        let own = self.organization_of(caller).await?;
        match own.id.to_string() == id {
            true => Ok(own),
            false => Err(Error::OrganizationNotFound(id)),
        }
    }

    /// Whether a token may be for the organization `slug`: only for the caller's own, for none has another below it.
    pub(super) async fn is_organization(&self, caller: &Caller, slug: String) -> Result<(), Error> {
        let own = self.organization_of(caller).await?;
        match own.record.slug == slug {
            true => Ok(()),
            false => Err(Error::SubOrganizationNotFound(slug)),
        }
    }

    pub(super) async fn details(
        &self,
        caller: &Caller,
    ) -> Result<models::IdentityDetailsResponse, Error> {
        let Organization { id, record } = self.organization_of(caller).await?;
        let organization = models::Organization {
            id: id.to_string(),
            name: record.name,
            slug: record.slug,
        };
        Ok(models::IdentityDetailsResponse {
            identity_details: models::IdentityDetails { organization },
        })
    }
}
