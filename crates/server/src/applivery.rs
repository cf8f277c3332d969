//! Applivery: integration tokens of an organization's applications.

use serde::{Deserialize, Serialize};
use specmint::applivery::models::{
    ApplicationToken, ApplicationTokenResponse, CreateApplicationTokenRequest, Error as ErrorBody,
    ErrorError as ErrorBodyError, NotFoundError, NotFoundErrorError, UnauthorizedError,
    UnauthorizedErrorError, UnauthorizedErrorErrorCode, UnauthorizedErrorErrorMessage,
};
use specmint::applivery::{Api, CreateApplicationTokenResponse, Security};
use specmint_runtime::{Bearer, Kind, Rejection, Unauthorized};
use specmint_store::{NewToken, OwnerId, Store, StoreError, TokenId, split};

use crate::failure::Failure;
use crate::{attributes, presented};

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "applivery";

/// The permission to make tokens of applications.
pub(crate) const CREATE_TOKENS: &str = "mad.application.token.create";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const SERVICE_ACCOUNT: &str = "service_account";
    pub(crate) const APPLICATION_TOKEN: &str = "application_token";
}

/// What an organization or an application is kept with; both are found by `id` and by `slug`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entity {
    /// 24 lower-case hexadecimal digits.
    pub(crate) id: String,
    pub(crate) slug: String,
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

    /// The organization or application of that id or slug, with its row.
    async fn find(
        &self,
        kind: &str,
        parent: Option<OwnerId>,
        id_or_slug: &str,
    ) -> Result<(OwnerId, Entity), Error> {
        let key = key(id_or_slug);
        let owner = self.store.find_owner(API, kind, parent, &key).await?;
        let owner = owner.ok_or(Error::EntityNotFound)?;
        Ok((owner.id, attributes::of_owner(&owner)?))
    }
}

/// What a service account is and may do.
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    organization: OwnerId,
    permissions: String,
}

impl ServiceAccount {
    fn may(&self, permission: &str) -> bool {
        self.permissions.split(' ').any(|has| has == permission)
    }
}

impl Security for Applivery {
    type Caller = ServiceAccount;
    type Error = Error;

    async fn api_key(
        &self,
        token: Bearer,
        _: &'static [&'static str],
    ) -> Result<ServiceAccount, Error> {
        let token = token.expose();
        let token = presented::live(&self.store, API, kind::SERVICE_ACCOUNT, "", token).await?;
        let token = token.ok_or(Error::InvalidToken)?;
        Ok(ServiceAccount {
            organization: token.owner,
            permissions: token.scopes.clone().unwrap_or_default(),
        })
    }
}

impl Api for Applivery {
    async fn create_application_token(
        &self,
        account: ServiceAccount,
        organization_id: String,
        application_id: String,
        request: Option<CreateApplicationTokenRequest>,
    ) -> Result<CreateApplicationTokenResponse, Error> {
        let (organization_row, organization) = self
            .find(kind::ORGANIZATION, None, &organization_id)
            .await?;
        // Another's organization is no more to be seen than one that does not exist.
        if organization_row != account.organization {
            return Err(Error::EntityNotFound);
        }
        if !account.may(CREATE_TOKENS) {
            return Err(Error::MissingPermission);
        }
        let (application_row, application) = self
            .find(kind::APPLICATION, Some(organization_row), &application_id)
            .await?;

        let CreateApplicationTokenRequest {
            description,
            scopes,
        } = request.unwrap_or_default();
        let (id, bearer, hash) = split::mint("");
        self.store
            .mint(NewToken {
                id: Some(id),
                name: description.clone(),
                attributes: scopes.as_ref().map(attributes::to_text).transpose()?,
                ..NewToken::new(API, kind::APPLICATION_TOKEN, application_row, hash)
            })
            .await?;
        Ok(CreateApplicationTokenResponse::Ok(
            ApplicationTokenResponse {
                status: Some(true),
                data: Some(ApplicationToken {
                    id: Some(entity_id(id)),
                    organization: Some(organization.id),
                    application: Some(application.id),
                    description,
                    bearer: Some(bearer),
                    scopes,
                }),
            },
        ))
    }
}

