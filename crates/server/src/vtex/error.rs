//! Why a request is not served, and how that reads on the wire.

use std::fmt;

use specmint::vtex::models::Error as ErrorBody;
use specmint::vtex::{
    ConsentResponse, CreateAuthorizationTokenResponse, GetCredentialsResponse, ManifestResponse,
    ProviderAuthenticationResponse, SignInResponse, SignUpResponse,
};
use specmint_runtime::{Kind, Rejection};
use specmint_store::StoreError;

use super::attempts::TooMany;
use super::pages::{SignInPage, json_is_preferred, notice, policy};
use crate::failure::Failure;
use crate::hosted_page::HostedPage;

/// Why a request is not served.
#[derive(Debug)]
pub enum Error {
    /// The framework refused it.
    Rejected(Rejection),
    /// The credentials are missing or not good.
    Unauthorized,
    /// A token, code or page is unknown, was used or has expired: which and what.
    Refused(&'static str),
    /// A merchant has to try again.
    Again(Box<Again>),
    /// The server failed.
    Failure,
}

/// Why a merchant has to try again, and the page to do it on.
#[derive(Debug)]
pub struct Again {
    pub(super) why: Why,
    pub(super) page: SignInPage,
}

/// Why a merchant has to try again.
#[derive(Clone, Copy, Debug)]
pub(super) enum Why {
    /// What was given is no e-mail address.
    NoAddress,
    /// There is no password.
    NoPassword,
    /// The new password is too short.
    ShortPassword,
    /// The password is too long.
    LongPassword,
    /// There is no account of that e-mail address, or it has another password.
    NotTogether,
    /// There is an account of that e-mail address.
    Taken,
    /// There were too many attempts.
    TooMany(TooMany),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoAddress => f.write_str(
                "This is no e-mail address that can be used here. Write it like name@example.com, without accents and umlauts.",
            ),
            Self::NoPassword => f.write_str("The password is missing."),
            Self::ShortPassword => {
                f.write_str("The password is too short. Take one of at least 12 characters.")
            }
            Self::LongPassword => {
                f.write_str("The password is too long. It has at most 256 characters.")
            }
            Self::NotTogether => f.write_str("The e-mail address or the password is not right."),
            Self::Taken => {
                f.write_str("There is an account of this e-mail address. Sign in instead.")
            }
            Self::TooMany(TooMany { retry_after }) => {
                let minutes = (retry_after + 59) / 60;
                write!(
                    f,
                    "There were too many attempts. Try again in {minutes} minutes."
                )
            }
        }
    }
}

impl From<Rejection> for Error {
    fn from(rejection: Rejection) -> Self {
        match rejection.kind() {
            Kind::Unauthorized(_) | Kind::Forbidden => Self::Unauthorized,
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

/// The documented statuses, but for 500, which is for all else.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Status {
    BadRequest,
    Unauthorized,
    Forbidden,
    Conflict,
    ContentTooLarge,
    UnsupportedMediaType,
    TooManyRequests,
    InternalServerError,
}

impl Status {
    const fn code(self) -> &'static str {
        match self {
            Self::BadRequest => "400",
            Self::Unauthorized => "401",
            Self::Forbidden => "403",
            Self::Conflict => "409",
            Self::ContentTooLarge => "413",
            Self::UnsupportedMediaType => "415",
            Self::TooManyRequests => "429",
            Self::InternalServerError => "500",
        }
    }
}

/// An error as it is documented.
struct Refusal {
    status: Status,
    message: String,
    /// What a person is told in its place.
    spoken: Option<&'static str>,
    /// The page to try again on, if there is one.
    page: Option<SignInPage>,
    retry_after: i64,
}

impl Refusal {
    fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            spoken: None,
            page: None,
            retry_after: 1,
        }
    }

    fn failure() -> Self {
        Self::new(Status::InternalServerError, "The server failed.")
    }

    /// The refusal, if its status is `documented`; else that the server failed.
    fn among(self, documented: &[Status]) -> Self {
        match documented.contains(&self.status) {
            true => self,
            false => Self::failure(),
        }
    }

    fn body(self) -> ErrorBody {
        ErrorBody {
            status: Default::default(),
            code: self.status.code().to_owned(),
            message: self.message,
        }
    }

    fn html(&self) -> HostedPage {
        match &self.page {
            Some(page) => page.html(),
            None => notice("That did not work", self.spoken.unwrap_or(&self.message)),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Rejected(rejection) => {
                let status = match rejection.kind() {
                    Kind::PayloadTooLarge { .. } => Status::ContentTooLarge,
                    Kind::UnsupportedMediaType { .. } => Status::UnsupportedMediaType,
                    _ => Status::BadRequest,
                };
                // Forms of ours are never so: nobody who only fills one in comes here.
                let spoken = "Your browser sent what cannot be read. Start again at the store.";
                Self {
                    spoken: Some(spoken),
                    ..Self::new(status, rejection.message())
                }
            }
            Error::Unauthorized => {
                let message = "The credentials are missing or not good.";
                Self::new(Status::Unauthorized, message)
            }
            Error::Refused(message) => Self::new(Status::BadRequest, message),
            Error::Again(again) => {
                let (status, retry_after) = match again.why {
                    Why::NoAddress | Why::NoPassword | Why::ShortPassword | Why::LongPassword => {
                        (Status::BadRequest, 1)
                    }
                    Why::NotTogether => (Status::Forbidden, 1),
                    Why::Taken => (Status::Conflict, 1),
                    Why::TooMany(many) => (Status::TooManyRequests, many.retry_after),
                };
                Self {
                    page: Some(again.page),
                    retry_after,
                    ..Self::new(status, again.why.to_string())
                }
            }
            Error::Failure => Self::failure(),
        }
    }
}

