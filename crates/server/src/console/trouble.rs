//! Why there is no page, and what is shown instead.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use specmint_store::StoreError;

use super::site::see_other;
use crate::admin::Refused;
use crate::failure::Failure;
use crate::random::NoRandomness;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// Nobody is signed in; where to do that.
    #[error("sign in first")]
    SignIn(String),
    /// There is no such thing.
    #[error("There is no such {0}.")]
    NotFound(&'static str),
    /// The form is not one of this session's pages.
    #[error(
        "The form was not sent from a page of this session. Nothing was changed. Go back, load the page again and send it from there."
    )]
    Forged,
    /// It cannot be done as things stand, or was done before.
    #[error("{said}")]
    Cannot {
        /// Why, and what can be done instead.
        said: String,
        /// Where to go on.
        way: Way,
    },
    /// A parameter of the address says nothing that can be understood.
    #[error("The address of this page has a value for “{0}” that cannot be understood.")]
    Parameter(&'static str),
    /// The form is too large.
    #[error("The form is larger than the server reads.")]
    TooLarge,
    /// What was sent is no form.
    #[error("What was sent is not a form.")]
    NoForm,
    /// What was asked cannot be done.
    #[error("{0}")]
    Refused(Refused),
    /// The server failed.
    #[error("The server failed. Its log says why.")]
    Failure,
}

/// A link to go on by.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) path: String,
    pub(super) text: &'static str,
}

impl Way {
    /// To the page at `path`.
    pub(super) const fn to(path: String, text: &'static str) -> Self {
        Self { path, text }
    }
}

/// The words of a trouble, for the page that is made of it, and where to go on.
#[derive(Clone)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) way: Option<Way>,
}

impl Trouble {
    /// The way to the sign-in, and back to where `request` went, if that can be gone to again.
    pub(super) fn sign_in(request: &HttpRequest) -> Self {
        let mut to = "/console/sign-in".to_owned();
        let wanted = request
            .uri()
            .path_and_query()
            .map_or("", |wanted| wanted.as_str());
        if request.method().is_safe() && wanted != "/console/" {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("to", wanted);
            to = format!("{to}?{}", query.finish());
        }
        Self::SignIn(to)
    }
}

impl ResponseError for Trouble {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::SignIn(_) => StatusCode::SEE_OTHER,
            Self::NotFound(_) => StatusCode::NOT_FOUND,
            Self::Forged => StatusCode::FORBIDDEN,
            Self::Cannot { .. } => StatusCode::CONFLICT,
            Self::Parameter(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Refused(refused) => {
                StatusCode::from_u16(refused.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
            Self::Failure => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::SignIn(to) => see_other(to),
            _ => {
                let mut response = HttpResponse::new(self.status_code());
                response.extensions_mut().insert(Said {
                    text: self.to_string(),
                    way: match self {
                        Self::Cannot { way, .. } => Some(way.clone()),
                        _ => None,
                    },
                });
                response
            }
        }
    }
}

impl From<Refused> for Trouble {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::NotFound(what) => Self::NotFound(what),
            Refused::Failure => Self::Failure,
            other => Self::Refused(other),
        }
    }
}

impl From<Failure> for Trouble {
    fn from(Failure: Failure) -> Self {
        Self::Failure
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Failure::from(error).into()
    }
}

impl From<NoRandomness> for Trouble {
    fn from(error: NoRandomness) -> Self {
        Failure::from(error).into()
    }
}
