//! Who did something, as people know them.

use specmint_store::{OwnerId, Store, TokenId};

use super::Console;
use super::trouble::Trouble;
use crate::admin::actors;
use crate::admin::shown::name_of_owner;
use crate::admin::titles::kind_title;

/// Who did something.
pub(super) struct Actor {
    /// What kind of one it is.
    pub(super) kind: String,
    /// What it is called.
    pub(super) name: String,
    /// The page of the token or owner that acted, if that is known.
    pub(super) page: Option<String>,
}

impl Actor {
    /// Of what the trail has of something done in an API to an owner: a kind and a name, with a colon between; empty, where
    /// nobody had to say who they are.
    pub(super) async fn of(
        console: &Console,
        place: (&str, Option<OwnerId>),
        text: &str,
    ) -> Result<Self, Trouble> {
        let Some((kind, name)) = text.split_once(':') else {
            return Ok(Self {
                kind: String::new(),
                name: if text.is_empty() { "anonymous" } else { text }.to_owned(),
                page: None,
            });
        };
        let store = console.admin.store();
        let token = match name.parse::<TokenId>() {
            Ok(id) => store.token(id).await?,
            Err(_) => None,
        };
        let (called, page) = if let Some(token) = token {
            (
                token.name.clone(),
                Some(format!("/console/tokens/{}", token.id)),
            )
        } else {
            match actors::owner(store, place, (kind, name)).await? {
                Some(owner) => (
                    Some(name_of_owner(&owner)),
                    Some(format!("/console/applications/{}", owner.id)),
                ),
                None => (gone(store, name).await?, None),
            }
        };
        Ok(Self {
            kind: kind_title(kind),
            name: called.unwrap_or_else(|| name.to_owned()),
            page,
        })
    }
}

/// What a deleted owner of that id was called.
async fn gone(store: &Store, id: &str) -> Result<Option<String>, Trouble> {
    let Ok(id) = id.parse() else { return Ok(None) };
    let gone = store.deleted_owner(id).await?;
    Ok(gone.map(|owner| format!("{} (deleted)", name_of_owner(&owner))))
}
