//! Applivery: organizations, their applications, the applications' integration tokens, and what those open.

mod application;
mod caller;
mod entity;
mod error;
mod paging;
mod token;

use std::sync::Arc;

use specmint::applivery::models::{
    ApplicationPage, ApplicationPageResponse, ApplicationResponse, ApplicationTokenRecordPage,
    ApplicationTokenRecordPageResponse, ApplicationTokenRecordResponse, ApplicationTokenResponse,
    BuildPage, BuildPageResponse, BuildStatus, CreateApplicationRequest,
    CreateApplicationTokenRequest, DistributionPage, DistributionPageResponse, OperatingSystem,
    Organization, OrganizationPage, OrganizationPageResponse, OrganizationResponse,
};
use specmint::applivery::{
    Api, CreateApplicationResponse, CreateApplicationTokenResponse, DeleteApplicationTokenResponse,
    GetApplicationResponse, GetOrganizationResponse, ListApplicationTokensResponse,
    ListApplicationsResponse, ListIntegrationBuildsResponse,
    ListIntegrationDistributionsParameters, ListIntegrationDistributionsResponse,
    ListOrganizationsResponse,
};
use specmint_store::{Owner, OwnerId, Store};

use caller::{Caller, ServiceAccount};
use entity::key;
use error::Error;
use paging::{Paging, page};
use token::Place;

pub(crate) use caller::permission;
pub(crate) use entity::{Entity, is_id};

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "applivery";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const SERVICE_ACCOUNT: &str = "service_account";
    pub(crate) const APPLICATION_TOKEN: &str = "application_token";
}

/// The organizations, with their applications.
pub struct Applivery {
    store: Store,
}

impl Applivery {
    /// On `store`.
    #[must_use]
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// The organization or application of that id or slug.
    async fn find(
        &self,
        kind: &str,
        parent: Option<OwnerId>,
        id_or_slug: &str,
    ) -> Result<Arc<Owner>, Error> {
        let key = key(id_or_slug);
        let owner = self.store.find_owner(API, kind, parent, &key).await?;
        owner.ok_or(Error::EntityNotFound)
    }

    /// The organization of that id or slug, if it is the account's and the account has the permission.
    async fn organization(
        &self,
        caller: Caller,
        permission: &'static str,
        id_or_slug: &str,
    ) -> Result<(ServiceAccount, Arc<Owner>), Error> {
        let account = caller.service_account()?;
        let organization = self.find(kind::ORGANIZATION, None, id_or_slug).await?;
        // Another's organization is no more to be seen than one that does not exist.
        if organization.id != account.organization {
            return Err(Error::EntityNotFound);
        }
        account.needs(permission)?;
        Ok((account, organization))
    }

    /// As [`organization`](Self::organization), and its application of that id or slug.
    async fn place(
        &self,
        caller: Caller,
        permission: &'static str,
        organization: &str,
        application: &str,
    ) -> Result<(ServiceAccount, Place), Error> {
        let (account, organization) = self.organization(caller, permission, organization).await?;
        let parent = Some(organization.id);
        let application = self.find(kind::APPLICATION, parent, application).await?;
        let place = Place {
            organization: Entity::of(&organization)?,
            application: Entity::of(&application)?,
            row: application.id,
        };
        Ok((account, place))
    }
}

impl Api for Applivery {
    async fn list_organizations(
        &self,
        caller: Caller,
        page: i64,
        limit: i64,
    ) -> Result<ListOrganizationsResponse, Error> {
        let account = caller.service_account()?;
        account.needs(permission::LIST_ORGANIZATIONS)?;
        // A service account belongs to one organization, and an end of that is an end of the account.
        let organization = self.store.owner(account.organization).await?;
        let organization = organization.ok_or(Error::InvalidToken)?;
        let paging = Paging { page, limit };
        Ok(ListOrganizationsResponse::Ok(page!(
            OrganizationPageResponse,
            OrganizationPage,
            paging,
            1,
            paging.cut(vec![shown(&organization)?])
        )))
    }

    async fn get_organization(
        &self,
        caller: Caller,
        organization_id: String,
    ) -> Result<GetOrganizationResponse, Error> {
        let needs = permission::GET_ORGANIZATIONS;
        let (_, organization) = self.organization(caller, needs, &organization_id).await?;
        Ok(GetOrganizationResponse::Ok(OrganizationResponse {
            status: true,
            data: shown(&organization)?,
        }))
    }

    async fn create_application(
        &self,
        caller: Caller,
        organization_id: String,
        request: CreateApplicationRequest,
    ) -> Result<CreateApplicationResponse, Error> {
        let needs = permission::CREATE_APPLICATIONS;
        let (account, organization) = self.organization(caller, needs, &organization_id).await?;
        let organization = Entity::of(&organization)?;
        let made = self.make_application(&account, &organization, request);
        Ok(CreateApplicationResponse::Ok(ApplicationResponse {
            status: true,
            data: made.await?,
        }))
    }

