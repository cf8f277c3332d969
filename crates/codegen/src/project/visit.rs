//! A walk over every Schema Object of a document without Reference Objects outside schemas.

use openapiv3::{
    AdditionalProperties, AnySchema, OpenAPI, Operation, Parameter, ParameterSchemaOrContent,
    PathItem, ReferenceOr, Schema, SchemaKind, Type,
};

/// What is done on the way.
pub(super) trait Visitor {
    /// A schema in the part of the document called `at`: a named schema, or an operation. Comes before what is in it.
    fn schema(&mut self, _schema: &mut Schema, _at: &str) {}
    /// The text of a `$ref`.
    fn reference(&mut self, _reference: &mut String) {}
}

/// Walks over the named schemas of `openapi`, then over its operations.
pub(super) fn walk(openapi: &mut OpenAPI, visitor: &mut dyn Visitor) {
    for (name, schema) in openapi
        .components
        .iter_mut()
        .flat_map(|all| &mut all.schemas)
    {
        walk_schema(schema, name, visitor);
    }
    walk_operations(openapi, visitor);
}

/// Walks over the operations of `openapi` alone.
pub(super) fn walk_operations(openapi: &mut OpenAPI, visitor: &mut dyn Visitor) {
    for item in openapi.paths.paths.values_mut() {
        if let ReferenceOr::Item(item) = item {
            path_item(item, visitor);
        }
    }
}

fn path_item(item: &mut PathItem, visitor: &mut dyn Visitor) {
    let slots = [
        &mut item.get,
        &mut item.put,
        &mut item.post,
        &mut item.delete,
        &mut item.options,
        &mut item.head,
        &mut item.patch,
        &mut item.trace,
    ];
    for operation in slots.into_iter().flatten() {
        self::operation(operation, visitor);
    }
}

fn operation(operation: &mut Operation, visitor: &mut dyn Visitor) {
    let at = operation.operation_id.clone().unwrap_or_default();
    for parameter in &mut operation.parameters {
        let ReferenceOr::Item(parameter) = parameter else {
            continue;
        };
        let (Parameter::Query { parameter_data, .. }
        | Parameter::Header { parameter_data, .. }
        | Parameter::Path { parameter_data, .. }
        | Parameter::Cookie { parameter_data, .. }) = parameter;
        if let ParameterSchemaOrContent::Schema(schema) = &mut parameter_data.format {
            walk_schema(schema, &at, visitor);
        }
    }
    let bodies = operation
        .request_body
        .iter_mut()
        .filter_map(|body| match body {
            ReferenceOr::Item(body) => Some(&mut body.content),
            ReferenceOr::Reference { .. } => None,
        });
    let responses =
        operation
            .responses
            .responses
            .values_mut()
            .filter_map(|response| match response {
                ReferenceOr::Item(response) => Some(&mut response.content),
                ReferenceOr::Reference { .. } => None,
            });
    for content in bodies
        .chain(responses)
        .flat_map(|content| content.values_mut())
    {
        if let Some(schema) = &mut content.schema {
            walk_schema(schema, &at, visitor);
        }
    }
}

/// Walks over one schema and what is in it, but not what it points at.
pub(super) fn walk_schema(schema: &mut ReferenceOr<Schema>, at: &str, visitor: &mut dyn Visitor) {
    match schema {
        ReferenceOr::Reference { reference } => visitor.reference(reference),
        ReferenceOr::Item(schema) => self::schema(schema, at, visitor),
    }
}

fn boxed(schema: &mut ReferenceOr<Box<Schema>>, at: &str, visitor: &mut dyn Visitor) {
    match schema {
        ReferenceOr::Reference { reference } => visitor.reference(reference),
        ReferenceOr::Item(schema) => self::schema(schema, at, visitor),
    }
}

fn schema(schema: &mut Schema, at: &str, visitor: &mut dyn Visitor) {
    visitor.schema(schema, at);
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object
                .properties
                .values_mut()
                .for_each(|one| boxed(one, at, visitor));
            additional(&mut object.additional_properties, at, visitor);
        }
        SchemaKind::Type(Type::Array(array)) => {
            array
                .items
                .iter_mut()
                .for_each(|one| boxed(one, at, visitor));
        }
        SchemaKind::Type(
            Type::String(_) | Type::Number(_) | Type::Integer(_) | Type::Boolean(_),
        ) => {}
        SchemaKind::OneOf { one_of: all }
        | SchemaKind::AllOf { all_of: all }
        | SchemaKind::AnyOf { any_of: all } => {
            all.iter_mut().for_each(|one| walk_schema(one, at, visitor));
        }
        SchemaKind::Not { not } => walk_schema(not, at, visitor),
        SchemaKind::Any(any) => self::any(any, at, visitor),
    }
}

fn any(any: &mut AnySchema, at: &str, visitor: &mut dyn Visitor) {
    any.properties
        .values_mut()
        .for_each(|one| boxed(one, at, visitor));
    additional(&mut any.additional_properties, at, visitor);
    any.items.iter_mut().for_each(|one| boxed(one, at, visitor));
    let alternatives = [&mut any.one_of, &mut any.all_of, &mut any.any_of];
    for one in alternatives.into_iter().flatten() {
        walk_schema(one, at, visitor);
    }
    any.not
        .iter_mut()
        .for_each(|one| walk_schema(one, at, visitor));
}

fn additional(schema: &mut Option<AdditionalProperties>, at: &str, visitor: &mut dyn Visitor) {
    if let Some(AdditionalProperties::Schema(schema)) = schema {
        walk_schema(schema, at, visitor);
    }
}
