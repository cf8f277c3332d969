//! Making owners and tokens, whatever their provider.

mod anchorbrowser;
mod applivery;
mod beyond_identity;
mod infisical;
mod members;
pub(super) use members::check_words;

use std::sync::Arc;

use serde_json::Value;
use specmint::administration::SCHEMAS;
pub use specmint::administration::models::NewOwner;
use specmint::administration::models::Provider;
use specmint_store::{Digest, NewToken, Owner, OwnerId, Store, StoreError, Token};

use super::{Admin, Refused, holder, kinds};

/// Where the contract says what an owner is that is to be made.
const SCHEMA: &str = "/components/schemas/NewOwner";

/// What a site may be called by.
const SITE: &str =
    "a web address such as https://shop.example.com/login, or a host with a dot in it";

/// An owner that was just made.
#[derive(Debug)]
pub struct Made {
    /// What is kept of it.
    pub owner: Owner,
    /// The name of its OAuth client.
    pub client_id: Option<String>,
    /// The secret of its OAuth client, shown this once.
    pub client_secret: Option<String>,
}

/// A token that was just made.
pub struct Minted {
    /// What is kept of it.
    pub token: Token,
    /// Its text, shown this once.
    pub secret: String,
}

/// The owner that `value` asks for, if that is what the contract says.
///
/// # Errors
/// [`Refused::Invalid`] if it is not.
pub fn read_owner(mut value: Value) -> Result<NewOwner, Refused> {
    if let Some(members) = value.as_object_mut() {
        members.retain(|_, member| !member.is_null());
    }
    let mut violations = SCHEMAS.violations(SCHEMA, &value).into_iter();
    if let Some(violation) = violations.next() {
        let message = match violation.pointer.as_str() {
            "/name" => "A name has 1 to 200 characters.".to_owned(),
            "/slug" => {
                "A slug has 3 to 64 lower-case letters and digits, with hyphens between.".to_owned()
            }
            "/source" => format!("A site is {SITE}."),
            "/username" => "A username has 1 to 200 characters.".to_owned(),
            _ => violation.message,
        };
        return Err(Refused::Invalid {
            pointer: violation.pointer.into(),
            message,
        });
    }
    serde_json::from_value(value).map_err(|error| Refused::Invalid {
        pointer: "".into(),
        message: error.to_string(),
    })
}

/// What is to be made, once it is known to fit where it is to stand.
struct Plan<'a> {
    store: &'a Store,
    asked: &'a NewOwner,
    parent: Option<&'a Owner>,
    by: &'a str,
}

/// For whom a token is to be made, and what it is to be.
struct Wish<'a> {
    owner: &'a Owner,
    name: &'a str,
    scopes: &'a [String],
    by: &'a str,
}

impl Admin {
    /// Makes an owner.
    ///
    /// # Errors
    /// [`Refused::Invalid`] for a kind that cannot be made, or below the wrong parent; [`Refused::NotFound`] if there is
    /// no such parent; [`Refused::Conflict`] if its name is taken.
    pub async fn make_owner(&self, asked: &NewOwner, by: &str) -> Result<Made, Refused> {
        let parent = self.parent_of(asked).await?;
        members::check(asked)?;
        let plan = Plan {
            store: self.store(),
            asked,
            parent: parent.as_deref(),
            by,
        };
        match asked.provider {
            Provider::Anchorbrowser => anchorbrowser::make(&plan).await,
            Provider::Applivery => applivery::make(&plan).await,
            Provider::BeyondIdentity => beyond_identity::make(&plan).await,
            Provider::Infisical => infisical::make(&plan).await,
            // None of their kinds has a place.
            Provider::Vtex | Provider::Specmint => Err(unknown_kind(String::new())),
        }
    }

    /// Makes a token by which `owner` calls its provider's API.
    ///
    /// # Errors
    /// [`Refused::NotFound`] if there is no such owner; [`Refused::Conflict`] if no tokens are made for its kind;
    /// [`Refused::Invalid`] for scopes that it may not have.
    pub async fn make_token(
        &self,
        owner: OwnerId,
        name: &str,
        scopes: &[String],
        by: &str,
    ) -> Result<Minted, Refused> {
        let owner = self.owner(owner).await?;
        members::check_words(name)?;
        let wish = Wish {
            owner: &owner,
            name,
            scopes,
            by,
        };
        let minted = match (owner.api.as_str(), kinds::token_kind(&owner)) {
            ("anchorbrowser", Some(_)) => anchorbrowser::mint(self.store(), &wish).await,
            ("infisical", Some(_)) => infisical::mint(self, &wish).await,
            ("applivery", Some(_)) => applivery::mint(self.store(), &wish).await,
            ("beyond-identity", Some(_)) => beyond_identity::mint(self, &wish).await,
            _ => Err(Refused::Conflict(kinds::no_token(&owner))),
        }?;
        Ok(Minted {
            token: holder::token(&self.store, minted.token).await?,
            ..minted
        })
    }

