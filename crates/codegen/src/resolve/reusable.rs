//! Finds what a `$ref` names, by its JSON Pointer: an object of `components`, or one that stands where it is used.

use indexmap::IndexMap;
use openapiv3::{
    Components, Header, OpenAPI, Operation, Parameter, PathItem, ReferenceOr, RequestBody,
    Response, StatusCode,
};

/// A kind of object that a Reference Object can stand for.
pub trait Reusable: Sized {
    /// What the specification calls it.
    const NAME: &'static str;
    /// The name of its map in `components`.
    const SECTION: &'static str;
    /// Its map.
    fn map(components: &Components) -> &IndexMap<String, ReferenceOr<Self>>;
    /// The one at these tokens elsewhere than in `components`.
    fn inline<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>>;

    /// The one at these tokens of a JSON Pointer.
    fn find<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>> {
        match tokens {
            [components, section, name]
                if components == "components" && section == Self::SECTION =>
            {
                Self::map(openapi.components.as_ref()?).get(name)
            }
            tokens => Self::inline(openapi, tokens),
        }
    }
}

impl Reusable for Parameter {
    const NAME: &'static str = "Parameter Object";
    const SECTION: &'static str = "parameters";

    fn map(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.parameters
    }

    fn inline<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>> {
        let (at, rest) = below_paths(openapi, tokens)?;
        let parameters = match at {
            Place::Item(item) => &item.parameters,
            Place::Operation(operation) => &operation.parameters,
        };
        match rest {
            [field, index] if field == "parameters" => parameters.get(index.parse::<usize>().ok()?),
            _ => None,
        }
    }
}

impl Reusable for RequestBody {
    const NAME: &'static str = "Request Body Object";
    const SECTION: &'static str = "requestBodies";

    fn map(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.request_bodies
    }

    fn inline<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>> {
        match below_paths(openapi, tokens)? {
            (Place::Operation(operation), [field]) if field == "requestBody" => {
                operation.request_body.as_ref()
            }
            _ => None,
        }
    }
}

impl Reusable for Response {
    const NAME: &'static str = "Response Object";
    const SECTION: &'static str = "responses";

    fn map(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.responses
    }

    fn inline<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>> {
        let (Place::Operation(operation), [field, status]) = below_paths(openapi, tokens)? else {
            return None;
        };
        let responses = (field == "responses").then_some(&operation.responses)?;
        if status == "default" {
            return responses.default.as_ref();
        }
        let is_it = |code: &StatusCode| code.to_string().eq_ignore_ascii_case(status);
        let mut all = responses.responses.iter();
        all.find_map(|(code, response)| is_it(code).then_some(response))
    }
}

impl Reusable for Header {
    const NAME: &'static str = "Header Object";
    const SECTION: &'static str = "headers";

    fn map(components: &Components) -> &IndexMap<String, ReferenceOr<Self>> {
        &components.headers
    }

    fn inline<'a>(openapi: &'a OpenAPI, tokens: &[String]) -> Option<&'a ReferenceOr<Self>> {
        let [response @ .., field, name] = tokens else {
            return None;
        };
        let response = Response::find(openapi, response).filter(|_| field == "headers")?;
        response.as_item()?.headers.get(name)
    }
}

enum Place<'a> {
    Item(&'a PathItem),
    Operation(&'a Operation),
}

/// The path's item or its operation that the first tokens lead to, and the tokens that are left.
fn below_paths<'a, 't>(
    openapi: &'a OpenAPI,
    tokens: &'t [String],
) -> Option<(Place<'a>, &'t [String])> {
    let [paths, path, rest @ ..] = tokens else {
        return None;
    };
    let item = (paths == "paths").then(|| openapi.paths.paths.get(path))??;
    let item = item.as_item()?;
    let operation = rest.split_first().and_then(|(method, rest)| {
        let mut all = item.iter();
        all.find_map(|(name, operation)| (name == method).then_some((operation, rest)))
    });
    Some(match operation {
        Some((operation, rest)) => (Place::Operation(operation), rest),
        None => (Place::Item(item), rest),
    })
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    #[test]
    fn a_reference_may_lead_to_where_another_operation_has_it() {
        let api = testing::api(
            r##"
            paths:
              /a/{b}:
                parameters: [{ name: b, in: path, required: true, schema: { type: integer } }]
                post:
                  parameters: [{ name: c, in: query, schema: { type: boolean } }]
                  requestBody: { content: { text/plain: { schema: { type: string } } } }
                  responses:
                    '204': { description: x, headers: { X-A: { schema: { type: integer } } } }
                    default: { description: y }
              /d/{b}:
                post:
                  parameters:
                    - { $ref: '#/paths/~1a~1{b}/parameters/0' }
                    - { $ref: '#/paths/~1a~1{b}/post/parameters/0' }
                  requestBody: { $ref: '#/paths/~1a~1{b}/post/requestBody' }
                  responses:
                    '200': { description: z, headers: { X-B: { $ref: '#/paths/~1a~1{b}/post/responses/204/headers/X-A' } } }
                    '204': { $ref: '#/paths/~1a~1{b}/post/responses/204' }
                    default: { $ref: '#/paths/~1a~1{b}/post/responses/default' }
            "##,
        );
        let [there, here] = api.operations.as_slice() else {
            panic!("{:?}", api.operations);
        };
        let wires = |one: &crate::ir::Operation| {
            let wires = one.parameters.iter().map(|one| one.wire.clone());
            wires.collect::<Vec<_>>()
        };
        assert_eq!(wires(here), wires(there));
        assert!(here.body.is_some());
        assert_eq!(here.responses.len(), there.responses.len() + 1);
    }
}
