//! Statuses of one class.

use std::fmt;

/// A status of the class that `CLASS` is the first digit of (RFC 9110, section 15): what a response documented as `4XX`
/// has.
///
/// ```
/// use specmint_runtime::StatusIn;
/// let teapot = StatusIn::<4>::of::<418>();
/// assert_eq!(teapot.get(), 418);
/// assert_eq!(StatusIn::<4>::new(500), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusIn<const CLASS: u16>(u16);

impl<const CLASS: u16> StatusIn<CLASS> {
    /// This status; one of another class does not compile.
    #[must_use]
    pub const fn of<const STATUS: u16>() -> Self {
        const { assert!(STATUS / 100 == CLASS, "the status is of another class") };
        Self(STATUS)
    }

    /// This status, if it is of the class.
    #[must_use]
    pub const fn new(status: u16) -> Option<Self> {
        if status / 100 == CLASS {
            Some(Self(status))
        } else {
            None
        }
    }

    /// This status if it is of the class, else the class's first, which is what clients take an unknown one for.
    #[must_use]
    pub const fn or_first(status: u16) -> Self {
        match Self::new(status) {
            Some(status) => status,
            None => Self(CLASS * 100),
        }
    }

    /// As a number.
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl<const CLASS: u16> From<StatusIn<CLASS>> for u16 {
    fn from(status: StatusIn<CLASS>) -> Self {
        status.get()
    }
}

impl<const CLASS: u16> fmt::Debug for StatusIn<CLASS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl<const CLASS: u16> fmt::Display for StatusIn<CLASS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_class_falls_to_the_first() {
        assert_eq!(StatusIn::<5>::or_first(503).get(), 503);
        assert_eq!(StatusIn::<5>::or_first(404).get(), 500);
        assert_eq!(StatusIn::<5>::new(404), None);
    }
}
