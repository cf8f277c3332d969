//! The errors of the management API, `{code, message, details}`, and the documented answer that each becomes.

use specmint::beyond_identity::models::{
    ErrorDetail, ErrorDetailType, FieldViolation, ManagementError,
};
use specmint::beyond_identity::{
    CreateApplicationResponse, CreateResourceServerResponse, DeleteApplicationResponse,
    DeleteResourceServerResponse, DeleteTokenResponse, GetApplicationResponse, GetRealmResponse,
    GetResourceServerResponse, GetTenantResponse, ListApplicationsReply, ListRealmsReply,
    ListResourceServersReply, ListTokensReply, UpdateApplicationResponse,
    UpdateResourceServerResponse,
};
use specmint_runtime::{Kind, Rejection, Violation};
use specmint_store::StoreError;

use crate::beyond_identity::error::Error as OAuthError;
use crate::failure::Failure;

/// Why the management API does not serve a request.
#[derive(Debug)]
pub enum Error {
    /// Fields of the body, or parameters, are not valid.
    Invalid(Vec<FieldViolation>),
    /// The framework refused the parameters, or the body by its content, its size or its media type.
    Rejected(Rejection),
    /// The access token is missing, or not good.
    Unauthorized,
    /// The access token does not reach that far.
    Forbidden,
    /// There is no such resource.
    NotFound(Resource),
    /// Others still refer to the resource.
    InUse(Resource),
    /// The server failed.
    Failure,
}

/// A resource that an error is about.
#[derive(Debug)]
pub struct Resource {
    /// What it is, as the vendor spells it in `resource_type`.
    kind: &'static str,
    id: String,
}

impl Resource {
    pub(super) fn new(kind: &'static str, id: impl Into<String>) -> Self {
        let id = id.into();
        Self { kind, id }
    }

    fn detail(self, description: &str) -> ErrorDetail {
        ErrorDetail {
            r#type: ErrorDetailType::ResourceInfo,
            field_violations: None,
            resource_type: Some(self.kind.to_owned()),
            id: Some(self.id),
            description: Some(description.to_owned()),
        }
    }
}

/// A field that is not valid, and what is wrong with it.
pub(super) fn violation(field: &str, description: impl Into<String>) -> FieldViolation {
    FieldViolation {
        field: field.to_owned(),
        description: description.into(),
    }
}

impl Error {
    /// One field is not valid.
    pub(super) fn invalid(field: &str, description: &str) -> Self {
        Self::Invalid(vec![violation(field, description)])
    }

    /// The status and the body that tell it.
    fn told(self) -> (u16, ManagementError) {
        match self {
            Self::Invalid(violations) => (400, invalid(violations)),
            Self::Rejected(rejection) => told_by_the_framework(&rejection),
            Self::Unauthorized => (401, body("unauthorized", "unauthorized", None)),
            Self::Forbidden => (403, body("forbidden", "forbidden", None)),
            Self::NotFound(resource) => {
                let message = format!("{} not found", spoken(resource.kind));
                let detail = resource.detail(&message);
                (404, body("not_found", &message, Some(detail)))
            }
            Self::InUse(resource) => {
                let message = format!("{} is in use", spoken(resource.kind));
                let detail = resource.detail(&message);
                (409, body("conflict", &message, Some(detail)))
            }
            Self::Failure => {
                let message = "internal server error";
                (500, body("internal_server_error", message, None))
            }
        }
    }
}

fn body(code: &str, message: &str, detail: Option<ErrorDetail>) -> ManagementError {
    ManagementError {
        code: code.to_owned(),
        message: message.to_owned(),
        details: detail.map(|detail| vec![detail]),
    }
}

fn invalid(violations: Vec<FieldViolation>) -> ManagementError {
    let detail = ErrorDetail {
        r#type: ErrorDetailType::FieldViolations,
        field_violations: Some(violations),
        resource_type: None,
        id: None,
        description: None,
    };
    body("bad_request", "invalid parameters", Some(detail))
}

/// The vendor's words: fields where the request could be read, `invalid request` where it could not.
fn told_by_the_framework(rejection: &Rejection) -> (u16, ManagementError) {
    match rejection.kind() {
        Kind::PayloadTooLarge { .. } => {
            (413, body("content_too_large", &rejection.message(), None))
        }
        Kind::UnsupportedMediaType { .. } => {
            let code = "unsupported_media_type";
            (415, body(code, &rejection.message(), None))
        }
        _ => {
            let named = |violation: &&Violation| !violation.pointer.is_empty();
            let violations = rejection.violations();
            if violations.is_empty() || !violations.iter().all(|violation| named(&violation)) {
                return (400, body("bad_request", "invalid request", None));
            }
            (
                400,
                invalid(violations.iter().map(field_violation).collect()),
            )
        }
    }
}

