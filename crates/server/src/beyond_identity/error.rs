//! The errors of OAuth 2.0, and the documented answer that each becomes.

use std::borrow::Cow;

use specmint::beyond_identity::models::{OAuthError, OAuthErrorError as Code};
use specmint_runtime::{Kind, Rejection};
use specmint_store::StoreError;

use super::management::error as management;
use super::scopes::InvalidScope;
use crate::failure::Failure;

/// Why a request is not served: the codes of RFC 6749, sections 4.1.2.1 and 5.2, and RFC 6750, section 3.1.
#[derive(Debug)]
pub enum Error {
    /// A parameter is missing, malformed, or there twice.
    InvalidRequest(Cow<'static, str>),
    /// The framework refused the parameters, or the body by its content, its size or its media type.
    Rejected(Rejection),
    /// The client is unknown, or not who it says it is.
    InvalidClient,
    /// The grant is not good, or not this client's.
    InvalidGrant(&'static str),
    /// The client may not use the grant.
    UnauthorizedClient,
    /// There is no such grant.
    UnsupportedGrantType,
    /// A scope is malformed, unknown or not allowed.
    InvalidScope,
    /// The bearer's token is not good.
    InvalidToken,
    /// The bearer's token lacks the scope.
    InsufficientScope,
    /// The path names no application.
    UnknownApplication,
    /// The management API, which has errors of its own, does not serve it.
    Management(management::Error),
    /// The server failed.
    Failure,
}

impl Error {
    /// The same answer for a code that is unknown, expired, used or another client's: nobody learns which.
    pub(super) const BAD_CODE: Self = Self::InvalidGrant("The code is not good.");

    /// Likewise for a refresh token.
    pub(super) const BAD_REFRESH_TOKEN: Self = Self::InvalidGrant("The refresh token is not good.");

    pub(super) const BAD_TICKET: Self = Self::InvalidRequest(Cow::Borrowed(
        "The page has been used or has expired; start again.",
    ));

    pub(super) const fn invalid_request(why: &'static str) -> Self {
        Self::InvalidRequest(Cow::Borrowed(why))
    }

    fn status(&self) -> u16 {
        match self {
            Self::InvalidRequest(_)
            | Self::InvalidGrant(_)
            | Self::UnauthorizedClient
            | Self::UnsupportedGrantType
            | Self::InvalidScope => 400,
            Self::InvalidClient | Self::InvalidToken => 401,
            Self::InsufficientScope => 403,
            Self::UnknownApplication => 404,
            Self::Rejected(rejection) => match rejection.kind() {
                Kind::PayloadTooLarge { .. } => 413,
                Kind::UnsupportedMediaType { .. } => 415,
                _ => 400,
            },
            Self::Management(_) | Self::Failure => 500,
        }
    }

    fn body(self) -> OAuthError {
        let (error, description): (Code, Cow<'static, str>) = match self {
            Self::InvalidRequest(why) => (Code::InvalidRequest, why),
            Self::Rejected(rejection) => (
                Code::InvalidRequest,
                description(&rejection.message()).into(),
            ),
            Self::InvalidClient => (Code::InvalidClient, "Client authentication failed.".into()),
            Self::InvalidGrant(why) => (Code::InvalidGrant, why.into()),
            Self::UnauthorizedClient => (
                Code::UnauthorizedClient,
                "The client may not use this grant type.".into(),
            ),
            Self::UnsupportedGrantType => (
                Code::UnsupportedGrantType,
                "grant_type must be client_credentials, authorization_code or refresh_token."
                    .into(),
            ),
            Self::InvalidScope => (
                Code::InvalidScope,
                "A scope is malformed or not allowed for this application.".into(),
            ),
            Self::InvalidToken => (
                Code::InvalidToken,
                "The access token is not good for this.".into(),
            ),
            Self::InsufficientScope => (
                Code::InsufficientScope,
                "The access token lacks the scope that this needs.".into(),
            ),
            Self::UnknownApplication => {
                (Code::InvalidRequest, "There is no such application.".into())
            }
            Self::Management(_) | Self::Failure => {
                (Code::ServerError, "The server failed; try again.".into())
            }
        };
        OAuthError {
            error,
            error_description: Some(description.into_owned()),
            error_uri: None,
        }
    }
}

/// A parameter's value; one without a value counts as omitted (RFC 6749, sections 3.1 and 3.2).
pub(super) fn given(parameter: &Option<String>) -> Option<&str> {
    parameter.as_deref().filter(|value| !value.is_empty())
}

/// `message` as a sentence of the characters that `error_description` may have (RFC 6749, section 5.2).
fn description(message: &str) -> String {
    let allowed = message.chars().map(|character| match character {
        '"' => '\'',
        ' '..='~' if character != '\\' => character,
        _ => '?',
    });
    allowed.chain(['.']).collect()
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(_) if rejection.asks_for("basic") => Self::InvalidClient,
            Kind::Unauthorized(_) => Self::InvalidToken,
            Kind::Forbidden => Self::InsufficientScope,
            Kind::Internal | Kind::Timeout => Self::Failure,
            _ => Self::Rejected(rejection),
        }
    }
}

