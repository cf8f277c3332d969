//! What people are shown of owners and tokens, whatever their provider keeps of them.

use serde_json::Value;
use specmint::administration::models;
use specmint_runtime::FromText;
use specmint_store::{
    Action, Event, EventId, Owner, OwnerCount, OwnerId, State, Token, TokenCount, TokenId,
};

use super::kinds::{children, token_kind};
use super::{Made, Minted, Page, Refused};
use crate::failure::Failure;

/// Under which the providers' own records keep what people call an owner.
const NAMES: [&str; 5] = ["display_name", "name", "username", "email", "slug"];

/// What people call an owner: its name if it has one, else its first key, else its id.
#[must_use]
pub fn name_of_owner(owner: &Owner) -> String {
    let named = NAMES
        .iter()
        .find_map(|name| owner.attributes.get(name).and_then(Value::as_str))
        .or_else(|| owner.keys.first().map(String::as_str));
    named.map_or_else(|| owner.id.to_string(), ToOwned::to_owned)
}

/// What a token may be used for: its scopes, or what its provider keeps as a list beside them.
#[must_use]
pub fn scopes_of(token: &Token) -> Vec<String> {
    if let Some(scopes) = &token.scopes {
        return scopes.split_whitespace().map(ToOwned::to_owned).collect();
    }
    let listed = token.attributes.as_deref().map(serde_json::from_str);
    listed.and_then(Result::ok).unwrap_or_default()
}

/// An owner as the API shows it.
///
/// # Errors
/// When the contract has no word for what it is.
pub fn owner(owner: &Owner) -> Result<models::Owner, Refused> {
    Ok(models::Owner {
        id: owner.id.into(),
        provider: provider(&owner.api)?,
        kind: owner.kind.clone(),
        name: name_of_owner(owner),
        keys: owner.keys.clone(),
        parent_id: owner.parent.map(Into::into),
        created_at: owner.created_at,
        updated_at: owner.updated_at,
        children: children(owner).map(ToOwned::to_owned).collect(),
        token_kind: token_kind(owner).map(ToOwned::to_owned),
    })
}

/// A token as the API shows it.
///
/// # Errors
/// When the contract has no word for what it is.
pub fn token(token: &Token, state: State) -> Result<models::Token, Refused> {
    Ok(models::Token {
        id: token.id.into(),
        provider: provider(&token.api)?,
        kind: token.kind.clone().into_owned(),
        owner_id: token.owner.into(),
        parent_id: token.parent.map(Into::into),
        name: token.name.clone(),
        scopes: scopes_of(token),
        state: of_text(state_name(state))?,
        created_at: token.created_at,
        updated_at: token.updated_at,
        expires_at: token.expires_at,
        used_at: token.used_at,
        revoked_at: token.revoked_at,
        uses: token.uses.into(),
        uses_limit: token.uses_limit.map(Into::into),
        minted_by: token.minted_by.clone(),
    })
}

/// An event as the API shows it.
///
/// # Errors
/// When the contract has no word for what it is.
pub fn event(event: &Event) -> Result<models::Event, Refused> {
    Ok(models::Event {
        id: event.id.into(),
        at: event.at,
        provider: provider(&event.api)?,
        action: of_text(event.action.name())?,
        actor: event.actor.clone(),
        owner_id: event.owner.map(Into::into),
        token_id: event.token.map(Into::into),
        times: event.times.into(),
    })
}

/// Counts as the API shows them.
///
/// # Errors
/// When the contract has no word for what is counted.
pub fn counts(owners: &[OwnerCount], tokens: &[TokenCount]) -> Result<models::Counts, Refused> {
    let of_owners = |count: &OwnerCount| {
        Ok(models::OwnerCount {
            provider: provider(&count.api)?,
            kind: count.kind.clone(),
            count: number(count.count),
        })
    };
    let of_tokens = |count: &TokenCount| {
        Ok(models::TokenCount {
            provider: provider(&count.api)?,
            kind: count.kind.clone(),
            active: number(count.active),
            expired: number(count.expired),
            used: number(count.exhausted),
            revoked: number(count.revoked),
        })
    };
    Ok(models::Counts {
        owners: owners
            .iter()
            .map(of_owners)
            .collect::<Result<_, Failure>>()?,
        tokens: tokens
            .iter()
            .map(of_tokens)
            .collect::<Result<_, Failure>>()?,
    })
}

