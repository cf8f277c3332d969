//! How a list or an object is written (OpenAPI 3.2, Parameter Object, "Style Values"; RFC 6570).

use super::Parameter;
use crate::violation::Location;

/// `style`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`; of paths and headers.
    Simple,
    /// `.a.b`, or `.a,b` when not exploded; of paths.
    Label,
    /// `;n=a;n=b`, or `;n=a,b` when not exploded; of paths.
    Matrix,
    /// `n=a&n=b`, or `n=a,b` when not exploded; of queries and cookies.
    Form,
    /// `n=a; n=b`, as it stands; of cookies.
    Cookie,
    /// `n=a%20b`.
    SpaceDelimited,
    /// `n=a|b`.
    PipeDelimited,
    /// `n[x]=a&n[y]=b`.
    DeepObject,
    /// All of the query: `in: querystring`.
    Whole,
}

impl Parameter {
    /// Whether each item or member stands under a name of its own among the names of others.
    pub(super) fn is_spread(&self) -> bool {
        let spreads = match self.style {
            Style::Form | Style::Cookie => self.explode,
            Style::DeepObject | Style::Whole => true,
            _ => false,
        };
        spreads && matches!(self.location, Location::Query | Location::Cookie)
    }

    /// What stands between items, or between members.
    pub(super) fn separator(&self) -> char {
        match (self.style, self.explode) {
            (Style::Label, true) => '.',
            (Style::Matrix, true) => ';',
            (Style::SpaceDelimited, _) => ' ',
            (Style::PipeDelimited, _) => '|',
            _ => ',',
        }
    }

    /// Whether the separator itself is percent-encoded, so that decoding comes first: a space has to be, and `|` is no
    /// character of a URI.
    pub(super) fn encodes_separator(&self) -> bool {
        matches!(self.style, Style::SpaceDelimited | Style::PipeDelimited)
    }

    /// `text` without what the style puts before a value; `None` where that is missing.
    pub(super) fn undress<'t>(&self, text: &'t str) -> Option<&'t str> {
        match self.style {
            Style::Label => text.strip_prefix('.'),
            Style::Matrix if self.explode => text.strip_prefix(';'),
            Style::Matrix => {
                let value = text.strip_prefix(';')?.strip_prefix(self.name)?;
                value
                    .strip_prefix('=')
                    .or_else(|| value.is_empty().then_some(value))
            }
            _ => Some(text),
        }
    }

    /// An item of an exploded matrix without its name; any other item as it is.
    pub(super) fn unnamed<'t>(&self, item: &'t str) -> Option<&'t str> {
        if self.style != Style::Matrix || !self.explode {
            return Some(item);
        }
        let value = item.strip_prefix(self.name)?;
        value
            .strip_prefix('=')
            .or_else(|| value.is_empty().then_some(value))
    }
}
