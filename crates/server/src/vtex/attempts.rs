//! How often passwords may be tried.

use chrono::{DateTime, TimeDelta, Utc};
use specmint_store::{Digest, NewToken, OwnerId, Store, StoreError, Token, Use};

use super::{API, kind};
use crate::failure::Failure;

/// How often for one e-mail address.
const MOST: u32 = 10;

/// In how many seconds.
const SPAN: i64 = 15 * 60;

/// Who counts, for the trail.
const BY: &str = "page:sign-in";

/// The attempts are used up.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooMany {
    /// In how many seconds there are new ones; at least one.
    pub(super) retry_after: i64,
}

/// Counts an attempt at the account of `email`, whether there is such an account or not; exactly, however many ask at
/// once, and for all processes on the database. Successful ones count too: who knows the password needs few.
pub(super) async fn count(
    store: &Store,
    application: OwnerId,
    email: &str,
) -> Result<Result<(), TooMany>, Failure> {
    let now = store.now();
    let span = now.timestamp().div_euclid(SPAN);
    let end = span.saturating_add(1).saturating_mul(SPAN);
    let end = DateTime::from_timestamp(end, 0).unwrap_or(now + TimeDelta::seconds(SPAN));
    // An address that nobody has an account with is kept no longer than the rest, and not in the clear.
    let hash = Digest::of(format!("{span}/{email}"));
    let row = row(store, application, hash, end).await?;
    Ok(match store.use_token(row.id, BY).await? {
        Use::Used(_) => Ok(()),
        _ => Err(TooMany {
            retry_after: (end - now).num_seconds().max(1),
        }),
    })
}

/// The row that counts, made at the first attempt.
async fn row(
    store: &Store,
    application: OwnerId,
    hash: Digest,
    end: DateTime<Utc>,
) -> Result<Token, StoreError> {
    let find = || store.find_token_by_hash(API, kind::ATTEMPTS, &hash);
    if let Some(row) = find().await? {
        return Ok(row);
    }
    let made = store.mint(NewToken {
        indexed: true,
        expires_at: Some(end),
        uses_limit: Some(MOST),
        minted_by: Some(BY.to_owned()),
        ..NewToken::new(API, kind::ATTEMPTS, application, hash)
    });
    match made.await {
        // Another request was first.
        Err(conflict @ StoreError::Conflict { .. }) => find().await?.ok_or(conflict),
        made => made,
    }
}
