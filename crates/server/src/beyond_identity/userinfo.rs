//! The userinfo endpoint (OpenID Connect Core 1.0, section 5.3).

use specmint::beyond_identity::models::UserInfo;
use specmint_runtime::bearer_in_body;

use super::BeyondIdentity;
use super::access_token::Record;
use super::application::{API, Application, Identity, kind};
use super::client::{Caller, Holder};
use super::error::Error;
use super::scopes::OPENID;
use crate::attributes;
use crate::failure::Failure;

impl BeyondIdentity {
    /// The bearer of `token`, whatever it is good for.
    pub(super) async fn hold(&self, token: &str) -> Result<Holder, Error> {
        let (claims, token) = self.live(token).await?;
        self.store.note_use(&token);
        Ok(Holder { claims, token })
    }

    /// The bearer of a token in the header field or in the body, but not in both (RFC 6750, section 2).
    pub(super) async fn holder(
        &self,
        caller: Option<Caller>,
        in_body: Option<&str>,
    ) -> Result<Caller, Error> {
        match (caller, in_body) {
            (Some(_), Some(_)) => Err(Error::invalid_request(
                "The access token is sent in two ways at once.",
            )),
            (Some(caller), None) => Ok(caller),
            (None, Some(token)) => {
                bearer_in_body();
                Ok(Caller::Holder(self.hold(token).await?))
            }
            (None, None) => Err(Error::InvalidToken),
        }
    }

    /// An identity of the application's realm.
    pub(super) async fn identity(
        &self,
        application: &Application,
        id: &str,
    ) -> Result<Option<Identity>, Failure> {
        let realm = Some(application.realm);
        let found = self.store.find_owner(API, kind::IDENTITY, realm, id);
        let owner = found.await?;
        owner.as_deref().map(attributes::of_owner).transpose()
    }

    /// The person for whom the caller's token of `application` acts. All is told that there is: the provider has no
    /// scopes by which to ask for less.
    pub(super) async fn userinfo(
        &self,
        caller: Caller,
        application: &Application,
    ) -> Result<UserInfo, Error> {
        let Caller::Holder(Holder { claims, token }) = caller else {
            return Err(Error::InvalidToken);
        };
        if token.owner != application.id {
            return Err(Error::InvalidToken);
        }
        if !claims.has(OPENID) {
            return Err(Error::InsufficientScope);
        }
        let identity = attributes::of_token::<Record>(&token)?.identity;
        let id = identity.ok_or(Error::InsufficientScope)?;
        let identity = self.identity(application, &id).await?;
        let identity = identity.ok_or(Error::InvalidToken)?;
        Ok(UserInfo {
            sub: claims.sub,
            name: Some(identity.display_name),
            preferred_username: Some(identity.username),
            email: identity.email,
        })
    }
}
