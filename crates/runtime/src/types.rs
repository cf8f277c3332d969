//! The Rust types that formats of the contract become.

pub use serde_json::{Number, Value};
pub use uuid::Uuid;

/// `format: date-time`, a moment in UTC (RFC 3339, section 5.6).
pub type DateTime = chrono::DateTime<chrono::Utc>;

/// `format: uri`, a URI with a scheme (RFC 3986, section 3).
pub type Uri = fluent_uri::Uri<String>;
