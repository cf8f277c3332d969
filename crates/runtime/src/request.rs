//! A request on its way through an operation's glue.

use std::rc::Rc;

use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::{AUTHORIZATION, HeaderMap};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::context::Context;
use crate::credential::{ApiKey, Basic, Bearer, ClientCertificate, Credentials, Presented};
use crate::decode;
use crate::operation::Operation;
use crate::parameters::Parameters;
use crate::request_head::RequestHead;
use crate::routes::Captures;

/// A request that the contract has an operation for.
pub struct Request {
    pub(crate) http: HttpRequest,
    pub(crate) payload: Payload,
    pub(crate) captures: Captures,
    pub(crate) operation: &'static Operation,
    pub(crate) context: Rc<Context>,
    /// [`Rules::forms_called_json`](crate::Rules::forms_called_json)
    pub(crate) may_call_a_form_json: bool,
}

impl Request {
    /// Starts taking the operation's parameters. `base`: the JSON Pointer that those are below whose own has no leading `/`.
    #[must_use]
    pub fn parameters(&self, base: &'static str) -> Parameters<'_> {
        Parameters::new(self, base)
    }

    /// `type: apiKey, in: header`.
    #[must_use]
    pub fn api_key_header(&self, name: &str) -> Presented<ApiKey> {
        let mut values = self.headers().get_all(name);
        let Some(value) = values.next() else {
            return Presented::Absent;
        };
        match value.to_str() {
            Ok(key) if !key.is_empty() && values.next().is_none() => {
                Presented::Whole(ApiKey(key.to_owned()))
            }
            _ => Presented::Malformed,
        }
    }

    /// `type: apiKey, in: query`.
    #[must_use]
    pub fn api_key_query(&self, name: &str) -> Presented<ApiKey> {
        let Some(pairs) = decode::pairs(self.http.query_string().as_bytes()) else {
            return Presented::Malformed;
        };
        let values = pairs.into_iter().find(|(given, _)| given == name);
        match values.as_ref().map(|(_, values)| values.as_slice()) {
            None => Presented::Absent,
            Some([key]) if !key.is_empty() => Presented::Whole(ApiKey(key.to_string())),
            Some(_) => Presented::Malformed,
        }
    }

    /// `type: apiKey, in: cookie`.
    #[must_use]
    pub fn api_key_cookie(&self, name: &str) -> Presented<ApiKey> {
        let mut values = crate::parameters::cookies(self.headers(), name, false);
        match (values.next(), values.next()) {
            (None, _) => Presented::Absent,
            (Some(key), None) if !key.is_empty() => Presented::Whole(ApiKey(key.to_owned())),
            _ => Presented::Malformed,
        }
    }

    /// `type: http, scheme: basic` (RFC 7617).
    #[must_use]
    pub fn basic(&self) -> Presented<Basic> {
        self.authorization("basic").then(|text| {
            let octets = STANDARD.decode(text).ok()?;
            let text = String::from_utf8(octets).ok()?;
            // Section 2: neither may contain control characters.
            if text.contains(char::is_control) {
                return None;
            }
            let (username, password) = text.split_once(':')?;
            Some(Basic {
                username: username.to_owned(),
                password: password.to_owned(),
            })
        })
    }

    /// `type: http, scheme: bearer`, `type: oauth2` and `type: openIdConnect` (RFC 6750, section 2.1).
    #[must_use]
    pub fn bearer(&self) -> Presented<Bearer> {
        let bearer = self
            .authorization("bearer")
            .then(|text| is_token68(text).then(|| Bearer(text.to_owned())));
        if !matches!(bearer, Presented::Absent) {
            self.context.bearer_presented.set(true);
        }
        bearer
    }

    /// `type: http` with any other `scheme`, by its name (RFC 9110, section 11.4).
    #[must_use]
    pub fn credentials(&self, scheme: &str) -> Presented<Credentials> {
        self.authorization(scheme)
            .then(|text| Some(Credentials(text.to_owned())))
    }

    /// `type: mutualTLS`.
    #[must_use]
    pub fn client_certificate(&self) -> Presented<ClientCertificate> {
        match self.http.conn_data::<ClientCertificate>() {
            Some(certificate) => Presented::Whole(certificate.clone()),
            None => Presented::Absent,
        }
    }

    /// A scheme that is declared nowhere: whether a credential is there at all, the implementer decides.
    #[must_use]
    pub fn head(&self) -> Presented<RequestHead> {
        Presented::Whole(RequestHead(self.http.clone()))
    }

    /// What follows `scheme`. Of several `Authorization` fields none counts, whatever their schemes.
    fn authorization(&self, scheme: &str) -> Presented<&str> {
        let values = self.headers().get_all(AUTHORIZATION);
        let count = values.clone().count();
        let mut credentials = values.filter_map(|value| after_scheme(value.as_bytes(), scheme));
        match credentials.next() {
            None => Presented::Absent,
            Some(credential) if count == 1 => match std::str::from_utf8(credential) {
                Ok(text) if !text.trim().is_empty() => Presented::Whole(text.trim()),
                _ => Presented::Malformed,
            },
            Some(_) => Presented::Malformed,
        }
    }

    pub(crate) fn headers(&self) -> &HeaderMap {
        self.http.headers()
    }

    /// What stands in the path for its parameter number `index`, not yet percent-decoded.
    pub(crate) fn raw_segment(&self, index: usize) -> Option<&str> {
        let (start, end) = *self.captures.get(index)?;
        self.http.uri().path().get(start..end)
    }
}

impl<'a> Presented<&'a str> {
    fn then<T>(self, read: impl FnOnce(&'a str) -> Option<T>) -> Presented<T> {
        match self {
            Self::Absent => Presented::Absent,
            Self::Partial => Presented::Partial,
            Self::Malformed => Presented::Malformed,
            Self::Whole(text) => read(text).map_or(Presented::Malformed, Presented::Whole),
        }
    }
}

/// The credential of an `Authorization` field of `scheme`, which ends at the first space.
fn after_scheme<'v>(value: &'v [u8], scheme: &str) -> Option<&'v [u8]> {
    let (given, rest) = value.split_at_checked(scheme.len())?;
    let ends = matches!(rest.first(), None | Some(b' '));
    (ends && given.eq_ignore_ascii_case(scheme.as_bytes())).then_some(rest)
}

/// The syntax of a bearer token: `1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="`.
fn is_token68(text: &str) -> bool {
    let token = text.trim_end_matches('=');
    !token.is_empty()
        && token
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~+/".contains(&b))
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.operation.id)
            .finish_non_exhaustive()
    }
}
