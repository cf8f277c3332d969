//! The tokens that an application issued: listed, and revoked by their identifiers.

use serde::Deserialize;
use serde::de::IgnoredAny;
use specmint::beyond_identity::ListTokensParameters;
use specmint::beyond_identity::models::{
    ListTokensResponse, PrincipalType, Token as Shown, TokenTokenFormat, TokenTokenType,
};
use specmint_store::{Listing, OwnerId, State, Token, TokenId};
use uuid::Uuid;

use super::error::{Error, Resource};
use super::list::{MOST, count};
use super::page::{Position, Query};
use super::reach::Realm;
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::access_token::{ACCESS_TOKEN, jti_of, row_of};
use crate::beyond_identity::application::API;
use crate::beyond_identity::refresh::REFRESH_TOKEN;
use crate::failure::Failure;

/// The kinds of tokens that are listed.
const KINDS: [&str; 2] = [ACCESS_TOKEN, REFRESH_TOKEN];

/// How many rows are looked through at a time for those of a principal.
const STRETCH: u32 = 1000;

/// What the rows of all kinds of tokens keep.
#[derive(Debug, Deserialize)]
struct Record {
    suffix: String,
    identity: Option<String>,
    /// What an access token stands for that is a reference.
    claims: Option<IgnoredAny>,
}

/// Whose tokens are asked for.
struct Principal<'a> {
    r#type: Option<PrincipalType>,
    id: Option<&'a str>,
    /// The application that issued them, which is the principal of those that act for no identity.
    application: &'a str,
}

/// Some of an application's tokens.
struct Found {
    /// Those of the page, and one more if there are more.
    tokens: Vec<Token>,
    total: u64,
}

impl BeyondIdentity {
    /// The tokens that may be used now.
    pub(in crate::beyond_identity) async fn tokens(
        &self,
        realm: &Realm,
        asked: ListTokensParameters,
    ) -> Result<ListTokensResponse, Error> {
        let owner = self.application_owner(realm, &asked.application_id).await?;
        let principal = Principal {
            r#type: asked.principal_type,
            id: asked.principal_id.as_deref(),
            application: &asked.application_id,
        };
        let query = Query::of("tokens")
            .with(Some(owner.id.as_bytes()))
            .with(principal.type_name().map(str::as_bytes))
            .with(principal.id.map(str::as_bytes));
        let now = self.store.now();
        let page_token = asked.page_token.as_deref();
        let tokens = &self.page_tokens;
        let position = tokens.position(&query, asked.page_size, page_token, MOST, now)?;
        let mut found = match principal.is_anyone() {
            true => self.tokens_of_all(owner.id, position).await?,
            false => self.tokens_of(owner.id, &principal, position).await?,
        };
        let size = usize::try_from(position.size).unwrap_or(usize::MAX);
        let more = found.tokens.len() > size;
        found.tokens.truncate(size);
        let last = found.tokens.last().filter(|_| more);
        let next = last.map(|last| tokens.token(&query, position.size, Uuid::from(last.id), now));
        let shown = found.tokens.into_iter().map(shown);
        Ok(ListTokensResponse {
            tokens: shown.collect::<Result<_, Failure>>()?,
            total_size: count(found.total),
            next_page_token: next,
        })
    }

    async fn tokens_of_all(&self, owner: OwnerId, position: Position) -> Result<Found, Error> {
        let listing = live(position.after.map(TokenId::from), position.size + 1);
        Ok(Found {
            tokens: self.store.tokens_of(owner, &listing).await?,
            total: self.store.count_tokens_of(owner, &KINDS, true).await?,
        })
    }

