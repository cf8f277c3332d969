//! Who did something, as people know them.

use specmint_store::TokenId;

use super::Console;
use super::rows::kind_title;
use super::trouble::Trouble;

/// Who did something.
pub(super) struct Actor {
    /// What kind of one it is.
    pub(super) kind: String,
    /// What it is called.
    pub(super) name: String,
    /// The token by which it acted, if that is known.
    pub(super) token: Option<TokenId>,
}

impl Actor {
    /// Of what the trail has: a kind and a name, with a colon between; empty, where nobody had to say who they are.
    pub(super) async fn of(console: &Console, text: &str) -> Result<Self, Trouble> {
        let Some((kind, name)) = text.split_once(':') else {
            return Ok(Self {
                kind: String::new(),
                name: if text.is_empty() { "anonymous" } else { text }.to_owned(),
                token: None,
            });
        };
        let token = match name.parse() {
            Ok(id) => console.admin.store().token(id).await?,
            Err(_) => None,
        };
        let called = token.as_ref().and_then(|token| token.name.clone());
        Ok(Self {
            kind: kind_title(kind),
            name: called.unwrap_or_else(|| name.to_owned()),
            token: token.map(|token| token.id),
        })
    }
}
