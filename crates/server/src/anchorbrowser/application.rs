//! Applications: the sites that a team's identities sign in to.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specmint::anchorbrowser::models::{Application, CreateApplicationRequest, CreatedApplication};
use specmint_runtime::types::Uuid;
use specmint_store::{NewOwner, Owner, StoreError};

use super::error::Error;
use super::site::site;
use super::{API, AnchorBrowser, Caller, kind};
use crate::attributes;
use crate::failure::Failure;

/// What the store keeps of an application.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApplicationRecord {
    pub(crate) name: String,
    /// The site, as it was given.
    #[serde(default)]
    pub(crate) source: Option<String>,
    #[serde(default)]
    pub(crate) description: Option<String>,
}

impl AnchorBrowser {
    /// The caller's application of that name.
    pub(super) async fn application(&self, caller: Caller, id: Uuid) -> Result<Arc<Owner>, Error> {
        self.application_called(caller, &id.to_string())
            .await?
            .ok_or(Error::ApplicationNotFound)
    }

    async fn application_called(
        &self,
        caller: Caller,
        key: &str,
    ) -> Result<Option<Arc<Owner>>, StoreError> {
        self.store
            .find_owner(API, kind::APPLICATION, Some(caller.team), key)
            .await
    }

    pub(super) async fn make_application(
        &self,
        caller: Caller,
        request: CreateApplicationRequest,
    ) -> Result<CreatedApplication, Error> {
        let record = ApplicationRecord {
            name: request.name.unwrap_or_else(|| site(&request.source)),
            source: Some(request.source.clone()),
            description: request.description,
        };
        let made = self.create_application_of(caller, &record, None).await?;
        Ok(CreatedApplication {
            id: public_id(&made)?,
            name: record.name,
            url: request.source,
            description: record.description,
            created_at: made.created_at,
        })
    }

    async fn create_application_of(
        &self,
        caller: Caller,
        record: &ApplicationRecord,
        other_key: Option<String>,
    ) -> Result<Owner, Error> {
        let keys = [Uuid::new_v4().to_string()].into_iter().chain(other_key);
        let application = NewOwner {
            api: API,
            kind: kind::APPLICATION,
            parent: Some(caller.team),
            keys: keys.collect(),
            attributes: attributes::to_value(record)?,
            secret_hash: None,
            sealed: None,
            by: &caller.by(),
        };
        match self.store.create_owner(application).await {
            // The team was deleted meanwhile, and its keys with it.
            Err(StoreError::Missing { .. }) => Err(Error::InvalidApiKey),
            made => Ok(made?),
        }
    }

    /// The caller's application of a site, and of that name if one is given: the oldest, or else a new one. Of several
    /// who make it at once, all get the same.
    pub(super) async fn application_of_site(
        &self,
        caller: Caller,
        source: &str,
        name: Option<String>,
        description: Option<String>,
    ) -> Result<Arc<Owner>, Error> {
        let site = site(source);
        for owner in self.applications(caller).await? {
            let record: ApplicationRecord = attributes::of_owner(&owner)?;
            let same_site = record.source.as_deref().map(super::site::site).as_ref() == Some(&site);
            if same_site && name.as_ref().is_none_or(|name| *name == record.name) {
                return Ok(Arc::new(owner));
            }
        }
        // A site has no space, so that the two parts cannot be mistaken for others.
        let key = format!("of-site {site} {}", name.as_deref().unwrap_or_default());
        let record = ApplicationRecord {
            name: name.unwrap_or(site),
            source: Some(source.to_owned()),
            description,
        };
        match self
            .create_application_of(caller, &record, Some(key.clone()))
            .await
        {
            Ok(made) => Ok(Arc::new(made)),
            Err(Error::Taken) => {
                let found = self.application_called(caller, &key).await?;
                found.ok_or(Error::Missing)
            }
            Err(error) => Err(error),
        }
    }

    async fn applications(&self, caller: Caller) -> Result<Vec<Owner>, StoreError> {
        self.store
            .owners(API, kind::APPLICATION, Some(caller.team))
            .await
    }

    /// The caller's applications with `search` in their names.
    pub(super) async fn find_applications(
        &self,
        caller: Caller,
        search: Option<&str>,
    ) -> Result<Vec<Application>, Error> {
        let mut found = Vec::new();
        for owner in self.applications(caller).await? {
            let record: ApplicationRecord = attributes::of_owner(&owner)?;
            if is_in(search, &record.name) {
                found.push(self.shown(&owner).await?);
            }
        }
        Ok(found)
    }

    /// The application as its team sees it.
    pub(super) async fn shown(&self, application: &Owner) -> Result<Application, Error> {
        let record: ApplicationRecord = attributes::of_owner(application)?;
        let identities = self
            .store
            .count_owners(API, kind::IDENTITY, Some(application.id))
            .await?;
        let mut auth_methods: Vec<String> = Vec::new();
        for flow in self.auth_flows(application.id).await? {
            for method in flow.methods() {
                if !auth_methods.contains(&method) {
                    auth_methods.push(method);
                }
            }
        }
        Ok(Application {
            id: public_id(application)?,
            name: record.name,
            url: record.source,
            description: record.description,
            identity_count: i64::try_from(identities).unwrap_or(i64::MAX),
            auth_methods,
            created_at: application.created_at,
            updated_at: application.updated_at,
        })
    }
}

/// The name by which requests call `owner`.
pub(super) fn public_id(owner: &Owner) -> Result<Uuid, Failure> {
    let key = owner.keys.first().map(String::as_str).unwrap_or_default();
    key.parse()
        .map_err(|_| Failure::because(format_args!("{} {} has no UUID", owner.kind, owner.id)))
}

/// Whether `name` has `search` in it, in upper or lower case.
pub(super) fn is_in(search: Option<&str>, name: &str) -> bool {
    search.is_none_or(|search| name.to_lowercase().contains(&search.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::is_in;

    #[test]
    fn a_search_finds_parts_of_names_in_any_case() {
        assert!(is_in(None, "Shop") && is_in(Some(""), "Shop"));
        assert!(is_in(Some("HO"), "Shop") && is_in(Some("straße"), "HAUPTSTRAßE 1"));
        assert!(!is_in(Some("shops"), "Shop"));
    }
}
