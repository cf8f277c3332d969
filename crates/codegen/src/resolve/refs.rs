//! Follows `$ref`s into `components`, keeping the JSON Pointer of what is reached.

use openapiv3::ReferenceOr;
use serde_json::Value;

use super::reusable::Reusable;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::pointer;

/// A node and its JSON Pointer in the contract.
pub struct At<'a, T> {
    /// The node.
    pub node: &'a T,
    /// Where it stands.
    pub pointer: String,
}

/// The object that `node`, standing at `pointer`, is or refers to.
///
/// # Errors
/// A reference that leads nowhere, or to an object of another kind.
pub fn follow<'a, T: Reusable>(
    lowered: &'a Lowered,
    node: &'a ReferenceOr<T>,
    pointer: &str,
) -> Result<At<'a, T>, Diagnostic> {
    let mut here = At {
        node,
        pointer: pointer.to_owned(),
    };
    for _ in 0..32 {
        match here.node {
            ReferenceOr::Item(node) => {
                return Ok(At {
                    node,
                    pointer: here.pointer,
                });
            }
            ReferenceOr::Reference { reference } => {
                here = target(lowered, reference, &here.pointer)?;
            }
        }
    }
    Err(cyclic(lowered, pointer))
}

fn cyclic(lowered: &Lowered, pointer: &str) -> Diagnostic {
    lowered.error(
        Code::CyclicRef,
        pointer,
        "this reference leads back to itself",
        "let one of the references lead to an object",
    )
}

fn target<'a, T: Reusable>(
    lowered: &'a Lowered,
    reference: &str,
    pointer: &str,
) -> Result<At<'a, ReferenceOr<T>>, Diagnostic> {
    let target = reference.trim_start_matches('#');
    let node = pointer::tokens(target).and_then(|tokens| T::find(lowered.openapi(), &tokens));
    node.map(|node| At {
        node,
        pointer: target.to_owned(),
    })
    .ok_or_else(|| {
        lowered.error(
            Code::DanglingRef,
            pointer,
            format!("`{reference}` is no {}", T::NAME),
            format!(
                "declare it at `#/components/{}`, or write the object here",
                T::SECTION
            ),
        )
    })
}

/// The Schema Object that `schema`, a node of [`Lowered::schemas`], is or refers to.
pub fn deep<'a>(lowered: &'a Lowered, schema: &'a Value) -> &'a Value {
    let mut here = schema;
    // Bounded, since references may lead in a circle.
    for _ in 0..32 {
        let reference = here.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|reference| reference.strip_prefix('#'));
        match target.and_then(|pointer| lowered.schemas().pointer(pointer)) {
            Some(target) => here = target,
            None => break,
        }
    }
    here
}

/// The name in `#/components/<section>/<name>`, unescaped.
pub fn component(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| pointer::unescaped(name))
}

/// The only value that a schema allows by `const` or `enum`.
pub fn only(schema: &Value) -> Option<&Value> {
    schema
        .get("const")
        .or_else(|| match schema.get("enum")?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        })
}

/// `pointer` with one more token, escaped as RFC 6901 asks.
pub fn join(pointer: &str, token: &str) -> String {
    format!("{pointer}/{}", pointer::escaped(token))
}

#[cfg(test)]
mod tests {
    use openapiv3::Parameter;

    use super::*;
    use crate::resolve::testing;

    #[test]
    fn a_chain_of_references_ends_at_the_object() {
        let lowered = testing::lowered(
            r##"
            paths: {}
            components:
              parameters:
                a: { $ref: "#/components/parameters/b" }
                b: { name: x, in: query, schema: { type: string } }
            "##,
        );
        let start = ReferenceOr::ref_("#/components/parameters/a");
        let found = follow::<Parameter>(&lowered, &start, "/here").ok().unwrap();
        assert_eq!(found.pointer, "/components/parameters/b");
        assert_eq!(found.node.parameter_data_ref().name, "x");
    }

    #[test]
    fn tokens_are_escaped() {
        assert_eq!(join("/paths", "/a~b"), "/paths/~1a~0b");
    }
}
