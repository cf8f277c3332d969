//! Text as a JSON value, guided by a schema: what the cold path validates of forms and parameters, and what the handler gets
//! where no Rust type reads the text by itself.
//!
//! A text is what the schema can take, the most specific first: a number, a boolean, then a string (OpenAPI 3.2, appendix
//! B). Where several are possible, each is tried against the schema.

mod kinds;
mod tree;

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::decode::{self, FromText};
use crate::schemas::{At, Schemas};
use crate::violation::{Violation, escaped};

pub(crate) use kinds::{Kinds, kinds};
pub(crate) use tree::{Members, Node, Tree, flat, nested};

/// What JSON Schema has no word for: a name that may stand in a form or a query once stands there again.
pub(crate) const ONCE: &str = "may be given only once";

/// The value that `node` is by the schema at `pointer`, and the violations that JSON Schema has no word for.
fn read(schemas: &Schemas, pointer: &str, node: &Node<'_>) -> (Value, Vec<Violation>) {
    let at = schemas.at(pointer);
    let Node::Members(members) = node else {
        return (of(schemas, at.as_ref(), node), Vec::new());
    };
    let mut violations = Vec::new();
    let mut object = Map::new();
    for (name, node) in members {
        let property = at.as_ref().and_then(|at| at.property(name));
        let is_list = property
            .as_ref()
            .is_some_and(|at| Kinds::of(schemas, at.schema).has(Kinds::ARRAY));
        let value = match node {
            Node::Texts(texts) if texts.len() > 1 && !is_list => {
                let named = at.as_ref().is_some_and(|at| at.names(name));
                let repeated = repeated(named.then_some(&**name));
                // What the schema does not know is ignored, however often it is there.
                let is_known = named || at.as_ref().is_none_or(At::takes_any);
                if is_known && !violations.contains(&repeated) {
                    violations.push(repeated);
                }
                let first = texts.get(..1).unwrap_or_default();
                of_texts(schemas, property.as_ref(), first)
            }
            node => of(schemas, property.as_ref(), node),
        };
        object.insert(name.to_string(), value);
    }
    (Value::Object(object), violations)
}

/// The value of a type that `node` is by the schema at `pointer`.
///
/// # Errors
/// Every violation of that, as of a body.
pub(crate) fn typed<T: DeserializeOwned>(
    schemas: &Schemas,
    pointer: &str,
    node: &Node<'_>,
    check: impl Fn(&T) -> bool,
) -> Result<T, Vec<Violation>> {
    let (value, violations) = read(schemas, pointer, node);
    let is_valid = || pointer.is_empty() || schemas.is_valid(pointer, &value);
    // A type alone may be more lenient than its schema.
    let keeps = |typed: &T| violations.is_empty() && is_valid() && check(typed);
    decode::held(|| decode::value_unchecked(&value), keeps, is_valid).map_err(|hot| {
        decode::unless_spent(hot.as_ref(), || all(schemas, pointer, &value, violations))
    })
}

/// Every violation of the schema at `pointer`, as of a body.
pub(crate) fn violations(schemas: &Schemas, pointer: &str, node: &Node<'_>) -> Vec<Violation> {
    let (value, violations) = read(schemas, pointer, node);
    all(schemas, pointer, &value, violations)
}

/// `violations`, and those of the schema.
fn all(
    schemas: &Schemas,
    pointer: &str,
    value: &Value,
    mut violations: Vec<Violation>,
) -> Vec<Violation> {
    // What has no schema has no pointer.
    if pointer.is_empty() {
        return Vec::new();
    }
    violations.extend(schemas.violations(pointer, value));
    violations
}

/// Of a field; not by its name where the client chose that.
fn repeated(name: Option<&str>) -> Violation {
    match name {
        Some(name) => Violation {
            pointer: format!("/{}", escaped(name)),
            ..Violation::of_body("type", ONCE)
        },
        None => Violation::of_body("type", "has a field more than once"),
    }
}

/// Which names a member of an object of the schema at `pointer` can have.
pub(crate) fn members(schemas: &Schemas, pointer: &str) -> impl Fn(&str) -> bool {
    let at = schemas.at(pointer);
    let takes_any = at.as_ref().is_none_or(At::takes_any);
    move |name| takes_any || at.as_ref().is_some_and(|at| at.property(name).is_some())
}

fn of(schemas: &Schemas, at: Option<&At<'_>>, node: &Node<'_>) -> Value {
    let members = match node {
        Node::Texts(texts) => return of_texts(schemas, at, texts),
        Node::Json(value) => return value.clone(),
        Node::Members(members) => members,
    };
    let kinds = at.map_or(Kinds::ALL, |at| Kinds::of(schemas, at.schema));
    if kinds.has(Kinds::ARRAY) && !kinds.has(Kinds::OBJECT) {
        // `n[0]=a&n[1]=b`.
        let items = members.iter().enumerate();
        return items
            .map(|(index, (_, node))| of(schemas, at.and_then(|at| at.item(index)).as_ref(), node))
            .collect();
    }
    let members = members.iter().map(|(name, node)| {
        let property = at.and_then(|at| at.property(name));
        (name.to_string(), of(schemas, property.as_ref(), node))
    });
    Value::Object(members.collect())
}

fn of_texts(schemas: &Schemas, at: Option<&At<'_>>, texts: &[Cow<'_, str>]) -> Value {
    let kinds = at.map_or(Kinds::ALL, |at| Kinds::of(schemas, at.schema));
    let mut candidates = Vec::new();
    if let [text] = texts {
        candidates = scalars(kinds, text);
    }
    if candidates.is_empty() || (kinds.has(Kinds::ARRAY) && kinds != Kinds::ALL) {
        let items = texts.iter().enumerate().map(|(index, text)| {
            let item = at.and_then(|at| at.item(index));
            of_texts(schemas, item.as_ref(), std::slice::from_ref(text))
        });
        candidates.push(items.collect());
    }
    let several = candidates.len() > 1;
    let valid = at.filter(|_| several).and_then(|at| {
        let keeps = |candidate: &&Value| schemas.is_valid(&at.pointer, candidate);
        candidates.iter().find(keeps).cloned()
    });
    valid.unwrap_or_else(|| candidates.into_iter().next().unwrap_or_default())
}

/// What one text can be, the most specific first; nothing where only a list can be meant.
fn scalars(kinds: Kinds, text: &str) -> Vec<Value> {
    if kinds == Kinds::ALL {
        return vec![Value::from(text)];
    }
    if kinds == Kinds::ARRAY {
        return Vec::new();
    }
    let mut candidates = Vec::new();
    if kinds.has(Kinds::NUMBER)
        && let Some(number) = serde_json::Number::from_text(text)
    {
        candidates.push(Value::Number(number));
    }
    if kinds.has(Kinds::BOOLEAN)
        && let Some(flag) = bool::from_text(text)
    {
        candidates.push(Value::Bool(flag));
    }
    // By default what a form has for an object is JSON (OpenAPI 3.2, Encoding Object, `contentType`).
    if kinds.has(Kinds::OBJECT)
        && let Ok(object) = serde_json::from_str::<Map<String, Value>>(text)
    {
        candidates.push(Value::Object(object));
    }
    if kinds.has(Kinds::STRING) || candidates.is_empty() {
        candidates.push(Value::from(text));
    }
    candidates
}
