//! How often a key may be tried from one address. Keys are too long to be guessed; this keeps the log and the store from
//! those who try all the same.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};

use crate::subscriber::{UNKNOWN, subscriber};

/// How many tries that fail an address has in a window.
const MOST: u32 = 10;

const WINDOW: TimeDelta = TimeDelta::minutes(1);

/// How many addresses are told apart; all others count as one.
const ADDRESSES: usize = 1024;

/// The tries of late.
#[derive(Default)]
pub(super) struct Attempts(Mutex<HashMap<IpAddr, Window>>);

struct Window {
    since: DateTime<Utc>,
    tries: u32,
}

impl Attempts {
    /// Counts a try before it is made, so that many at once are no way around.
    ///
    /// # Errors
    /// How many seconds to wait, when there were too many.
    pub(super) fn begin(&self, from: Option<IpAddr>, now: DateTime<Utc>) -> Result<(), i64> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.retain(|_, window| now - window.since < WINDOW);
        let mut from = subscriber(from);
        if windows.len() >= ADDRESSES && !windows.contains_key(&from) {
            from = UNKNOWN;
        }
        let window = windows.entry(from).or_insert(Window {
            since: now,
            tries: 0,
        });
        if window.tries >= MOST {
            return Err((window.since + WINDOW - now).num_seconds().max(1));
        }
        window.tries += 1;
        Ok(())
    }

    /// The last try was right: earlier ones are forgiven.
    pub(super) fn forgive(&self, from: Option<IpAddr>) {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        windows.remove(&subscriber(from));
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(second, 0).unwrap()
    }

    fn address(text: &str) -> Option<IpAddr> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn too_many_tries_have_to_wait() {
        let attempts = Attempts::default();
        let (one, other) = (address("192.0.2.1"), address("192.0.2.2"));
        for _ in 0..MOST {
            assert_eq!(attempts.begin(one, at(0)), Ok(()));
        }
        assert_eq!(attempts.begin(one, at(20)), Err(40));
        assert_eq!(attempts.begin(other, at(20)), Ok(()));
        assert_eq!(attempts.begin(one, at(60)), Ok(()));
    }

    #[test]
    fn a_right_key_forgives() {
        let attempts = Attempts::default();
        for _ in 0..MOST {
            assert_eq!(attempts.begin(None, at(0)), Ok(()));
        }
        attempts.forgive(None);
        assert_eq!(attempts.begin(None, at(0)), Ok(()));
    }

    #[test]
    fn a_subscriber_of_ipv6_is_one_address() {
        let attempts = Attempts::default();
        for last in 0..MOST {
            let from = address(&format!("2001:db8::{last}"));
            assert_eq!(attempts.begin(from, at(0)), Ok(()));
        }
        assert!(attempts.begin(address("2001:db8::ff"), at(0)).is_err());
        assert_eq!(attempts.begin(address("2001:db8:0:1::"), at(0)), Ok(()));
    }

    #[test]
    fn more_addresses_than_are_told_apart_count_as_one() {
        let attempts = Attempts::default();
        let many = u32::try_from(ADDRESSES).unwrap();
        let from = |number: u32| Some(IpAddr::V4(Ipv4Addr::from_bits(number)));
        for number in 1..=many {
            assert_eq!(attempts.begin(from(number), at(0)), Ok(()));
        }
        for number in 1..=MOST {
            assert_eq!(attempts.begin(from(many + number), at(0)), Ok(()));
        }
        assert!(attempts.begin(from(many + MOST + 1), at(0)).is_err());
    }
}
