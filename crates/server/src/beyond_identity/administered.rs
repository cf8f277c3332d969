//! What an administrator does without the provider's API: a tenant as it is when somebody has just come, and a token for
//! an application, as the vendor's console makes one.

use serde_json::json;
use specmint_store::{Digest, NewOwner, NewToken, Owner, OwnerId, SecretBytes, Store, Token};
use uuid::Uuid;

use super::BeyondIdentity;
use super::application::{API, Application, ClientRecord, Identity, kind};
use super::registration::Registration;
use super::requested::Requested;
use super::resource_server::ResourceServer;
use super::scopes::Scopes;
use crate::attributes;
use crate::failure::Failure;
use crate::random::{NoRandomness, random_bytes, random_text};

/// What the realm is called in which those who administer a tenant are.
const ADMIN_REALM: &str = "Beyond Identity Admin";

/// A tenant that was just made, and the client of its management application.
pub(crate) struct Onboarded {
    pub(crate) tenant: Owner,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
}

/// Why an administrator gets no token for an application.
pub(crate) enum NoToken {
    /// It has no client credentials grant, and so no tokens without a person.
    NotForClients,
    /// A scope is not one of these, which it may have.
    Scope(Vec<String>),
    Failure(Failure),
}

impl<E: Into<Failure>> From<E> for NoToken {
    fn from(error: E) -> Self {
        Self::Failure(error.into())
    }
}

/// Who makes what is made, and where it is kept.
pub(crate) struct Maker<'a> {
    pub(crate) store: &'a Store,
    pub(crate) by: &'a str,
}

impl Maker<'_> {
    /// A tenant with its first realm, and in that the management API and its application.
    pub(crate) async fn tenant(&self, display_name: &str) -> Result<Onboarded, Failure> {
        let named = |name: &str| json!({ "display_name": name });
        let tenant = self.make(kind::TENANT, None, vec![new_id()?], named(display_name));
        let tenant = tenant.await?;
        let realm = self.realm(tenant.id, ADMIN_REALM).await?;
        let server = ResourceServer::management();
        let id = Uuid::new_v4().to_string();
        let keys = vec![id.clone(), ResourceServer::key_of(&server.identifier)];
        let record = attributes::to_value(&server)?;
        self.make(kind::RESOURCE_SERVER, Some(realm.id), keys, record)
            .await?;
        let client_id = random_text(24)?;
        let registration = Registration::management(client_id.clone(), id, Vec::new());
        let application = self.make(
            kind::APPLICATION,
            Some(realm.id),
            vec![Uuid::new_v4().to_string()],
            attributes::to_value(&registration)?,
        );
        let client_secret = random_text(48)?;
        self.client(&client_id, &client_secret, application.await?.id)
            .await?;
        Ok(Onboarded {
            tenant,
            client_id,
            client_secret,
        })
    }

    /// An empty realm of a tenant.
    pub(crate) async fn realm(
        &self,
        tenant: OwnerId,
        display_name: &str,
    ) -> Result<Owner, Failure> {
        let record = json!({ "display_name": display_name });
        self.make(kind::REALM, Some(tenant), vec![new_id()?], record)
            .await
    }

    /// A person of a realm.
    pub(crate) async fn identity(
        &self,
        realm: OwnerId,
        display_name: &str,
        username: &str,
    ) -> Result<Owner, Failure> {
        let id = new_id()?;
        let identity = Identity {
            id: id.clone(),
            display_name: display_name.to_owned(),
            username: username.to_owned(),
            email: username.contains('@').then(|| username.to_owned()),
        };
        let record = attributes::to_value(&identity)?;
        self.make(kind::IDENTITY, Some(realm), vec![id], record)
            .await
    }

    /// The client of an application, which stands at the root, for it is found by its identifier alone.
    async fn client(
        &self,
        client_id: &str,
        secret: &str,
        application: OwnerId,
    ) -> Result<Owner, Failure> {
        let record = ClientRecord {
            application: application.to_string(),
        };
        let client = NewOwner {
            secret_hash: Some(Digest::of(secret)),
            sealed: Some(SecretBytes::from(secret.as_bytes().to_vec())),
            ..self.new_owner(
                kind::CLIENT,
                None,
                vec![client_id.to_owned()],
                attributes::to_value(&record)?,
            )
        };
        Ok(self.store.create_owner(client).await?)
    }

    async fn make(
        &self,
        kind: &'static str,
        parent: Option<OwnerId>,
        keys: Vec<String>,
        attributes: serde_json::Value,
    ) -> Result<Owner, Failure> {
        let new = self.new_owner(kind, parent, keys, attributes);
        Ok(self.store.create_owner(new).await?)
    }

    fn new_owner(
        &self,
        kind: &'static str,
        parent: Option<OwnerId>,
        keys: Vec<String>,
        attributes: serde_json::Value,
    ) -> NewOwner<'_> {
        NewOwner {
            api: API,
            kind,
            parent,
            keys,
            attributes,
            secret_hash: None,
            sealed: None,
            by: self.by,
        }
    }
}

impl BeyondIdentity {
    /// A token of `owner`, an application, for itself, called `name`: its row and its text, shown this once. It has the
    /// scopes that are named: at least one, where any are allowed.
    pub(crate) async fn mint_for(
        &self,
        owner: &Owner,
        name: &str,
        scopes: &[String],
        by: &str,
    ) -> Result<(Token, String), NoToken> {
        let application = self.application_of(owner).await?;
        let registration = &application.registration;
        if !registration.serves_clients() {
            return Err(NoToken::NotForClients);
        }
        let allowed = &registration.allowed_scopes;
        let refused = || NoToken::Scope(allowed.iter().map(ToOwned::to_owned).collect());
        if scopes.is_empty() && allowed.iter().next().is_some() {
            // Nobody gives everything away by an oversight.
            return Err(refused());
        }
        let named = (!scopes.is_empty()).then(|| scopes.join(" "));
        let granted: Scopes = allowed.grant(named.as_deref()).map_err(|_| refused())?;
        let requested = Requested {
            lifetime: registration.expires_after,
            custom_claims: None,
        };
        let issue = self
            .issue_to_client(&application, &granted, requested)
            .await?;
        let row = issue.rows.into_iter().next();
        let row = row.ok_or_else(|| Failure::because("no token was issued"))?;
        let new = NewToken {
            name: Some(name.to_owned()),
            minted_by: Some(by.to_owned()),
            ..row
        };
        let token = self.store.mint(new).await?;
        Ok((token, issue.answer.access_token))
    }

    /// The application that `owner` is, found by where it stands.
    async fn application_of(&self, owner: &Owner) -> Result<Application, Failure> {
        let mut path = vec![first_key(owner)?];
        let mut above = owner.parent;
        while let Some(id) = above {
            let parent = self.store.owner(id).await?.ok_or_else(out_of_place)?;
            path.push(first_key(&parent)?);
            above = parent.parent;
        }
        let [application, realm, tenant] = path.as_slice() else {
            return Err(out_of_place());
        };
        let found = Application::find(&self.store, tenant, realm, application).await?;
        found.ok_or_else(out_of_place)
    }
}

fn first_key(owner: &Owner) -> Result<String, Failure> {
    owner.keys.first().cloned().ok_or_else(out_of_place)
}

fn out_of_place() -> Failure {
    Failure::because("an application stands below no realm of a tenant")
}

/// 16 hexadecimal digits, as the vendor's ids of tenants, realms and identities are.
fn new_id() -> Result<String, NoRandomness> {
    let bytes = random_bytes::<8>()?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
