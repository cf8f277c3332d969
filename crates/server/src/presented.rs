//! A split token that a caller presents.

use std::sync::Arc;

use specmint_store::{State, Store, StoreError, Token, split};

/// The live token of this API and kind whose text is `prefix` and what [`split::mint`] made; nothing when there is
/// no such token, when its secret is another, and when it is expired, used up or revoked. Its use is noted.
pub(crate) async fn live(
    store: &Store,
    api: &str,
    kind: &str,
    prefix: &str,
    text: &str,
) -> Result<Option<Arc<Token>>, StoreError> {
    let found = issued(store, api, kind, prefix, text).await?;
    let live = found.filter(|token| token.state(store.now()) == State::Active);
    if let Some(token) = &live {
        store.note_use(token);
    }
    Ok(live)
}

/// As [`live`], whatever has become of the token since.
pub(crate) async fn issued(
    store: &Store,
    api: &str,
    kind: &str,
    prefix: &str,
    text: &str,
) -> Result<Option<Arc<Token>>, StoreError> {
    let Some((id, secret)) = split::parse(prefix, text) else {
        return Ok(None);
    };
    let token = store.verify(id, secret.as_ref()).await?;
    Ok(token.filter(|token| token.api == api && token.kind == kind))
}
