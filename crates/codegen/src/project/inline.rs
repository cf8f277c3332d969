//! Reference Objects of parameters, request bodies and responses are replaced by what they point at.

use indexmap::IndexMap;
use openapiv3::{Operation, Parameter, ReferenceOr};

use super::{Context, LeftOut};

pub(super) fn pass(operation: &mut Operation, context: &mut Context) -> Result<(), LeftOut> {
    let components = &context.components;
    let own = resolve_parameters(&operation.parameters, &components.parameters)?;
    let mut parameters: Vec<Parameter> =
        resolve_parameters(&context.shared, &components.parameters)?
            .into_iter()
            .filter(|shared| !own.iter().any(|own| same(own, shared)))
            .collect();
    parameters.extend(own);
    operation.parameters = parameters.into_iter().map(ReferenceOr::Item).collect();
    if let Some(body) = &mut operation.request_body {
        *body = ReferenceOr::Item(resolve(body, &components.request_bodies)?.clone());
    }
    let responses = &mut operation.responses;
    for response in responses
        .responses
        .values_mut()
        .chain(&mut responses.default)
    {
        *response = ReferenceOr::Item(resolve(response, &components.responses)?.clone());
    }
    Ok(())
}

fn resolve_parameters(
    parameters: &[ReferenceOr<Parameter>],
    named: &IndexMap<String, ReferenceOr<Parameter>>,
) -> Result<Vec<Parameter>, LeftOut> {
    (parameters.iter())
        .map(|parameter| resolve(parameter, named).cloned())
        .collect()
}

/// Whether one parameter overrides the other: the same name in the same place.
fn same(one: &Parameter, other: &Parameter) -> bool {
    one.parameter_data_ref().name == other.parameter_data_ref().name
        && std::mem::discriminant(one) == std::mem::discriminant(other)
}

fn resolve<'a, T>(
    node: &'a ReferenceOr<T>,
    named: &'a IndexMap<String, ReferenceOr<T>>,
) -> Result<&'a T, LeftOut> {
    let mut node = node;
    for _ in 0..=named.len() {
        let reference = match node {
            ReferenceOr::Item(item) => return Ok(item),
            ReferenceOr::Reference { reference } => reference,
        };
        let name = reference.rsplit('/').next().unwrap_or_default();
        node =
            (named.get(name)).ok_or_else(|| LeftOut(format!("`{reference}` points at nothing")))?;
    }
    Err(LeftOut("a reference of it points at itself".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{operation, projected, said};
    use serde_json::json;

    fn parameter(name: &str, description: &str) -> serde_json::Value {
        json!({"name": name, "in": "query", "description": description, "schema": {"type": "string"}})
    }

    #[test]
    fn parameters_of_the_path_are_joined_with_the_operations_own() {
        let own = json!({
            "operationId": "getThing",
            "parameters": [parameter("b", "own")],
            "responses": {"204": {"$ref": "#/components/responses/Done"}},
        });
        let shared = json!([{"$ref": "#/components/parameters/A"}, parameter("b", "shared")]);
        let projection = projected(
            json!({"/thing": {"parameters": shared, "get": own}}),
            json!({
                "parameters": {"A": parameter("a", "shared")},
                "responses": {"Done": {"description": "Done."}},
            }),
        );
        let operation = operation(&projection);
        assert_eq!(operation["parameters"][0]["name"], "a");
        assert_eq!(operation["parameters"][1]["description"], "own");
        assert_eq!(operation["parameters"].as_array().map(Vec::len), Some(2));
        assert_eq!(operation["responses"]["204"]["description"], "Done.");
    }

    #[test]
    fn a_reference_to_nothing_or_to_itself_leaves_the_operation_out() {
        for target in ["Missing", "Itself"] {
            let reference = format!("#/components/responses/{target}");
            let projection = projected(
                json!({"/thing": {"get": {
                    "operationId": "getThing",
                    "responses": {"200": {"$ref": reference}},
                }}}),
                json!({"responses": {"Itself": {"$ref": "#/components/responses/Itself"}}}),
            );
            assert!(operation(&projection).is_null());
            assert!(said(&projection).contains("The operation is left out"));
        }
    }
}
