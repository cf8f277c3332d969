//! Moments on the command line: RFC 3339 date-times, or days in UTC.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, Utc};

const FORM: &str = "write a day as 2026-11-22, or a moment as 2026-11-22T10:00:00Z";

/// From when on: a day counts from its start.
pub(super) fn since(text: &str) -> Result<DateTime<Utc>, &'static str> {
    moment(text, Days::new(0))
}

/// Until when: a day counts to its end.
pub(super) fn until(text: &str) -> Result<DateTime<Utc>, &'static str> {
    moment(text, Days::new(1))
}

/// What `text` says; of a day, its start so many days later.
fn moment(text: &str, later: Days) -> Result<DateTime<Utc>, &'static str> {
    if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
        return Ok(moment.to_utc());
    }
    let day: NaiveDate = text.parse().map_err(|_| FORM)?;
    let day = day.checked_add_days(later).ok_or(FORM)?;
    Ok(day.and_time(NaiveTime::MIN).and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_whole() {
        let told = |moment: Result<DateTime<Utc>, _>| moment.map(|moment| moment.to_rfc3339());
        let first = Ok("2026-11-22T00:00:00+00:00".to_owned());
        assert_eq!(told(since("2026-11-22")), first);
        assert_eq!(told(until("2026-11-21")), first);
        let exact = Ok("2026-11-22T09:30:00+00:00".to_owned());
        assert_eq!(told(since("2026-11-22T10:30:00+01:00")), exact);
        assert_eq!(told(until("2026-11-22T09:30:00Z")), exact);
        for wrong in ["", "yesterday", "2026-13-01", "+262142-12-31"] {
            assert_eq!(until(wrong), Err(FORM));
        }
    }
}
