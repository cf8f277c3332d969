//! What a request gives for a parameter, before any style is taken off.

use std::borrow::Cow;

use super::{Parameter, Parameters, Style, cookies};
use crate::decode::{self, Fields};
use crate::percent;
use crate::violation::Location;

/// How texts of a location are encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    /// Percent-encoded.
    Percent,
    /// Percent-encoded, and `+` is a space.
    Form,
    /// Not at all.
    Verbatim,
}

impl Coding {
    pub(super) fn of(parameter: &Parameter) -> Self {
        match parameter.location {
            Location::Path => Self::Percent,
            Location::Query => Self::Form,
            Location::Cookie if parameter.style == Style::Form => Self::Percent,
            Location::Cookie | Location::Header | Location::Body => Self::Verbatim,
        }
    }

    pub(super) fn decode(self, text: &str) -> Option<Cow<'_, str>> {
        match self {
            Self::Percent => percent::decode(text),
            Self::Form => percent::decode_form(text),
            Self::Verbatim => Some(Cow::Borrowed(text)),
        }
    }

    pub(super) fn decode_cow(self, text: Cow<'_, str>) -> Option<Cow<'_, str>> {
        match text {
            Cow::Borrowed(text) => self.decode(text),
            Cow::Owned(text) if self == Self::Verbatim => Some(Cow::Owned(text)),
            Cow::Owned(text) => Some(Cow::Owned(self.decode(&text)?.into_owned())),
        }
    }
}

/// The query, split when first needed.
pub(super) struct Query<'r> {
    text: &'r str,
    /// Names and values as they stand; `Some(None)` where there are too many, or a name cannot be decoded.
    fields: Option<Option<Fields<'r>>>,
}

impl<'r> Query<'r> {
    pub(super) fn new(text: &'r str) -> Self {
        Self { text, fields: None }
    }

    fn fields(&mut self) -> Option<&Fields<'r>> {
        let text = self.text;
        self.fields
            .get_or_insert_with(|| decode::fields(text))
            .as_ref()
    }
}

/// Raw texts; nothing is allocated for the common one.
pub(super) enum Given<'r> {
    Absent,
    One(&'r str),
    Several(Vec<&'r str>),
}

impl<'r> Given<'r> {
    pub(super) fn as_slice(&self) -> &[&'r str] {
        match self {
            Self::Absent => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }
}

impl<'r> FromIterator<&'r str> for Given<'r> {
    fn from_iter<I: IntoIterator<Item = &'r str>>(texts: I) -> Self {
        let mut texts = texts.into_iter();
        let Some(first) = texts.next() else {
            return Self::Absent;
        };
        match texts.next() {
            None => Self::One(first),
            Some(second) => Self::Several([first, second].into_iter().chain(texts).collect()),
        }
    }
}

/// Why what is given is no value; each is one violation.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// Not of the location's encoding.
    Undecodable,
    /// Not in the parameter's style.
    Misstyled,
    /// Of more names within names than anybody means.
    TooDeep,
    /// The query as a whole cannot be split.
    BrokenQuery,
    /// One value is meant, and several are given.
    Repeated,
}

/// What stands between the separators of a style, before names are taken off.
pub(super) struct Pieces<'r> {
    pub(super) texts: Vec<Cow<'r, str>>,
    /// How they are still encoded.
    pub(super) coding: Coding,
}

