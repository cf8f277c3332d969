//! Parameters: all taken, then all violations at once.

use std::borrow::Cow;
use std::fmt;

use actix_web::http::header::{COOKIE, HeaderMap};
use serde::de::DeserializeOwned;

use crate::check::Check;
use crate::decode::{self, FromText, Pairs};
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::untyped;
use crate::violation::{Location, Violation, escaped};

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
    /// JSON Pointer of its Schema Object.
    pub schema: &'static str,
}

/// How a list or an object is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`; of paths and headers.
    Simple,
    /// `n=a&n=b`, or `n=a,b` when not exploded; of queries and cookies.
    Form,
    /// `n=a%20b`.
    SpaceDelimited,
    /// `n=a|b`.
    PipeDelimited,
    /// `n[x]=a&n[y]=b`.
    DeepObject,
}

/// What a request gives for a parameter. Nothing is allocated for the common one text.
enum Given<'r> {
    Absent,
    One(Cow<'r, str>),
    Several(Vec<Cow<'r, str>>),
}

impl<'r> Given<'r> {
    fn as_slice(&self) -> &[Cow<'r, str>] {
        match self {
            Self::Absent => &[],
            Self::One(text) => std::slice::from_ref(text),
            Self::Several(texts) => texts,
        }
    }
}

impl<'r> FromIterator<Cow<'r, str>> for Given<'r> {
    fn from_iter<I: IntoIterator<Item = Cow<'r, str>>>(texts: I) -> Self {
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

/// Takes parameters and gathers their violations. Every method answers `None` where it gathered one.
pub struct Parameters<'r> {
    request: &'r Request,
    /// The query, split when first needed; `Some(None)` where it cannot be decoded.
    query: Option<Option<Pairs<'r>>>,
    violations: Vec<Violation>,
}

impl<'r> Parameters<'r> {
    pub(crate) fn new(request: &'r Request) -> Self {
        Self {
            request,
            query: None,
            violations: Vec::new(),
        }
    }