impl From<management::Error> for Error {
    fn from(error: management::Error) -> Self {
        Self::Management(error)
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

impl From<InvalidScope> for Error {
    fn from(InvalidScope: InvalidScope) -> Self {
        Self::InvalidScope
    }
}

/// Writes how an operation answers an error: the statuses that it documents, and 400 or what stands there for all others.
macro_rules! answers {
    ($($response:ident: $otherwise:ident $(, $status:literal $variant:ident)*;)*) => {$(
        impl From<Error> for specmint::beyond_identity::$response {
            fn from(error: Error) -> Self {
                match error.status() {
                    $($status => Self::$variant(error.body()),)*
                    _ => Self::$otherwise(error.body()),
                }
            }
        }
    )*};
}

answers! {
    CreateTokenResponse: BadRequest, 401 Unauthorized, 413 ContentTooLarge, 415 UnsupportedMediaType,
        500 InternalServerError;
    AuthorizeResponse: BadRequest, 500 InternalServerError;
    AuthorizeByPostResponse: BadRequest, 413 ContentTooLarge, 415 UnsupportedMediaType, 500 InternalServerError;
    ApproveAuthorizationResponse: BadRequest, 413 ContentTooLarge, 415 UnsupportedMediaType, 500 InternalServerError;
    RevokeTokenResponse: BadRequest, 401 Unauthorized, 403 Forbidden, 413 ContentTooLarge, 415 UnsupportedMediaType,
        500 InternalServerError;
    IntrospectTokenResponse: BadRequest, 401 Unauthorized, 403 Forbidden, 413 ContentTooLarge,
        415 UnsupportedMediaType, 500 InternalServerError;
    ReadUserInfoResponse: Unauthorized, 403 Forbidden, 500 InternalServerError;
    ReadUserInfoByPostResponse: BadRequest, 401 Unauthorized, 403 Forbidden, 413 ContentTooLarge,
        415 UnsupportedMediaType, 500 InternalServerError;
    ReadOpenidConfigurationResponse: NotFound, 500 InternalServerError;
    ReadOpenidConfigurationByPathResponse: NotFound, 500 InternalServerError;
    ReadAuthorizationServerMetadataResponse: NotFound, 500 InternalServerError;
    ReadAuthorizationServerMetadataByPathResponse: NotFound, 500 InternalServerError;
    ReadKeysResponse: NotFound, 500 InternalServerError;
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn a_description_has_only_the_characters_of_the_rfc() {
        assert_eq!(
            description(r#"`a` must be "b\c" é"#),
            "`a` must be 'b?c' ?."
        );
    }
}
