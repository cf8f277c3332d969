//! Beyond Identity's part: tenants as the vendor hands them over, their realms and people, and tokens of applications.

use specmint_store::{OwnerId, Store};

use super::{Made, Minted, Plan, Wish};
use crate::admin::{Admin, Refused, kinds};
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::administered::{Maker, NoToken};
use crate::beyond_identity::application::{API, Identity, kind};
use crate::failure::Failure;

pub(super) async fn make(plan: &Plan<'_>) -> Result<Made, Refused> {
    let maker = Maker {
        store: plan.store,
        by: plan.by,
    };
    let name = &plan.asked.name;
    let owner = match (plan.asked.kind.as_str(), plan.parent) {
        (kind::REALM, Some(tenant)) => maker.realm(tenant.id, name).await?,
        (kind::IDENTITY, Some(realm)) => {
            let username = plan.asked.username.as_ref().unwrap_or(name);
            if is_taken(plan.store, realm.id, username).await? {
                return Err(Refused::Taken("username"));
            }
            maker.identity(realm.id, name, username).await?
        }
        _ => {
            let made = maker.tenant(name).await?;
            return Ok(Made {
                owner: made.tenant,
                client_id: Some(made.client_id),
                client_secret: Some(made.client_secret),
            });
        }
    };
    Ok(Made {
        owner,
        client_id: None,
        client_secret: None,
    })
}

/// Whether somebody in the realm has that username, in either case: tokens may name people by it.
async fn is_taken(store: &Store, realm: OwnerId, username: &str) -> Result<bool, Refused> {
    let wanted = username.to_lowercase();
    for owner in store.owners(API, kind::IDENTITY, Some(realm)).await? {
        let identity: Identity = attributes::of_owner(&owner)?;
        if identity.username.to_lowercase() == wanted {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An access token of an application, as the vendor's console makes it.
pub(super) async fn mint(admin: &Admin, wish: &Wish<'_>) -> Result<Minted, Refused> {
    let public_url = admin.public_url().to_owned();
    let api = BeyondIdentity::new(admin.store().clone(), public_url, false).await;
    let api = api.map_err(Failure::because)?;
    let minted = api
        .mint_for(wish.owner, wish.name, wish.scopes, wish.by)
        .await;
    match minted {
        Ok((token, secret)) => Ok(Minted { token, secret }),
        Err(NoToken::NotForClients) => Err(Refused::Conflict(kinds::no_token(wish.owner))),
        Err(NoToken::Scope(allowed)) => Err(wish.bad_scope(&allowed)),
        Err(NoToken::Failure(failure)) => Err(failure.into()),
    }
}
