//! The documented answer that each error becomes.

use specmint::anchorbrowser::{
    CreateApplicationResponse, CreateAuthFlowResponse, CreateIdentityResponse,
    CreateIdentityTokenResponse, DeleteApplicationResponse, DeleteAuthFlowResponse,
    DeleteIdentityResponse, GetApplicationResponse, GetIdentityResponse,
    ListApplicationIdentitiesResponse, ListApplicationsResponse, ListAuthFlowsResponse,
    ShowIdentityPageResponse, SubmitIdentityPageResponse, UpdateAuthFlowResponse,
    UpdateIdentityResponse,
};

use super::error::Error;

/// For each operation the vendor's words for a failure, and which statuses it has beside 400, 401 and 500.
macro_rules! answers {
    ($($response:ident $failed:literal [$($status:literal $variant:ident),*];)*) => {$(
        impl From<Error> for $response {
            fn from(error: Error) -> Self {
                match error.parts($failed) {
                    (400, body) => Self::BadRequest(body),
                    (401, body) => Self::Unauthorized(body),
                    $(($status, body) => Self::$variant(body),)*
                    (_, body) => Self::InternalServerError(body),
                }
            }
        }
    )*};
}

answers! {
    CreateApplicationResponse "Failed to create application" [413 ContentTooLarge, 415 UnsupportedMediaType];
    ListApplicationsResponse "Failed to list applications" [];
    GetApplicationResponse "Failed to get application" [404 NotFound];
    DeleteApplicationResponse "Failed to delete application" [404 NotFound];
    ListApplicationIdentitiesResponse "Failed to list identities" [404 NotFound];
    CreateAuthFlowResponse "Failed to create authentication flow" [404 NotFound, 413 ContentTooLarge, 415 UnsupportedMediaType];
    ListAuthFlowsResponse "Failed to list authentication flows" [404 NotFound];
    UpdateAuthFlowResponse "Failed to update authentication flow" [404 NotFound, 413 ContentTooLarge, 415 UnsupportedMediaType];
    DeleteAuthFlowResponse "Failed to delete authentication flow" [404 NotFound];
    CreateIdentityTokenResponse "Failed to create identity token" [404 NotFound, 413 ContentTooLarge, 415 UnsupportedMediaType];
    CreateIdentityResponse "Failed to create identity" [413 ContentTooLarge, 415 UnsupportedMediaType];
    GetIdentityResponse "Failed to get identity" [404 NotFound];
    UpdateIdentityResponse "Failed to update identity" [404 NotFound, 413 ContentTooLarge, 415 UnsupportedMediaType];
    DeleteIdentityResponse "Failed to delete identity" [404 NotFound];
}

/// The same for the pages, whose errors are pages too.
macro_rules! pages {
    ($($response:ident [$($status:literal $variant:ident),*];)*) => {$(
        impl From<Error> for $response {
            fn from(error: Error) -> Self {
                let (status, page) = error.page();
                let (body, content_security_policy) = (page.body, page.content_security_policy);
                match status {
                    $($status => Self::$variant { body, content_security_policy },)*
                    _ => Self::InternalServerError { body, content_security_policy },
                }
            }
        }
    )*};
}

pages! {
    ShowIdentityPageResponse [400 BadRequest, 404 NotFound, 410 Gone];
    SubmitIdentityPageResponse [400 BadRequest, 404 NotFound, 410 Gone, 413 ContentTooLarge, 415 UnsupportedMediaType];
}
