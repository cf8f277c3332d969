//! The operations, each put together from its parts.

use openapiv3::PathItem;

use super::bodies;
use super::ids::Ids;
use super::path_items;
use super::paths::Paths;
use super::responses::Responses;
use super::routes::{self, Mounted, Unreachable};
use super::schemas::Schemas;
use super::security::Schemes;
use super::{challenges, constants, docs, modules, parameters, responses, servers};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Module, Operation, Route};
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
    /// Method, as it stands in requests.
    pub method: &'a str,
    /// `operationId`, or a name made from method and path.
    pub id: String,
    /// JSON Pointer to the Path Item Object.
    pub item_pointer: String,
    /// JSON Pointer to the object.
    pub pointer: String,
}

impl<'a> Place<'a> {
    /// Summary and description, by default those of the Path Item Object.
    pub fn texts(&self) -> [Option<&'a str>; 2] {
        let (operation, item) = (self.operation, self.item);
        let summary = operation.summary.as_deref();
        let description = operation.description.as_deref();
        [
            summary.or(item.summary.as_deref()),
            description.or(item.description.as_deref()),
        ]
    }
}

/// The type that holds so many arguments of a method, where they are too many for a list.
pub fn parameters_type(
    type_name: &str,
    arguments: usize,
    schemas: &mut Schemas<'_>,
) -> Option<String> {
    (arguments > MOST_ARGUMENTS).then(|| {
        schemas.claim([
            format!("{type_name}Parameters"),
            format!("{type_name}Arguments"),
        ])
    })
}

/// All operations and their routes.
pub struct Resolved {
    /// Module by module.
    pub operations: Vec<Operation>,
    /// None where all stand in one.
    pub modules: Vec<Module>,
    /// The tree of paths.
    pub routes: Vec<Route>,
    /// Those of the operations that the tree has no place for.
    pub unreachable: Vec<Unreachable>,
}

/// Resolves all operations and their routes.
pub fn resolve<'a>(
    lowered: &'a Lowered,
    paths: &'a Paths,
    schemas: &mut Schemas<'a>,
    schemes: &mut Schemes<'_>,
    ids: &mut Ids,
    known: &mut Responses,
    found: &mut Diagnostics,
) -> Resolved {
    let mut operations = Vec::new();
    let mut mounted = Vec::new();
    let mut methods = Scope::reserving(&schemes.methods());
    let mut statics = Scope::reserving(&[
        "CONTRACT_JSON",
        "CONTRACT_YAML",
        "OPERATIONS",
        "ROUTES",
        "SCHEMAS",
    ]);
    let places = places(lowered, paths, ids, found);
    for place in &places {
        if let Some(operation) = operation(lowered, place, schemas, schemes, known, found) {
            operations.push(Operation {
                name: methods.claim(naming::snake(&place.id)),
                facts: statics.claim(naming::shouty(&place.id)),
                ..operation
            });
            mounted.push(Mounted {
                place,
                bases: servers::base_paths(lowered, place),
            });
        }
    }
    challenges::complete(&mut operations, schemes.all());
    let tags: Vec<_> = mounted.iter().map(tag).collect();
    let modules = match modules::of(lowered, paths, &tags) {
        Some((modules, ranks)) => {
            operations = sorted(operations, &ranks);
            mounted = sorted(mounted, &ranks);
            modules
        }
        None => Vec::new(),
    };
    let (routes, unreachable) = routes::resolve(lowered, &mounted, &operations, found);
    Resolved {
        operations,
        modules,
        routes,
        unreachable,
    }
}

/// The tag that decides where an operation stands: its first.
fn tag<'p>(mounted: &Mounted<'p>) -> Option<&'p str> {
    mounted.place.operation.tags.first().map(String::as_str)
}

/// `items` in the order of their ranks, and those of one rank as they were.
fn sorted<T>(items: Vec<T>, ranks: &[usize]) -> Vec<T> {
    let mut ranked: Vec<(usize, T)> = ranks.iter().copied().zip(items).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, item)| item).collect()
}

