//! Schemas by which no value is valid, though nobody says `false`.

use super::kinds::Kinds;
use super::node::Node;
use super::parts::{Part, Source};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;

const HELP: &str = "as it stands nothing can be sent here: correct the schema, here or through an overlay, or write `false` if that is meant";

/// A warning where the `type`s of schemas that hold together leave none.
pub fn types(lowered: &Lowered, source: Source<'_>, parts: &[Part]) -> Option<Diagnostic> {
    let mut typed = parts.iter().filter_map(|part| {
        let Part::Own { pointer, .. } = part else {
            return None;
        };
        let Node::Object(members) = source.node(pointer) else {
            return None;
        };
        Some((
            format!("{pointer}/type"),
            Kinds::of_type(members.get("type")?),
        ))
    });
    let (first, mut left) = typed.next()?;
    let (last, _) = typed.find(|(_, kinds)| {
        left = left.and(*kinds);
        left.is_none()
    })?;
    let message =
        "no value is valid here: the types of schemas that hold together exclude each other";
    let finding = lowered.error(Code::UnsatisfiableSchema, &last, message, HELP);
    Some(
        finding
            .warning()
            .with(lowered.place(&first), "and this type"),
    )
}

/// A warning for the schema at `pointer`, which allows none of the values that it lists.
pub fn values(lowered: &Lowered, pointer: &str) -> Diagnostic {
    let message = "no value is valid here: none that is listed meets the other keywords";
    lowered
        .error(Code::UnsatisfiableSchema, pointer, message, HELP)
        .warning()
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    fn warnings(schema: &str) -> Vec<&'static str> {
        let body = "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } }";
        testing::warnings(&testing::operation(body, &format!("A: {schema}")))
    }

    #[test]
    fn what_nothing_can_be_is_named() {
        for schema in [
            "{ allOf: [{ type: object, properties: { a: {} } }, { type: string }] }",
            "{ type: object, properties: { a: { type: string, allOf: [{ type: integer }] } } }",
            "{ allOf: [{ type: object, properties: { a: { type: string } } }, { properties: { a: { type: integer } } }] }",
            "{ type: string, maxLength: 1, enum: [ab, cd] }",
        ] {
            assert_eq!(warnings(schema), ["unsatisfiable-schema"], "{schema}");
        }
    }

    #[test]
    fn what_is_meant_is_not() {
        for schema in [
            "{ not: {} }",
            "{ type: object, additionalProperties: false }",
            "{ allOf: [{ type: number }, { type: integer }] }",
            "{ type: object, oneOf: [{ type: string }, { properties: { a: {} } }] }",
        ] {
            assert_eq!(warnings(schema), [""; 0], "{schema}");
        }
    }
}
