//! Who calls: a client by its secret (RFC 6749, section 2.3), or a bearer by an access token (RFC 6750).

use std::sync::Arc;

use form_urlencoded::parse;
use specmint_store::{Digest, OwnerId, State, Token};

use super::BeyondIdentity;
use super::access_token::Claims;
use super::application::{API, Application, ClientRecord, kind};
use super::error::Error;
use super::issued::Issued;
use super::registration::Registration;
use super::resource_server::MANAGEMENT_API;
use crate::attributes;
use crate::failure::Failure;

/// One who proved to be who they are.
#[derive(Debug)]
pub enum Caller {
    /// A client, by HTTP Basic.
    Client(Client),
    /// The bearer of an access token for the management API.
    Bearer(Bearer),
    /// The bearer of any access token.
    Holder(Holder),
}

impl Caller {
    /// Who that is, for the trail.
    pub(super) fn actor(&self) -> String {
        format!("application:{}", self.application())
    }

    /// The application that it is the client of, or that its token was issued to.
    pub(super) fn application(&self) -> OwnerId {
        match self {
            Self::Client(client) => client.application,
            Self::Bearer(bearer) => bearer.application,
            Self::Holder(holder) => holder.token.owner,
        }
    }
}

/// A client that authenticated, or a public one that named itself.
#[derive(Debug)]
pub struct Client {
    /// The application that it is the client of.
    application: OwnerId,
    /// What it is called.
    client_id: String,
    /// Whether it has shown its secret. A public one has none, and only says who it is.
    proved: bool,
}

impl Client {
    /// Whether it proved to be the client that it says.
    pub(super) const fn is_proved(&self) -> bool {
        self.proved
    }

    /// Whether it is the client of `application`, and has proved it where that has a secret.
    pub(super) fn is_of(&self, application: &Application) -> bool {
        let enough = self.proved || !application.registration.confidential;
        enough && self.application == application.id
    }
}

/// The bearer of an access token that permits what is asked.
#[derive(Debug)]
pub struct Bearer {
    /// The application that the token was issued to.
    application: OwnerId,
}

/// The bearer of an access token, which says for what it is good.
#[derive(Debug)]
pub struct Holder {
    pub(super) claims: Box<Claims>,
    pub(super) token: Arc<Token>,
}

impl BeyondIdentity {
    /// The client of that name, if `secret` is its own, or is empty and it has none. Takes as long to hash whether or not
    /// there is such a client.
    pub(super) async fn authenticate(
        &self,
        client_id: &str,
        secret: &str,
    ) -> Result<Client, Error> {
        let presented = Digest::of(secret);
        let found = self
            .store
            .find_owner(API, kind::CLIENT, None, client_id)
            .await?;
        let client = found.ok_or(Error::InvalidClient)?;
        let record: ClientRecord = attributes::of_owner(&client)?;
        let application = record.application.parse().map_err(Failure::because)?;
        let proved = client.secret_hash == Some(presented);
        // Clients without a secret are written that always send one, an empty one if need be.
        let good = proved || secret.is_empty() && self.is_public(application).await?;
        if !good {
            return Err(Error::InvalidClient);
        }
        Ok(Client {
            application,
            client_id: client_id.to_owned(),
            proved,
        })
    }

    /// Whether the application's client has no secret.
    async fn is_public(&self, application: OwnerId) -> Result<bool, Error> {
        let Some(application) = self.store.owner(application).await? else {
            return Ok(false);
        };
        let registration: Registration = attributes::of_owner(&application)?;
        Ok(!registration.confidential)
    }

    /// The client that `client_id` names without proof: only a public one may (RFC 6749, section 2.1).
    pub(super) fn identify(
        &self,
        application: &Application,
        client_id: Option<&str>,
    ) -> Result<Client, Error> {
        let registration = &application.registration;
        if !registration.confidential && client_id == Some(registration.client_id.as_str()) {
            Ok(Client {
                application: application.id,
                client_id: registration.client_id.clone(),
                proved: false,
            })
        } else {
            Err(Error::InvalidClient)
        }
    }

