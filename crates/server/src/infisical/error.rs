//! Infisical's errors: what is wrong, in the vendor's words, and the documented answer that it becomes.

use std::borrow::Cow;

use serde::Serialize;
use specmint::infisical::CreateTokenAuthTokenResponse;
use specmint::infisical::models::{
    BadRequestError, ForbiddenError, InternalServerError, NotFoundError, PayloadTooLargeError,
    UnauthorizedError, UnprocessableEntityError, UnsupportedMediaTypeError,
};
use specmint_runtime::types::Value;
use specmint_runtime::{Kind, Rejection, Unauthorized, Violation, request_id};
use specmint_store::StoreError;

use super::role::Denied;
use crate::failure::Failure;

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// There is no token in the request.
    TokenMissing,
    /// The token was never kept, or is swept.
    NoSuchToken,
    /// The token was revoked.
    Revoked,
    /// The token was used as often as it may be.
    UsedUp,
    /// The token has ended.
    Expired,
    /// The token is no JWT with the claims of an identity's access token.
    Malformed,
    /// The token is signed with anything but HS256.
    InvalidAlgorithm,
    /// The token is not signed by us.
    InvalidSignature,
    /// The caller may not mint tokens.
    PermissionDenied,
    /// The caller may not mint tokens for one who may do more than itself.
    PermissionBoundary,
    /// The identity has no Token Auth.
    NoTokenAuth,
    /// The caller's organization has no such identity.
    IdentityNotFound(String),
    /// The server failed.
    Failure,
}

/// An issue of the vendor's validator, as far as clients read it.
#[derive(Serialize)]
struct Issue<'a> {
    code: &'static str,
    path: Vec<&'a str>,
    message: &'a str,
}

/// A permission, as the vendor's authorization library describes it.
#[derive(Serialize)]
struct Permission {
    action: &'static str,
    inverted: bool,
    subject: &'static str,
    conditions: Conditions,
}

#[derive(Serialize)]
struct Conditions {}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Missing {
    missing_permissions: [Permission; 1],
}

/// How many characters an id has: those of a UUID.
const ID_LENGTH: usize = 36;

const MINT: Permission = Permission {
    action: "create-token",
    inverted: false,
    subject: "identity",
    conditions: Conditions {},
};

impl From<Denied> for Error {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Permission => Self::PermissionDenied,
            Denied::Boundary => Self::PermissionBoundary,
        }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(Unauthorized::Missing) => Self::TokenMissing,
            Kind::Unauthorized(Unauthorized::Malformed) => Self::Malformed,
            Kind::Forbidden => Self::PermissionDenied,
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

impl From<Error> for CreateTokenAuthTokenResponse {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => rejected(&rejection),
            Error::TokenMissing => unauthorized("Token missing"),
            Error::NoSuchToken => unauthorized("No identity access token found"),
            Error::Revoked => unauthorized("Failed to authorize: token has been revoked"),
            Error::UsedUp => unauthorized("Failed to authorize: token usage limit reached"),
            Error::Expired => bad_token("Your token has expired. Please re-authenticate."),
            Error::Malformed => bad_token(
                "The provided access token is malformed. Please use a valid token or generate a new one and try again.",
            ),
            Error::InvalidAlgorithm => bad_token(
                "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
            ),
            Error::InvalidSignature => bad_token("invalid signature"),
            Error::PermissionDenied => forbidden(
                "PermissionDenied",
                "You are not allowed to create-token on identity",
                serde_json::to_value([MINT]).ok(),
            ),
            Error::PermissionBoundary => forbidden(
                "PermissionBoundaryError",
                "Failed to create token for identity with more privileged role. Actor privilege level is not high enough to perform this action",
                serde_json::to_value(Missing {
                    missing_permissions: [MINT],
                })
                .ok(),
            ),
            Error::NoTokenAuth => bad_request("The identity does not have Token Auth"),
            Error::IdentityNotFound(id) => {
                // The vendor's sentence repeats the id; a longer one than any id is not worth repeating whole.
                let id: String = id.chars().take(ID_LENGTH).collect();
                not_found(format!("Failed to find identity with ID {id}"))
            }
            Error::Failure => failed(),
        }
    }
}

fn rejected(rejection: &Rejection) -> CreateTokenAuthTokenResponse {
    match rejection.kind() {
        Kind::Body => unprocessable(rejection.violations()),
        Kind::PayloadTooLarge { .. } => {
            CreateTokenAuthTokenResponse::ContentTooLarge(PayloadTooLargeError {
                req_id: req_id(),
                status_code: Default::default(),
                message: "Request body is too large".to_owned(),
                error: "PayloadTooLarge".to_owned(),
            })
        }
        Kind::UnsupportedMediaType { .. } => {
            CreateTokenAuthTokenResponse::UnsupportedMediaType(UnsupportedMediaTypeError {
                req_id: req_id(),
                status_code: Default::default(),
                message: rejection.message().into_owned(),
                error: "UnsupportedMediaType".to_owned(),
            })
        }
        _ => bad_request(&rejection.message()),
    }
}

