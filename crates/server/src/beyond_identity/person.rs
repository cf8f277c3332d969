//! The people for whom tokens act: their tokens are those of applications, and end with them.

use serde::Deserialize;
use specmint_store::{Listing, Owner, Store, Token, TokenId};

use super::BeyondIdentity;
use super::access_token::ACCESS_TOKEN;
use super::application::{API, kind};
use super::code::{AUTHORIZATION_CODE, Approval};
use super::refresh::REFRESH_TOKEN;
use crate::attributes;
use crate::failure::Failure;

/// What the rows of access and refresh tokens keep of whom they act for.
#[derive(Deserialize)]
struct Record {
    identity: Option<String>,
}

impl BeyondIdentity {
    /// Whether the person is still there for whom an access or refresh token acts; one that acts for its application
    /// needs none.
    pub(super) async fn acts_for_somebody(&self, token: &Token) -> Result<bool, Failure> {
        let Some(identity) = person_of(token)? else {
            return Ok(true);
        };
        let application = self.store.owner(token.owner).await?;
        let Some(realm) = application.and_then(|application| application.parent) else {
            return Ok(false);
        };
        let found = self
            .store
            .find_owner(API, kind::IDENTITY, Some(realm), &identity);
        Ok(found.await?.is_some())
    }
}

/// The tokens and codes that act for a person and are not used up, expired or revoked.
pub(super) async fn tokens_of(store: &Store, person: &Owner) -> Result<Vec<Token>, Failure> {
    const KINDS: [&str; 3] = [ACCESS_TOKEN, REFRESH_TOKEN, AUTHORIZATION_CODE];
    /// How many rows are looked through at a time.
    const STRETCH: u32 = 1000;
    let Some(name) = person.keys.first() else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    for application in store.owners(API, kind::APPLICATION, person.parent).await? {
        let mut after: Option<TokenId> = None;
        loop {
            let stretch = Listing {
                live_only: true,
                after,
                limit: STRETCH,
                ..Listing::of(&KINDS)
            };
            let stretch = store.tokens_of(application.id, &stretch).await?;
            let Some(last) = stretch.last() else { break };
            after = Some(last.id);
            for token in stretch {
                if person_of(&token)?.as_deref() == Some(name) {
                    found.push(token);
                }
            }
        }
    }
    Ok(found)
}

/// The person for whom a token or a code acts.
fn person_of(token: &Token) -> Result<Option<String>, Failure> {
    if token.kind == AUTHORIZATION_CODE {
        let approval: Approval = attributes::of_token(token)?;
        return Ok(Some(approval.grant.identity_id));
    }
    let record: Option<Record> = attributes::of_token(token)?;
    Ok(record.and_then(|record| record.identity))
}