    /// Looks through all tokens of the application, which are in no order of principals.
    async fn tokens_of(
        &self,
        owner: OwnerId,
        principal: &Principal<'_>,
        position: Position,
    ) -> Result<Found, Error> {
        let after = position.after.map(TokenId::from);
        let most = usize::try_from(position.size).map_or(usize::MAX, |size| size.saturating_add(1));
        let mut found = Found {
            tokens: Vec::new(),
            total: 0,
        };
        let mut seen = None;
        loop {
            let stretch = self.store.tokens_of(owner, &live(seen, STRETCH)).await?;
            let Some(last) = stretch.last().map(|token| token.id) else {
                return Ok(found);
            };
            seen = Some(last);
            for token in stretch {
                if !principal.has(&token)? {
                    continue;
                }
                found.total += 1;
                let further = after.is_none_or(|after| token.id > after);
                if further && found.tokens.len() < most {
                    found.tokens.push(token);
                }
            }
        }
    }

    /// Ends a token now. One that is no longer good is not found.
    pub(in crate::beyond_identity) async fn end_token(
        &self,
        realm: &Realm,
        application_id: &str,
        token_id: &str,
    ) -> Result<(), Error> {
        let owner = self.application_owner(realm, application_id).await?;
        let missing = || Error::NotFound(Resource::new("Token", token_id));
        let id = row_of(token_id).ok_or_else(missing)?;
        let token = self.store.token(id).await?.ok_or_else(missing)?;
        let listed = token.api == API
            && token.owner == owner.id
            && KINDS.contains(&token.kind.as_ref())
            && token.state(self.store.now()) == State::Active;
        if !listed {
            return Err(missing());
        }
        let revoked = match token.kind.as_ref() {
            // As at the endpoint of RFC 7009: the access tokens of the same approval end with it.
            REFRESH_TOKEN => self.store.revoke_family(id, &realm.actor).await? > 0,
            _ => self.store.revoke(id, &realm.actor).await?,
        };
        if revoked { Ok(()) } else { Err(missing()) }
    }
}

impl Principal<'_> {
    fn is_anyone(&self) -> bool {
        self.r#type.is_none() && self.id.is_none()
    }

    fn type_name(&self) -> Option<&'static str> {
        self.r#type.map(|principal| match principal {
            PrincipalType::Application => "application",
            PrincipalType::Identity => "identity",
        })
    }

    fn has(&self, token: &Token) -> Result<bool, Failure> {
        let identity = record(token)?.and_then(|record| record.identity);
        let (r#type, id) = match identity.as_deref() {
            Some(identity) => (PrincipalType::Identity, identity),
            None => (PrincipalType::Application, self.application),
        };
        let of_type = self.r#type.is_none_or(|asked| asked == r#type);
        Ok(of_type && self.id.is_none_or(|asked| asked == id))
    }
}

fn live<'a>(after: Option<TokenId>, limit: u32) -> Listing<'a> {
    Listing {
        live_only: true,
        after,
        limit,
        ..Listing::of(&KINDS)
    }
}

/// What else is kept of a token; nothing of those from before it was.
fn record(token: &Token) -> Result<Option<Record>, Failure> {
    attributes::of_token(token)
}

fn shown(token: Token) -> Result<Shown, Failure> {
    let record = record(&token)?;
    let refresh = token.kind == REFRESH_TOKEN;
    let reference = refresh
        || record
            .as_ref()
            .is_some_and(|record| record.claims.is_some());
    let scopes = token.scopes.as_deref().unwrap_or_default();
    let scopes = scopes.split(' ').filter(|scope| !scope.is_empty());
    Ok(Shown {
        id: Some(jti_of(token.id)),
        scopes: Some(scopes.map(ToOwned::to_owned).collect()),
        token_suffix: record.map(|record| record.suffix),
        token_format: Some(match reference {
            true => TokenTokenFormat::Referential,
            false => TokenTokenFormat::SelfContained,
        }),
        expires: token.expires_at.map(|end| count(end.timestamp())),
        issued_at: Some(count(token.created_at.timestamp())),
        token_type: Some(match refresh {
            true => TokenTokenType::Refresh,
            false => TokenTokenType::Access,
        }),
        display_name: token.name,
    })
}