/// The key that an id or slug of a path is found by: ids count in either case.
fn key(id_or_slug: &str) -> String {
    let is_id = id_or_slug.len() == 24 && id_or_slug.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id {
        id_or_slug.to_ascii_lowercase()
    } else {
        id_or_slug.to_owned()
    }
}

/// A row's id in the vendor's form, 24 lower-case hexadecimal digits: the row's time and its last 6 random bytes,
/// so that rows stay findable by it.
fn entity_id(id: TokenId) -> String {
    let [time @ .., _, _, _, _, _, _, _, _, _, _] = id.as_bytes();
    let [_, _, _, _, _, _, _, _, _, _, random @ ..] = id.as_bytes();
    time.iter()
        .chain(random)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// There is no token in the request.
    NoAuthToken,
    /// The token is not a service account's, or no longer good.
    InvalidToken,
    /// The service account lacks the permission.
    MissingPermission,
    /// There is no such organization or application.
    EntityNotFound,
    /// The server failed.
    Failure,
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(Unauthorized::Missing) => Self::NoAuthToken,
            Kind::Unauthorized(Unauthorized::Malformed) => Self::InvalidToken,
            Kind::Forbidden => Self::MissingPermission,
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<Failure> for Error {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<Error> for CreateApplicationTokenResponse {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => {
                let message = rejection.message();
                match rejection.kind() {
                    Kind::PayloadTooLarge { .. } => Self::ContentTooLarge(body(4013, &message)),
                    Kind::UnsupportedMediaType { .. } => {
                        Self::UnsupportedMediaType(body(4015, &message))
                    }
                    _ => Self::BadRequest(body(4000, &message)),
                }
            }
            Error::NoAuthToken => Self::Unauthorized(unauthorized(
                UnauthorizedErrorErrorCode::Value4002,
                UnauthorizedErrorErrorMessage::NoAuthToken,
            )),
            Error::InvalidToken => Self::Unauthorized(unauthorized(
                UnauthorizedErrorErrorCode::Value4004,
                UnauthorizedErrorErrorMessage::InvalidToken,
            )),
            Error::MissingPermission => {
                let message = format!("The permission {CREATE_TOKENS} is missing");
                Self::Forbidden(body(4003, &message))
            }
            Error::EntityNotFound => Self::NotFound(NotFoundError {
                status: Some(Default::default()),
                error: Some(NotFoundErrorError {
                    code: Some(Default::default()),
                    message: Some(Default::default()),
                }),
            }),
            Error::Failure => {
                Self::InternalServerError(body(5000, "The token could not be created"))
            }
        }
    }
}

fn unauthorized(
    code: UnauthorizedErrorErrorCode,
    message: UnauthorizedErrorErrorMessage,
) -> UnauthorizedError {
    UnauthorizedError {
        status: Some(Default::default()),
        error: Some(UnauthorizedErrorError {
            code: Some(code),
            message: Some(message),
        }),
    }
}

fn body(code: i64, message: &str) -> ErrorBody {
    ErrorBody {
        status: Default::default(),
        error: ErrorBodyError {
            code: code.into(),
            message: message.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_24_lower_case_hexadecimal_digits_and_follow_time() {
        let (first, second) = (TokenId::new(), TokenId::new());
        for id in [first, second] {
            let text = entity_id(id);
            assert_eq!(text.len(), 24);
            assert_eq!(key(&text), text);
            assert!(id.to_string().replace('-', "").starts_with(&text[..12]));
            assert!(id.to_string().replace('-', "").ends_with(&text[12..]));
        }
        assert_ne!(entity_id(first), entity_id(second));
    }

    #[test]
    fn an_id_counts_in_either_case_and_a_slug_does_not() {
        assert_eq!(key("ABCDEFabcdef012345678901"), "abcdefabcdef012345678901");
        assert_eq!(key("My-App"), "My-App");
    }

    #[test]
    fn a_permission_is_held_whole_or_not_at_all() {
        let account = |permissions: &str| ServiceAccount {
            organization: OwnerId::new(),
            permissions: permissions.to_owned(),
        };
        assert!(account(&format!("a {CREATE_TOKENS} b")).may(CREATE_TOKENS));
        assert!(!account("mad.application.token.create.all").may(CREATE_TOKENS));
        assert!(!account("").may(CREATE_TOKENS));
    }
}
