//! The narrowest schema, of the simple ones, that takes all that two schemas take.

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, ArrayType, BooleanType, Components, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type,
};

/// How many levels of members are compared; a schema may contain itself.
const DEPTH: usize = 8;

/// Arbitrary JSON.
pub(super) fn anything() -> ReferenceOr<Schema> {
    ReferenceOr::Item(any())
}

fn any() -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema::default()),
    }
}

/// What `schema` points at, if it is there.
pub(super) fn resolve<'a>(
    schema: &'a ReferenceOr<Schema>,
    components: &'a Components,
) -> Option<&'a Schema> {
    let mut schema = schema;
    for _ in 0..=components.schemas.len() {
        match schema {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                schema = components.schemas.get(reference.rsplit('/').next()?)?;
            }
        }
    }
    None
}

/// A schema that takes what `one` takes and what `other` takes: objects member by member, scalars without the limits
/// in which they differ, and arbitrary JSON where they have nothing in common.
pub(super) fn widen(
    one: &ReferenceOr<Schema>,
    other: &ReferenceOr<Schema>,
    components: &Components,
) -> ReferenceOr<Schema> {
    either(one, other, components, DEPTH)
}

fn either(
    one: &ReferenceOr<Schema>,
    other: &ReferenceOr<Schema>,
    components: &Components,
    depth: usize,
) -> ReferenceOr<Schema> {
    if one == other {
        return one.clone();
    }
    match (resolve(one, components), resolve(other, components)) {
        (Some(one), Some(other)) if depth > 0 => {
            ReferenceOr::Item(schemas(one, other, components, depth - 1))
        }
        _ => anything(),
    }
}

fn schemas(one: &Schema, other: &Schema, components: &Components, depth: usize) -> Schema {
    let (SchemaKind::Type(one_type), SchemaKind::Type(other_type)) =
        (&one.schema_kind, &other.schema_kind)
    else {
        return described(any(), one, other);
    };
    let kind = match (one_type, other_type) {
        (Type::Object(one), Type::Object(other)) => {
            Type::Object(objects(one, other, components, depth))
        }
        (Type::Array(one), Type::Array(other)) => {
            Type::Array(arrays(one, other, components, depth))
        }
        (Type::String(one), Type::String(other)) => Type::String(strings(one, other)),
        (Type::Number(one), Type::Number(other)) => Type::Number(NumberType {
            format: same(&one.format, &other.format),
            ..NumberType::default()
        }),
        (Type::Integer(one), Type::Integer(other)) => Type::Integer(IntegerType {
            format: same(&one.format, &other.format),
            ..IntegerType::default()
        }),
        (Type::Boolean(_), Type::Boolean(_)) => Type::Boolean(BooleanType::default()),
        _ => return described(any(), one, other),
    };
    let kind = Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(kind),
    };
    described(kind, one, other)
}

fn described(mut schema: Schema, one: &Schema, other: &Schema) -> Schema {
    let (one, other) = (&one.schema_data, &other.schema_data);
    schema.schema_data.nullable = one.nullable || other.nullable;
    schema.schema_data.description = same(&one.description, &other.description);
    schema
}

/// What both say, else nothing.
fn same<T: Clone + Default + PartialEq>(one: &T, other: &T) -> T {
    if one == other {
        one.clone()
    } else {
        T::default()
    }
}

fn strings(one: &StringType, other: &StringType) -> StringType {
    let mut enumeration = Vec::new();
    if !one.enumeration.is_empty() && !other.enumeration.is_empty() {
        enumeration.clone_from(&one.enumeration);
        enumeration.extend(
            (other.enumeration.iter())
                .filter(|value| !one.enumeration.contains(value))
                .cloned(),
        );
    }
    StringType {
        format: same(&one.format, &other.format),
        pattern: same(&one.pattern, &other.pattern),
        enumeration,
        min_length: same(&one.min_length, &other.min_length),
        max_length: same(&one.max_length, &other.max_length),
    }
}

fn arrays(one: &ArrayType, other: &ArrayType, components: &Components, depth: usize) -> ArrayType {
    let items = match (&one.items, &other.items) {
        (Some(one), Some(other)) => {
            let (one, other) = (one.clone().unbox(), other.clone().unbox());
            Some(boxed(either(&one, &other, components, depth)))
        }
        _ => None,
    };
    ArrayType {
        items,
        min_items: None,
        max_items: None,
        unique_items: false,
    }
}

fn objects(
    one: &ObjectType,
    other: &ObjectType,
    components: &Components,
    depth: usize,
) -> ObjectType {
    let mut properties = IndexMap::new();
    for (name, schema) in &one.properties {
        let schema = match other.properties.get(name) {
            Some(second) => {
                let (first, second) = (schema.clone().unbox(), second.clone().unbox());
                boxed(either(&first, &second, components, depth))
            }
            None => schema.clone(),
        };
        properties.insert(name.clone(), schema);
    }
    for (name, schema) in &other.properties {
        properties
            .entry(name.clone())
            .or_insert_with(|| schema.clone());
    }
    let required = (one.required.iter())
        .filter(|name| other.required.contains(name))
        .cloned()
        .collect();
    ObjectType {
        properties,
        required,
        ..ObjectType::default()
    }
}

fn boxed(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(item) => ReferenceOr::boxed_item(item),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn widened(one: Value, other: Value, components: Value) -> Value {
        let schema = |value| serde_json::from_value(value).expect("a schema");
        let components = serde_json::from_value(components).expect("components");
        serde_json::to_value(widen(&schema(one), &schema(other), &components)).expect("JSON")
    }

    #[test]
    fn members_are_joined_and_required_only_when_both_require_them() {
        let one = json!({"type": "object", "required": ["code", "message"], "additionalProperties": false,
            "properties": {"code": {"type": "number", "enum": [400]}, "message": {"type": "string"}}});
        let other = json!({"type": "object", "required": ["code"],
            "properties": {"code": {"type": "number", "enum": [422]}, "message": {}, "details": {}}});
        assert_eq!(
            widened(one, other, json!({})),
            json!({"type": "object", "required": ["code"],
                "properties": {"code": {"type": "number"}, "message": {}, "details": {}}})
        );
    }

    #[test]
    fn texts_keep_the_values_of_both() {
        let text = |value: &str| json!({"type": "string", "enum": [value]});
        assert_eq!(
            widened(text("a"), text("b"), json!({})),
            json!({"type": "string", "enum": ["a", "b"]})
        );
        assert_eq!(
            widened(text("a"), json!({"type": "string"}), json!({})),
            json!({"type": "string"})
        );
    }

    #[test]
    fn what_has_nothing_in_common_is_arbitrary() {
        assert_eq!(
            widened(
                json!({"type": "string"}),
                json!({"type": "integer"}),
                json!({})
            ),
            json!({})
        );
    }

    #[test]
    fn schemas_that_contain_themselves_end() {
        let node = |description: &str, next: &str| {
            json!({"type": "object", "description": description,
                "properties": {"next": {"$ref": format!("#/components/schemas/{next}")}}})
        };
        let components = json!({"schemas": {"A": node("a", "A"), "B": node("b", "B")}});
        let of = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
        assert_eq!(widened(of("A"), of("B"), components)["type"], "object");
    }
}
