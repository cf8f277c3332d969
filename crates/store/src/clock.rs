//! Where the store reads the time, so that tests can move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, TimeDelta, Utc};

/// A source of the current time, in whole milliseconds; cheap to clone, and clones share one time.
#[derive(Clone, Debug, Default)]
pub struct Clock(Source);

#[derive(Clone, Debug, Default)]
enum Source {
    #[default]
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The operating system's clock.
    #[must_use]
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands at `at` until [`set`](Self::set) or [`advance`](Self::advance) moves it.
    #[must_use]
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(
            at.timestamp_millis(),
        ))))
    }

    /// The current time, cut to milliseconds: what the store keeps.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Source::System => whole_millis(Utc::now()),
            Source::Manual(millis) => {
                DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst)).unwrap_or_default()
            }
        }
    }

    /// Puts a manual clock, and all its clones, at `at`. The system's clock is left alone.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Source::Manual(millis) = &self.0 {
            millis.store(at.timestamp_millis(), Ordering::SeqCst);
        }
    }

    /// Moves a manual clock, and all its clones, by `by`. The system's clock is left alone.
    pub fn advance(&self, by: TimeDelta) {
        if let Source::Manual(millis) = &self.0 {
            millis.fetch_add(by.num_milliseconds(), Ordering::SeqCst);
        }
    }
}

/// `at` without what is finer than a millisecond.
pub(crate) fn whole_millis(at: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clones_of_a_manual_clock_move_together() {
        let clock = Clock::manual(DateTime::UNIX_EPOCH);
        let same = clock.clone();
        clock.advance(TimeDelta::seconds(90));
        assert_eq!(same.now(), DateTime::UNIX_EPOCH + TimeDelta::seconds(90));
        same.set(DateTime::UNIX_EPOCH);
        assert_eq!(clock.now(), DateTime::UNIX_EPOCH);
    }

    #[test]
    fn the_system_clock_runs_and_keeps_milliseconds() {
        let clock = Clock::system();
        let now = clock.now();
        assert!((Utc::now() - now).num_seconds() < 5);
        assert_eq!(now.timestamp_subsec_nanos() % 1_000_000, 0);
        clock.set(DateTime::UNIX_EPOCH);
        assert!(clock.now() >= now);
    }
}
