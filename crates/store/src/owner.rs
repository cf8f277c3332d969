//! Those who own tokens: a tree of teams, organizations, tenants and what stands below them.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::{Digest, OwnerId, SecretBytes};

/// What [`Store::create_owner`](crate::Store::create_owner) makes an owner of.
#[derive(Clone, Debug)]
pub struct NewOwner<'a> {
    /// Which API it belongs to.
    pub api: &'a str,
    /// What it is there: a team, an application.
    pub kind: &'a str,
    /// The owner that it stands below.
    pub parent: Option<OwnerId>,
    /// The public names it is found by (identifiers, slugs, client ids); unique for its API, kind and parent.
    pub keys: Vec<String>,
    /// Whatever its API keeps of it. Not a place for secrets.
    pub attributes: Value,
    /// The digest of its own secret, such as a client secret.
    pub secret_hash: Option<Digest>,
    /// A secret that is kept for it, sealed by the key file.
    pub sealed: Option<SecretBytes>,
    /// Who makes it, for the trail.
    pub by: &'a str,
}

/// One who owns tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Owner {
    /// Its name.
    pub id: OwnerId,
    /// Which API it belongs to.
    pub api: String,
    /// What it is there.
    pub kind: String,
    /// The owner that it stands below.
    pub parent: Option<OwnerId>,
    /// The public names it is found by, in the order they were given.
    pub keys: Vec<String>,
    /// Whatever its API keeps of it.
    pub attributes: Value,
    /// The digest of its own secret.
    pub secret_hash: Option<Digest>,
    /// When it was made, in whole milliseconds.
    pub created_at: DateTime<Utc>,
    /// When it was last changed; when it was made, if never.
    pub updated_at: DateTime<Utc>,
}

/// What [`Store::update_owner`](crate::Store::update_owner) changes; what is `None` stays.
#[derive(Clone, Debug, Default)]
pub struct OwnerUpdate {
    /// The new attributes, in place of all the old ones.
    pub attributes: Option<Value>,
    /// The digest of its new secret.
    pub secret_hash: Option<Digest>,
    /// A new secret to keep for it, sealed by the key file.
    pub sealed: Option<SecretBytes>,
}
