//! Checks of what a Rust type alone cannot promise: the validation keywords of JSON Schema.

pub(crate) mod doubt;
pub mod formats;
mod measure;
mod options;
mod pattern;
mod unique;

use std::collections::BTreeMap;

pub use measure::{
    Limit, Measured, exclusive_maximum, exclusive_minimum, maximum, minimum, multiple_of,
};
pub use options::Options;
pub use pattern::{Format, Pattern};
pub use unique::unique_items;

/// Whether a decoded value keeps the keywords of its schema.
pub trait Check {
    /// False when any keyword is broken, at any depth.
    fn check(&self) -> bool;
}

/// Types whose values are all they can be, so that [`crate::Check`] has nothing to do.
#[macro_export]
macro_rules! unconstrained {
    ($($type:ty),+ $(,)?) => {
        $(impl $crate::Check for $type {
            fn check(&self) -> bool {
                true
            }
        })+
    };
}

unconstrained! {
    bool,
    i8,
    i16,
    i32,
    i64,
    u8,
    u16,
    u32,
    u64,
    f32,
    f64,
    String,
    (),
    crate::types::Uuid,
    crate::types::DateTime,
    crate::types::Uri,
    crate::types::Date,
    crate::types::Ipv4Addr,
    crate::types::Ipv6Addr,
    crate::types::Base64,
    crate::types::Never,
    crate::types::Number,
    crate::types::Value,
}

impl<T: Check> Check for Option<T> {
    fn check(&self) -> bool {
        self.as_ref().is_none_or(Check::check)
    }
}

impl<T: Check> Check for Vec<T> {
    fn check(&self) -> bool {
        self.iter().all(Check::check)
    }
}

impl<T: Check + ?Sized> Check for Box<T> {
    fn check(&self) -> bool {
        (**self).check()
    }
}

impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self) -> bool {
        self.values().all(Check::check)
    }
}

/// `maxLength`, in Unicode code points.
#[must_use]
pub fn max_length(text: &str, limit: usize) -> bool {
    text.len() <= limit || text.chars().count() <= limit
}

/// `minLength`, in Unicode code points.
#[must_use]
pub fn min_length(text: &str, limit: usize) -> bool {
    text.len() >= limit && text.chars().nth(limit.saturating_sub(1)).is_some() || limit == 0
}

/// `pattern`, anywhere in `text`.
#[must_use]
pub fn pattern(text: &str, pattern: &Pattern) -> bool {
    pattern.is_match(text)
}

/// `format`, for formats that have no Rust type.
#[must_use]
pub fn format(text: &str, format: &Format) -> bool {
    format.is_match(text)
}

/// `maxItems`.
#[must_use]
pub fn max_items<T>(items: &[T], limit: usize) -> bool {
    items.len() <= limit
}

/// `minItems`.
#[must_use]
pub fn min_items<T>(items: &[T], limit: usize) -> bool {
    items.len() >= limit
}

/// `maxProperties`, of a map.
#[must_use]
pub fn max_properties<T>(members: &BTreeMap<String, T>, limit: usize) -> bool {
    members.len() <= limit
}

/// `minProperties`, of a map.
#[must_use]
pub fn min_properties<T>(members: &BTreeMap<String, T>, limit: usize) -> bool {
    members.len() >= limit
}

/// How many of the members that may be absent are there.
#[must_use]
pub fn count(are_there: &[bool]) -> usize {
    are_there.iter().filter(|is_there| **is_there).count()
}

/// `dependentRequired`: where one member is there, so are those that it needs.
#[must_use]
pub fn dependent(is_there: bool, needed: &[bool]) -> bool {
    !is_there || needed.iter().all(|is_there| *is_there)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_code_points() {
        assert!(max_length("\u{1f980}\u{e9}", 2));
        assert!(!max_length("abc", 2));
        assert!(min_length("\u{1f980}\u{e9}", 2));
        assert!(!min_length("\u{1f980}", 2));
        assert!(min_length("", 0));
    }

    #[test]
    fn checks_reach_through_containers() {
        struct Never;
        impl Check for Never {
            fn check(&self) -> bool {
                false
            }
        }
        assert!(!Some(Never).check());
        assert!(!vec![Box::new(Never)].check());
        assert!(!crate::Nullable::Value(Never).check());
        assert!(None::<Never>.check());
    }
}
