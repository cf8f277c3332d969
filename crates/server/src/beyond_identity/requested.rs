//! What a token request wants its tokens to be.

use std::collections::BTreeMap;

use serde_json::Value;
use specmint::beyond_identity::models::TokenRequest;

use super::error::{Error, given};
use super::registration::Registration;

/// How many bytes of custom claims fit into a token in a header field.
const LONGEST_CLAIMS: usize = 2048;

/// What a token request wants its tokens to be.
pub(super) struct Requested {
    /// How long they are good for, in seconds.
    pub(super) lifetime: u32,
    /// What they are to carry.
    pub(super) custom_claims: Option<BTreeMap<String, Value>>,
}

impl Requested {
    /// Reads `expiration_time` and `custom_claims`; the application's lifetime is the default and the most.
    pub(super) fn read(request: &TokenRequest, registration: &Registration) -> Result<Self, Error> {
        let most = registration.expires_after;
        let lifetime = match given(&request.expiration_time) {
            None => most,
            Some(text) => text
                .parse()
                .ok()
                .filter(|lifetime| *lifetime <= most)
                .ok_or(Error::invalid_request(
                    "expiration_time is longer than the application's tokens live.",
                ))?,
        };
        let custom_claims = given(&request.custom_claims);
        // The contract bounds characters; a header field, which has to hold them, has bytes.
        if custom_claims.is_some_and(|claims| claims.len() > LONGEST_CLAIMS) {
            return Err(Error::invalid_request(
                "custom_claims has more than 2048 bytes.",
            ));
        }
        let custom_claims = custom_claims.map(serde_json::from_str);
        let custom_claims = custom_claims
            .transpose()
            .map_err(|_| Error::invalid_request("custom_claims is not a JSON object."))?;
        Ok(Self {
            lifetime,
            custom_claims,
        })
    }
}
