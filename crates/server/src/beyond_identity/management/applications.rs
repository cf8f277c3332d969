//! Applications with their clients: made, listed, read, changed and deleted.

use std::sync::Arc;

use specmint::beyond_identity::models::{
    Application as Shown, ApplicationRequest, CreateApplicationRequest, ListApplicationsResponse,
};
use specmint_runtime::Nullable;
use specmint_store::{Digest, NewOwner, Owner, OwnerUpdate, SecretBytes};
use uuid::Uuid;

use super::error::{Error, Resource};
use super::list::{Asked, MOST};
use super::protocol_config::{apply, scope_violations, told, violations};
use super::reach::Realm;
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::application::{API, ClientRecord, kind};
use crate::beyond_identity::registration::{
    GrantType, Pkce, Protocol, Registration, SubjectField, TokenFormat,
};
use crate::beyond_identity::resource_server::ResourceServer;
use crate::beyond_identity::scopes::Scopes;
use crate::failure::Failure;
use crate::random::{NoRandomness, random_text};

/// How long tokens are good for where nothing else is said, in seconds: a day, as in the vendor's example.
const EXPIRES_AFTER: u32 = 86_400;

impl BeyondIdentity {
    pub(in crate::beyond_identity) async fn create_application_in(
        &self,
        realm: &Realm,
        request: CreateApplicationRequest,
    ) -> Result<Shown, Error> {
        let new = request.application;
        let mut registration = blank(new.display_name, random_text(24).map_err(Failure::from)?);
        registration.resource_server = new.resource_server_id.and_then(Nullable::into_option);
        registration.authenticator_config_id = new.authenticator_config_id;
        apply(&mut registration, new.protocol_config);
        let _references = self.references.lock().await;
        let server = self.server_of(realm, &registration).await?;
        refuse(&registration, Some(server.as_ref()))?;

        let owner = NewOwner {
            api: API,
            kind: kind::APPLICATION,
            parent: Some(realm.id),
            keys: vec![Uuid::new_v4().to_string()],
            attributes: attributes::of(&registration)?,
            secret_hash: None,
            sealed: None,
            by: &realm.actor,
        };
        let owner = self.store.create_owner(owner).await?;
        if let Err(failure) = self.create_client(realm, &owner, &registration).await {
            // Without its client it could not be used, and would be in the way.
            self.store.delete_owner(owner.id, &realm.actor).await?;
            return Err(failure);
        }
        self.shown(realm, &owner).await
    }

    /// The client stands at the root, for it is found by its identifier alone.
    async fn create_client(
        &self,
        realm: &Realm,
        application: &Owner,
        registration: &Registration,
    ) -> Result<(), Error> {
        let secret = secret().map_err(Failure::from)?;
        let record = ClientRecord {
            application: application.id.to_string(),
        };
        let confidential = registration.confidential;
        let client = NewOwner {
            api: API,
            kind: kind::CLIENT,
            parent: None,
            keys: vec![registration.client_id.clone()],
            attributes: attributes::of(&record)?,
            secret_hash: confidential.then(|| Digest::of(&*secret)),
            sealed: confidential.then_some(secret),
            by: &realm.actor,
        };
        self.store.create_owner(client).await?;
        Ok(())
    }

    pub(in crate::beyond_identity) async fn applications_in(
        &self,
        realm: &Realm,
        asked: Asked,
    ) -> Result<ListApplicationsResponse, Error> {
        let owners = self.store.owners(API, kind::APPLICATION, Some(realm.id));
        let page = self.page("applications", realm.id, owners.await?, asked, MOST)?;
        let mut applications = Vec::with_capacity(page.owners.len());
        for owner in &page.owners {
            applications.push(self.shown(realm, owner).await?);
        }
        Ok(ListApplicationsResponse {
            applications,
            total_size: page.total_size,
            next_page_token: page.next_page_token,
        })
    }

    pub(in crate::beyond_identity) async fn read_application(
        &self,
        realm: &Realm,
        id: &str,
    ) -> Result<Shown, Error> {
        let owner = self.application_owner(realm, id).await?;
        self.shown(realm, &owner).await
    }

    pub(in crate::beyond_identity) async fn change_application(
        &self,
        realm: &Realm,
        id: &str,
        change: ApplicationRequest,
    ) -> Result<Shown, Error> {
        let owner = self.application_owner(realm, id).await?;
        let before: Registration = attributes::of_owner(&owner)?;
        let config = change.protocol_config.as_ref();
        let of_scopes = change.resource_server_id.is_some()
            || config.is_some_and(|config| config.allowed_scopes.is_some());
        let _references = self.references.lock().await;
        // Should its scopes change before this is kept: those that it does not know are never granted.
        let mut after = before.clone();
        merge(&mut after, change.clone());
        let server = match of_scopes {
            true => Some(self.server_of(realm, &after).await?),
            false => None,
        };
        let decide = move |owner: &Owner| {
            let mut registration: Registration = attributes::of_owner(owner)?;
            if registration.is_managed {
                return Err(Error::Forbidden);
            }
            merge(&mut registration, change.clone());
            refuse(&registration, server.as_ref().map(Option::as_ref))?;
            Ok(OwnerUpdate {
                attributes: Some(attributes::of(&registration)?),
                ..OwnerUpdate::default()
            })
        };
        let changed = self
            .store
            .edit_owner(owner.id, &realm.actor, decide)
            .await?;
        let owner = changed.ok_or_else(|| missing(id))??;
        let after: Registration = attributes::of_owner(&owner)?;
        if before.confidential != after.confidential {
            self.renew_secret(realm, &after.client_id).await?;
        }
        self.shown(realm, &owner).await
    }

