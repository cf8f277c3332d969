//! Times as people read them.

use chrono::{DateTime, TimeDelta, Utc};

/// A moment, for `<time>`.
#[derive(Clone)]
pub(super) struct When {
    /// For machines (RFC 3339).
    pub(super) machine: String,
    /// To the second, in UTC, of which a narrow column keeps the time of day together.
    pub(super) exact: String,
    /// As seen from now.
    pub(super) relative: String,
}

impl When {
    /// `at`, seen from `now`.
    pub(super) fn new(at: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        Self {
            machine: at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            exact: at.format("%Y-%m-%d %H:%M:%S\u{a0}UTC").to_string(),
            relative: relative(at - now),
        }
    }

    /// The same, of what may never be.
    pub(super) fn of(at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Self> {
        at.map(|at| Self::new(at, now))
    }
}

fn relative(from_now: TimeDelta) -> String {
    let seconds = from_now.num_seconds();
    let distance = seconds.unsigned_abs();
    let (length, unit) = match distance {
        0..=9 if seconds <= 0 => return "just now".to_owned(),
        0..=59 => (1, "second"),
        60..=3_599 => (60, "minute"),
        3_600..=172_799 => (3_600, "hour"),
        _ => (86_400, "day"),
    };
    // What is to come is rounded, for it is mostly a whole number of hours or days from a moment ago.
    let half = if seconds > 0 { length / 2 } else { 0 };
    let count = (distance + half) / length;
    let plural = if count == 1 { "" } else { "s" };
    if seconds > 0 {
        format!("in {count} {unit}{plural}")
    } else {
        format!("{count} {unit}{plural} ago")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_told_as_people_do() {
        for (seconds, told) in [
            (0, "just now"),
            (-9, "just now"),
            (-10, "10 seconds ago"),
            (-60, "1 minute ago"),
            (-3_599, "59 minutes ago"),
            (-90_000, "25 hours ago"),
            (-172_800, "2 days ago"),
            (1, "in 1 second"),
            (28_799, "in 8 hours"),
            (7_775_990, "in 90 days"),
        ] {
            assert_eq!(relative(TimeDelta::seconds(seconds)), told);
        }
    }

    #[test]
    fn a_moment_is_exact_for_machines() {
        let at = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let when = When::new(at, at);
        assert_eq!(when.machine, "2023-11-14T22:13:20Z");
        assert_eq!(when.exact, "2023-11-14 22:13:20\u{a0}UTC");
    }
}
