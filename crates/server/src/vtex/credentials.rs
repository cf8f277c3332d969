//! The credentials by which VTEX calls for a merchant: given for a code, and known again.

use specmint::vtex::Security;
use specmint::vtex::models::Credentials;
use specmint_runtime::ApiKey;
use specmint_runtime::types::Uuid;
use specmint_store::{Digest, NewToken, Redemption, State, TokenId};

use super::error::Error;
use super::merchant::by;
use super::{API, APPLICATION_ID, Vtex, kind};
use crate::presented;

const USED: Error = Error::Refused("The authorization code was used before.");
const EXPIRED: Error = Error::Refused("The authorization code has expired.");

/// Who calls, as far as it was found out.
#[derive(Clone, Debug)]
pub enum Caller {
    /// One who named credentials.
    Key(ApiKey),
    /// One who sent their secret.
    Token(ApiKey),
    /// VTEX, for the merchant whose both belong to.
    Merchant,
}

impl Vtex {
    /// Exchanges a code for credentials. Of the two, `appKey` is the name of a row, and `appToken` the secret that
    /// proves it.
    pub(super) async fn redeem(&self, code: &str) -> Result<Credentials, Error> {
        let kind = kind::AUTHORIZATION_CODE;
        let code = presented::issued(&self.store, API, kind, "", code).await?;
        let code = code.ok_or(Error::Refused("There is no such authorization code."))?;
        match code.state(self.store.now()) {
            // Also one that was used: old codes lie about, and nobody who finds one is to end anything by it.
            State::Expired => return Err(EXPIRED),
            State::Revoked => return Err(USED),
            State::Active | State::Exhausted => {}
        }
        let (id, app_token) = (TokenId::new(), Uuid::new_v4().to_string());
        let row = NewToken {
            id: Some(id),
            minted_by: Some(by(code.owner)),
            ..NewToken::new(API, kind::CREDENTIALS, code.owner, Digest::of(&app_token))
        };
        match self
            .store
            .redeem(code.id, &by(code.owner), vec![row])
            .await?
        {
            Redemption::Redeemed(_) => Ok(Credentials {
                application_id: APPLICATION_ID.to_owned(),
                app_key: id.to_string(),
                app_token,
            }),
            Redemption::Expired => Err(EXPIRED),
            _ => Err(USED),
        }
    }

    /// The merchant whose credentials the two are.
    async fn known(&self, key: &ApiKey, token: &ApiKey) -> Result<Caller, Error> {
        let id: TokenId = key.expose().parse().map_err(|_| Error::Unauthorized)?;
        let found = self.store.verify(id, token.expose()).await?;
        let found = found
            .filter(|token| token.api == API && token.kind == kind::CREDENTIALS)
            .filter(|token| token.state(self.store.now()) == State::Active)
            .ok_or(Error::Unauthorized)?;
        self.store.note_use(&found);
        Ok(Caller::Merchant)
    }
}

impl Security for Vtex {
    type Caller = Caller;
    type Error = Error;

    async fn app_key(&self, key: ApiKey, _: &'static [&'static str]) -> Result<Caller, Error> {
        Ok(Caller::Key(key))
    }

    async fn app_token(&self, token: ApiKey, _: &'static [&'static str]) -> Result<Caller, Error> {
        Ok(Caller::Token(token))
    }

    async fn provider_app_key(
        &self,
        key: ApiKey,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        Ok(Caller::Key(key))
    }

    async fn provider_app_token(
        &self,
        token: ApiKey,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        Ok(Caller::Token(token))
    }

    async fn combine_callers(&self, first: Caller, second: Caller) -> Result<Caller, Error> {
        match (&first, &second) {
            (Caller::Key(key), Caller::Token(token)) | (Caller::Token(token), Caller::Key(key)) => {
                self.known(key, token).await
            }
            _ => Err(Error::Unauthorized),
        }
    }
}
