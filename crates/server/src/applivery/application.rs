//! The applications of an organization.

use std::cmp::Ordering;

use specmint::applivery::models::{Application, CreateApplicationRequest};
use specmint_store::{NewOwner, Owner, OwnerId, StoreError, TokenId};

use super::caller::ServiceAccount;
use super::entity::{Entity, is_id};
use super::error::Error;
use super::paging::{Paging, Sort};
use super::{API, Applivery, kind};
use crate::failure::Failure;

impl Applivery {
    /// Makes an application of the organization.
    pub(super) async fn make_application(
        &self,
        account: &ServiceAccount,
        organization: &Entity,
        request: CreateApplicationRequest,
    ) -> Result<Application, Error> {
        let slug = request.slug.as_deref();
        let mut entity = Entity {
            description: request.description,
            ..Entity::new(TokenId::new(), &request.name, slug)
        };
        if is_id(&entity.slug) {
            return Err(Error::Invalid("`slug` must not look like an id"));
        }
        let mut made = self.keep(account, &entity).await;
        if slug.is_none() && matches!(made, Err(StoreError::Taken { .. })) {
            // Nobody asked for this very slug; with the id in it, it is nobody else's.
            entity.tell_apart();
            made = self.keep(account, &entity).await;
        }
        match made {
            Ok(owner) => shown(&owner, organization),
            Err(StoreError::Taken { .. }) => Err(Error::SlugTaken),
            // The organization was deleted meanwhile.
            Err(StoreError::Missing { .. }) => Err(Error::EntityNotFound),
            Err(error) => Err(error.into()),
        }
    }

    async fn keep(&self, account: &ServiceAccount, entity: &Entity) -> Result<Owner, StoreError> {
        let new = NewOwner {
            api: API,
            kind: kind::APPLICATION,
            parent: Some(account.organization),
            keys: entity.keys(),
            attributes: serde_json::json!(entity),
            secret_hash: None,
            sealed: None,
            by: &account.by,
        };
        self.store.create_owner(new).await
    }

    /// A page of the organization's applications, and how many there are.
    pub(super) async fn applications(
        &self,
        organization: (OwnerId, &Entity),
        paging: Paging,
        sort: &str,
    ) -> Result<(u64, Vec<Application>), Error> {
        let sort = Sort::read(sort);
        let order = order(sort.member)?;
        let (id, organization) = organization;
        let owners = self.store.owners(API, kind::APPLICATION, Some(id)).await?;
        let all = owners.iter().map(|owner| shown(owner, organization));
        let mut all = all.collect::<Result<Vec<_>, _>>()?;
        all.sort_by(|one, other| sort.turn(order(one, other)));
        let total = u64::try_from(all.len()).map_err(Failure::because)?;
        Ok((total, paging.cut(all)))
    }
}

/// How applications are compared by a member.
fn order(member: &str) -> Result<fn(&Application, &Application) -> Ordering, Error> {
    Ok(match member {
        "id" => |one, other| one.id.cmp(&other.id),
        "name" => |one, other| one.name.cmp(&other.name),
        "slug" => |one, other| one.slug.cmp(&other.slug),
        "updatedAt" => |one, other| one.updated_at.cmp(&other.updated_at),
        "" | "createdAt" => |one, other| one.created_at.cmp(&other.created_at),
        _ => {
            return Err(Error::Invalid(
                "`sort` must name id, name, slug, createdAt or updatedAt",
            ));
        }
    })
}

/// The application as it is answered.
pub(super) fn shown(owner: &Owner, organization: &Entity) -> Result<Application, Error> {
    let entity = Entity::of(owner)?;
    Ok(Application {
        name: entity.name(),
        id: entity.id,
        organization: organization.id.clone(),
        slug: entity.slug,
        description: entity.description,
        created_at: owner.created_at,
        updated_at: owner.updated_at,
    })
}
