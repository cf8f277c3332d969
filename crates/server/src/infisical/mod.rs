//! Infisical: access tokens of machine identities with Token Auth.

pub(crate) mod access_token;
mod error;
pub(crate) mod role;

use serde::{Deserialize, Serialize};
use specmint::infisical::models::{AccessToken, AccessTokenTokenType, CreateTokenRequest};
use specmint::infisical::{Api, CreateTokenAuthTokenResponse, Security};
use specmint_runtime::Bearer;
use specmint_store::{Digest, NewToken, Owner, State, Store, StoreError, Token, TokenId, Use};

pub use error::Error;

use crate::attributes;
use crate::error::StartError;
use crate::failure::Failure;
use access_token::{Claims, Signer, end};
use role::Role;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "infisical";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const IDENTITY: &str = "identity";
    pub(crate) const ACCESS_TOKEN: &str = "access_token";
}

/// What a machine identity is kept with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct IdentityRecord {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) role: Role,
    pub(crate) token_auth: Option<TokenAuth>,
}

/// How tokens of an identity are made: its Token Auth configuration.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct TokenAuth {
    /// In seconds; 0 for tokens without end.
    pub(crate) access_token_ttl: u32,
    /// In seconds; 0 for no maximum.
    pub(crate) access_token_max_ttl: u32,
    /// 0 for no limit.
    pub(crate) access_token_num_uses_limit: u32,
}

/// The organizations, with their identities, and the secret that tokens are signed with.
pub struct Infisical {
    store: Store,
    signer: Signer,
}

impl Infisical {
    /// On `store`.
    ///
    /// # Errors
    /// When the signing secret cannot be made or read.
    pub async fn new(store: Store) -> Result<Self, StartError> {
        let signer = Signer::open(&store).await?;
        Ok(Self { store, signer })
    }

    /// Counts a use where uses are limited, and refuses what is no longer good.
    async fn admit(&self, token: &Token) -> Result<(), Error> {
        let by = format!("access_token:{}", token.id);
        let state = match token.uses_limit {
            None => token.state(self.store.now()),
            Some(_) => match self.store.use_token(token.id, &by).await? {
                Use::Used(_) => State::Active,
                Use::Exhausted => State::Exhausted,
                Use::Revoked => State::Revoked,
                Use::Expired => State::Expired,
                Use::Unknown => return Err(Error::NoSuchToken),
            },
        };
        match state {
            State::Active => {
                if token.uses_limit.is_none() {
                    self.store.note_use(token);
                }
                Ok(())
            }
            State::Exhausted => Err(Error::UsedUp),
            State::Revoked => Err(Error::Revoked),
            State::Expired => Err(Error::Expired),
        }
    }
}

/// The machine identity that calls.
#[derive(Debug)]
pub struct Caller {
    owner: std::sync::Arc<Owner>,
    role: Role,
}

impl Security for Infisical {
    type Caller = Caller;
    type Error = Error;

    async fn bearer_auth(
        &self,
        token: Bearer,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        let text = token.expose();
        let claims = self.signer.read(text, self.store.now())?;
        let id: TokenId = claims
            .identity_access_token_id
            .parse()
            .map_err(|_| Error::Malformed)?;
        let token = self
            .store
            .verify(id, text.as_bytes())
            .await?
            .filter(|token| token.api == API && token.kind == kind::ACCESS_TOKEN)
            .ok_or(Error::NoSuchToken)?;
        self.admit(&token).await?;
        let owner = self
            .store
            .owner(token.owner)
            .await?
            .ok_or(Error::NoSuchToken)?;
        let identity: IdentityRecord = attributes::of_owner(&owner)?;
        Ok(Caller {
            owner,
            role: identity.role,
        })
    }
}

impl Api for Infisical {
    async fn create_token_auth_token(
        &self,
        caller: Caller,
        identity_id: String,
        request: Option<CreateTokenRequest>,
    ) -> Result<CreateTokenAuthTokenResponse, Error> {
        let found = self
            .store
            .find_owner(API, kind::IDENTITY, caller.owner.parent, &identity_id)
            .await?;
        let owner = found.ok_or(Error::IdentityNotFound(identity_id))?;
        let identity: IdentityRecord = attributes::of_owner(&owner)?;
        let token_auth = identity.token_auth.ok_or(Error::NoTokenAuth)?;
        caller.role.may_mint_for(identity.role)?;

        let name = request.and_then(|request| request.name);
        let minted = mint(
            &self.store,
            &self.signer,
            &owner,
            &identity,
            token_auth,
            name,
        )
        .await?;
        Ok(CreateTokenAuthTokenResponse::Ok(AccessToken {
            access_token: minted,
            expires_in: token_auth.access_token_ttl.into(),
            access_token_max_ttl: token_auth.access_token_max_ttl.into(),
            token_type: AccessTokenTokenType::Bearer,
        }))
    }
}

/// Why no token was minted.
#[derive(Debug)]
pub(crate) enum MintError {
    Store(StoreError),
    Sign(Failure),
}

impl From<MintError> for Error {
    fn from(error: MintError) -> Self {
        match error {
            MintError::Store(error) => error.into(),
            MintError::Sign(failure) => failure.into(),
        }
    }
}

/// A new token of `identity`, by its configuration: its text, to be shown once.
pub(crate) async fn mint(
    store: &Store,
    signer: &Signer,
    owner: &Owner,
    identity: &IdentityRecord,
    token_auth: TokenAuth,
    name: Option<String>,
) -> Result<String, MintError> {
    let id = TokenId::new();
    let now = store.now();
    let ends = end(
        now,
        token_auth.access_token_ttl,
        token_auth.access_token_max_ttl,
    );
    let text = signer
        .sign(&Claims::new(&identity.id, id, now, ends))
        .map_err(MintError::Sign)?;
    let limit = token_auth.access_token_num_uses_limit;
    store
        .mint(NewToken {
            id: Some(id),
            name,
            expires_at: ends,
            uses_limit: (limit > 0).then_some(limit),
            ..NewToken::new(API, kind::ACCESS_TOKEN, owner.id, Digest::of(&text))
        })
        .await
        .map_err(MintError::Store)?;
    Ok(text)
}
