//! Parameter Objects.

use openapiv3::{
    HeaderStyle, Parameter as Object, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
};

use super::operations::Place;
use super::refs::At;
use super::schemas::{Schemas, Spot};
use super::{docs, refs, routes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Location, Parameter, Presence, Type};
use crate::naming::{self, Scope};

/// The parameters of an operation: those of the path first, in the template's order, then the others in the document's.
pub fn resolve(
    lowered: &Lowered,
    place: &Place<'_>,
    type_name: &str,
    schemas: &mut Schemas<'_>,
    found: &mut Diagnostics,
) -> Vec<Parameter> {
    let variables = routes::variables(place.path);
    // What generated glue calls its own values.
    let mut scope = Scope::reserving(&["api", "request", "caller", "body", "access", "parameters"]);
    let mut all = Vec::new();
    for declared in declared(lowered, place, found) {
        if is_ignored(declared.node) {
            continue;
        }
        match parameter(lowered, &declared, &variables, type_name, schemas) {
            Ok(parameter) => all.push(parameter),
            Err(diagnostic) => found.push(diagnostic),
        }
    }
    for (index, variable) in variables.iter().enumerate() {
        let is_declared = all
            .iter()
            .any(|one: &Parameter| one.location == Location::Path(index));
        if !is_declared && !found.has_errors() {
            found.push(lowered.error(
                Code::UndeclaredVariable,
                &place.pointer,
                format!("the variable `{variable}` of the path has no parameter"),
                "declare a parameter of this name with `in: path`",
            ));
        }
    }
    all.sort_by_key(|one| match one.location {
        Location::Path(index) => index,
        Location::Query | Location::Header => usize::MAX,
    });
    for parameter in &mut all {
        parameter.name = scope.claim(naming::snake(&parameter.wire));
    }
    all
}

/// The Parameter Objects that hold for the operation: its own, and those of the path item that it does not redefine.
fn declared<'a>(
    lowered: &'a Lowered,
    place: &Place<'a>,
    found: &mut Diagnostics,
) -> Vec<At<'a, Object>> {
    let mut follow = |list: &'a [ReferenceOr<Object>], pointer: &str| {
        let mut objects = Vec::new();
        for (index, node) in list.iter().enumerate() {
            match refs::follow(lowered, node, &format!("{pointer}/parameters/{index}")) {
                Ok(object) => objects.push(object),
                Err(diagnostic) => found.push(diagnostic),
            }
        }
        objects
    };
    let own = follow(&place.operation.parameters, &place.pointer);
    let mut shared = follow(&place.item.parameters, &place.item_pointer);
    shared.retain(|one| !own.iter().any(|other| key(one.node) == key(other.node)));
    shared.extend(own);
    shared
}

fn key(object: &Object) -> (&str, &'static str) {
    let location = match object {
        Object::Query { .. } => "query",
        Object::Header { .. } => "header",
        Object::Path { .. } => "path",
        Object::Cookie { .. } => "cookie",
    };
    (object.parameter_data_ref().name.as_str(), location)
}

/// Header parameters that the specification says to ignore (Parameter Object, `name`).
fn is_ignored(object: &Object) -> bool {
    let (name, location) = key(object);
    location == "header"
        && ["accept", "content-type", "authorization"].contains(&name.to_ascii_lowercase().as_str())
}

fn parameter(
    lowered: &Lowered,
    declared: &At<'_, Object>,
    variables: &[&str],
    type_name: &str,
    schemas: &mut Schemas<'_>,
) -> Result<Parameter, Diagnostic> {
    let data = declared.node.parameter_data_ref();
    let unsupported = |what: &str| {
        lowered.error(
            Code::UnsupportedParameter,
            &declared.pointer,
            format!(
                "the parameter `{}` {what}, which is not supported",
                data.name
            ),
            "an overlay can replace or remove it",
        )
    };
    let location = match declared.node {
        Object::Path {
            style: PathStyle::Simple,
            ..
        } => {
            let place = variables.iter().position(|name| *name == data.name);
            Location::Path(place.ok_or_else(|| unsupported("is no variable of the path"))?)
        }
        Object::Query {
            style: QueryStyle::Form,
            allow_reserved: false,
            ..
        } => Location::Query,
        Object::Header {
            style: HeaderStyle::Simple,
            ..
        } => Location::Header,
        Object::Cookie { .. } => return Err(unsupported("is a cookie")),
        Object::Path { .. } | Object::Query { .. } => {
            return Err(unsupported("has a style of its own"));
        }
    };
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        return Err(unsupported("has `content`"));
    };
    let pointer = format!("{}/schema", declared.pointer);
    let spot = Spot {
        pointer: pointer.clone(),
        name: format!("{type_name}{}", naming::upper_camel(&data.name)),
        owner: data.name.clone(),
        docs: format!("The parameter `{}`.", data.name),
    };
    let typed = schemas.of(schema, &spot)?;
    if matches!(typed.ty, Type::Any | Type::Array(_) | Type::Nullable(_)) {
        return Err(unsupported("is not of a single plain value"));
    }
    let presence = match typed.default {
        _ if data.required || matches!(location, Location::Path(_)) => Presence::Required,
        Some(default) => Presence::Defaulted(default),
        None => Presence::Optional,
    };
    let description = data.description.as_deref().or(typed.description.as_deref());
    Ok(Parameter {
        name: String::new(),
        facts: String::new(),
        wire: data.name.clone(),
        docs: docs::or(description, || format!("The parameter `{}`.", data.name)),
        location,
        ty: typed.ty,
        presence,
        constraints: typed.constraints,
        schema: pointer,
    })
}

#[cfg(test)]
mod tests {
    use crate::ir::{Location, Presence, Type};
    use crate::resolve::testing;

    #[test]
    fn path_first_then_the_document_s_order_and_the_operation_s_own_win() {
        let api = testing::api(
            r#"
            paths:
              /a/{x}/{y}:
                parameters:
                  - { name: q, in: query, schema: { type: string } }
                  - { name: y, in: path, required: true, schema: { type: integer } }
                get:
                  parameters:
                    - { name: Type, in: header, required: true, schema: { type: boolean } }
                    - { name: q, in: query, schema: { type: string, format: uuid } }
                    - { name: x, in: path, required: true, schema: { type: string } }
                    - { name: Accept, in: header, schema: { type: string } }
                  responses: { '204': { description: x } }
            "#,
        );
        let all = &api.operations[0].parameters;
        let names: Vec<_> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["x", "y", "type", "q"]);
        assert_eq!(all[1].location, Location::Path(1));
        assert_eq!(
            (&all[3].ty, &all[3].presence),
            (&Type::Uuid, &Presence::Optional)
        );
        assert_eq!(
            all[3].schema,
            "/paths/~1a~1{x}~1{y}/get/parameters/1/schema"
        );
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let codes = |parameter: &str| {
            let fields = format!("parameters: [{parameter}]");
            testing::codes(&testing::operation(&fields, "A: { type: string }"))
        };
        assert_eq!(
            codes("{ name: a, in: query, schema: { $ref: '#/components/schemas/A' } }"),
            [""; 0]
        );
        assert_eq!(
            codes("{ name: a, in: query, schema: { type: array, items: { type: string } } }"),
            ["unsupported-parameter"]
        );
    }

    #[test]
    fn a_variable_without_a_parameter_is_refused() {
        let codes = testing::codes(
            "paths: { '/{a}': { get: { responses: { '204': { description: x } } } } }",
        );
        assert_eq!(codes, ["undeclared-variable"]);
    }
}
