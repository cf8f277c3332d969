//! The change of the signing key.

use chrono::{DateTime, TimeDelta, Utc};
use specmint_store::{OwnerId, SecretBytes, Store, StoreError};

use super::access_token::ACCESS_TOKEN;
use super::application::{API, kind};
use super::keys::{Keys, NAME, Ring, kept, make, names, number};
use super::registration::Registration;
use crate::attributes;
use crate::error::StartError;

/// How long another process may go on signing with the key that was, generously.
const LAG: TimeDelta = TimeDelta::minutes(1);

/// What a rotation changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// The `kid` of the key that signs from now on.
    pub kid: String,
    /// When the last token that an earlier key signed has ended; until then that key verifies and is published.
    pub others_until: DateTime<Utc>,
    /// How many earlier keys are published until then.
    pub others: usize,
}

/// Makes the key with which Beyond Identity's tokens are signed from now on; servers on the same database see it within
/// a quarter of a second. Keys whose tokens have all ended are dropped.
///
/// # Errors
/// When the store fails, or a key in it cannot be used.
pub async fn rotate_keys(store: &Store) -> Result<Rotation, StartError> {
    Keys::open(store).await?;
    let others_until = last_end(store).await?;
    let pkcs8 = make().map_err(|_| StartError::NoRandomness)?;
    let pkcs8 = SecretBytes::from(pkcs8);
    loop {
        let newest = names(store).await?.last().and_then(|name| number(name));
        let name = format!("{NAME}/{}", newest.unwrap_or_default() + 1);
        // Another process may take the number; then the next is tried.
        if store
            .keep_secret(&name, &kept(others_until, &pkcs8))
            .await?
        {
            break;
        }
    }
    let ring = Ring::read(store).await?;
    let now = store.now();
    let mut others = 0;
    for key in ring.iter().skip(1) {
        if key.is_good(now) {
            others += 1;
        } else {
            store.drop_secret(&key.name).await?;
        }
    }
    let kid = ring.iter().next().map(|key| key.kid.clone());
    Ok(Rotation {
        kid: kid.unwrap_or_default(),
        others_until,
        others,
    })
}

/// When the last of the tokens that were signed until now has ended, and of those that others sign until they have
/// seen the new key.
async fn last_end(store: &Store) -> Result<DateTime<Utc>, StartError> {
    let longest = TimeDelta::seconds(i64::from(longest_lifetime(store).await?));
    let unseen = store.now() + LAG + longest;
    let minted = store.last_end(API, ACCESS_TOKEN).await?;
    Ok(minted.map_or(unseen, |minted| minted.max(unseen)))
}

/// The longest lifetime of any application's tokens, in seconds.
async fn longest_lifetime(store: &Store) -> Result<u32, StartError> {
    let mut longest = 0;
    for tenant in owners(store, kind::TENANT, None).await? {
        for realm in owners(store, kind::REALM, Some(tenant)).await? {
            let applications = store.owners(API, kind::APPLICATION, Some(realm)).await?;
            for application in &applications {
                let registration = attributes::of_owner::<Registration>(application);
                let lifetime = registration.map(|registration| registration.expires_after);
                longest = longest.max(lifetime.unwrap_or_default());
            }
        }
    }
    Ok(longest)
}

async fn owners(
    store: &Store,
    kind: &str,
    parent: Option<OwnerId>,
) -> Result<Vec<OwnerId>, StoreError> {
    let owners = store.owners(API, kind, parent).await?;
    Ok(owners.iter().map(|owner| owner.id).collect())
}
