//! Infisical's errors as the documented answers that they become, in the vendor's words.

use serde::Serialize;
use specmint::infisical as api;
use specmint::infisical::models::{
    BadRequestError, ForbiddenError, InternalServerError, NotFoundError, PayloadTooLargeError,
    UnauthorizedError, UnprocessableEntityError, UnsupportedMediaTypeError,
};
use specmint_runtime::types::Value;
use specmint_runtime::{Kind, Location, Rejection, Violation, request_id};

use super::error::Error;
use super::issues;
use super::role::{Action, Denied};

/// An error of any operation, on its way into that operation's own answers.
enum Answer {
    BadRequest(BadRequestError),
    Unauthorized(UnauthorizedError),
    Forbidden {
        body: ForbiddenError,
        www_authenticate: Option<String>,
    },
    NotFound(NotFoundError),
    ContentTooLarge(PayloadTooLargeError),
    UnsupportedMediaType(UnsupportedMediaTypeError),
    UnprocessableContent(UnprocessableEntityError),
    InternalServerError(InternalServerError),
}

/// Makes errors answers of operations, each with the statuses that it documents beside 401, 403 and 500. One that an
/// operation does not document is none that it can meet with.
macro_rules! answers {
    ($($response:ident: $($status:ident)*;)*) => {$(
        impl From<Error> for api::$response {
            fn from(error: Error) -> Self {
                match answer(error) {
                    Answer::Unauthorized(body) => Self::Unauthorized(body),
                    Answer::Forbidden { body, www_authenticate } => {
                        Self::Forbidden { body, www_authenticate }
                    }
                    Answer::InternalServerError(body) => Self::InternalServerError(body),
                    $(Answer::$status(body) => Self::$status(body),)*
                    #[allow(unreachable_patterns, reason = "some document all of them")]
                    _ => Self::InternalServerError(failed()),
                }
            }
        }
    )*};
}

answers! {
    CreateMachineIdentityResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    ListMachineIdentitiesResponse: NotFound UnprocessableContent;
    GetMachineIdentityDetailsResponse:;
    GetMachineIdentityResponse: BadRequest NotFound;
    UpdateMachineIdentityResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    DeleteMachineIdentityResponse: BadRequest NotFound;
    AttachTokenAuthResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    UpdateTokenAuthResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    GetTokenAuthResponse: BadRequest NotFound;
    DeleteTokenAuthResponse: BadRequest NotFound;
    CreateTokenAuthTokenResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    GetTokenAuthTokensResponse: BadRequest NotFound UnprocessableContent;
    GetTokenAuthTokenByIdResponse: BadRequest NotFound;
    UpdateTokenAuthTokenResponse: BadRequest NotFound ContentTooLarge UnsupportedMediaType UnprocessableContent;
    RevokeTokenAuthTokenResponse: BadRequest NotFound;
    RenewAccessTokenResponse: BadRequest ContentTooLarge UnsupportedMediaType UnprocessableContent;
    RevokeAccessTokenResponse: BadRequest ContentTooLarge UnsupportedMediaType UnprocessableContent;
}

/// The challenge that the contract's 401 has, too, to whose token is not good.
const INVALID_TOKEN: &str = r#"Bearer realm="Infisical API", error="invalid_token""#;

/// How many characters an id has: those of a UUID.
const ID_LENGTH: usize = 36;

fn answer(error: Error) -> Answer {
    match error {
        Error::Rejected(rejection) => rejected(&rejection),
        Error::TokenMissing => unauthorized("Token missing"),
        Error::Ended(purpose, why) => unauthorized(why.message(purpose)),
        Error::Expired => bad_token("Your token has expired. Please re-authenticate."),
        Error::Malformed => bad_token(
            "The provided access token is malformed. Please use a valid token or generate a new one and try again.",
        ),
        Error::InvalidAlgorithm => bad_token(
            "The access token is signed with an invalid algorithm. Please provide a valid token and try again.",
        ),
        Error::InvalidSignature => bad_token("invalid signature"),
        Error::NotAnAccessToken => bad_request("Token is not an identity access token"),
        Error::UntrustedIp => forbidden(
            "ForbiddenError",
            "You are not allowed to access this resource from the current IP address",
            None,
        ),
        Error::Denied(denied) => self::denied(denied),
        Error::TtlBeyondMaxTtl => unprocessable(issues::between_members(
            "Access Token TTL cannot be greater than Access Token Max TTL.",
        )),
        Error::StoredTtlBeyondMaxTtl => {
            bad_request("Access token TTL cannot be greater than max TTL")
        }
        Error::InvalidTrustedIp => bad_request("The IP is not a valid IPv4, IPv6, or CIDR block"),
        Error::NoSuchRole => bad_request("Role not found"),
        Error::LastAdmin => bad_request(
            "Failed to update the role of the last admin of the organization: give another identity the role admin first",
        ),
        Error::DeleteProtection => bad_request("Identity has delete protection"),
        Error::TokenAuthThere => {
            bad_request("Failed to add Token Auth to already configured identity")
        }
        Error::NoTokenAuth => bad_request("The identity does not have Token Auth"),
        Error::NoTokenAuthToUpdate => bad_request("The identity does not have token auth"),
        Error::TokenAuthNotFound => {
            not_found("Token Auth configuration not found for identity".to_owned())
        }
        Error::OrganizationNotFound(id) => not_found(format!(
            "Failed to find organization with ID {}",
            repeated(&id)
        )),
        Error::SubOrganizationNotFound(slug) => not_found(format!(
            "Sub organization with name {} not found",
            repeated(&slug)
        )),
        Error::IdentityNotFound(id) => {
            not_found(format!("Failed to find identity with ID {}", repeated(&id)))
        }
        Error::TokenNotFound(id) => not_found(format!("Token with ID {} not found", repeated(&id))),
        Error::TokenNotFoundOrRevoked(id) => not_found(format!(
            "Token with ID {} not found or already revoked",
            repeated(&id)
        )),
        Error::Failure => Answer::InternalServerError(failed()),
    }
}

