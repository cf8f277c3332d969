//! Parameter Objects.

use serde_json::Value;

use super::declared::{self, Declared};
use super::operations::Place;
use super::parameter_styles::{default_style, how};
use super::schemas::{Schemas, Spot, Typed};
use super::{defaults, docs, formats, properties, template};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::dialect::Lowered;
use crate::ir::{Location, Parameter, Presence, Reading, Style, Type};
use crate::naming::{self, Scope};

/// The parameters of an operation: those of the path first, in the template's order, then the others in the document's.
pub fn resolve(
    lowered: &Lowered,
    place: &Place<'_>,
    type_name: &str,
    schemas: &mut Schemas<'_>,
    found: &mut Diagnostics,
) -> Vec<Parameter> {
    let variables = template::variables(place.path);
    // What generated glue calls its own values.
    let mut scope = Scope::reserving(&["api", "request", "caller", "body", "access", "parameters"]);
    let mut all = Vec::new();
    let mut taken = vec![false; variables.len()];
    for one in &declared::of(lowered, place, found) {
        if one.is_ignored() {
            found.push(ignored(lowered, one));
            continue;
        }
        let Some(location) = location(one, &variables) else {
            found.push(unknown(lowered, one, &variables));
            continue;
        };
        if let Location::Path(index) = location
            && let Some(taken) = taken.get_mut(index)
        {
            *taken = true;
        }
        let parameter = parameter(lowered, one, location, type_name, schemas, found);
        all.extend(found.take(parameter));
    }
    let undeclared = variables.iter().enumerate().zip(&taken);
    for ((index, variable), _) in undeclared.filter(|(_, taken)| !**taken) {
        found.push(undeclared_variable(lowered, place, variable));
        all.push(plain_text(variable, Location::Path(index)));
    }
    all.sort_by_key(|one| match one.location {
        Location::Path(index) => index,
        Location::Query | Location::Header | Location::Cookie => usize::MAX,
    });
    name_neighbours(lowered, &mut all);
    for parameter in &mut all {
        parameter.name = scope.claim(naming::snake(&parameter.wire));
    }
    all
}

/// Tells objects that take any member, and whose members stand in the query by themselves, what else stands there.
fn name_neighbours(lowered: &Lowered, all: &mut [Parameter]) {
    let in_query = all.iter().filter(|one| one.location == Location::Query);
    let names: Vec<String> = in_query.map(|one| one.wire.clone()).collect();
    for one in all {
        let spreads = one.location == Location::Query && one.style == Style::Form && one.explode;
        if spreads && properties::is_open(lowered, &one.schema) {
            let others = names.iter().filter(|name| **name != one.wire);
            one.beside = others.cloned().collect();
        }
    }
}

/// Where a parameter stands; `None` where the path has no such variable.
fn location(one: &Declared<'_>, variables: &[&str]) -> Option<Location> {
    Some(match one.place {
        "path" => {
            let is = |name: &&str| *name == one.name;
            let exact = variables.iter().position(is);
            let bare = || variables.iter().position(|name| is(&bare(name)));
            Location::Path(exact.or_else(bare)?)
        }
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        _ => Location::Query,
    })
}

/// A variable as some write it, after RFC 6570 and not after OpenAPI: `{;id*}` for `{id}`.
fn bare(variable: &str) -> &str {
    variable
        .trim_start_matches(['.', ';'])
        .trim_end_matches('*')
}

fn parameter(
    lowered: &Lowered,
    declared: &Declared<'_>,
    location: Location,
    type_name: &str,
    schemas: &mut Schemas<'_>,
    found: &mut Diagnostics,
) -> Result<Parameter, Diagnostic> {
    let object = &declared.object;
    let written = how(lowered, declared, found)?;
    let plain = plain_text(declared.name, location);
    let typed = match &written.schema {
        Some(pointer) => schemas.at(&Spot {
            pointer: pointer.clone(),
            name: format!("{type_name}{}", naming::upper_camel(declared.name)),
            owner: declared.name.to_owned(),
            docs: format!("The parameter `{}`.", declared.name),
        })?,
        None => Typed::plain(Type::String),
    };
    let required = object.flag("required") == Some(true) || matches!(location, Location::Path(_));
    let is_text = written.reading != Reading::Json;
    let is_nullable = matches!(typed.ty, Type::Nullable(_));
    let is_null = |default: &String| lowered.schemas().pointer(default) == Some(&Value::Null);
    let default = typed.default;
    let default = default.filter(|one| !(is_text && is_nullable && is_null(one)));
    let presence = defaults::presence(required, default);
    let description = object.text("description").or(typed.description.as_deref());
    Ok(Parameter {
        docs: docs::paragraphs(&[description]),
        // No text is null.
        ty: match typed.ty {
            Type::Nullable(inner) if is_text => *inner,
            ty => ty,
        },
        presence,
        constraints: typed.constraints,
        schema: written.schema.unwrap_or_default(),
        secret: formats::is_secret(typed.format.as_deref()),
        style: written.style,
        explode: written.explode,
        allow_empty: location == Location::Query && object.flag("allowEmptyValue") == Some(true),
        allow_reserved: object.flag("allowReserved") == Some(true),
        reading: written.reading,
        ..plain
    })
}