    /// A parameter that must be there.
    pub fn required<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl FnOnce(&T) -> bool,
    ) -> Option<T> {
        let value = self.optional(parameter, check)?;
        self.present(parameter, value)
    }

    /// A parameter that need not be there.
    pub fn optional<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl FnOnce(&T) -> bool,
    ) -> Option<Option<T>> {
        let values = self.values(parameter)?;
        let value = match values.as_slice() {
            [] => return Some(None),
            [text] => T::from_text(text).filter(check),
            _ => return self.say(parameter, "type", untyped::ONCE),
        };
        if value.is_none() {
            self.refuse(parameter, values.as_slice());
        }
        value.map(Some)
    }

    /// A list that must be there.
    pub fn required_list<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl FnOnce(&Vec<T>) -> bool,
    ) -> Option<Vec<T>> {
        let value = self.optional_list(parameter, check)?;
        self.present(parameter, value)
    }

    /// A list that need not be there.
    pub fn optional_list<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl FnOnce(&Vec<T>) -> bool,
    ) -> Option<Option<Vec<T>>> {
        let values = self.values(parameter)?;
        if matches!(values, Given::Absent) {
            return Some(None);
        }
        let items = split(parameter, values.as_slice());
        let list: Option<Vec<T>> = items.iter().map(|item| T::from_text(item)).collect();
        let list = list.filter(check);
        if list.is_none() {
            self.refuse(parameter, &items);
        }
        list.map(Some)
    }

    /// An object that must be there: style `deepObject`, or `form` exploded.
    pub fn required_object<T: DeserializeOwned + Check>(
        &mut self,
        parameter: &Parameter,
    ) -> Option<T> {
        let value = self.optional_object(parameter)?;
        self.present(parameter, value)
    }

    /// An object that need not be there: style `deepObject`, or `form` exploded.
    pub fn optional_object<T: DeserializeOwned + Check>(
        &mut self,
        parameter: &Parameter,
    ) -> Option<Option<T>> {
        let fields = self.fields(parameter)?;
        if fields.is_empty() {
            return Some(None);
        }
        let object = decode::form_unchecked::<T>(&fields)
            .ok()
            .filter(Check::check);
        if object.is_none() {
            let schemas = self.request.operation.schemas;
            let found = untyped::form_violations(schemas, parameter.schema, &fields);
            self.gather(parameter, found);
        }
        object.map(Some)
    }

    /// What all that was gathered comes to.
    #[must_use]
    pub fn rejection(self) -> Rejection {
        Rejection::with_violations(Kind::Parameters, self.violations)
    }

    fn present<T>(&mut self, parameter: &Parameter, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.say::<T>(parameter, "required", "is required");
        }
        value
    }

    /// Every text that the request gives for the parameter.
    fn values(&mut self, parameter: &Parameter) -> Option<Given<'r>> {
        match parameter.location {
            Location::Path => match self.request.segment(parameter.index) {
                Some(text) => Some(Given::One(text)),
                None => self.say(parameter, "encoding", "must be percent-encoded UTF-8"),
            },
            Location::Query => {
                let pairs = self.query(parameter)?;
                let found = pairs.iter().find(|(name, _)| name == parameter.name);
                let values = found.into_iter().flat_map(|(_, values)| values);
                Some(values.cloned().collect())
            }
            Location::Header => {
                let values = self.request.headers().get_all(parameter.name);
                let texts: Option<_> = values
                    .map(|value| value.to_str().ok().map(Cow::Borrowed))
                    .collect();
                texts.or_else(|| self.say(parameter, "encoding", "must be ASCII"))
            }
            Location::Cookie => {
                let values = cookies(self.request.headers(), parameter.name);
                Some(values.map(Cow::Borrowed).collect())
            }
            Location::Body => Some(Given::Absent),
        }
    }

    fn query(&mut self, parameter: &Parameter) -> Option<&Pairs<'r>> {
        let request = self.request;
        let query = self
            .query
            .get_or_insert_with(|| decode::pairs(request.http.query_string().as_bytes()));
        if query.is_none() {
            self.violations.push(violation(
                parameter,
                "encoding",
                &format!("stands in a query that {}", decode::SYNTAX),
            ));
        }
        query.as_ref()
    }

    /// The members of an object parameter.
    fn fields(&mut self, parameter: &Parameter) -> Option<Pairs<'r>> {
        let schemas = self.request.operation.schemas;
        let pairs = self.query(parameter)?;
        if parameter.style != Style::DeepObject {
            // The other parameters stand beside the members.
            return Some(untyped::members(schemas, parameter.schema, pairs));
        }
        let inner = |name: &str| {
            let member = name.strip_prefix(parameter.name)?.strip_prefix('[')?;
            Some(Cow::Owned(member.strip_suffix(']')?.to_owned()))
        };
        let fields = pairs
            .iter()
            .filter_map(|(name, values)| Some((inner(name)?, values.clone())));
        Some(fields.collect())
    }

    #[cold]
    fn refuse(&mut self, parameter: &Parameter, values: &[Cow<'_, str>]) {
        let schemas = self.request.operation.schemas;
        let schema = schemas.schema(parameter.schema);
        let value = untyped::texts(schemas, schema, values);
        self.gather(parameter, schemas.violations(parameter.schema, &value));
    }

    fn gather(&mut self, parameter: &Parameter, found: Vec<Violation>) {
        if found.is_empty() {
            self.say::<()>(parameter, "content", "cannot be read");
        }
        self.violations
            .extend(found.into_iter().map(|inner| Violation {
                pointer: format!("/{}{}", escaped(parameter.name), inner.pointer),
                location: parameter.location,
                ..inner
            }));
    }

    fn say<T>(&mut self, parameter: &Parameter, keyword: &str, message: &str) -> Option<T> {
        self.violations.push(violation(parameter, keyword, message));
        None
    }
}

/// Not the query: it may hold a secret.
impl fmt::Debug for Parameters<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parameters")
            .field("request", self.request)
            .field("violations", &self.violations)
            .finish_non_exhaustive()
    }
}

fn violation(parameter: &Parameter, keyword: &str, message: &str) -> Violation {
    Violation {
        pointer: format!("/{}", escaped(parameter.name)),
        location: parameter.location,
        message: message.to_owned(),
        keyword: keyword.to_owned(),
    }
}

/// The items of a list.
fn split<'v>(parameter: &Parameter, values: &'v [Cow<'v, str>]) -> Vec<Cow<'v, str>> {
    let separator = match (parameter.style, parameter.explode) {
        (Style::Form, true) => return values.to_vec(),
        (Style::SpaceDelimited, _) => ' ',
        (Style::PipeDelimited, _) => '|',
        _ => ',',
    };
    let header = parameter.location == Location::Header;
    let items = values.iter().flat_map(|value| value.split(separator));
    items
        .map(|item| Cow::Borrowed(if header { item.trim() } else { item }))
        .collect()
}

/// The values of a cookie (RFC 6265, section 4.2.1).
pub(crate) fn cookies<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    headers
        .get_all(COOKIE)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|cookie| cookie.trim().split_once('='))
        .filter_map(move |(given, value)| (given == name).then_some(value))
}
