//! The administration API on [`Admin`].

use specmint::administration::models::{NewOwner, NewToken, Revoked};
use specmint::administration::{
    Api, CreateOwnerResponse, CreateTokenResponse, DeleteOwnerResponse, GetCountsResponse,
    GetOwnerResponse, GetTokenResponse, ListEventsParameters, ListEventsResponse,
    ListOwnersParameters, ListOwnersResponse, ListTokensParameters, ListTokensResponse,
    RevokeTokenResponse, RevokeTokensOfOwnerResponse, Security,
};
use specmint_runtime::Bearer;
use specmint_runtime::types::Uuid;
use specmint_store::{EventFilter, OwnerFilter, TokenFilter};

use super::key::actor;
use super::shown::{action_of, state_of};
use super::{Admin, Refused, shown};

/// The administration API.
pub struct Administration(Admin);

impl Administration {
    /// Of `admin`.
    #[must_use]
    pub const fn new(admin: Admin) -> Self {
        Self(admin)
    }
}

/// Who calls, for the trail.
#[derive(Clone, Debug)]
pub struct Administrator(String);

impl Security for Administration {
    type Caller = Administrator;
    type Error = Refused;

    async fn admin_key(
        &self,
        key: Bearer,
        _: &'static [&'static str],
    ) -> Result<Administrator, Refused> {
        let key = self.0.key(key.expose()).await?;
        Ok(Administrator(actor(&key)))
    }
}

impl Api for Administration {
    async fn get_counts(&self, _: Administrator) -> Result<GetCountsResponse, Refused> {
        let (owners, tokens) = self.0.counts().await?;
        Ok(GetCountsResponse::Ok(shown::counts(&owners, &tokens)?))
    }

    async fn list_owners(
        &self,
        _: Administrator,
        parameters: ListOwnersParameters,
    ) -> Result<ListOwnersResponse, Refused> {
        let filter = OwnerFilter {
            api: parameters.provider.map(|provider| provider.to_string()),
            kinds: parameters.kind.into_iter().collect(),
            parent: parameters.parent_id.map(Into::into),
            search: parameters.search,
            before: parameters.cursor.map(Into::into),
        };
        let page = self.0.owners(&filter, limit(parameters.limit)).await?;
        Ok(ListOwnersResponse::Ok(shown::owner_page(&page)?))
    }

    async fn create_owner(
        &self,
        Administrator(by): Administrator,
        new: NewOwner,
    ) -> Result<CreateOwnerResponse, Refused> {
        let made = self.0.make_owner(&new, &by).await?;
        Ok(CreateOwnerResponse::Created(shown::made(&made)?))
    }

    async fn get_owner(&self, _: Administrator, id: Uuid) -> Result<GetOwnerResponse, Refused> {
        let owner = self.0.owner(id.into()).await?;
        Ok(GetOwnerResponse::Ok(shown::owner(&owner)?))
    }

    async fn delete_owner(
        &self,
        Administrator(by): Administrator,
        id: Uuid,
    ) -> Result<DeleteOwnerResponse, Refused> {
        self.0.delete_owner(id.into(), &by).await?;
        Ok(DeleteOwnerResponse::NoContent)
    }

    async fn create_token(
        &self,
        Administrator(by): Administrator,
        owner: Uuid,
        new: NewToken,
    ) -> Result<CreateTokenResponse, Refused> {
        let scopes = new.scopes.unwrap_or_default();
        let made = self
            .0
            .make_token(owner.into(), &new.name, &scopes, &by)
            .await?;
        let state = self.0.state(&made.token);
        Ok(CreateTokenResponse::Created(shown::minted(&made, state)?))
    }

    async fn revoke_tokens_of_owner(
        &self,
        Administrator(by): Administrator,
        owner: Uuid,
    ) -> Result<RevokeTokensOfOwnerResponse, Refused> {
        let revoked = self.0.revoke_all(owner.into(), &by).await?;
        Ok(RevokeTokensOfOwnerResponse::Ok(Revoked {
            revoked: i64::try_from(revoked).unwrap_or(i64::MAX),
        }))
    }

    async fn list_tokens(
        &self,
        _: Administrator,
        parameters: ListTokensParameters,
    ) -> Result<ListTokensResponse, Refused> {
        let filter = TokenFilter {
            api: parameters.provider.map(|provider| provider.to_string()),
            kinds: parameters.kind.into_iter().collect(),
            owner: parameters.owner_id.map(Into::into),
            state: parameters.state.map(state_of),
            search: parameters.search,
            before: parameters.cursor.map(Into::into),
            ..TokenFilter::default()
        };
        let page = self.0.tokens(&filter, limit(parameters.limit)).await?;
        let tokens = shown::token_page(&page, |token| self.0.state(token))?;
        Ok(ListTokensResponse::Ok(tokens))
    }

    async fn get_token(&self, _: Administrator, id: Uuid) -> Result<GetTokenResponse, Refused> {
        let token = self.0.token(id.into()).await?;
        Ok(GetTokenResponse::Ok(shown::token(
            &token,
            self.0.state(&token),
        )?))
    }

    async fn revoke_token(
        &self,
        Administrator(by): Administrator,
        id: Uuid,
    ) -> Result<RevokeTokenResponse, Refused> {
        let token = self.0.revoke(id.into(), &by).await?;
        Ok(RevokeTokenResponse::Ok(shown::token(
            &token,
            self.0.state(&token),
        )?))
    }

    async fn list_events(
        &self,
        _: Administrator,
        parameters: ListEventsParameters,
    ) -> Result<ListEventsResponse, Refused> {
        let filter = EventFilter {
            api: parameters.provider.map(|provider| provider.to_string()),
            action: parameters.action.map(action_of),
            owner: parameters.owner_id.map(Into::into),
            token: parameters.token_id.map(Into::into),
            search: parameters.search,
            since: parameters.since,
            until: parameters.until,
            before: parameters.cursor.map(Into::into),
            ..EventFilter::default()
        };
        let page = self.0.events(&filter, limit(parameters.limit)).await?;
        Ok(ListEventsResponse::Ok(shown::event_page(&page)?))
    }
}

/// How many to list: the contract keeps it between 1 and 200.
fn limit(limit: i64) -> u32 {
    u32::try_from(limit).unwrap_or(1)
}
