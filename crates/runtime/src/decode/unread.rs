//! Why nothing was decoded.

use crate::shape;
use crate::violation::Violation;

/// A value that its type does not take.
#[derive(Debug)]
pub(crate) struct Unread {
    pub(crate) error: serde_json::Error,
    pub(super) is_spent: bool,
}

impl Unread {
    /// What `read` gives, or why it gives nothing.
    pub(super) fn or<T>(read: impl FnOnce() -> serde_json::Result<T>) -> Result<T, Self> {
        let (read, is_spent) = shape::told(read);
        read.map_err(|error| Self { error, is_spent })
    }
}

/// What the `cold` path finds; but what is too much for the alternatives' types is too much for their schemas.
pub(crate) fn unless_spent(
    hot: Option<&Unread>,
    cold: impl FnOnce() -> Vec<Violation>,
) -> Vec<Violation> {
    match hot {
        Some(Unread { is_spent: true, .. }) => vec![Violation::of_body("oneOf", shape::SPENT_UP)],
        _ => cold(),
    }
}
