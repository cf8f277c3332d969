//! Token Auth: how the access tokens of a machine identity are made, and from where they may be used.
//!
//! The configuration stands below the identity in the store, and the tokens below the configuration: so an identity has at
//! most one, whoever asks at once, and with it, or with the identity, its tokens end.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use specmint::infisical::models;
use specmint_store::{NewOwner, Owner, OwnerUpdate, StoreError};

use super::caller::Caller;
use super::error::Error;
use super::identity::Identity;
use super::role::Action;
use super::trusted_ip::TrustedIp;
use super::{API, Infisical, kind};
use crate::attributes;
use crate::failure::Failure;

/// The vendor's default for the lifetime of tokens and its maximum, in seconds: 30 days.
const DEFAULT_TTL: u32 = 2_592_000;

/// By what the one configuration of an identity is found.
pub(crate) const KEY: &str = "token-auth";

/// What a configuration is kept with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TokenAuthRecord {
    /// In seconds; 0 for tokens without end.
    pub(crate) access_token_ttl: u32,
    /// In seconds; 0 for no maximum.
    pub(crate) access_token_max_ttl: u32,
    /// 0 for no limit.
    pub(crate) access_token_num_uses_limit: u32,
    #[serde(default = "TrustedIp::anywhere")]
    pub(crate) access_token_trusted_ips: Vec<TrustedIp>,
}

/// As the vendor has it where nothing is said.
impl Default for TokenAuthRecord {
    fn default() -> Self {
        Self {
            access_token_ttl: DEFAULT_TTL,
            access_token_max_ttl: DEFAULT_TTL,
            access_token_num_uses_limit: 0,
            access_token_trusted_ips: TrustedIp::anywhere(),
        }
    }
}

/// The Token Auth configuration of an identity.
#[derive(Clone, Debug)]
pub(crate) struct TokenAuth {
    pub(crate) owner: Arc<Owner>,
    pub(crate) record: TokenAuthRecord,
}

/// A lifetime or a limit of the contract, which bounds them.
fn bounded(value: i64) -> Result<u32, Failure> {
    u32::try_from(value).map_err(Failure::because)
}

impl TokenAuthRecord {
    fn read(asked: &models::AttachTokenAuthRequest) -> Result<Self, Error> {
        if asked.access_token_ttl > asked.access_token_max_ttl {
            return Err(Error::TtlBeyondMaxTtl);
        }
        Ok(Self {
            access_token_ttl: bounded(asked.access_token_ttl)?,
            access_token_max_ttl: bounded(asked.access_token_max_ttl)?,
            access_token_num_uses_limit: bounded(asked.access_token_num_uses_limit)?,
            access_token_trusted_ips: TrustedIp::read(&asked.access_token_trusted_ips)?,
        })
    }

    /// What becomes of it when `asked` is done to it.
    fn updated(self, asked: &Update) -> Result<Self, Error> {
        let updated = Self {
            access_token_ttl: asked.ttl.unwrap_or(self.access_token_ttl),
            access_token_max_ttl: asked.max_ttl.unwrap_or(self.access_token_max_ttl),
            access_token_num_uses_limit: asked.uses.unwrap_or(self.access_token_num_uses_limit),
            access_token_trusted_ips: match &asked.trusted_ips {
                Some(trusted_ips) => trusted_ips.clone(),
                None => self.access_token_trusted_ips,
            },
        };
        let max_ttl = updated.access_token_max_ttl;
        if max_ttl > 0 && updated.access_token_ttl > max_ttl {
            return Err(Error::StoredTtlBeyondMaxTtl);
        }
        Ok(updated)
    }
}

/// What a request changes of a configuration.
#[derive(Clone, Debug, Default)]
struct Update {
    ttl: Option<u32>,
    max_ttl: Option<u32>,
    uses: Option<u32>,
    trusted_ips: Option<Vec<TrustedIp>>,
}

