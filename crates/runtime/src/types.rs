//! The Rust types that formats of the contract become.

mod base64;
mod never;

pub use std::net::{Ipv4Addr, Ipv6Addr};

pub use serde_json::{Number, Value};
pub use uuid::Uuid;

pub use self::base64::Base64;
pub use never::Never;

/// `format: date-time`, a moment in UTC (RFC 3339, section 5.6).
pub type DateTime = chrono::DateTime<chrono::Utc>;

/// `format: date`, a day (`full-date` of RFC 3339, section 5.6).
pub type Date = chrono::NaiveDate;

/// `format: uri`, a URI with a scheme (RFC 3986, section 3).
pub type Uri = fluent_uri::Uri<String>;
