//! How a person is to be asked (OpenID Connect Core 1.0, sections 3.1.2.1 and 6).

use specmint::beyond_identity::models::AuthorizationRequest;

use super::authorize::Refusal;
use super::error::given;
use super::redirect::ResponseMode;

/// What an authorization request says about the asking. The person is asked each time, so that no age is too old, and
/// that to be asked to log in, to consent or to choose is nothing new.
#[derive(Debug, PartialEq)]
pub(super) struct Asking {
    /// Whether no page may be shown.
    pub(super) silently: bool,
    /// Who is expected to approve.
    pub(super) login_hint: Option<String>,
}

impl Asking {
    /// Refuses what is malformed, and what would have to be understood.
    pub(super) fn read(query: &AuthorizationRequest) -> Result<Self, Refusal> {
        if given(&query.request).is_some() {
            return Err(Refusal(
                "request_not_supported",
                "A request cannot be a JWT.",
            ));
        }
        if given(&query.request_uri).is_some() {
            return Err(Refusal(
                "request_uri_not_supported",
                "A request cannot stand elsewhere.",
            ));
        }
        if given(&query.registration).is_some() {
            return Err(Refusal(
                "registration_not_supported",
                "A client cannot register by a request.",
            ));
        }
        if given(&query.response_mode).is_some_and(|mode| ResponseMode::named(mode).is_none()) {
            return Err(Refusal(
                "invalid_request",
                "response_mode must be query, fragment or form_post.",
            ));
        }
        if given(&query.max_age).is_some_and(|age| age.parse::<u64>().is_err()) {
            return Err(Refusal(
                "invalid_request",
                "max_age must be a number of seconds.",
            ));
        }
        let prompt = given(&query.prompt).unwrap_or_default();
        let silently = prompt.split(' ').any(|value| value == "none");
        if silently && prompt != "none" {
            return Err(Refusal(
                "invalid_request",
                "prompt has none beside another value.",
            ));
        }
        Ok(Self {
            silently,
            login_hint: given(&query.login_hint).map(ToOwned::to_owned),
        })
    }
}