/// A parameter of which nothing is said: one text.
fn plain_text(name: &str, location: Location) -> Parameter {
    Parameter {
        name: String::new(),
        wire: name.to_owned(),
        docs: String::new(),
        location,
        ty: Type::String,
        presence: Presence::Required,
        constraints: Vec::new(),
        schema: String::new(),
        secret: false,
        style: default_style(location),
        explode: false,
        beside: Vec::new(),
        allow_empty: false,
        allow_reserved: false,
        reading: Reading::Text,
    }
}

fn ignored(lowered: &Lowered, one: &Declared<'_>) -> Diagnostic {
    let name = one.name;
    lowered
        .error(
            Code::IgnoredHeader,
            &one.object.pointer,
            format!("the header parameter `{name}` is ignored, says the specification"),
            match name.to_ascii_lowercase().as_str() {
                "authorization" => "remove it, and describe the credential by a security scheme",
                "accept" => "remove it: the media types of the responses say the same",
                _ => "remove it: the media types of the request body say the same",
            },
        )
        .warning()
}

fn unknown(lowered: &Lowered, one: &Declared<'_>, variables: &[&str]) -> Diagnostic {
    let name = one.name;
    let help = match nearest(name, variables.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "correct the name, or put the variable into the path".to_owned(),
    };
    lowered
        .error(
            Code::UnknownVariable,
            &one.object.pointer,
            format!("the path has no variable `{{{name}}}` for this parameter, which is ignored"),
            help,
        )
        .warning()
}

fn undeclared_variable(lowered: &Lowered, place: &Place<'_>, variable: &str) -> Diagnostic {
    lowered
        .error(
            Code::UndeclaredVariable,
            &place.pointer,
            format!("the variable `{variable}` of the path has no parameter, and is taken as text"),
            "declare a parameter of this name with `in: path`",
        )
        .warning()
}

#[cfg(test)]
mod tests {
    use crate::ir::{Location, Presence, Reading, Style, Type};
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
    fn every_place_and_style_is_read() {
        let one = |parameter: &str| {
            let fields = format!("parameters: [{parameter}]");
            let schemas = r"
                A: { type: string }
                B: { type: object, properties: { a: { type: integer }, b: { type: array, items: { type: string } } } }
                C: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }
            ";
            let mut api = testing::api(&testing::operation(&fields, schemas));
            api.operations.remove(0).parameters.remove(0)
        };
        let shape = |parameter: &str| {
            let one = one(parameter);
            (one.location, one.style, one.explode, one.reading)
        };
        assert_eq!(
            shape("{ name: a, in: query, schema: { $ref: '#/components/schemas/A' } }"),
            (Location::Query, Style::Form, true, Reading::Text)
        );
        assert_eq!(
            shape(
                "{ name: a, in: query, explode: false, schema: { type: array, items: { type: string } } }"
            ),
            (Location::Query, Style::Form, false, Reading::List)
        );
        assert_eq!(
            shape("{ name: a, in: header, schema: { $ref: '#/components/schemas/B' } }"),
            (Location::Header, Style::Simple, false, Reading::Object)
        );
        assert_eq!(
            shape("{ name: a, in: query, schema: { $ref: '#/components/schemas/C' } }"),
            (Location::Query, Style::Form, true, Reading::Value)
        );
        let bare = one("{ name: a, in: query, schema: { type: integer, nullable: true } }");
        assert_eq!(bare.ty, Type::Int64);
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
        assert_eq!(codes(&format!("{a}, {a}")), [""; 0]);
        assert_eq!(
            codes(&format!("{a}, {}", a.replace("header", "query"))),
            [""; 0]
        );
    }

    #[test]
    fn what_is_ignored_is_a_warning() {
        let fields = "parameters: [{ name: AUTHORIZATION, in: header, schema: { type: string } }]";
        let warnings = testing::warnings(&testing::operation(fields, "A: { type: string }"));
        assert_eq!(warnings, ["ignored-header"]);
    }

    #[test]
    fn a_variable_without_a_parameter_is_text_and_a_parameter_without_a_variable_is_nothing() {
        let contract = r"
            paths:
              '/{a}/{b*}':
                get:
                  parameters:
                    - { name: b, in: path, required: true, schema: { type: integer } }
                    - { name: c, in: path, required: true, schema: { type: integer } }
                  responses: { '204': { description: x } }
        ";
        let warnings = testing::warnings(contract);
        assert_eq!(warnings, ["unknown-variable", "undeclared-variable"]);
        let api = testing::api(contract);
        let all = api.operations[0].parameters.iter();
        let all: Vec<_> = all.map(|one| (one.name.as_str(), &one.ty)).collect();
        assert_eq!(all, [("a", &Type::String), ("b", &Type::Int64)]);
    }
}
