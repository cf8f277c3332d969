//! The tokens of an application: made, listed, deleted.

use specmint::applivery::models::{
    ApplicationToken, ApplicationTokenRecord, CreateApplicationTokenRequest,
};
use specmint_store::{Listing, NewToken, Order, OwnerId, Token, split};

use super::caller::ServiceAccount;
use super::entity::{Entity, before, entity_id, time_of};
use super::error::Error;
use super::paging::Paging;
use super::{API, Applivery, kind};
use crate::attributes;

/// How many tokens are looked at in one go when one is looked for.
const STRETCH: u32 = 64;

/// An application, in its organization.
pub(super) struct Place {
    pub(super) organization: Entity,
    pub(super) application: Entity,
    pub(super) row: OwnerId,
}

impl Applivery {
    /// Makes a token of the application.
    pub(super) async fn make_token(
        &self,
        account: ServiceAccount,
        place: Place,
        request: CreateApplicationTokenRequest,
    ) -> Result<ApplicationToken, Error> {
        let CreateApplicationTokenRequest {
            description,
            scopes,
        } = request;
        let (id, bearer, hash) = split::mint("");
        self.store
            .mint(NewToken {
                id: Some(id),
                name: description.clone(),
                attributes: scopes.as_ref().map(attributes::to_text).transpose()?,
                minted_by: Some(account.by),
                ..NewToken::new(API, kind::APPLICATION_TOKEN, place.row, hash)
            })
            .await?;
        Ok(ApplicationToken {
            id: Some(entity_id(id)),
            organization: Some(place.organization.id),
            application: Some(place.application.id),
            description,
            bearer: Some(bearer),
            scopes,
        })
    }

    /// A page of the application's tokens that are good, the oldest first, and how many there are.
    pub(super) async fn tokens(
        &self,
        place: &Place,
        paging: Paging,
    ) -> Result<(u64, Vec<ApplicationTokenRecord>), Error> {
        let listing = Listing {
            offset: paging.offset(),
            limit: paging.limit(),
            ..LIVE
        };
        let total = self
            .store
            .count_tokens_of(place.row, LIVE.kinds, LIVE.live_only)
            .await?;
        let tokens = self.store.tokens_of(place.row, &listing).await?;
        let records = tokens.iter().map(|token| record(place, token));
        Ok((total, records.collect::<Result<_, _>>()?))
    }

    /// Deletes a token of the application.
    pub(super) async fn unmake_token(
        &self,
        account: &ServiceAccount,
        place: &Place,
        id: &str,
    ) -> Result<ApplicationTokenRecord, Error> {
        let token = self.find_token(place.row, id).await?;
        let token = token.ok_or(Error::EntityNotFound)?;
        // Another request may have been first.
        if !self.store.revoke(token.id, &account.by).await? {
            return Err(Error::EntityNotFound);
        }
        record(place, &token)
    }

    /// The good token of that id in the vendor's form. The id tells the row's time, and only rows of that
    /// millisecond are looked at.
    async fn find_token(&self, application: OwnerId, id: &str) -> Result<Option<Token>, Error> {
        let id = id.to_ascii_lowercase();
        let mut listing = Listing {
            after: before(&id),
            limit: STRETCH,
            ..LIVE
        };
        loop {
            let tokens = self.store.tokens_of(application, &listing).await?;
            let last = tokens.last().map(|token| token.id);
            if let Some(found) = tokens.into_iter().find(|token| entity_id(token.id) == id) {
                return Ok(Some(found));
            }
            match last {
                Some(last) if time_of(&entity_id(last)) == time_of(&id) => {
                    listing.after = Some(last);
                }
                _ => return Ok(None),
            }
        }
    }
}

/// All tokens that were not deleted.
const LIVE: Listing<'static> = Listing {
    kinds: &[kind::APPLICATION_TOKEN],
    live_only: true,
    order: Order::Oldest,
    after: None,
    offset: 0,
    limit: 0,
};

/// The token as it is answered once it was made.
fn record(place: &Place, token: &Token) -> Result<ApplicationTokenRecord, Error> {
    Ok(ApplicationTokenRecord {
        id: entity_id(token.id),
        organization: place.organization.id.clone(),
        application: place.application.id.clone(),
        description: token.name.clone(),
        scopes: attributes::of_token(token)?,
        created_at: token.created_at,
    })
}