impl Update {
    fn read(asked: &models::UpdateTokenAuthRequest) -> Result<Self, Error> {
        let number = |asked: Option<i64>| asked.map(bounded).transpose();
        let trusted_ips = asked.access_token_trusted_ips.as_deref();
        let update = Self {
            ttl: number(asked.access_token_ttl)?,
            max_ttl: number(asked.access_token_max_ttl)?,
            uses: number(asked.access_token_num_uses_limit)?,
            trusted_ips: trusted_ips.map(TrustedIp::read).transpose()?,
        };
        match (update.ttl, update.max_ttl) {
            (Some(ttl), Some(max_ttl)) if max_ttl > 0 && ttl > max_ttl => {
                Err(Error::TtlBeyondMaxTtl)
            }
            _ => Ok(update),
        }
    }
}

impl TokenAuth {
    pub(crate) fn of(owner: Arc<Owner>) -> Result<Self, Failure> {
        let record = attributes::of_owner(&owner)?;
        Ok(Self { owner, record })
    }

    /// As a new owner below `identity`.
    pub(crate) fn new_owner<'a>(
        identity: &Owner,
        record: &TokenAuthRecord,
        by: &'a str,
    ) -> Result<NewOwner<'a>, Failure> {
        Ok(NewOwner {
            api: API,
            kind: kind::TOKEN_AUTH,
            parent: Some(identity.id),
            keys: vec![KEY.to_owned()],
            attributes: attributes::to_value(record)?,
            secret_hash: None,
            sealed: None,
            by,
        })
    }

    fn shown(self, identity: &Identity) -> models::TokenAuthResponse {
        let record = self.record;
        let trusted_ips = record.access_token_trusted_ips.into_iter();
        models::TokenAuthResponse {
            identity_token_auth: models::TokenAuth {
                id: self.owner.id.into(),
                access_token_ttl: Some(record.access_token_ttl.into()),
                access_token_max_ttl: Some(record.access_token_max_ttl.into()),
                access_token_num_uses_limit: Some(record.access_token_num_uses_limit.into()),
                access_token_trusted_ips: Some(trusted_ips.map(TrustedIp::shown).collect()),
                created_at: self.owner.created_at,
                updated_at: self.owner.updated_at,
                identity_id: identity.record.id,
                access_token_period: Some(0.into()),
            },
        }
    }
}

impl Infisical {
    /// The configuration of `identity`, if it has one.
    pub(super) async fn find_token_auth(
        &self,
        identity: &Identity,
    ) -> Result<Option<TokenAuth>, Error> {
        let identity = Some(identity.owner.id);
        let found = self.store.find_owner(API, kind::TOKEN_AUTH, identity, KEY);
        Ok(found.await?.map(TokenAuth::of).transpose()?)
    }

    pub(super) async fn attach(
        &self,
        caller: &Caller,
        id: String,
        asked: models::AttachTokenAuthRequest,
    ) -> Result<models::TokenAuthResponse, Error> {
        let identity = self.identity(caller, Action::Create, id).await?;
        let record = TokenAuthRecord::read(&asked)?;
        let actor = caller.actor();
        let new = TokenAuth::new_owner(&identity.owner, &record, &actor)?;
        match self.store.create_owner(new).await {
            Ok(owner) => {
                let owner = Arc::new(owner);
                Ok(TokenAuth { owner, record }.shown(&identity))
            }
            Err(StoreError::Taken { .. }) => Err(Error::TokenAuthThere),
            // The identity was deleted meanwhile.
            Err(StoreError::Missing { .. }) => {
                Err(Error::IdentityNotFound(identity.record.id.to_string()))
            }
            Err(error) => Err(error.into()),
        }
    }

