//! Pages of lists, and the tokens by which the next one is asked for.
//!
//! A page token says where the page before ended, and is good for one list, one query and one week. It is authenticated
//! together with the query (HMAC-SHA-256), so that it cannot be made up, and opens no other list.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign, verify};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use specmint_store::Store;
use uuid::Uuid;

use super::error::Error;
use crate::error::StartError;
use crate::random::random_bytes;

/// The name under which the store seals the key.
const KEY_NAME: &str = "beyond-identity/page-tokens";

/// How long a page token is good for.
const LIFETIME: TimeDelta = TimeDelta::weeks(1);

/// The end in milliseconds, the size of the page, and after which row it begins.
const LENGTH: usize = 8 + 4 + 16;

/// Which list is asked for, and by which filters: what a page token is bound to.
#[derive(Clone, Debug)]
pub(super) struct Query(Vec<u8>);

/// Which page of it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Position {
    /// Only what comes after this row.
    pub(super) after: Option<Uuid>,
    /// How many at most.
    pub(super) size: u32,
}

/// The key of all page tokens.
pub(in crate::beyond_identity) struct PageTokens(Key);

impl Query {
    /// The list of that name.
    pub(super) fn of(list: &str) -> Self {
        Self(Vec::new()).with(Some(list.as_bytes()))
    }

    /// With a further filter, which may be left out.
    pub(super) fn with(mut self, filter: Option<&[u8]>) -> Self {
        // With its length before it, no two rows of filters are alike.
        let length = filter.map_or(u64::MAX, |filter| filter.len() as u64);
        self.0.extend_from_slice(&length.to_be_bytes());
        self.0.extend_from_slice(filter.unwrap_or_default());
        self
    }
}

impl PageTokens {
    /// With the key that `store` keeps, made on the first call for a database.
    pub(in crate::beyond_identity) async fn open(store: &Store) -> Result<Self, StartError> {
        let make = || random_bytes::<32>().map(|bytes| bytes.to_vec());
        let key = store.secret(KEY_NAME, make).await?;
        Ok(Self(Key::new(HMAC_SHA256, &key)))
    }

    /// The page that is asked for: the size is the one asked for, else the one of the page before, and `most` at most.
    pub(super) fn position(
        &self,
        query: &Query,
        page_size: Option<u32>,
        page_token: Option<&str>,
        most: u32,
        now: DateTime<Utc>,
    ) -> Result<Position, Error> {
        let token = page_token.filter(|token| !token.is_empty());
        let before = match token {
            Some(token) => self.read(query, token, now)?,
            None => Position {
                after: None,
                size: most,
            },
        };
        let asked = page_size.filter(|size| *size > 0).unwrap_or(before.size);
        Ok(Position {
            size: asked.min(most),
            ..before
        })
    }

    /// The token for the page after the one that ends with `last`.
    pub(super) fn token(&self, query: &Query, size: u32, last: Uuid, now: DateTime<Utc>) -> String {
        let end = (now + LIFETIME).timestamp_millis();
        let position = [
            end.to_be_bytes().as_slice(),
            &size.to_be_bytes(),
            last.as_bytes(),
        ]
        .concat();
        let tag = sign(&self.0, &authenticated(query, &position));
        URL_SAFE_NO_PAD.encode([position.as_slice(), tag.as_ref()].concat())
    }

    fn read(&self, query: &Query, token: &str, now: DateTime<Utc>) -> Result<Position, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| wrong())?;
        let (position, tag) = bytes.split_at_checked(LENGTH).ok_or_else(wrong)?;
        verify(&self.0, &authenticated(query, position), tag).map_err(|_| wrong())?;
        let (end, rest) = position.split_first_chunk().ok_or_else(wrong)?;
        let (size, last) = rest.split_first_chunk().ok_or_else(wrong)?;
        if i64::from_be_bytes(*end) <= now.timestamp_millis() {
            return Err(Error::invalid("page_token", "expired page token"));
        }
        Ok(Position {
            after: Some(Uuid::from_slice(last).map_err(|_| wrong())?),
            size: u32::from_be_bytes(*size),
        })
    }
}

fn authenticated(query: &Query, position: &[u8]) -> Vec<u8> {
    [position, &query.0].concat()
}

fn wrong() -> Error {
    Error::invalid("page_token", "invalid page token")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens() -> PageTokens {
        PageTokens(Key::new(HMAC_SHA256, b"a key"))
    }

    fn now() -> DateTime<Utc> {
        DateTime::from_timestamp(1_700_000_000, 0).unwrap()
    }

    fn query() -> Query {
        Query::of("tokens").with(Some(b"a")).with(None)
    }

    #[test]
    fn a_token_leads_to_the_next_page_of_the_same_size() {
        let last = Uuid::now_v7();
        let token = tokens().token(&query(), 7, last, now());
        let at = |size| tokens().position(&query(), size, Some(&token), 100, now());
        let after = Some(last);
        assert_eq!(at(None).unwrap(), Position { after, size: 7 });
        assert_eq!(at(Some(9)).unwrap(), Position { after, size: 9 });
        assert_eq!(at(Some(0)).unwrap(), Position { after, size: 7 });
        assert_eq!(at(Some(101)).unwrap(), Position { after, size: 100 });
    }

    #[test]
    fn the_first_page_needs_no_token() {
        for none in [None, Some("")] {
            let first = tokens().position(&query(), None, none, 100, now());
            let (after, size) = (None, 100);
            assert_eq!(first.unwrap(), Position { after, size });
        }
    }

    #[test]
    fn a_token_is_bound_to_its_query_and_its_key() {
        let token = tokens().token(&query(), 7, Uuid::now_v7(), now());
        let opens = |tokens: &PageTokens, query: &Query| {
            let position = tokens.position(query, None, Some(&token), 100, now());
            position.is_ok()
        };
        assert!(opens(&tokens(), &query()));
        for other in [
            Query::of("applications").with(Some(b"a")).with(None),
            Query::of("tokens").with(Some(b"a")).with(Some(b"")),
            Query::of("tokens").with(None).with(Some(b"a")),
            Query::of("tokens").with(Some(b"a")),
        ] {
            assert!(!opens(&tokens(), &other), "{other:?}");
        }
        let others = PageTokens(Key::new(HMAC_SHA256, b"another key"));
        assert!(!opens(&others, &query()));
    }

    #[test]
    fn a_changed_token_is_refused() {
        let token = tokens().token(&query(), 7, Uuid::now_v7(), now());
        let bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            let changed = URL_SAFE_NO_PAD.encode(changed);
            assert!(tokens().read(&query(), &changed, now()).is_err(), "{at}");
        }
        for wrong in ["x", "!", &token[..20], &format!("{token}AAAA")] {
            assert!(tokens().read(&query(), wrong, now()).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_token_is_good_for_a_week() {
        let token = tokens().token(&query(), 7, Uuid::now_v7(), now());
        let after = |time| tokens().read(&query(), &token, now() + time).is_ok();
        assert!(after(LIFETIME - TimeDelta::milliseconds(1)));
        assert!(!after(LIFETIME));
    }
}