impl<'r> Parameters<'r> {
    /// All fields of the query.
    pub(super) fn query_fields(&mut self) -> Result<&Fields<'r>, Fault> {
        self.query.fields().ok_or(Fault::BrokenQuery)
    }

    /// Every text under the parameter's own name.
    fn given(&mut self, parameter: &Parameter) -> Result<Given<'r>, Fault> {
        let request = self.request;
        Ok(match parameter.location {
            Location::Path => Given::One(
                request
                    .raw_segment(parameter.index)
                    .ok_or(Fault::Undecodable)?,
            ),
            Location::Query if parameter.style == Style::Whole => {
                let text = Some(self.query.text).filter(|text| !text.is_empty());
                text.into_iter().collect()
            }
            Location::Query => {
                let fields = self.query_fields()?;
                let start = fields.partition_point(|(name, _)| **name < *parameter.name);
                let found = fields.iter().skip(start);
                let found = found.take_while(|(name, _)| name == parameter.name);
                found.map(|(_, value)| *value).collect()
            }
            Location::Header => {
                let values = request.headers().get_all(parameter.name);
                let texts: Option<_> = values.map(|value| value.to_str().ok()).collect();
                texts.ok_or(Fault::Undecodable)?
            }
            Location::Cookie => {
                cookies::cookies(request.headers(), parameter.name, parameter.is_spread()).collect()
            }
            Location::Body => Given::Absent,
        })
    }

    /// The parameter's one text, decoded.
    pub(super) fn text(&mut self, parameter: &Parameter) -> Result<Option<Cow<'r, str>>, Fault> {
        let given = match parameter.location {
            // A single cookie may hold any octets, `&` too.
            Location::Cookie => {
                cookies::cookies(self.request.headers(), parameter.name, false).collect()
            }
            _ => self.given(parameter)?,
        };
        let text = match given.as_slice() {
            [] => return Ok(None),
            [text] => *text,
            _ => return Err(Fault::Repeated),
        };
        let bare = parameter.undress(text).ok_or(Fault::Misstyled)?;
        let bare = parameter.unnamed(bare).ok_or(Fault::Misstyled)?;
        let text = Coding::of(parameter).decode(bare);
        text.map(Some).ok_or(Fault::Undecodable)
    }

    /// The items of a list, decoded.
    pub(super) fn items(
        &mut self,
        parameter: &Parameter,
    ) -> Result<Option<Vec<Cow<'r, str>>>, Fault> {
        let Some(Pieces { texts, coding }) = self.pieces(parameter)? else {
            return Ok(None);
        };
        let mut items = Vec::with_capacity(texts.len());
        for text in texts {
            let item = match text {
                Cow::Borrowed(text) => parameter.unnamed(text).map(Cow::Borrowed),
                Cow::Owned(text) => Some(Cow::Owned(text)),
            };
            let item = item.ok_or(Fault::Misstyled)?;
            items.push(coding.decode_cow(item).ok_or(Fault::Undecodable)?);
        }
        Ok(Some(items))
    }

    /// What stands between the separators.
    pub(super) fn pieces(&mut self, parameter: &Parameter) -> Result<Option<Pieces<'r>>, Fault> {
        let given = self.given(parameter)?;
        if matches!(given, Given::Absent) {
            return Ok(None);
        }
        let coding = Coding::of(parameter);
        let separator = parameter.separator();
        let mut texts = Vec::new();
        for text in given.as_slice() {
            let text = parameter.undress(text).ok_or(Fault::Misstyled)?;
            if parameter.is_spread() {
                texts.push(Cow::Borrowed(text));
                continue;
            }
            if parameter.encodes_separator() {
                let text = coding.decode(text).ok_or(Fault::Undecodable)?;
                texts.extend(
                    text.split(separator)
                        .map(|item| Cow::Owned(item.to_owned())),
                );
                continue;
            }
            let pieces = text.split(separator);
            if parameter.location == Location::Header {
                // Empty elements of a list field count for nothing (RFC 9110, section 5.6.1).
                let pieces = pieces.map(str::trim).filter(|piece| !piece.is_empty());
                texts.extend(pieces.map(Cow::Borrowed));
            } else {
                texts.extend(pieces.map(Cow::Borrowed));
            }
        }
        let coding = match parameter.encodes_separator() {
            true => Coding::Verbatim,
            false => coding,
        };
        Ok(Some(Pieces { texts, coding }))
    }
}
