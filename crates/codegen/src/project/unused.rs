//! Schemas that no request and no answer has any more are left out.

use std::collections::HashSet;

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::Note;
use super::visit::{Visitor, walk_operations, walk_schema};

/// Leaves the named schemas that operations need, themselves or through others.
pub(super) fn remove(openapi: &mut OpenAPI, notes: &mut Vec<Note>) {
    let mut used = Used::default();
    walk_operations(openapi, &mut used);
    let Some(components) = &mut openapi.components else {
        return;
    };
    while let Some(name) = used.to_see.pop() {
        if let Some(schema) = components.schemas.get_mut(&name) {
            walk_schema(schema, &name, &mut used);
        }
    }
    let mut gone = Vec::new();
    components
        .schemas
        .retain(|name: &String, _: &mut ReferenceOr<Schema>| {
            let keep = used.seen.contains(name);
            if !keep {
                gone.push(format!("`{name}`"));
            }
            keep
        });
    if !gone.is_empty() {
        notes.push(Note {
            at: String::new(),
            text: format!(
                "There are no types for schemas that no request and no answer has here: {}.",
                gone.join(", ")
            ),
        });
    }
}

#[derive(Default)]
struct Used {
    seen: HashSet<String>,
    to_see: Vec<String>,
}

impl Visitor for Used {
    fn reference(&mut self, reference: &mut String) {
        let name = reference.rsplit('/').next().unwrap_or_default();
        if self.seen.insert(name.to_owned()) {
            self.to_see.push(name.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{projected, said};
    use serde_json::json;

    #[test]
    fn schemas_stay_that_an_operation_needs_through_others() {
        let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        let list = json!({"type": "array", "items": of("Item")});
        let answer =
            json!({"description": "All.", "content": {"application/json": {"schema": of("List")}}});
        let projection = projected(
            json!({"/thing": {"get": {"operationId": "getThing", "responses": {"200": answer}}}}),
            json!({"schemas": {"List": list, "Item": {"type": "string"}, "Other": {"type": "string"}}}),
        );
        let schemas = &projection
            .openapi
            .components
            .as_ref()
            .expect("components")
            .schemas;
        assert_eq!(schemas.keys().collect::<Vec<_>>(), ["List", "Item"]);
        assert!(said(&projection).ends_with("no answer has here: `Other`."));
    }
}
