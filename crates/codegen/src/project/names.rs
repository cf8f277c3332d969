//! Names that differ in the document but are one in Rust are told apart, or what bears them is made weaker.

use std::collections::{HashMap, HashSet};

use heck::{ToPascalCase, ToSnakeCase};
use indexmap::IndexMap;
use openapiv3::{AnySchema, OpenAPI, Schema, SchemaKind, Type};

use super::Note;
use super::visit::{Visitor, walk};

/// Leaves no two schemas, members or values of an enumeration that would get the same name in Rust.
pub(super) fn make_distinct(openapi: &mut OpenAPI, notes: &mut Vec<Note>) {
    let renamed = rename_schemas(openapi, notes);
    if !renamed.is_empty() {
        walk(openapi, &mut Redirect(renamed));
    }
    walk(openapi, &mut Weaken(notes));
}

/// The letters of a name that Rust's identifiers keep.
fn letters(name: &str) -> String {
    (name.replace('\'', "").chars())
        .map(|letter| {
            if letter.is_alphanumeric() {
                letter
            } else {
                '-'
            }
        })
        .collect()
}

fn all_distinct<'a>(names: impl IntoIterator<Item = &'a str>, case: fn(&str) -> String) -> bool {
    let mut seen = HashSet::new();
    names
        .into_iter()
        .all(|name| seen.insert(case(&letters(name))))
}

/// New references by old ones.
fn rename_schemas(openapi: &mut OpenAPI, notes: &mut Vec<Note>) -> HashMap<String, String> {
    let mut renamed = HashMap::new();
    let Some(components) = &mut openapi.components else {
        return renamed;
    };
    let names: HashSet<String> = components.schemas.keys().cloned().collect();
    let mut taken = HashSet::new();
    let mut schemas = IndexMap::new();
    for (name, schema) in std::mem::take(&mut components.schemas) {
        let mut free = name.clone();
        let mut count = 1;
        while !taken.insert(letters(&free).to_pascal_case()) || (count > 1 && names.contains(&free))
        {
            count += 1;
            free = format!("{name}{count}");
        }
        if free != name {
            notes.push(Note {
                at: name.clone(),
                text: format!("It would have the name of another type and is called `{free}`."),
            });
            let reference = |name: &str| format!("#/components/schemas/{name}");
            renamed.insert(reference(&name), reference(&free));
        }
        schemas.insert(free, schema);
    }
    components.schemas = schemas;
    renamed
}

struct Redirect(HashMap<String, String>);

impl Visitor for Redirect {
    fn reference(&mut self, reference: &mut String) {
        if let Some(renamed) = self.0.get(reference) {
            reference.clone_from(renamed);
        }
    }
}

struct Weaken<'a>(&'a mut Vec<Note>);

impl Visitor for Weaken<'_> {
    fn schema(&mut self, schema: &mut Schema, at: &str) {
        let text = match &mut schema.schema_kind {
            SchemaKind::Type(Type::String(string)) => {
                let values = || string.enumeration.iter().flatten().map(String::as_str);
                if all_distinct(values(), |name| name.to_pascal_case()) {
                    return;
                }
                let values: Vec<_> = values().map(|value| format!("`{value}`")).collect();
                string.enumeration.clear();
                format!(
                    "The values {} would be one in Rust; any text is taken.",
                    values.join(", ")
                )
            }
            SchemaKind::Type(Type::Object(object)) => {
                if all_distinct(object.properties.keys().map(String::as_str), |name| {
                    name.to_snake_case()
                }) {
                    return;
                }
                let names: Vec<_> = object
                    .properties
                    .keys()
                    .map(|name| format!("`{name}`"))
                    .collect();
                schema.schema_kind = SchemaKind::Any(AnySchema::default());
                format!(
                    "Of the members {} some would be one in Rust; any JSON is taken.",
                    names.join(", ")
                )
            }
            _ => return,
        };
        self.0.push(Note {
            at: at.to_owned(),
            text,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::Projection;
    use super::super::tests::{get, said};
    use serde_json::{Value, json};

    /// The projection of an operation that answers with any of `schemas`.
    fn with(schemas: Value) -> Projection {
        let names = schemas.as_object().into_iter().flat_map(|all| all.keys());
        let any: Vec<_> = names.map(|name| of(name)).collect();
        let content = json!({"application/json": {"schema": {"anyOf": any}}});
        get(
            json!({"responses": {"200": {"description": "Any.", "content": content}}}),
            json!({"schemas": schemas}),
        )
    }

    fn of(name: &str) -> Value {
        json!({"$ref": format!("#/components/schemas/{name}")})
    }

    fn schemas(projection: &Projection) -> Value {
        serde_json::to_value(&projection.openapi.components).expect("JSON")["schemas"].clone()
    }

    #[test]
    fn values_that_are_one_in_rust_become_any_text() {
        let colour = json!({"type": "string", "enum": ["dark-red", "dark_red", "blue"]});
        let projection = with(json!({"Colour": colour}));
        assert_eq!(schemas(&projection)["Colour"], json!({"type": "string"}));
        assert_eq!(
            said(&projection),
            "`Colour`: The values `dark-red`, `dark_red`, `blue` would be one in Rust; any text is taken."
        );
    }

    #[test]
    fn distinct_values_stay() {
        let colour = json!({"type": "string", "enum": ["red", "blue"]});
        let projection = with(json!({"Colour": colour.clone()}));
        assert_eq!(schemas(&projection)["Colour"], colour);
    }

    #[test]
    fn members_that_are_one_in_rust_become_any_json() {
        let properties = json!({"userId": {"type": "string"}, "user_id": {"type": "string"}});
        let user = json!({"type": "object", "properties": properties});
        let projection = with(json!({"User": user}));
        assert_eq!(schemas(&projection)["User"], json!({}));
    }

    #[test]
    fn schemas_that_are_one_in_rust_are_renamed_where_they_are_named() {
        let list = json!({"type": "array", "items": of("user_name")});
        let projection = with(
            json!({"UserName": {"type": "string"}, "user_name": {"type": "integer"}, "List": list}),
        );
        assert_eq!(schemas(&projection)["List"]["items"], of("user_name2"));
        assert_eq!(
            schemas(&projection)["user_name2"],
            json!({"type": "integer"})
        );
    }
}
