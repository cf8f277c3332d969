//! Parameter Objects.

use openapiv3::{
    HeaderStyle, Parameter as Object, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr,
};

use super::operations::Place;
use super::refs::At;
use super::schemas::{Schemas, Spot};
use super::{docs, formats, refs, routes};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
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
    let declared = declared(lowered, place, found);
    for one in &declared {
        if is_ignored(one.node) {
            found.push(ignored(lowered, one));
        } else {
            let parameter = parameter(lowered, one, &variables, type_name, schemas);
            all.extend(found.take(parameter));
        }
    }
    for variable in &variables {
        if !declared
            .iter()
            .any(|one| key(one.node) == (*variable, "path"))
        {
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
        let mut objects: Vec<At<'a, Object>> = Vec::new();
        for (index, node) in list.iter().enumerate() {
            let pointer = format!("{pointer}/parameters/{index}");
            let Some(object) = found.take(refs::follow(lowered, node, &pointer)) else {
                continue;
            };
            match objects.iter().find(|one| is_same(one.node, object.node)) {
                Some(first) => found.push(duplicate(lowered, &object, &pointer, first)),
                None => objects.push(object),
            }
        }
        objects
    };
    let own = follow(&place.operation.parameters, &place.pointer);
    let mut shared = follow(&place.item.parameters, &place.item_pointer);
    shared.retain(|one| !own.iter().any(|other| is_same(one.node, other.node)));
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

/// Whether two objects describe one parameter; header fields are the same in any case (RFC 9110, section 5.1).
fn is_same(one: &Object, other: &Object) -> bool {
    let ((name, location), (other, elsewhere)) = (key(one), key(other));
    location == elsewhere
        && if location == "header" {
            name.eq_ignore_ascii_case(other)
        } else {
            name == other
        }
}

fn duplicate(
    lowered: &Lowered,
    object: &At<'_, Object>,
    pointer: &str,
    first: &At<'_, Object>,
) -> Diagnostic {
    let (name, location) = key(object.node);
    lowered
        .error(
            Code::DuplicateParameter,
            pointer,
            format!("there are two parameters `{name}` with `in: {location}`"),
            "remove one of the two, or rename it",
        )
        .with(lowered.place(&first.pointer), "first here")
}

fn ignored(lowered: &Lowered, object: &At<'_, Object>) -> Diagnostic {
    let (name, _) = key(object.node);
    lowered
        .error(
            Code::IgnoredHeader,
            &object.pointer,
            format!("the header parameter `{name}` is ignored, says the specification"),
            match name.to_ascii_lowercase().as_str() {
                "authorization" => "remove it, and describe the credential by a security scheme",
                "accept" => "remove it: the media types of the responses say the same",
                _ => "remove it: the media types of the request body say the same",
            },
        )
        .warning()
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
            Location::Path(place.ok_or_else(|| unknown(lowered, declared, variables))?)
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
        secret: formats::is_secret(typed.format.as_deref()),
    })
}

fn unknown(lowered: &Lowered, declared: &At<'_, Object>, variables: &[&str]) -> Diagnostic {
    let (name, _) = key(declared.node);
    let help = match nearest(name, variables.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "correct the name, or put the variable into the path".to_owned(),
    };
    lowered.error(
        Code::UnknownVariable,
        &declared.pointer,
        format!("the path has no variable `{{{name}}}` for this parameter"),
        help,
    )
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
    fn one_name_is_one_parameter() {
        let codes = |list: &str| {
            let fields = format!("parameters: [{list}]");
            testing::codes(&testing::operation(&fields, "A: { type: string }"))
        };
        let a = "{ name: X-A, in: header, schema: { type: string } }";
        assert_eq!(
            codes(&format!("{a}, {}", a.replace("X-A", "x-a"))),
            ["duplicate-parameter"]
        );
        assert_eq!(
            codes(&format!("{a}, {}", a.replace("header", "query"))),
            [""; 0]
        );
        assert_eq!(
            codes("{ name: b, in: path, required: true, schema: { type: string } }"),
            ["unknown-variable"]
        );
    }

    #[test]
    fn what_is_ignored_is_a_warning() {
        let fields = "parameters: [{ name: AUTHORIZATION, in: header, schema: { type: string } }]";
        let warnings = testing::warnings(&testing::operation(fields, "A: { type: string }"));
        assert_eq!(warnings, ["ignored-header"]);
    }

    #[test]
    fn a_variable_without_a_parameter_is_refused() {
        let codes = testing::codes(
            "paths: { '/{a}': { get: { responses: { '204': { description: x } } } } }",
        );
        assert_eq!(codes, ["undeclared-variable"]);
    }
}