/// Documents errors as answers of operations that VTEX calls: of each, the statuses beside 500.
macro_rules! refuse {
    ($($response:ident: $($status:ident)*;)*) => {$(
        impl From<Error> for $response {
            fn from(error: Error) -> Self {
                let refusal = Refusal::from(error);
                match refusal.status {
                    $(Status::$status => Self::$status(refusal.body()),)*
                    _ => Self::InternalServerError(Refusal::failure().body()),
                }
            }
        }
    )*};
}

refuse! {
    CreateAuthorizationTokenResponse: BadRequest ContentTooLarge UnsupportedMediaType;
    GetCredentialsResponse: BadRequest;
    ManifestResponse: Unauthorized;
}

/// Documents errors as answers of operations that a browser calls: as a page, or as JSON to who prefers that. Of each,
/// the statuses beside 500, with their two forms; after the arrow, where there is one, the status
/// that says when to try again.
macro_rules! refuse_by_page {
    ($(
        $response:ident: $($status:ident $html:ident $json:ident),*
        $(=> $retry:ident $retry_html:ident $retry_json:ident)?;
    )*) => {$(
        impl From<Error> for $response {
            fn from(error: Error) -> Self {
                let documented = [$(Status::$status,)* $(Status::$retry)?];
                let refusal = Refusal::from(error).among(&documented);
                if json_is_preferred() {
                    let content_security_policy = policy();
                    return match refusal.status {
                        $(Status::$status => Self::$json {
                            content_security_policy,
                            body: refusal.body(),
                        },)*
                        $(Status::$retry => Self::$retry_json {
                            retry_after: refusal.retry_after,
                            content_security_policy,
                            body: refusal.body(),
                        },)?
                        _ => Self::InternalServerErrorJson {
                            content_security_policy,
                            body: refusal.body(),
                        },
                    };
                }
                let HostedPage { body, content_security_policy } = refusal.html();
                match refusal.status {
                    $(Status::$status => Self::$html { body, content_security_policy },)*
                    $(Status::$retry => Self::$retry_html {
                        retry_after: refusal.retry_after,
                        body,
                        content_security_policy,
                    },)?
                    _ => Self::InternalServerErrorHtml { body, content_security_policy },
                }
            }
        }
    )*};
}

refuse_by_page! {
    ProviderAuthenticationResponse: BadRequest BadRequestHtml BadRequestJson;
    SignInResponse:
        BadRequest BadRequestHtml BadRequestJson,
        Forbidden ForbiddenHtml ForbiddenJson,
        ContentTooLarge ContentTooLargeHtml ContentTooLargeJson,
        UnsupportedMediaType UnsupportedMediaTypeHtml UnsupportedMediaTypeJson
        => TooManyRequests TooManyRequestsHtml TooManyRequestsJson;
    SignUpResponse:
        BadRequest BadRequestHtml BadRequestJson,
        Conflict ConflictHtml ConflictJson,
        ContentTooLarge ContentTooLargeHtml ContentTooLargeJson,
        UnsupportedMediaType UnsupportedMediaTypeHtml UnsupportedMediaTypeJson
        => TooManyRequests TooManyRequestsHtml TooManyRequestsJson;
    ConsentResponse:
        BadRequest BadRequestHtml BadRequestJson,
        ContentTooLarge ContentTooLargeHtml ContentTooLargeJson,
        UnsupportedMediaType UnsupportedMediaTypeHtml UnsupportedMediaTypeJson;
}
