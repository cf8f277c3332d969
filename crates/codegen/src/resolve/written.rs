//! Objects as the contract has them: for fields that the model of OpenAPI 3.0 has no word for.

use serde_json::Value;

use super::refs;
use crate::bundle;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::pointer;

/// An object of the contract and its JSON Pointer.
#[derive(Clone, Debug)]
pub struct Written<'a> {
    /// The object; it is no Reference Object.
    pub value: &'a Value,
    /// Where it stands.
    pub pointer: String,
}

/// No chain of references is longer than this.
const MAX_STEPS: usize = 32;

impl<'a> Written<'a> {
    /// The object that stands at `pointer`, or that the Reference Object there leads to; `None` where nothing stands.
    ///
    /// # Errors
    /// A reference that leads nowhere, or back to itself.
    pub fn at(lowered: &'a Lowered, pointer: &str) -> Result<Option<Self>, Diagnostic> {
        follow(lowered, lowered.contract(), pointer)
    }

    /// The Schema Object at `pointer`, in the form of JSON Schema 2020-12, or the one that it refers to.
    pub fn schema(lowered: &'a Lowered, pointer: &str) -> Option<Self> {
        follow(lowered, lowered.schemas(), pointer).ok().flatten()
    }

    /// A field that is text.
    pub fn text(&self, name: &str) -> Option<&'a str> {
        self.value.get(name).and_then(Value::as_str)
    }

    /// A field that is a truth value.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.value.get(name).and_then(Value::as_bool)
    }

    /// The JSON Pointer of a field.
    pub fn below(&self, name: &str) -> String {
        refs::join(&self.pointer, name)
    }

    /// The keys of a field that is a map.
    pub fn keys(&self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let map = self.value.get(name).and_then(Value::as_object);
        map.into_iter().flatten().map(|(key, _)| key.as_str())
    }
}

fn follow<'a>(
    lowered: &'a Lowered,
    root: &'a Value,
    pointer: &str,
) -> Result<Option<Written<'a>>, Diagnostic> {
    let mut here = pointer.to_owned();
    for _ in 0..MAX_STEPS {
        let Some(value) = root.pointer(&here) else {
            return Ok(None);
        };
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            let pointer = here;
            return Ok(Some(Written { value, pointer }));
        };
        let target = reference
            .strip_prefix('#')
            .and_then(pointer::percent_decode);
        here = target
            .filter(|target| root.pointer(target).is_some())
            .ok_or_else(|| {
                lowered.error(
                    Code::DanglingRef,
                    &here,
                    format!("nothing stands at `{reference}`"),
                    bundle::CORRECT,
                )
            })?;
    }
    Err(lowered.error(
        Code::CyclicRef,
        pointer,
        "this reference leads back to itself",
        "let one of the references lead to an object",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::testing;

    #[test]
    fn references_lead_to_where_the_object_stands() {
        let lowered = testing::lowered(
            r##"
            paths: {}
            components:
              parameters:
                a: { $ref: "#/components/parameters/b~1%7B" }
                "b/{": { name: x, in: query, schema: { type: string } }
            "##,
        );
        let found = Written::at(&lowered, "/components/parameters/a");
        let found = found.ok().flatten().unwrap();
        assert_eq!(found.pointer, "/components/parameters/b~1{");
        assert_eq!(found.text("name"), Some("x"));
        let nothing = Written::at(&lowered, "/components/headers");
        assert!(nothing.ok().unwrap().is_none());
    }
}