    /// Gives a client a new secret, so that one from before opens nothing: the one that a client has to have when it
    /// becomes confidential, or one that nobody is told when it becomes public.
    async fn renew_secret(&self, realm: &Realm, client_id: &str) -> Result<(), Error> {
        if let Some(client) = self.client_owner(client_id).await? {
            let secret = secret().map_err(Failure::from)?;
            let update = OwnerUpdate {
                secret_hash: Some(Digest::of(&*secret)),
                sealed: Some(secret),
                ..OwnerUpdate::default()
            };
            self.store
                .update_owner(client.id, &realm.actor, update)
                .await?;
        }
        Ok(())
    }

    /// Its tokens end with it, and its client is no more.
    pub(in crate::beyond_identity) async fn end_application(
        &self,
        realm: &Realm,
        id: &str,
    ) -> Result<(), Error> {
        let owner = self.application_owner(realm, id).await?;
        let registration: Registration = attributes::of_owner(&owner)?;
        if registration.is_managed {
            return Err(Error::Forbidden);
        }
        if !self.store.delete_owner(owner.id, &realm.actor).await? {
            return Err(missing(id));
        }
        if let Some(client) = self.client_owner(&registration.client_id).await? {
            self.store.delete_owner(client.id, &realm.actor).await?;
        }
        Ok(())
    }

    pub(in crate::beyond_identity) async fn application_owner(
        &self,
        realm: &Realm,
        id: &str,
    ) -> Result<Arc<Owner>, Error> {
        let parent = Some(realm.id);
        let found = self.store.find_owner(API, kind::APPLICATION, parent, id);
        found.await?.ok_or_else(|| missing(id))
    }

    async fn client_owner(&self, client_id: &str) -> Result<Option<Arc<Owner>>, Error> {
        let found = self.store.find_owner(API, kind::CLIENT, None, client_id);
        Ok(found.await?)
    }

    async fn server_of(
        &self,
        realm: &Realm,
        registration: &Registration,
    ) -> Result<Option<ResourceServer>, Error> {
        match &registration.resource_server {
            Some(id) => Ok(ResourceServer::find(&self.store, realm.id, id).await?),
            None => Ok(None),
        }
    }

    /// As it is told to those who may read it, with its client's secret if that is to keep one.
    async fn shown(&self, realm: &Realm, owner: &Owner) -> Result<Shown, Error> {
        let registration: Registration = attributes::of_owner(owner)?;
        let client = match registration.confidential {
            true => self.client_owner(&registration.client_id).await?,
            false => None,
        };
        let secret = match client {
            Some(client) => self.store.unseal_owner(client.id).await?,
            None => None,
        };
        let secret = secret.map(|secret| String::from_utf8(secret.to_vec()));
        let secret = secret
            .transpose()
            .map_err(|_| Failure::because("a secret is no text"))?;
        Ok(Shown {
            id: owner.keys.first().cloned(),
            realm_id: Some(realm.realm_id.clone()),
            tenant_id: Some(realm.tenant_id.clone()),
            resource_server_id: registration.resource_server.clone().map(Nullable::Value),
            authenticator_config_id: registration.authenticator_config_id.clone(),
            display_name: Some(registration.display_name.clone()),
            is_managed: Some(registration.is_managed),
            protocol_config: Some(told(registration, secret)?),
        })
    }
}

/// What an application is that says no more than its name.
fn blank(display_name: String, client_id: String) -> Registration {
    Registration {
        display_name,
        client_id,
        confidential: true,
        grant_types: vec![GrantType::AuthorizationCode],
        redirect_uris: Vec::new(),
        allowed_scopes: Scopes::default(),
        resource_server: None,
        expires_after: EXPIRES_AFTER,
        protocol: Protocol::default(),
        pkce: Pkce::default(),
        token_format: TokenFormat::default(),
        refresh_tokens: false,
        subject_field: SubjectField::default(),
        authenticator_config_id: None,
        is_managed: false,
    }
}

fn merge(registration: &mut Registration, change: ApplicationRequest) {
    if let Some(display_name) = change.display_name {
        registration.display_name = display_name;
    }
    if let Some(id) = change.resource_server_id {
        registration.resource_server = id.into_option();
    }
    if let Some(id) = change.authenticator_config_id {
        registration.authenticator_config_id = Some(id);
    }
    if let Some(config) = change.protocol_config {
        apply(registration, config);
    }
}

/// Refuses what cannot be kept; the scopes only where they are held against a resource server, or none.
fn refuse(
    registration: &Registration,
    server: Option<Option<&ResourceServer>>,
) -> Result<(), Error> {
    let mut found = violations(registration);
    if let Some(server) = server {
        found.extend(scope_violations(registration, server));
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(found))
    }
}

fn secret() -> Result<SecretBytes, NoRandomness> {
    random_text(48).map(|text| SecretBytes::from(text.into_bytes()))
}

fn missing(id: &str) -> Error {
    Error::NotFound(Resource::new("Application", id))
}
