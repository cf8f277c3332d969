//! Who did something, where the trail names an owner of tokens and no token.

use std::sync::Arc;

use serde_json::Value;
use specmint_store::{Owner, OwnerFilter, OwnerId, Store, StoreResult};

use super::shown::name_of_owner;
use crate::beyond_identity::application::{API as BEYOND_IDENTITY, kind};

/// How many owners that are called so are looked for in the trail: the newest.
const MOST: u32 = 50;

/// How far up the parents of an owner an actor may stand.
const DEPTH: usize = 8;

/// The owner that the trail calls `kind:name` in an event of `api` to `of`: by its id, or by a key of its own among what
/// stands there. For a client, the application that it is of.
pub(crate) async fn owner(
    store: &Store,
    (api, of): (&str, Option<OwnerId>),
    (kind, name): (&str, &str),
) -> StoreResult<Option<Arc<Owner>>> {
    if let Ok(id) = name.parse()
        && let Some(found) = store.owner(id).await?
    {
        return Ok(Some(found));
    }
    if let Some(found) = store.find_owner(api, kind, None, name).await? {
        return application_of(store, found).await;
    }
    let mut place = of;
    for _ in 0..DEPTH {
        let Some(id) = place else { break };
        if let Some(found) = store.find_owner(api, kind, Some(id), name).await? {
            return Ok(Some(found));
        }
        place = store.owner(id).await?.and_then(|owner| owner.parent);
    }
    Ok(None)
}

async fn application_of(store: &Store, found: Arc<Owner>) -> StoreResult<Option<Arc<Owner>>> {
    if (found.api.as_str(), found.kind.as_str()) != (BEYOND_IDENTITY, kind::CLIENT) {
        return Ok(Some(found));
    }
    let application = found.attributes.get("application").and_then(Value::as_str);
    match application.and_then(|id| id.parse().ok()) {
        Some(id) => store.owner(id).await,
        None => Ok(None),
    }
}

/// What the trail may call the owners whose name contains `search`.
pub(super) async fn called(store: &Store, search: &str) -> StoreResult<Vec<String>> {
    let filter = OwnerFilter {
        search: Some(search.to_owned()),
        ..OwnerFilter::default()
    };
    let found = store.find_owners(&filter, MOST).await?;
    let wanted = search.to_ascii_lowercase();
    let so_called = |owner: &&Owner| name_of_owner(owner).to_ascii_lowercase().contains(&wanted);
    let mut actors = Vec::new();
    for owner in found.iter().filter(so_called) {
        let client = owner.attributes.get("client_id").and_then(Value::as_str);
        actors.extend(client.map(|client| format!("{}:{client}", kind::CLIENT)));
        actors.push(format!("{}:{}", owner.kind, owner.id));
        actors.extend(owner.keys.iter().map(|key| format!("{}:{key}", owner.kind)));
    }
    Ok(actors)
}
