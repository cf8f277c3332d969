//! How often passwords may be tried, and accounts be made.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use specmint_store::{Digest, NewToken, OwnerId, Store, StoreError, Token, TokenId, Use};

use super::{API, kind};
use crate::failure::Failure;
use crate::subscriber::subscriber;

/// How often for one e-mail address from one network address.
const OF_BOTH: u32 = 10;

/// How often for one e-mail address from anywhere: more, so that nobody locks another out with a single network address.
const OF_EMAIL: u32 = 100;

/// How often from one network address, for whatever e-mail addresses.
const OF_NETWORK: u32 = 100;

/// In how many seconds.
const SPAN: i64 = 15 * 60;

/// How often a row is made anew in that time, after an administrator revoked it.
const LIVES: u32 = 100;

/// Who counts, for the trail.
const BY: &str = "page:sign-in";

/// The attempts are used up.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooMany {
    /// In how many seconds there are new ones; at least one.
    pub(super) retry_after: i64,
}

/// An attempt that was counted.
pub(super) struct Attempt(Vec<TokenId>);

impl Attempt {
    /// Counts an attempt at the account of `email` from `address`, whether there is such an account or not; exactly, however
    /// many ask at once, and for all processes on the database.
    pub(super) async fn begin(
        store: &Store,
        application: OwnerId,
        email: &str,
        address: Option<IpAddr>,
    ) -> Result<Result<Self, TooMany>, Failure> {
        let now = store.now();
        let span = now.timestamp().div_euclid(SPAN);
        let end = span.saturating_add(1).saturating_mul(SPAN);
        let end = DateTime::from_timestamp(end, 0).unwrap_or(now + TimeDelta::seconds(SPAN));
        let network = subscriber(address);
        // Who is refused by the network address takes nothing away from those whom the e-mail address belongs to.
        let counted = [
            (format!("{span}/{network}/"), OF_NETWORK),
            (format!("{span}/{network}/{email}"), OF_BOTH),
            (format!("{span}//{email}"), OF_EMAIL),
        ];
        let mut attempt = Self(Vec::with_capacity(counted.len()));
        for (what, most) in counted {
            match count(store, application, &what, end, most).await? {
                Some(row) => attempt.0.push(row),
                None => {
                    let retry_after = (end - now).num_seconds().max(1);
                    return Ok(Err(TooMany { retry_after }));
                }
            }
        }
        Ok(Ok(attempt))
    }

    /// Counts it no longer: who knows the password did not guess.
    pub(super) async fn forgive(self, store: &Store) -> Result<(), Failure> {
        for row in self.0 {
            store.return_use(row, BY).await?;
        }
        Ok(())
    }
}

/// Counts an attempt of what may be done `most` times: by which row, or nothing where it was done as often. An administrator
/// who revokes a row gives all its attempts back.
async fn count(
    store: &Store,
    application: OwnerId,
    what: &str,
    end: DateTime<Utc>,
    most: u32,
) -> Result<Option<TokenId>, StoreError> {
    for life in 0..LIVES {
        // What nobody has an account with is kept no longer than the rest, and not in the clear.
        let hash = match life {
            0 => Digest::of(what),
            _ => Digest::of(format!("{what} {life}")),
        };
        let row = row(store, application, hash, end, most).await?;
        match store.use_token(row.id, BY).await? {
            Use::Used(_) => return Ok(Some(row.id)),
            Use::Revoked => {}
            Use::Exhausted | Use::Expired | Use::Unknown => return Ok(None),
        }
    }
    Ok(None)
}

/// The row that counts, made at the first attempt.
async fn row(
    store: &Store,
    application: OwnerId,
    hash: Digest,
    end: DateTime<Utc>,
    most: u32,
) -> Result<Token, StoreError> {
    let find = || store.find_token_by_hash(API, kind::ATTEMPTS, &hash);
    if let Some(row) = find().await? {
        return Ok(row);
    }
    let made = store.mint(NewToken {
        indexed: true,
        expires_at: Some(end),
        uses_limit: Some(most),
        minted_by: Some(BY.to_owned()),
        ..NewToken::new(API, kind::ATTEMPTS, application, hash)
    });
    match made.await {
        // Another request was first.
        Err(taken @ StoreError::Taken { .. }) => find().await?.ok_or(taken),
        made => made,
    }
}
