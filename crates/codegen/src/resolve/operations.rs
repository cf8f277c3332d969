//! The operations, each put together from its parts.

use std::collections::HashMap;

use openapiv3::{PathItem, ReferenceOr};
use serde_json::Value;

use super::bodies;
use super::responses::Responses;
use super::schemas::Schemas;
use super::security::Schemes;
use super::{challenges, docs, parameters, refs, responses, routes, servers};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Location, Operation, Route};
use crate::naming::{self, Scope};

/// How many arguments besides `&self` and the caller a method may have.
const MOST_ARGUMENTS: usize = 5;

/// One Operation Object and what surrounds it.
pub struct Place<'a> {
    /// The object.
    pub operation: &'a openapiv3::Operation,
    /// The Path Item Object around it.
    pub item: &'a PathItem,
    /// Path template.
    pub path: &'a str,
    /// Method, lower case.
    pub method: &'a str,
    /// `operationId`, or a name made from method and path.
    pub id: String,
    /// JSON Pointer to the Path Item Object.
    pub item_pointer: String,
    /// JSON Pointer to the object.
    pub pointer: String,
}

/// All operations and their routes.
pub fn resolve<'a>(
    lowered: &'a Lowered,
    schemas: &mut Schemas<'a>,
    schemes: &mut Schemes<'_>,
    found: &mut Diagnostics,
) -> (Vec<Operation>, Route) {
    let mut operations = Vec::new();
    let mut routes = routes::Routes::default();
    let mut methods = Scope::reserving(&schemes.methods());
    let mut statics = Scope::reserving(&[
        "CONTRACT_JSON",
        "CONTRACT_YAML",
        "NODE",
        "OPERATIONS",
        "ROUTES",
        "SCHEMAS",
    ]);
    let mut known = Responses::default();
    let places = places(lowered, found);
    for place in &places {
        for base in servers::base_paths(lowered, place) {
            found.take(routes.add(lowered, &base, place, operations.len()));
        }
        if let Some(operation) = operation(lowered, place, schemas, schemes, &mut known, found) {
            operations.push(Operation {
                name: methods.claim(naming::snake(&place.id)),
                facts: statics.claim(naming::shouty(&place.id)),
                ..operation
            });
        }
    }
    name_parameters(&mut operations, &mut statics);
    (operations, routes.finish())
}

/// Names the facts of parameters: those that are the same have one name.
fn name_parameters(operations: &mut [Operation], statics: &mut Scope) {
    let mut known: HashMap<(String, Location), String> = HashMap::new();
    for parameter in operations
        .iter_mut()
        .flat_map(|operation| &mut operation.parameters)
    {
        let key = (parameter.schema.clone(), parameter.location);
        let name = known
            .entry(key)
            .or_insert_with(|| statics.claim(naming::shouty(&parameter.wire)));
        parameter.facts.clone_from(name);
    }
}

/// Every operation in the document's order.
fn places<'a>(lowered: &'a Lowered, found: &mut Diagnostics) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = Vec::new();
    let mut ids: HashMap<String, String> = HashMap::new();
    for (path, item) in lowered.openapi().paths.iter() {
        let item_pointer = refs::join("/paths", path);
        let ReferenceOr::Item(item) = item else {
            found.push(lowered.error(
                Code::Unsupported,
                &item_pointer,
                "a `$ref` to a path item is not supported",
                "write the path item here",
            ));
            continue;
        };
        for (method, operation) in in_order(lowered, &item_pointer, item) {
            let pointer = refs::join(&item_pointer, method);
            let declared = operation.operation_id.clone();
            let id =
                declared.unwrap_or_else(|| format!("{method} {path}").replace(['{', '}'], " "));
            if let Some(first) = ids.insert(id.clone(), pointer.clone()) {
                found.push(duplicate(lowered, &id, &pointer, &first));
                continue;
            }
            places.push(Place {
                operation,
                item,
                path,
                method,
                id,
                item_pointer: item_pointer.clone(),
                pointer,
            });
        }
    }
    places
}