fn bad_request(message: &str) -> CreateTokenAuthTokenResponse {
    CreateTokenAuthTokenResponse::BadRequest(BadRequestError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        error: "BadRequest".to_owned(),
    })
}

fn unauthorized(message: &str) -> CreateTokenAuthTokenResponse {
    CreateTokenAuthTokenResponse::Unauthorized(UnauthorizedError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        error: "UnauthorizedError".to_owned(),
    })
}

/// A token that is not good is forbidden at the vendor's, not unauthorized.
fn bad_token(message: &str) -> CreateTokenAuthTokenResponse {
    forbidden("TokenError", message, None)
}

fn forbidden(error: &str, message: &str, details: Option<Value>) -> CreateTokenAuthTokenResponse {
    CreateTokenAuthTokenResponse::Forbidden(ForbiddenError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        details,
        error: error.to_owned(),
    })
}

fn not_found(message: String) -> CreateTokenAuthTokenResponse {
    CreateTokenAuthTokenResponse::NotFound(NotFoundError {
        req_id: req_id(),
        status_code: Default::default(),
        message,
        error: "NotFound".to_owned(),
    })
}

fn unprocessable(violations: &[Violation]) -> CreateTokenAuthTokenResponse {
    let paths: Vec<Vec<Cow<'_, str>>> = violations.iter().map(path).collect();
    let issues: Vec<Issue<'_>> = violations
        .iter()
        .zip(&paths)
        .map(|(violation, path)| Issue {
            code: issue_code(&violation.keyword),
            path: path.iter().map(AsRef::as_ref).collect(),
            message: &violation.message,
        })
        .collect();
    CreateTokenAuthTokenResponse::UnprocessableContent(UnprocessableEntityError {
        req_id: req_id(),
        status_code: Default::default(),
        message: serde_json::to_value(issues).ok(),
        error: "ValidationFailure".to_owned(),
    })
}

fn failed() -> CreateTokenAuthTokenResponse {
    CreateTokenAuthTokenResponse::InternalServerError(InternalServerError {
        req_id: req_id(),
        status_code: Default::default(),
        message: "Something went wrong".to_owned(),
        error: "InternalServerError".to_owned(),
    })
}

fn req_id() -> String {
    request_id().to_string()
}

/// The member names on the way to a violation (RFC 6901, section 4).
fn path(violation: &Violation) -> Vec<Cow<'_, str>> {
    let names = violation.pointer.split('/').skip(1);
    names
        .map(|name| match name.contains('~') {
            true => name.replace("~1", "/").replace("~0", "~").into(),
            false => name.into(),
        })
        .collect()
}

/// What the vendor's validator calls the breach of a keyword.
fn issue_code(keyword: &str) -> &'static str {
    match keyword {
        "type" | "required" => "invalid_type",
        "additionalProperties" => "unrecognized_keys",
        "maxLength" | "maximum" | "maxItems" => "too_big",
        "minLength" | "minimum" | "minItems" => "too_small",
        "enum" | "const" => "invalid_enum_value",
        _ => "custom",
    }
}

#[cfg(test)]
mod tests {
    use specmint_runtime::Location;

    use super::*;

    #[test]
    fn the_path_of_an_issue_is_its_pointer_taken_apart() {
        let violation = |pointer: &str| Violation {
            pointer: pointer.to_owned(),
            location: Location::Body,
            message: "is wrong".to_owned(),
            keyword: "type".into(),
        };
        assert!(path(&violation("")).is_empty());
        assert_eq!(path(&violation("/a~1b/0/c~0d")), ["a/b", "0", "c~d"]);
    }

    #[test]
    fn of_an_unknown_id_no_more_is_repeated_than_an_id_has() {
        let answer = CreateTokenAuthTokenResponse::from(Error::IdentityNotFound("é".repeat(9000)));
        let CreateTokenAuthTokenResponse::NotFound(error) = answer else {
            panic!("{answer:?}");
        };
        assert_eq!(error.message.matches('é').count(), 36);
    }

    #[test]
    fn a_permission_is_described_in_the_vendor_s_form() {
        let details = serde_json::to_value([MINT]).unwrap();
        let expected = serde_json::json!([
            {"action": "create-token", "inverted": false, "subject": "identity", "conditions": {}}
        ]);
        assert_eq!(details, expected);
    }
}
