//! How far generation is.

use std::fmt;

/// A stage of generation; they follow one another in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Files are read into one document.
    Load,
    /// Overlays are applied.
    Overlay,
    /// The document is brought to one dialect.
    Dialect,
    /// Every decision is taken.
    Resolve,
    /// Rust is written.
    Emit,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Stage; 5] = [
        Stage::Load,
        Stage::Overlay,
        Stage::Dialect,
        Stage::Resolve,
        Stage::Emit,
    ];

    /// Its name, in one word.
    pub fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Overlay => "overlay",
            Self::Dialect => "dialect",
            Self::Resolve => "resolve",
            Self::Emit => "emit",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
