//! What a new token of an owner may be allowed.

use serde_json::Value;
use specmint_store::{Owner, Store, StoreError};

use crate::applivery::permission;
use crate::beyond_identity::application::{API as BEYOND_IDENTITY, kind};

/// What can be chosen from for a token, and what that is called.
pub(super) struct Offer {
    /// In the provider's words.
    pub(super) called: &'static str,
    pub(super) scopes: Vec<String>,
}

/// What tokens of `owner` may be allowed; nothing, where they have no such thing.
pub(super) async fn offer(store: &Store, owner: &Owner) -> Result<Option<Offer>, StoreError> {
    Ok(match (owner.api.as_str(), owner.kind.as_str()) {
        ("applivery", "organization") => Some(Offer {
            called: "Permissions",
            scopes: permission::ALL.map(ToOwned::to_owned).to_vec(),
        }),
        (BEYOND_IDENTITY, kind::APPLICATION) => Some(Offer {
            called: "Scopes",
            scopes: of_application(store, owner).await?,
        }),
        _ => None,
    })
}

/// The scopes that an application is allowed, of those that its resource server knows.
async fn of_application(store: &Store, owner: &Owner) -> Result<Vec<String>, StoreError> {
    let id = owner
        .attributes
        .get("resource_server")
        .and_then(Value::as_str);
    let Some(id) = id else { return Ok(Vec::new()) };
    let server = store
        .find_owner(BEYOND_IDENTITY, kind::RESOURCE_SERVER, owner.parent, id)
        .await?;
    let Some(server) = server else {
        return Ok(Vec::new());
    };
    let known = texts(server.attributes.get("scopes"));
    let mut scopes = texts(owner.attributes.get("allowed_scopes"));
    scopes.retain(|scope| known.contains(scope));
    Ok(scopes)
}

fn texts(list: Option<&Value>) -> Vec<String> {
    let texts = list.and_then(Value::as_array).into_iter().flatten();
    let texts = texts.filter_map(Value::as_str);
    texts.map(ToOwned::to_owned).collect()
}