    /// The owner that `asked` is to stand below.
    async fn parent_of(&self, asked: &NewOwner) -> Result<Option<Arc<Owner>>, Refused> {
        let api = asked.provider.as_str();
        let wanted = kinds::parent(api, &asked.kind).map_err(unknown_kind)?;
        let parent = match asked.parent_id {
            None => None,
            Some(id) => Some(self.owner(id.into()).await?),
        };
        let fits = match (&parent, wanted) {
            (None, None) => true,
            (Some(parent), Some(wanted)) => parent.api == api && parent.kind == wanted,
            (None, Some(_)) | (Some(_), None) => false,
        };
        if fits {
            return Ok(parent);
        }
        let kind = &asked.kind;
        Err(Refused::Invalid {
            pointer: "/parent_id".into(),
            message: match wanted {
                None => format!("{kind} stands at the top: leave the parent out"),
                Some(wanted) => format!("{kind} stands below {wanted} of {api}: name one"),
            },
        })
    }
}

fn unknown_kind(message: String) -> Refused {
    Refused::Invalid {
        pointer: "/kind".into(),
        message,
    }
}

impl Plan<'_> {
    /// Keeps what was planned, called by `keys`: by its id, or by its id and its slug.
    async fn keep(&self, keys: Vec<String>, attributes: Value) -> Result<Made, Refused> {
        let slug = keys.get(1).cloned();
        let made = self.store.create_owner(specmint_store::NewOwner {
            api: self.asked.provider.as_str(),
            kind: &self.asked.kind,
            parent: self.parent.map(|parent| parent.id),
            keys,
            attributes,
            secret_hash: None,
            sealed: None,
            by: self.by,
        });
        match made.await {
            Ok(owner) => Ok(Made {
                owner,
                client_id: None,
                client_secret: None,
            }),
            Err(taken @ StoreError::Taken { .. }) => match slug {
                Some(slug) if self.is_taken(&slug).await? => Err(Refused::Taken("slug")),
                _ => Err(taken.into()),
            },
            Err(error) => Err(error.into()),
        }
    }

    /// Whether another of the kind is called `key` there.
    async fn is_taken(&self, key: &str) -> Result<bool, Refused> {
        let (api, kind) = (self.asked.provider.as_str(), &self.asked.kind);
        let parent = self.parent.map(|parent| parent.id);
        Ok(self
            .store
            .find_owner(api, kind, parent, key)
            .await?
            .is_some())
    }
}

impl Wish<'_> {
    /// Refuses scopes, for tokens that have none.
    fn has_no_scopes(&self) -> Result<(), Refused> {
        if self.scopes.is_empty() {
            return Ok(());
        }
        Err(Refused::Invalid {
            pointer: "/scopes".into(),
            message: format!(
                "tokens of a {} have no scopes: leave them out",
                self.owner.kind
            ),
        })
    }

    /// What is wrong where there is no scope, or with the first that is none of `known`. It is told by its number: what was
    /// sent is not repeated.
    fn bad_scope(&self, known: &[impl AsRef<str>]) -> Refused {
        let known: Vec<_> = known.iter().map(AsRef::as_ref).collect();
        let is_unknown = |scope: &String| !known.contains(&scope.as_str());
        let number = self.scopes.iter().position(is_unknown);
        let wrong = match self.scopes {
            [] => "it needs at least one scope of those that it may have".to_owned(),
            _ => {
                let number = number.unwrap_or_default() + 1;
                format!("scope number {number} is none that it may have")
            }
        };
        Refused::Invalid {
            pointer: "/scopes".into(),
            message: format!("{wrong}; those are {}", known.join(", ")),
        }
    }

    /// The row of what was wished for.
    fn token(&self, api: &'static str, kind: &'static str, hash: Digest) -> NewToken {
        let scopes = self.scopes.join(" ");
        NewToken {
            name: Some(self.name.to_owned()),
            scopes: (!scopes.is_empty()).then_some(scopes),
            minted_by: Some(self.by.to_owned()),
            ..NewToken::new(api, kind, self.owner.id, hash)
        }
    }
}
