//! Who calls: a client by its secret (RFC 6749, section 2.3), or a bearer by an access token (RFC 6750).

use std::sync::Arc;

use form_urlencoded::parse;
use specmint_store::{Digest, OwnerId, State, Token};

use super::BeyondIdentity;
use super::access_token::{ACCESS_TOKEN, Claims, row_of};
use super::application::{API, Application, ClientRecord, kind};
use super::error::Error;
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
}

impl Caller {
    /// Who that is, for the trail.
    pub(super) fn actor(&self) -> String {
        let (Self::Client(Client { application }) | Self::Bearer(Bearer { application })) = self;
        format!("application:{application}")
    }
}

/// A client that authenticated, or a public one that named itself.
#[derive(Debug)]
pub struct Client {
    /// The application that it is the client of.
    application: OwnerId,
}

impl Client {
    /// Whether it is the client of `application`.
    pub(super) fn is_of(&self, application: &Application) -> bool {
        self.application == application.id
    }
}

/// The bearer of an access token that permits what is asked.
#[derive(Debug)]
pub struct Bearer {
    /// The application that the token was issued to.
    application: OwnerId,
}

impl BeyondIdentity {
    /// The client of that name, if `secret` is its own. Takes as long to hash whether or not there is such a client.
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
        if client.secret_hash != Some(presented) {
            return Err(Error::InvalidClient);
        }
        let record: ClientRecord = attributes::of_owner(&client)?;
        let application = record.application.parse().map_err(Failure::because)?;
        Ok(Client { application })
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
        let (claims, token) = self.issued(token).await?.ok_or(Error::InvalidToken)?;
        let active = token.state(self.store.now()) == State::Active;
        if !active || !claims.aud.iter().any(|audience| audience == MANAGEMENT_API) {
            return Err(Error::InvalidToken);
        }
        let granted = |scope: &&str| claims.scope.split(' ').any(|granted| granted == *scope);
        if !scopes.iter().all(granted) {
            return Err(Error::InsufficientScope);
        }
        Ok(Bearer {
            application: token.owner,
        })
    }

    /// The realm of the application that a bearer's token was issued to.
    pub(super) async fn realm_of(&self, bearer: &Bearer) -> Result<Option<OwnerId>, Error> {
        let application = self.store.owner(bearer.application).await?;
        Ok(application.and_then(|application| application.parent))
    }

    /// What `text` says and its row, if we issued it, whatever has become of it since.
    pub(super) async fn issued(&self, text: &str) -> Result<Option<(Claims, Arc<Token>)>, Error> {
        let Some(claims) = self.keys.read(text) else {
            return Ok(None);
        };
        let Some(id) = row_of(&claims.jti) else {
            return Ok(None);
        };
        let row = self.store.verify(id, text.as_bytes()).await?;
        let ours = row.filter(|row| row.api == API && row.kind == ACCESS_TOKEN);
        Ok(ours.map(|row| (claims, row)))
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