/// What the vendor's sentences repeat of an id; a longer one than any id is not worth repeating whole.
fn repeated(id: &str) -> String {
    id.chars().take(ID_LENGTH).collect()
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

impl From<Action> for Permission {
    fn from(action: Action) -> Self {
        Self {
            action: action.name(),
            inverted: false,
            subject: "identity",
            conditions: Conditions {},
        }
    }
}

fn denied(denied: Denied) -> Answer {
    match denied {
        Denied::Permission(action) => forbidden(
            "PermissionDenied",
            &format!("You are not allowed to {} on identity", action.name()),
            serde_json::to_value([Permission::from(action)]).ok(),
        ),
        Denied::Boundary(action) => forbidden(
            "PermissionBoundaryError",
            &format!(
                "Failed to {} token for identity with more privileged role. Actor privilege level is not high enough to perform this action",
                action.verb().unwrap_or("use")
            ),
            serde_json::to_value(Missing {
                missing_permissions: [action.into()],
            })
            .ok(),
        ),
    }
}

fn rejected(rejection: &Rejection) -> Answer {
    let in_path = |violation: &Violation| violation.location == Location::Path;
    match rejection.kind() {
        // What is no text is no path that the vendor's router takes.
        Kind::Parameters if rejection.violations().iter().any(in_path) => {
            bad_request(&rejection.message())
        }
        Kind::Parameters | Kind::Body => unprocessable(issues::of(rejection.violations())),
        Kind::PayloadTooLarge { .. } => Answer::ContentTooLarge(PayloadTooLargeError {
            req_id: req_id(),
            status_code: Default::default(),
            message: "Request body is too large".to_owned(),
            error: "PayloadTooLarge".to_owned(),
        }),
        Kind::UnsupportedMediaType { .. } => {
            Answer::UnsupportedMediaType(UnsupportedMediaTypeError {
                req_id: req_id(),
                status_code: Default::default(),
                message: rejection.message().into_owned(),
                error: "UnsupportedMediaType".to_owned(),
            })
        }
        _ => bad_request(&rejection.message()),
    }
}

fn bad_request(message: &str) -> Answer {
    Answer::BadRequest(BadRequestError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        error: "BadRequest".to_owned(),
    })
}

fn unauthorized(message: &str) -> Answer {
    Answer::Unauthorized(UnauthorizedError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        error: "UnauthorizedError".to_owned(),
    })
}

/// A token that is not good is forbidden at the vendor's, not unauthorized: only the challenge can say what it is about
/// (RFC 6750, section 3.1).
fn bad_token(message: &str) -> Answer {
    Answer::Forbidden {
        body: forbidden_error("TokenError", message, None),
        www_authenticate: Some(INVALID_TOKEN.to_owned()),
    }
}

fn forbidden(error: &str, message: &str, details: Option<Value>) -> Answer {
    Answer::Forbidden {
        body: forbidden_error(error, message, details),
        www_authenticate: None,
    }
}

fn forbidden_error(error: &str, message: &str, details: Option<Value>) -> ForbiddenError {
    ForbiddenError {
        req_id: req_id(),
        status_code: Default::default(),
        message: message.to_owned(),
        details,
        error: error.to_owned(),
    }
}

fn not_found(message: String) -> Answer {
    Answer::NotFound(NotFoundError {
        req_id: req_id(),
        status_code: Default::default(),
        message,
        error: "NotFound".to_owned(),
    })
}

fn unprocessable(message: Option<Value>) -> Answer {
    Answer::UnprocessableContent(UnprocessableEntityError {
        req_id: req_id(),
        status_code: Default::default(),
        message,
        error: "ValidationFailure".to_owned(),
    })
}

fn failed() -> InternalServerError {
    InternalServerError {
        req_id: req_id(),
        status_code: Default::default(),
        message: "Something went wrong".to_owned(),
        error: "InternalServerError".to_owned(),
    }
}

fn req_id() -> String {
    request_id().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_unknown_id_no_more_is_repeated_than_an_id_has() {
        for error in [
            Error::IdentityNotFound("é".repeat(9000)),
            Error::OrganizationNotFound("é".repeat(9000)),
            Error::SubOrganizationNotFound("é".repeat(9000)),
            Error::TokenNotFound("é".repeat(9000)),
            Error::TokenNotFoundOrRevoked("é".repeat(9000)),
        ] {
            let Answer::NotFound(error) = answer(error) else {
                panic!("found");
            };
            assert_eq!(error.message.matches('é').count(), 36);
        }
    }

    #[test]
    fn a_permission_is_described_in_the_vendor_s_form() {
        let details = serde_json::to_value([Permission::from(Action::CreateToken)]).unwrap();
        let expected = serde_json::json!([
            {"action": "create-token", "inverted": false, "subject": "identity", "conditions": {}}
        ]);
        assert_eq!(details, expected);
    }
}