/// Every operation in the document's order.
fn places<'a>(
    lowered: &Lowered,
    paths: &'a Paths,
    ids: &mut Ids,
    found: &mut Diagnostics,
) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = Vec::new();
    for item in paths.items() {
        for one in &item.item.operations {
            let claimed = match &one.object.operation_id {
                Some(declared) => ids
                    .claim(lowered, declared, &one.pointer)
                    .map(|()| declared.clone()),
                None => Ok(made(&item.path, one)),
            };
            let id = claimed.unwrap_or_else(|duplicate| {
                found.push(duplicate);
                made(&item.path, one)
            });
            places.push(Place {
                operation: &one.object,
                item: &item.item.object,
                path: &item.path,
                method: &one.method,
                id,
                item_pointer: item.item.pointer.clone(),
                pointer: one.pointer.clone(),
            });
        }
    }
    places
}

/// The operation's id, or the name made for it.
pub fn id(path: &str, operation: &path_items::Operation) -> String {
    let declared = operation.object.operation_id.clone();
    declared.unwrap_or_else(|| made(path, operation))
}

/// The name made for an operation without an id of its own.
fn made(path: &str, operation: &path_items::Operation) -> String {
    let name = format!("{} {path}", operation.method.to_lowercase());
    name.replace(['{', '}'], " ")
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
    let body = bodies::resolve(lowered, place, &type_name, schemas, found);
    let body = found.take(body);
    let security = schemes.requirements(place, found);
    let answers = known.of(lowered, place, &type_name, schemas, found);
    if answers.keys.is_empty() {
        found.push(no_response(lowered, place));
    }
    let (body, security) = (body?, security?);
    let arguments = parameters.len() + usize::from(body.is_some());
    let parameters_type = parameters_type(&type_name, arguments, schemas);
    let operation = place.operation;
    let [summary, description] = place.texts();
    Some(Operation {
        name: String::new(),
        facts: String::new(),
        response_type,
        id: place.id.clone(),
        method: place.method.to_owned(),
        path: place.path.to_owned(),
        docs: docs::paragraphs(&[summary, description]),
        deprecated: operation.deprecated,
        challenges: challenges::of(&security, schemes.all()),
        constants: constants::of(lowered, &parameters),
        parameters,
        parameters_type,
        body,
        security,
        produces: responses::produces(&answers.responses),
        responses: answers.responses,
        answers: answers.keys,
    })
}

fn no_response(lowered: &Lowered, place: &Place<'_>) -> Diagnostic {
    lowered
        .error(
            Code::NoResponse,
            &place.pointer,
            "this operation documents no response, so that its handler may answer anything",
            "document at least one",
        )
        .warning()
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
    fn a_path_item_may_stand_elsewhere_and_have_any_method() {
        let api = testing::api_of(
            "3.2.0",
            r#"
            paths:
              /a: { $ref: '#/components/pathItems/a' }
            components:
              pathItems:
                a:
                  additionalOperations: { COPY: { responses: { '204': { description: x } } } }
                  query: { responses: { '204': { description: x } } }
                  get: { responses: { '204': { description: x } } }
            "#,
        );
        let of = |one: &crate::ir::Operation| (one.method.clone(), one.name.clone());
        let all: Vec<_> = api.operations.iter().map(of).collect();
        let expected = [("COPY", "copy_a"), ("QUERY", "query_a"), ("GET", "get_a")];
        assert_eq!(all, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn of_two_operations_with_an_id_the_first_has_it() {
        let document = r#"
            paths:
              /a:
                get: { operationId: x, responses: { '204': { description: x } } }
              /b:
                get: { operationId: x, responses: { '204': { description: x } } }
        "#;
        assert_eq!(testing::warnings(document), ["duplicate-operation-id"]);
        let api = testing::api(document);
        let names: Vec<_> = api.operations.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["x", "get_b"]);
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