/// A page of owners as the API shows it.
///
/// # Errors
/// When the contract has no word for what they are.
pub fn owner_page(page: &Page<Owner, OwnerId>) -> Result<models::OwnerPage, Refused> {
    Ok(models::OwnerPage {
        owners: page.items.iter().map(owner).collect::<Result<_, _>>()?,
        next_cursor: page.next.map(Into::into),
    })
}

/// A page of tokens as the API shows it.
///
/// # Errors
/// When the contract has no word for what they are.
pub fn token_page(
    page: &Page<Token, TokenId>,
    state: impl Fn(&Token) -> State,
) -> Result<models::TokenPage, Refused> {
    let tokens = page.items.iter().map(|item| token(item, state(item)));
    Ok(models::TokenPage {
        tokens: tokens.collect::<Result<_, _>>()?,
        next_cursor: page.next.map(Into::into),
    })
}

/// A page of events as the API shows it.
///
/// # Errors
/// When the contract has no word for what was done.
pub fn event_page(page: &Page<Event, EventId>) -> Result<models::EventPage, Refused> {
    Ok(models::EventPage {
        events: page.items.iter().map(event).collect::<Result<_, _>>()?,
        next_cursor: page.next.map(Into::into),
    })
}

/// An owner that was just made as the API shows it, this once.
///
/// # Errors
/// When the contract has no word for what it is.
pub fn made(made: &Made) -> Result<models::CreatedOwner, Refused> {
    Ok(models::CreatedOwner {
        owner: owner(&made.owner)?,
        client_id: made.client_id.clone(),
        client_secret: made.client_secret.clone(),
    })
}

/// A token that was just made as the API shows it, this once.
///
/// # Errors
/// When the contract has no word for what it is.
pub fn minted(minted: &Minted, state: State) -> Result<models::CreatedToken, Refused> {
    Ok(models::CreatedToken {
        token: token(&minted.token, state)?,
        secret: minted.secret.clone(),
    })
}

/// The word for a state.
#[must_use]
pub const fn state_name(state: State) -> &'static str {
    match state {
        State::Active => "active",
        State::Expired => "expired",
        State::Exhausted => "used",
        State::Revoked => "revoked",
    }
}

/// The state that a word is for.
#[must_use]
pub fn state_of_name(name: &str) -> Option<State> {
    let states = [
        State::Active,
        State::Expired,
        State::Exhausted,
        State::Revoked,
    ];
    states.into_iter().find(|state| state_name(*state) == name)
}

/// The state that a name of the API means.
pub(super) const fn state_of(state: models::TokenState) -> State {
    match state {
        models::TokenState::Active => State::Active,
        models::TokenState::Expired => State::Expired,
        models::TokenState::Used => State::Exhausted,
        models::TokenState::Revoked => State::Revoked,
    }
}

/// The action that a name of the API means.
pub(super) const fn action_of(action: models::Action) -> Action {
    match action {
        models::Action::Created => Action::Created,
        models::Action::Updated => Action::Updated,
        models::Action::Deleted => Action::Deleted,
        models::Action::Minted => Action::Minted,
        models::Action::Used => Action::Used,
        models::Action::Revoked => Action::Revoked,
    }
}

fn provider(api: &str) -> Result<models::Provider, Failure> {
    of_text(api)
}

fn of_text<T: FromText>(text: &str) -> Result<T, Failure> {
    T::from_text(text)
        .ok_or_else(|| Failure::because(format_args!("the contract has no name for {text}")))
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
