//! Authentication flows: the ways in which people sign in to an application.

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specmint::anchorbrowser::models::{
    AuthFlow, AuthMethod, CreateAuthFlowRequest, CustomFieldDefinition, UpdateAuthFlowRequest,
};
use specmint_runtime::types::Uuid;
use specmint_store::{NewOwner, Owner, OwnerId, OwnerUpdate};

use super::application::public_id;
use super::error::Error;
use super::{API, AnchorBrowser, Caller, kind};
use crate::attributes;
use crate::failure::Failure;

/// What the store keeps of a flow.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct AuthFlowRecord {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) is_recommended: bool,
    pub(crate) methods: Vec<AuthMethod>,
    pub(crate) custom_fields: Vec<CustomFieldDefinition>,
}

impl AuthFlowRecord {
    /// Refuses a way to sign in by which nothing would be asked.
    fn check(&self) -> Result<(), Error> {
        if self.methods.contains(&AuthMethod::Custom) && self.custom_fields.is_empty() {
            return Err(Error::Invalid(
                "`custom_fields` must have at least one field where `methods` has custom",
            ));
        }
        Ok(())
    }
}

/// A flow with its name.
pub(super) struct Flow {
    pub(super) id: Uuid,
    pub(super) record: AuthFlowRecord,
    owner: Owner,
}

impl Flow {
    fn read(owner: Owner) -> Result<Self, Failure> {
        Ok(Self {
            id: public_id(&owner)?,
            record: attributes::of_owner(&owner)?,
            owner,
        })
    }

    /// The ways to sign in, as they are written.
    pub(super) fn methods(&self) -> impl Iterator<Item = String> {
        self.record.methods.iter().map(ToString::to_string)
    }

    /// The flow as its team sees it.
    pub(super) fn shown(self) -> AuthFlow {
        AuthFlow {
            id: self.id,
            methods: self.methods().collect(),
            name: self.record.name,
            description: self.record.description,
            is_recommended: self.record.is_recommended,
            custom_fields: self.record.custom_fields,
            created_at: self.owner.created_at,
            updated_at: self.owner.updated_at,
        }
    }
}

impl AnchorBrowser {
    /// All flows of an application, oldest first.
    pub(super) async fn auth_flows(&self, application: OwnerId) -> Result<Vec<Flow>, Error> {
        let owners = self.store.owners(API, kind::AUTH_FLOW, Some(application));
        let flows = owners.await?.into_iter().map(Flow::read);
        Ok(flows.collect::<Result<_, _>>()?)
    }

    /// A flow of the caller's application.
    pub(super) async fn auth_flow(
        &self,
        caller: Caller,
        application_id: Uuid,
        id: Uuid,
    ) -> Result<Arc<Owner>, Error> {
        let application = match self.application(caller, application_id).await {
            Err(Error::ApplicationNotFound) => return Err(Error::AuthFlowNotFound),
            found => found?.id,
        };
        self.store
            .find_owner(API, kind::AUTH_FLOW, Some(application), &id.to_string())
            .await?
            .ok_or(Error::AuthFlowNotFound)
    }

    pub(super) async fn make_auth_flow(
        &self,
        caller: Caller,
        application: &Owner,
        request: CreateAuthFlowRequest,
    ) -> Result<AuthFlow, Error> {
        let record = AuthFlowRecord {
            name: request.name,
            description: request.description,
            is_recommended: request.is_recommended.unwrap_or_default(),
            methods: request.methods,
            custom_fields: distinct(request.custom_fields.unwrap_or_default()),
        };
        record.check()?;
        let flow = NewOwner {
            api: API,
            kind: kind::AUTH_FLOW,
            parent: Some(application.id),
            keys: vec![Uuid::new_v4().to_string()],
            attributes: attributes::to_value(&record)?,
            secret_hash: None,
            sealed: None,
            by: &caller.by(),
        };
        match self.store.create_owner(flow).await.map_err(Error::from) {
            Ok(made) => Ok(Flow::read(made)?.shown()),
            // The application was deleted meanwhile.
            Err(Error::Missing) => Err(Error::ApplicationNotFound),
            Err(error) => Err(error),
        }
    }

    pub(super) async fn change_auth_flow(
        &self,
        caller: Caller,
        application_id: Uuid,
        id: Uuid,
        request: UpdateAuthFlowRequest,
    ) -> Result<AuthFlow, Error> {
        let flow = self.auth_flow(caller, application_id, id).await?;
        let change = move |owner: &Owner| {
            let mut record: AuthFlowRecord = attributes::of_owner(owner)?;
            let request = request.clone();
            record.name = request.name.unwrap_or(record.name);
            record.description = request.description.or(record.description);
            record.is_recommended = request.is_recommended.unwrap_or(record.is_recommended);
            record.methods = request.methods.unwrap_or(record.methods);
            record.custom_fields = request.custom_fields.map_or(record.custom_fields, distinct);
            record.check()?;
            Ok::<_, Error>(OwnerUpdate {
                attributes: Some(attributes::to_value(&record)?),
                ..OwnerUpdate::default()
            })
        };
        let changed = self.store.edit_owner(flow.id, &caller.by(), change).await?;
        let changed = changed.ok_or(Error::AuthFlowNotFound)??;
        Ok(Flow::read(changed)?.shown())
    }
}

/// The same fields, each name once: on the page, two of one name could not be told apart.
fn distinct(mut fields: Vec<CustomFieldDefinition>) -> Vec<CustomFieldDefinition> {
    let mut names = HashSet::new();
    fields.retain(|field| names.insert(field.name.clone()));
    fields
}
