//! Parameters: all taken, then all violations at once.

mod cookies;
mod fields;
mod given;
mod object;
mod style;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use crate::breach::Breach;
use crate::decode::{self, Formatted, FromText, Leaf, Unread};
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::untyped::{self, Kinds, Node};
use crate::violation::{Violation, escaped};

pub(crate) use cookies::cookies;
pub use object::Parameter;
pub use style::Style;

use given::{Coding, Fault, Query};

/// Takes parameters and gathers their violations. Every method answers `None` where it gathered one.
pub struct Parameters<'r> {
    request: &'r Request,
    base: &'static str,
    query: Query<'r>,
    violations: Vec<Violation>,
}

/// What a method of [`Parameters`] gives: `None` where a violation was gathered, `Some(None)` where the parameter is absent.
type Taken<T> = Option<Option<T>>;

macro_rules! required {
    ($($(#[$doc:meta])+ $name:ident as $optional:ident: [$($bound:tt)+] $of:ty;)+) => {
        $($(#[$doc])+
        pub fn $name<T: $($bound)+>(
            &mut self,
            parameter: &Parameter,
            check: impl Fn(&$of) -> bool,
        ) -> Option<$of> {
            let value = self.$optional(parameter, check)?;
            if value.is_none() {
                self.miss(parameter);
            }
            value
        })+
    };
}

impl<'r> Parameters<'r> {
    pub(crate) fn new(request: &'r Request, base: &'static str) -> Self {
        Self {
            request,
            base,
            query: Query::new(request.http.query_string()),
            violations: Vec::new(),
        }
    }

    required! {
        /// A plain value that must be there.
        required as optional: [FromText] T;
        /// A list that must be there.
        required_list as optional_list: [FromText] Vec<T>;
        /// An object that must be there.
        required_object as optional_object: [DeserializeOwned] T;
        /// JSON that must be there: `content: application/json`.
        required_json as optional_json: [DeserializeOwned] T;
        /// The same of texts that have one strict form.
        required_json_formatted as optional_json_formatted: [Formatted] T;
        /// What the schema makes of the text, where that must be there.
        required_value as optional_value: [DeserializeOwned] T;
    }

    /// A plain value that need not be there.
    pub fn optional<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let text = self.text(parameter);
        let Some(text) = self.taken(parameter, text)? else {
            return Some(None);
        };
        match T::from_text(&text).filter(check) {
            None if parameter.allow_empty && text.is_empty() => Some(None),
            None => self.refuse(parameter, &Node::Texts(vec![text]), None),
            value => Some(value),
        }
    }

    /// A list that need not be there.
    pub fn optional_list<T: FromText>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&Vec<T>) -> bool,
    ) -> Taken<Vec<T>> {
        let items = self.items(parameter);
        let Some(items) = self.taken(parameter, items)? else {
            return Some(None);
        };
        let list = || {
            let list: Option<Vec<T>> = items.iter().map(|item| T::from_text(item)).collect();
            list.ok_or(None)
        };
        let node = || Node::Texts(items.clone());
        match decode::held(list, check, || self.is_valid(parameter, &node())) {
            Ok(list) => Some(Some(list)),
            Err(_) if is_empty(parameter, &items) => Some(None),
            Err(hot) => self.refuse(parameter, &node(), hot),
        }
    }

    /// An object that need not be there.
    pub fn optional_object<T: DeserializeOwned>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let members = self.members(parameter);
        let Some(members) = self.taken(parameter, members)? else {
            return Some(None);
        };
        match untyped::flat(members) {
            Ok(pairs) => {
                let node = || Node::Members(untyped::nested(pairs.clone()));
                let object = || decode::form_unchecked::<T>(&pairs);
                decode::held(object, check, || self.is_valid(parameter, &node()))
                    .map(Some)
                    .map_or_else(|hot| self.refuse(parameter, &node(), hot), Some)
            }
            // What is nested is read as the schema has it.
            Err(members) => {
                let node = Node::Members(members);
                self.read(parameter, node, check)
            }
        }
    }

    /// JSON that need not be there: `content: application/json`.
    pub fn optional_json<T: DeserializeOwned>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let text = self.text(parameter);
        let Some(text) = self.taken(parameter, text)? else {
            return Some(None);
        };
        let node = || serde_json::from_str(&text).map(Node::Json);
        let is_valid = || node().is_ok_and(|node| self.is_valid(parameter, &node));
        let read = || decode::json_unchecked::<T>(text.as_bytes());
        let hot = match decode::held(read, check, is_valid) {
            Ok(value) => return Some(Some(value)),
            Err(hot) => hot,
        };
        if parameter.allow_empty && text.is_empty() {
            return Some(None);
        }
        match node() {
            Ok(node) => self.refuse(parameter, &node, hot),
            Err(_) => self.say(parameter, "content", "must be JSON"),
        }
    }

    /// The same of texts that have one strict form.
    pub fn optional_json_formatted<T: Formatted>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let taken = self.optional_json::<Leaf<T>>(parameter, |leaf| check(&leaf.0));
        taken.map(|given| given.map(|leaf| leaf.0))
    }

    /// What the schema makes of the text, where that need not be there.
    pub fn optional_value<T: DeserializeOwned>(
        &mut self,
        parameter: &Parameter,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let schemas = self.request.operation.schemas;
        let kinds = untyped::kinds(schemas, &self.schema(parameter));
        let node = if parameter.style == Style::DeepObject || kinds == Kinds::OBJECT {
            let members = self.members(parameter);
            members.map(|members| members.map(Node::Members))
        } else if kinds.has(Kinds::ARRAY) {
            let items = self.items(parameter);
            items.map(|items| items.map(Node::Texts))
        } else {
            let text = self.text(parameter);
            text.map(|text| text.map(|text| Node::Texts(vec![text])))
        };
        match self.taken(parameter, node)? {
            None => Some(None),
            Some(Node::Texts(texts)) if is_empty(parameter, &texts) => Some(None),
            Some(node) => self.read(parameter, node, check),
        }
    }

    /// What all that was gathered comes to.
    #[must_use]
    pub fn rejection(self) -> Rejection {
        Rejection::with_violations(Kind::Parameters, self.violations)
    }

    /// JSON Pointer of its Schema Object.
    fn schema(&self, parameter: &Parameter) -> Cow<'static, str> {
        match parameter.schema {
            "" => Cow::Borrowed(""),
            whole if whole.starts_with('/') => Cow::Borrowed(whole),
            below => Cow::Owned(format!("{}/{below}", self.base)),
        }
    }

    fn read<T: DeserializeOwned>(
        &mut self,
        parameter: &Parameter,
        node: Node<'_>,
        check: impl Fn(&T) -> bool,
    ) -> Taken<T> {
        let schemas = self.request.operation.schemas;
        match untyped::typed(schemas, &self.schema(parameter), &node, check) {
            Ok(value) => Some(Some(value)),
            Err(found) => self.gather(parameter, found),
        }
    }

    #[cold]
    fn is_valid(&self, parameter: &Parameter, node: &Node<'_>) -> bool {
        let schemas = self.request.operation.schemas;
        untyped::violations(schemas, &self.schema(parameter), node).is_empty()
    }

    #[cold]
    fn refuse<T>(
        &mut self,
        parameter: &Parameter,
        node: &Node<'_>,
        hot: Option<Unread>,
    ) -> Option<T> {
        let schemas = self.request.operation.schemas;
        let found = decode::unless_spent(hot.as_ref(), || {
            untyped::violations(schemas, &self.schema(parameter), node)
        });
        self.gather(parameter, found)
    }

    #[cold]
    fn gather<T>(&mut self, parameter: &Parameter, found: Vec<Violation>) -> Option<T> {
        if found.is_empty() {
            self.say::<()>(parameter, "content", "cannot be read");
        }
        self.violations
            .extend(found.into_iter().map(|inner| Violation {
                pointer: format!("/{}{}", escaped(parameter.name), inner.pointer),
                location: parameter.location,
                ..inner
            }));
        None
    }

    fn say<T>(&mut self, parameter: &Parameter, keyword: &str, message: &str) -> Option<T> {
        self.violations.push(Violation {
            pointer: format!("/{}", escaped(parameter.name)),
            location: parameter.location,
            ..Violation::of_body(keyword, message)
        });
        None
    }

    #[cold]
    fn miss(&mut self, parameter: &Parameter) {
        let schemas = self.request.operation.schemas;
        let expected = schemas.at(&self.schema(parameter));
        self.violations.push(Violation {
            pointer: format!("/{}", escaped(parameter.name)),
            location: parameter.location,
            breach: Breach::Missing {
                expected: expected.map(|at| at.types()).unwrap_or_default(),
            },
            ..Violation::of_body("required", "is required")
        });
    }

    /// What was given, or the violation that it is.
    fn taken<T>(&mut self, parameter: &Parameter, given: Result<Option<T>, Fault>) -> Taken<T> {
        let fault = match given {
            Ok(given) => return Some(given),
            Err(fault) => fault,
        };
        let (keyword, message) = match fault {
            Fault::Undecodable if Coding::of(parameter) == Coding::Verbatim => {
                ("encoding", "must be ASCII")
            }
            Fault::Undecodable => ("encoding", "must be percent-encoded UTF-8"),
            Fault::BrokenQuery => (
                "encoding",
                "stands in a query that must be percent-encoded UTF-8 of at most 4096 fields",
            ),
            Fault::Repeated => ("type", untyped::ONCE),
            Fault::TooDeep => ("style", "has too many names within names"),
            Fault::Misstyled => match parameter.style {
                Style::Label => ("style", "must begin with a full stop"),
                Style::Matrix => ("style", "must begin with a semicolon and a name"),
                _ => ("style", "must be pairs of name and value"),
            },
        };
        self.say(parameter, keyword, message)
    }
}

/// Whether only an empty text is given where `allowEmptyValue` lets that stand for none.
fn is_empty(parameter: &Parameter, texts: &[Cow<'_, str>]) -> bool {
    parameter.allow_empty && texts.iter().all(|text| text.is_empty())
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
