//! Infisical's part: organizations, their machine identities with Token Auth as the vendor's defaults have it, and access
//! tokens of those.

use std::sync::Arc;

use specmint::administration::models::NewOwnerRole;
use uuid::Uuid;

use super::{Made, Minted, Plan, Wish};
use crate::admin::{Admin, Refused};
use crate::attributes;
use crate::failure::Failure;
use crate::infisical::access_token::Signer;
use crate::infisical::identity::{Identity, IdentityRecord};
use crate::infisical::organization::OrganizationRecord;
use crate::infisical::role::Role;
use crate::infisical::token_auth::{KEY, TokenAuth, TokenAuthRecord};
use crate::infisical::{API, MintError, kind, token};

pub(super) async fn make(plan: &Plan<'_>) -> Result<Made, Refused> {
    let id = Uuid::new_v4();
    let name = plan.asked.name.clone();
    if plan.asked.kind == kind::ORGANIZATION {
        let slug = plan.asked.slug.clone();
        let slug = slug.unwrap_or_else(|| OrganizationRecord::slug_of(&name, id));
        let keys = vec![id.to_string(), slug.clone()];
        let record = OrganizationRecord { name, slug };
        return plan.keep(keys, attributes::to_value(&record)?).await;
    }
    let record = IdentityRecord {
        id,
        name,
        role: match plan.asked.role {
            Some(NewOwnerRole::Admin) => Role::Admin,
            Some(NewOwnerRole::Member) => Role::Member,
            Some(NewOwnerRole::NoAccess) | None => Role::NoAccess,
        },
        has_delete_protection: false,
        metadata: Vec::new(),
    };
    let keys = vec![id.to_string()];
    let made = plan.keep(keys, attributes::to_value(&record)?).await?;
    let token_auth = TokenAuthRecord::default();
    let token_auth = TokenAuth::new_owner(&made.owner, &token_auth, plan.by)?;
    plan.store.create_owner(token_auth).await?;
    Ok(made)
}

/// An access token of an identity, by its Token Auth.
pub(super) async fn mint(admin: &Admin, wish: &Wish<'_>) -> Result<Minted, Refused> {
    wish.has_no_scopes()?;
    let store = admin.store();
    let identity = Identity::of(Arc::new(wish.owner.clone()))?;
    let found = store.find_owner(API, kind::TOKEN_AUTH, Some(wish.owner.id), KEY);
    let Some(found) = found.await? else {
        return Err(Refused::Conflict(
            "The identity has no Token Auth, by which its tokens are made: attach it by Infisical’s API.".to_owned(),
        ));
    };
    let token_auth = TokenAuth::of(found)?;
    let signer = Signer::open(store).await.map_err(Failure::because)?;
    let (name, by) = (Some(wish.name.to_owned()), wish.by.to_owned());
    let minted = token::mint(store, &signer, &identity, &token_auth, name, by).await;
    let (token, secret) = minted.map_err(|error| match error {
        MintError::Store(error) => error.into(),
        MintError::Failure(failure) => Refused::from(failure),
    })?;
    Ok(Minted { token, secret })
}