    pub(super) async fn update(
        &self,
        caller: &Caller,
        id: String,
        asked: models::UpdateTokenAuthRequest,
    ) -> Result<models::TokenAuthResponse, Error> {
        let identity = self.identity(caller, Action::Edit, id).await?;
        let update = Update::read(&asked)?;
        let none = || Error::NoTokenAuthToUpdate;
        let token_auth = self.find_token_auth(&identity).await?.ok_or_else(none)?;
        let edit = move |owner: &Owner| {
            let record: TokenAuthRecord = attributes::of_owner(owner)?;
            let record = record.updated(&update)?;
            Ok::<_, Error>(OwnerUpdate {
                attributes: Some(attributes::to_value(&record)?),
                ..OwnerUpdate::default()
            })
        };
        let actor = caller.actor();
        let edited = self.store.edit_owner(token_auth.owner.id, &actor, edit);
        let edited = edited.await?.ok_or_else(none)??;
        Ok(TokenAuth::of(Arc::new(edited))?.shown(&identity))
    }

    pub(super) async fn show_token_auth(
        &self,
        caller: &Caller,
        id: String,
    ) -> Result<models::TokenAuthResponse, Error> {
        let identity = self.identity(caller, Action::Read, id).await?;
        let found = self.find_token_auth(&identity).await?;
        let token_auth = found.ok_or(Error::TokenAuthNotFound)?;
        Ok(token_auth.shown(&identity))
    }

    pub(super) async fn remove(
        &self,
        caller: &Caller,
        id: String,
    ) -> Result<models::TokenAuthResponse, Error> {
        let identity = self.identity(caller, Action::RevokeAuth, id).await?;
        let found = self.find_token_auth(&identity).await?;
        let token_auth = found.ok_or(Error::NoTokenAuth)?;
        let actor = caller.actor();
        let removed = self.store.delete_owner(token_auth.owner.id, &actor);
        match removed.await? {
            true => Ok(token_auth.shown(&identity)),
            // Somebody else was first.
            false => Err(Error::NoTokenAuth),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(ttl: u32, max_ttl: u32) -> TokenAuthRecord {
        TokenAuthRecord {
            access_token_ttl: ttl,
            access_token_max_ttl: max_ttl,
            access_token_num_uses_limit: 0,
            access_token_trusted_ips: TrustedIp::anywhere(),
        }
    }

    fn attach(ttl: i64, max_ttl: i64) -> Result<TokenAuthRecord, Error> {
        TokenAuthRecord::read(&models::AttachTokenAuthRequest {
            access_token_trusted_ips: Vec::new(),
            access_token_ttl: ttl,
            access_token_max_ttl: max_ttl,
            access_token_num_uses_limit: 0,
        })
    }

    #[test]
    fn a_new_lifetime_is_never_greater_than_the_maximum() {
        for (ttl, max_ttl) in [(0, 0), (0, 60), (60, 60), (59, 60)] {
            assert!(attach(ttl, max_ttl).is_ok(), "{ttl} {max_ttl}");
        }
        for (ttl, max_ttl) in [(60, 0), (61, 60)] {
            let refused = attach(ttl, max_ttl);
            assert!(matches!(refused, Err(Error::TtlBeyondMaxTtl)));
        }
    }

    #[test]
    fn a_changed_lifetime_is_held_against_what_is_kept() {
        let update = |ttl, max_ttl| {
            let update = Update {
                ttl,
                max_ttl,
                ..Update::default()
            };
            record(60, 90).updated(&update)
        };
        assert_eq!(update(None, None).unwrap(), record(60, 90));
        assert_eq!(update(Some(90), None).unwrap(), record(90, 90));
        assert_eq!(update(Some(0), None).unwrap(), record(0, 90));
        assert_eq!(update(None, Some(0)).unwrap(), record(60, 0));
        assert_eq!(update(Some(1000), Some(0)).unwrap(), record(1000, 0));
        for (ttl, max_ttl) in [(Some(91), None), (None, Some(59))] {
            let refused = update(ttl, max_ttl);
            assert!(matches!(refused, Err(Error::StoredTtlBeyondMaxTtl)));
        }
    }
}
