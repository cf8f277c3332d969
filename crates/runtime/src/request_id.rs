//! The id that a request is known by, in logs, in error bodies and in the header `x-request-id`.

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use uuid::Uuid;

pub(crate) static X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const MAX_LENGTH: usize = 128;

/// The client's own id where it sent a sane one, else a new UUID version 7.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(Source);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Source {
    Given(HeaderValue),
    Made(Uuid),
}

impl RequestId {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        match headers.get(&X_REQUEST_ID) {
            Some(value) if is_sane(value.as_bytes()) => Self(Source::Given(value.clone())),
            _ => Self::made(),
        }
    }

    fn made() -> Self {
        Self(Source::Made(time_ordered()))
    }

    pub(crate) fn header_value(&self) -> Option<HeaderValue> {
        match &self.0 {
            Source::Given(value) => Some(value.clone()),
            Source::Made(id) => {
                let mut buffer = Uuid::encode_buffer();
                HeaderValue::from_str(id.hyphenated().encode_lower(&mut buffer)).ok()
            }
        }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Given(value) => f.write_str(value.to_str().unwrap_or_default()),
            Source::Made(id) => id.hyphenated().fmt(f),
        }
    }
}

/// The id of the request that is being answered; outside of any, a new one.
#[must_use]
pub fn request_id() -> RequestId {
    crate::context::current().map_or_else(RequestId::made, |context| context.request_id.clone())
}

fn is_sane(id: &[u8]) -> bool {
    !id.is_empty()
        && id.len() <= MAX_LENGTH
        && id
            .iter()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

thread_local! {
    static KEYS: (RandomState, RandomState) = (RandomState::new(), RandomState::new());
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

/// A UUID version 7 without a system call: a counter hashed under this thread's random keys stands for
/// randomness. Ids need to be unique, not unguessable.
fn time_ordered() -> Uuid {
    let millis = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(0));
    let count = COUNT.get();
    COUNT.set(count.wrapping_add(1));
    let (high, low) = KEYS.with(|(a, b)| (a.hash_one(count), b.hash_one(count)));
    let mut random = [0; 10];
    random
        .iter_mut()
        .zip(high.to_be_bytes().into_iter().chain(low.to_be_bytes()))
        .for_each(|(to, from)| *to = from);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn made_ids_are_distinct_version_7() {
        let ids: std::collections::HashSet<_> = (0..1000).map(|_| time_ordered()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.get_version_num() == 7));
    }

    #[test]
    fn only_sane_ids_are_taken() {
        assert!(is_sane(b"a-B_9.c"));
        for id in [&b""[..], b"a b", b"a\"", "\u{e9}".as_bytes(), &[b'a'; 129]] {
            assert!(!is_sane(id));
        }
    }
}
