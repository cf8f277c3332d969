//! Applivery's part: organizations with service accounts, and applications with their tokens.

use specmint_store::{NewToken, Store, TokenId, split};

use super::{Made, Minted, Plan, Wish};
use crate::admin::Refused;
use crate::applivery::{API, Entity, is_id, kind, permission};
use crate::attributes;

pub(super) async fn make(plan: &Plan<'_>) -> Result<Made, Refused> {
    let name = &plan.asked.name;
    let mut entity = Entity::new(TokenId::new(), name, plan.asked.slug.as_deref());
    if is_id(&entity.slug) {
        return Err(Refused::Invalid {
            pointer: "/slug".into(),
            message:
                "A slug must not look like one of Applivery’s ids, which are 24 hexadecimal digits."
                    .to_owned(),
        });
    }
    let made = keep(plan, &entity).await;
    if plan.asked.slug.is_none() && matches!(made, Err(Refused::Taken(_))) {
        // Nobody asked for this very slug; with the id in it, it is nobody else's.
        entity.slug = format!("{}-{}", entity.slug, entity.id);
        return keep(plan, &entity).await;
    }
    made
}

async fn keep(plan: &Plan<'_>, entity: &Entity) -> Result<Made, Refused> {
    plan.keep(entity.keys(), attributes::to_value(entity)?)
        .await
}

/// A service account of an organization, or a token of an application.
pub(super) async fn mint(store: &Store, wish: &Wish<'_>) -> Result<Minted, Refused> {
    let (id, secret, hash) = split::mint("");
    let new = if wish.owner.kind == kind::ORGANIZATION {
        let is_known = |scope: &String| permission::ALL.contains(&scope.as_str());
        // Without a permission it would open nothing.
        if wish.scopes.is_empty() || !wish.scopes.iter().all(is_known) {
            return Err(wish.bad_scope(&permission::ALL));
        }
        wish.token(API, kind::SERVICE_ACCOUNT, hash)
    } else {
        // Its scopes are kept as the provider's API shows them.
        let scopes = (!wish.scopes.is_empty()).then_some(wish.scopes);
        NewToken {
            scopes: None,
            attributes: scopes
                .map(|scopes| attributes::to_text(&scopes))
                .transpose()?,
            ..wish.token(API, kind::APPLICATION_TOKEN, hash)
        }
    };
    let new = NewToken {
        id: Some(id),
        ..new
    };
    let token = store.mint(new).await?;
    Ok(Minted { token, secret })
}
