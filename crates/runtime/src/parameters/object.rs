//! Parameter Objects.

use super::Style;
use crate::violation::Location;

/// A Parameter Object, as far as taking its value needs it.
#[derive(Debug)]
pub struct Parameter {
    /// `name`.
    pub name: &'static str,
    /// `in`; never [`Location::Body`].
    pub location: Location,
    /// Which of the path's parameters it is, from 0, in the path's order; 0 elsewhere.
    pub index: usize,
    /// `style`.
    pub style: Style,
    /// `explode`.
    pub explode: bool,
    /// Of an object whose members stand beside other parameters of the query: the names of these.
    pub beside: &'static [&'static str],
    /// `allowEmptyValue`: an empty text that is no value counts as none.
    pub allow_empty: bool,
    /// JSON Pointer of its Schema Object: of the document, or without a leading `/` of the operation's `parameters`; empty
    /// where it has none.
    pub schema: &'static str,
}

/// What the specification says of a Parameter Object that says nothing of it: by where it is.
impl Parameter {
    /// `in: path`: the parameter of this place in the path, from 0.
    #[must_use]
    pub const fn path(index: usize, name: &'static str, schema: &'static str) -> Self {
        let parameter = Self::new(name, Location::Path, Style::Simple, schema);
        Self { index, ..parameter }
    }

    /// `in: query`.
    #[must_use]
    pub const fn query(name: &'static str, schema: &'static str) -> Self {
        Self::new(name, Location::Query, Style::Form, schema)
    }

    /// `in: header`.
    #[must_use]
    pub const fn header(name: &'static str, schema: &'static str) -> Self {
        Self::new(name, Location::Header, Style::Simple, schema)
    }

    /// `in: cookie`.
    #[must_use]
    pub const fn cookie(name: &'static str, schema: &'static str) -> Self {
        Self::new(name, Location::Cookie, Style::Form, schema)
    }

    const fn new(
        name: &'static str,
        location: Location,
        style: Style,
        schema: &'static str,
    ) -> Self {
        Self {
            name,
            location,
            index: 0,
            style,
            explode: matches!(style, Style::Form),
            beside: &[],
            allow_empty: false,
            schema,
        }
    }

    /// `style`.
    #[must_use]
    pub const fn style(self, style: Style) -> Self {
        Self { style, ..self }
    }

    /// `explode`.
    #[must_use]
    pub const fn explode(self, explode: bool) -> Self {
        Self { explode, ..self }
    }

    /// The names of the parameters that an object's members stand beside.
    #[must_use]
    pub const fn beside(self, beside: &'static [&'static str]) -> Self {
        Self { beside, ..self }
    }

    /// `allowEmptyValue: true`.
    #[must_use]
    pub const fn allow_empty(self) -> Self {
        Self {
            allow_empty: true,
            ..self
        }
    }
}