/// A violation as the vendor names it: the members of its pointer with full stops between them.
fn field_violation(of: &Violation) -> FieldViolation {
    let field = of.pointer.trim_start_matches('/').replace('/', ".");
    let description = match of.keyword.as_str() {
        "required" => "missing",
        _ => of.message.as_str(),
    };
    violation(&field, description)
}

/// `ResourceServer` as `resource server`.
fn spoken(kind: &str) -> String {
    let mut spoken = String::new();
    for character in kind.chars() {
        if character.is_ascii_uppercase() && !spoken.is_empty() {
            spoken.push(' ');
        }
        spoken.push(character.to_ascii_lowercase());
    }
    spoken
}

impl From<OAuthError> for Error {
    fn from(error: OAuthError) -> Self {
        match error {
            OAuthError::Management(error) => error,
            OAuthError::Rejected(rejection) => Self::Rejected(rejection),
            OAuthError::InvalidToken | OAuthError::InvalidClient => Self::Unauthorized,
            OAuthError::InsufficientScope => Self::Forbidden,
            _ => Self::Failure,
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

/// An answer for each status that an operation documents beside 200 and 500.
macro_rules! answers {
    ($($response:ident: $($status:literal $variant:ident),+;)+) => {$(
        impl From<OAuthError> for $response {
            fn from(error: OAuthError) -> Self {
                match Error::from(error).told() {
                    $(($status, body) => Self::$variant(body),)+
                    (_, body) => Self::InternalServerError(body),
                }
            }
        }
    )+};
}

answers! {
    GetTenantResponse: 401 Unauthorized, 403 Forbidden;
    ListRealmsReply: 400 BadRequest, 401 Unauthorized, 403 Forbidden;
    GetRealmResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound;
    CreateApplicationResponse: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound,
        413 ContentTooLarge, 415 UnsupportedMediaType;
    ListApplicationsReply: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound;
    GetApplicationResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound;
    UpdateApplicationResponse: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound,
        413 ContentTooLarge, 415 UnsupportedMediaType;
    DeleteApplicationResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound;
    ListTokensReply: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound;
    DeleteTokenResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound;
    CreateResourceServerResponse: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound,
        413 ContentTooLarge, 415 UnsupportedMediaType;
    ListResourceServersReply: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound;
    GetResourceServerResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound;
    UpdateResourceServerResponse: 400 BadRequest, 401 Unauthorized, 403 Forbidden, 404 NotFound,
        413 ContentTooLarge, 415 UnsupportedMediaType;
    DeleteResourceServerResponse: 401 Unauthorized, 403 Forbidden, 404 NotFound, 409 Conflict;
}

#[cfg(test)]
mod tests {
    use specmint_runtime::{Breach, Location};

    use super::*;

    fn rejected(pointer: &str, keyword: &str) -> ManagementError {
        let violation = Violation {
            pointer: pointer.to_owned(),
            location: Location::Body,
            message: "must be a string".to_owned(),
            keyword: keyword.to_owned(),
            breach: Breach::Other,
        };
        let rejection = Rejection::with_violations(Kind::Body, vec![violation]);
        let (status, body) = Error::Rejected(rejection).told();
        assert_eq!((status, body.code.as_str()), (400, "bad_request"));
        body
    }

    fn field(error: ManagementError) -> FieldViolation {
        let detail = error.details.unwrap().remove(0);
        detail.field_violations.unwrap().remove(0)
    }

    #[test]
    fn a_field_is_named_with_its_objects_before_it() {
        let missing = rejected("/application/display_name", "required");
        assert_eq!(missing.message, "invalid parameters");
        assert_eq!(
            field(missing),
            violation("application.display_name", "missing")
        );
        let wrong = field(rejected("/page_size", "type"));
        assert_eq!(wrong, violation("page_size", "must be a string"));
    }

    #[test]
    fn what_cannot_be_read_has_no_fields() {
        let unread = rejected("", "");
        assert_eq!(
            (unread.message.as_str(), unread.details),
            ("invalid request", None)
        );
    }

    #[test]
    fn a_missing_resource_is_named() {
        let missing = Error::NotFound(Resource::new("ResourceServer", "x"));
        let (status, body) = missing.told();
        assert_eq!(
            (status, body.message.as_str()),
            (404, "resource server not found")
        );
        let detail = body.details.unwrap().remove(0);
        assert_eq!(detail.resource_type.as_deref(), Some("ResourceServer"));
        assert_eq!(detail.id.as_deref(), Some("x"));
    }
}