    /// The bearer of `token`, if it is good for the management API and has all of `scopes`.
    pub(super) async fn authorize_bearer(
        &self,
        token: &str,
        scopes: &[&str],
    ) -> Result<Bearer, Error> {
        let (claims, token) = self.live(token).await?;
        if !claims.aud.iter().any(|audience| audience == MANAGEMENT_API) {
            return Err(Error::InvalidToken);
        }
        if !scopes.iter().all(|scope| claims.has(scope)) {
            return Err(Error::InsufficientScope);
        }
        self.store.note_use(&token);
        Ok(Bearer {
            application: token.owner,
        })
    }

    /// Who calls, where a client may also authenticate by a secret in the form, but never in two ways at once (RFC 6749,
    /// section 2.3). Nobody yet, if it does not authenticate at all.
    pub(super) async fn caller(
        &self,
        caller: Option<Caller>,
        client_id: Option<&str>,
        client_secret: Option<&str>,
    ) -> Result<Option<Caller>, Error> {
        match (caller, client_secret) {
            (Some(_), Some(_)) => Err(Error::invalid_request(
                "The client authenticates in two ways at once.",
            )),
            // What it says of itself in the form has to be what it proved.
            (Some(Caller::Client(client)), None)
                if client_id.is_some_and(|named| named != client.client_id) =>
            {
                Err(Error::InvalidClient)
            }
            (Some(caller), None) => Ok(Some(caller)),
            (None, Some(secret)) => {
                let client_id = client_id.ok_or(Error::InvalidClient)?;
                let client = self.authenticate(client_id, secret).await?;
                Ok(Some(Caller::Client(client)))
            }
            (None, None) => Ok(None),
        }
    }

    /// What the access token of that text says, and its row, if it is good now.
    pub(super) async fn live(&self, text: &str) -> Result<(Box<Claims>, Arc<Token>), Error> {
        match self.issued(text).await? {
            Some(Issued::Access(claims, token))
                if token.state(self.store.now()) == State::Active
                    && self.acts_for_somebody(&token).await? =>
            {
                Ok((claims, token))
            }
            _ => Err(Error::InvalidToken),
        }
    }

    /// Whether a caller has a say in a realm: in that of its application, and by a token of the application that comes with
    /// a tenant in every realm of that.
    pub(super) async fn reaches(&self, caller: &Caller, realm: OwnerId) -> Result<bool, Error> {
        let Some(application) = self.store.owner(caller.application()).await? else {
            return Ok(false);
        };
        if application.parent == Some(realm) {
            return Ok(true);
        }
        let registration: Registration = attributes::of_owner(&application)?;
        if !registration.is_managed || !matches!(caller, Caller::Bearer(_)) {
            return Ok(false);
        }
        let own = self.tenant_of(application.parent).await?;
        Ok(own.is_some() && own == self.tenant_of(Some(realm)).await?)
    }

    /// The tenant that a realm is of.
    async fn tenant_of(&self, realm: Option<OwnerId>) -> Result<Option<OwnerId>, Error> {
        let Some(realm) = realm else { return Ok(None) };
        let realm = self.store.owner(realm).await?;
        Ok(realm.and_then(|realm| realm.parent))
    }
}

/// A user-id or password of HTTP Basic as a client writes it: form-encoded first (RFC 6749, section 2.3.1).
pub(super) fn form_decoded(text: &str) -> String {
    // An encoder writes neither of the two that part a form; of a client that does not encode they are text.
    let whole = text.replace('=', "%3D").replace('&', "%26");
    parse(whole.as_bytes())
        .map(|(text, _)| text.into_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::form_decoded;

    #[test]
    fn basic_credentials_are_form_encoded() {
        assert_eq!(form_decoded("plain-1_2"), "plain-1_2");
        assert_eq!(form_decoded("a%3Ab+c"), "a:b c");
        assert_eq!(form_decoded(""), "");
        assert_eq!(form_decoded("a%26b"), "a&b");
        assert_eq!(form_decoded("a=b&c"), "a=b&c");
    }
}