    async fn list_applications(
        &self,
        caller: Caller,
        organization_id: String,
        page: i64,
        limit: i64,
        sort: Option<String>,
    ) -> Result<ListApplicationsResponse, Error> {
        let needs = permission::LIST_APPLICATIONS;
        let (_, organization) = self.organization(caller, needs, &organization_id).await?;
        let paging = Paging { page, limit };
        let place = (organization.id, &Entity::of(&organization)?);
        let sort = sort.unwrap_or_default();
        let (total, items) = self.applications(place, paging, &sort).await?;
        Ok(ListApplicationsResponse::Ok(page!(
            ApplicationPageResponse,
            ApplicationPage,
            paging,
            total,
            items
        )))
    }

    async fn get_application(
        &self,
        caller: Caller,
        organization_id: String,
        application_id: String,
    ) -> Result<GetApplicationResponse, Error> {
        let needs = permission::GET_APPLICATIONS;
        let (_, organization) = self.organization(caller, needs, &organization_id).await?;
        let parent = Some(organization.id);
        let application = self.find(kind::APPLICATION, parent, &application_id);
        Ok(GetApplicationResponse::Ok(ApplicationResponse {
            status: true,
            data: application::shown(&*application.await?, &Entity::of(&organization)?)?,
        }))
    }

    async fn create_application_token(
        &self,
        caller: Caller,
        organization_id: String,
        application_id: String,
        request: Option<CreateApplicationTokenRequest>,
    ) -> Result<CreateApplicationTokenResponse, Error> {
        let needs = permission::CREATE_TOKENS;
        let place = self.place(caller, needs, &organization_id, &application_id);
        let (account, place) = place.await?;
        let made = self.make_token(account, place, request.unwrap_or_default());
        Ok(CreateApplicationTokenResponse::Ok(
            ApplicationTokenResponse {
                status: Some(true),
                data: Some(made.await?),
            },
        ))
    }

    async fn list_application_tokens(
        &self,
        caller: Caller,
        organization_id: String,
        application_id: String,
        page: i64,
        limit: i64,
    ) -> Result<ListApplicationTokensResponse, Error> {
        let needs = permission::LIST_TOKENS;
        let place = self.place(caller, needs, &organization_id, &application_id);
        let (_, place) = place.await?;
        let paging = Paging { page, limit };
        let (total, items) = self.tokens(&place, paging).await?;
        Ok(ListApplicationTokensResponse::Ok(page!(
            ApplicationTokenRecordPageResponse,
            ApplicationTokenRecordPage,
            paging,
            total,
            items
        )))
    }

    async fn delete_application_token(
        &self,
        caller: Caller,
        organization_id: String,
        application_id: String,
        token_id: String,
    ) -> Result<DeleteApplicationTokenResponse, Error> {
        let needs = permission::DELETE_TOKENS;
        let place = self.place(caller, needs, &organization_id, &application_id);
        let (account, place) = place.await?;
        Ok(DeleteApplicationTokenResponse::Ok(
            ApplicationTokenRecordResponse {
                status: true,
                data: self.unmake_token(&account, &place, &token_id).await?,
            },
        ))
    }

    async fn list_integration_distributions(
        &self,
        caller: Caller,
        parameters: ListIntegrationDistributionsParameters,
    ) -> Result<ListIntegrationDistributionsResponse, Error> {
        caller.application()?;
        let ListIntegrationDistributionsParameters { page, limit, .. } = parameters;
        // Nothing distributes yet, so that there is nothing that a filter could leave out.
        Ok(ListIntegrationDistributionsResponse::Ok(page!(
            DistributionPageResponse,
            DistributionPage,
            Paging { page, limit },
            0,
            Vec::new()
        )))
    }

    async fn list_integration_builds(
        &self,
        caller: Caller,
        _version_name: Option<String>,
        _status: Option<BuildStatus>,
        _os: Option<OperatingSystem>,
        page: i64,
        limit: i64,
    ) -> Result<ListIntegrationBuildsResponse, Error> {
        caller.application()?;
        // Nothing takes builds yet, so that there is nothing that a filter could leave out.
        Ok(ListIntegrationBuildsResponse::Ok(page!(
            BuildPageResponse,
            BuildPage,
            Paging { page, limit },
            0,
            Vec::new()
        )))
    }
}

/// The organization as it is answered.
fn shown(owner: &Owner) -> Result<Organization, Error> {
    let entity = Entity::of(owner)?;
    Ok(Organization {
        name: entity.name(),
        id: entity.id,
        slug: entity.slug,
        created_at: owner.created_at,
        updated_at: owner.updated_at,
    })
}