fn duplicate(lowered: &Lowered, id: &str, pointer: &str, first: &str) -> Diagnostic {
    lowered
        .error(
            Code::DuplicateOperationId,
            &refs::join(pointer, "operationId"),
            format!("the operationId `{id}` is used twice"),
            "give each operation an id of its own",
        )
        .with(
            lowered.place(&refs::join(first, "operationId")),
            "first used here",
        )
}

/// The operations of a path item as the document orders them; `openapiv3` has them by method.
fn in_order<'a>(
    lowered: &Lowered,
    pointer: &str,
    item: &'a PathItem,
) -> Vec<(&'a str, &'a openapiv3::Operation)> {
    let written = lowered
        .contract()
        .pointer(pointer)
        .and_then(Value::as_object);
    let rank = |method: &str| written.and_then(|item| item.keys().position(|key| key == method));
    let mut operations: Vec<_> = item.iter().collect();
    operations.sort_by_key(|(method, _)| rank(method));
    operations
}

fn operation<'a>(
    lowered: &'a Lowered,
    place: &Place<'a>,
    schemas: &mut Schemas<'a>,
    schemes: &mut Schemes<'_>,
    known: &mut Responses,
    found: &mut Diagnostics,
) -> Option<Operation> {
    let type_name = naming::upper_camel(&place.id);
    let response_type =
        schemas.claim([format!("{type_name}Response"), format!("{type_name}Reply")]);
    let parameters = parameters::resolve(lowered, place, &type_name, schemas, found);
    let body = found.take(bodies::resolve(lowered, place, &type_name, schemas));
    let security = found.take(schemes.requirements(place));
    let answers = known.of(lowered, place, &type_name, schemas, found);
    let (body, security) = (body?, security?);
    let arguments = parameters.len() + usize::from(body.is_some());
    let parameters_type = (arguments > MOST_ARGUMENTS).then(|| {
        schemas.claim([
            format!("{type_name}Parameters"),
            format!("{type_name}Arguments"),
        ])
    });
    let operation = place.operation;
    Some(Operation {
        name: String::new(),
        facts: String::new(),
        response_type,
        id: place.id.clone(),
        method: place.method.to_uppercase(),
        path: place.path.to_owned(),
        docs: docs::paragraphs(&[
            operation
                .summary
                .as_deref()
                .or(place.item.summary.as_deref()),
            operation
                .description
                .as_deref()
                .or(place.item.description.as_deref()),
        ]),
        deprecated: operation.deprecated,
        challenges: challenges::of(&security, schemes.all()),
        parameters,
        parameters_type,
        body,
        security,
        produces: responses::produces(&answers.responses),
        responses: answers.responses,
        answers: answers.keys,
    })
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    #[test]
    fn names_come_from_the_id_or_from_method_and_path() {
        let api = testing::api(
            r#"
            paths:
              /things/{id}:
                parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
                put: { responses: { '204': { description: x } } }
                get: { operationId: type, responses: { '204': { description: x } } }
            "#,
        );
        let names: Vec<_> = api.operations.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["put_things_id", "type"]);
        assert_eq!(api.operations[0].response_type, "PutThingsIdResponse");
    }

    #[test]
    fn two_operations_cannot_share_an_id() {
        let codes = testing::codes(
            r#"
            paths:
              /a:
                get: { operationId: x, responses: { '204': { description: x } } }
              /b:
                get: { operationId: x, responses: { '204': { description: x } } }
            "#,
        );
        assert_eq!(codes, ["duplicate-operation-id"]);
    }

    #[test]
    fn many_parameters_become_a_struct() {
        let parameters = |count: u32| {
            let list: Vec<String> = (0..count)
                .map(|n| format!("{{ name: p{n}, in: query, schema: {{ type: string }} }}"))
                .collect();
            let fields = format!("parameters: [{}]", list.join(", "));
            let api = testing::api(&testing::operation(&fields, "A: { type: string }"));
            api.operations[0].parameters_type.clone()
        };
        assert_eq!(parameters(5), None);
        assert_eq!(parameters(6).as_deref(), Some("MakeThingParameters"));
    }
}
