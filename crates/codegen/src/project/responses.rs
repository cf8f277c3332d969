//! The responses of an operation come to one body for success and one for errors.

use heck::ToPascalCase;
use openapiv3::{MediaType, Operation, ReferenceOr, Response, Responses, Schema, StatusCode};

use super::bodies::essence;
use super::widen::{anything, resolve, widen};
use super::{Context, LeftOut};

pub(super) fn pass(operation: &mut Operation, context: &mut Context) -> Result<(), LeftOut> {
    let id = operation.operation_id.clone().unwrap_or_default();
    let responses = &mut operation.responses;
    spread_default(responses, context);
    for (status, response) in &mut responses.responses {
        if let ReferenceOr::Item(response) = response {
            choose_content(status, response, context);
        }
    }
    for outcome in [Outcome::Success, Outcome::Error] {
        unify(responses, outcome, &id, context);
    }
    say_redirects(responses, context);
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum Outcome {
    Success,
    Error,
}

impl Outcome {
    /// Which outcome progenitor takes a status for: neither one for 1XX and 3XX.
    fn of(status: &StatusCode) -> Option<Self> {
        match status {
            StatusCode::Code(200..=299) | StatusCode::Range(2) => Some(Self::Success),
            StatusCode::Code(400..=599) | StatusCode::Range(4 | 5) => Some(Self::Error),
            StatusCode::Code(_) | StatusCode::Range(_) => None,
        }
    }

    fn type_name(self, operation: &str, context: &Context) -> String {
        let suffix = match self {
            Self::Success => "Response",
            Self::Error => "Error",
        };
        let wanted = format!("{}{suffix}", operation.to_pascal_case());
        let mut name = wanted.clone();
        let mut count = 1;
        while context.components.schemas.contains_key(&name) {
            count += 1;
            name = format!("{wanted}{count}");
        }
        name
    }
}

/// `default` would be success and error at once, and so have to be of both types.
fn spread_default(responses: &mut Responses, context: &mut Context) {
    let Some(default) = responses.default.take() else {
        return;
    };
    let mut ranges = vec![4, 5];
    let success = |status: &StatusCode| Outcome::of(status) == Some(Outcome::Success);
    if !responses.responses.keys().any(success) {
        ranges.insert(0, 2);
    }
    let mut taken_for = Vec::new();
    for range in ranges {
        let status = StatusCode::Range(range);
        if !responses.responses.contains_key(&status) {
            taken_for.push(status.to_string());
            responses.responses.insert(status, default.clone());
        }
    }
    if !taken_for.is_empty() {
        context.note(format!(
            "The response `default` is taken for {}.",
            taken_for.join(", ")
        ));
    }
}

/// Leaves one media type: JSON, or else any, which the client reads as bytes.
fn choose_content(status: &StatusCode, response: &mut Response, context: &mut Context) {
    let json = |name: &&String| {
        let essence = essence(name);
        essence == "application/json" || essence.ends_with("+json")
    };
    let Some(choice) =
        (response.content.keys().find(json)).or_else(|| response.content.keys().next())
    else {
        return;
    };
    let (choice, is_json) = (choice.clone(), json(&choice));
    let mut content = response.content.shift_remove(&choice).unwrap_or_default();
    content.encoding.clear();
    for other in response.content.keys() {
        context.note(format!(
            "The client reads the answer {status} as `{choice}`, not as `{other}`."
        ));
    }
    response.content.clear();
    if is_json {
        content.schema.get_or_insert_with(anything);
        response
            .content
            .insert("application/json".to_owned(), content);
    } else {
        context.note(format!(
            "The client reads the answer {status}, `{choice}`, as bytes."
        ));
        response.content.insert(choice, content);
    }
}

#[derive(Clone, PartialEq)]
enum Body {
    Empty,
    Json(Box<ReferenceOr<Schema>>),
    Bytes,
}

impl Body {
    fn of(response: &Response) -> Self {
        match response.content.first() {
            None => Self::Empty,
            Some((name, content)) if name == "application/json" => {
                Self::Json(Box::new(content.schema.clone().unwrap_or_else(anything)))
            }
            Some(_) => Self::Bytes,
        }
    }

    /// The name of the schema, where it has one.
    fn type_name(&self) -> Option<&str> {
        match self {
            Self::Json(schema) => match schema.as_ref() {
                ReferenceOr::Reference { reference } => reference.rsplit('/').next(),
                ReferenceOr::Item(_) => None,
            },
            Self::Empty | Self::Bytes => None,
        }
    }

    fn set(&self, response: &mut Response) {
        response.content.clear();
        let (name, schema) = match self {
            Self::Empty => return,
            Self::Json(schema) => ("application/json", Some(schema.as_ref().clone())),
            Self::Bytes => ("*/*", None),
        };
        let content = MediaType {
            schema,
            ..MediaType::default()
        };
        response.content.insert(name.to_owned(), content);
    }
}

/// Gives all responses of one outcome the same body.
fn unify(responses: &mut Responses, outcome: Outcome, operation: &str, context: &mut Context) {
    let mut found: Vec<(String, Body)> = (responses.responses.iter())
        .filter(|(status, _)| Outcome::of(status) == Some(outcome))
        .filter_map(|(status, response)| Some((status.to_string(), Body::of(response.as_item()?))))
        .collect();
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    let Some((_, first)) = found.first() else {
        return;
    };
    let statuses: Vec<_> = found.iter().map(|(status, _)| status.as_str()).collect();
    let statuses = statuses.join(", ");
    let common = if found.iter().all(|(_, body)| body == first) {
        match first {
            // An error's inline type would get the name of the success's.
            Body::Json(schema) if outcome == Outcome::Error && first.type_name().is_none() => {
                name_schema(schema.as_ref().clone(), outcome, operation, None, context)
            }
            _ => return,
        }
    } else if let Some(schema) = common_schema(&found, context) {
        let described = format!("What `{operation}` answers with; {}.", listed(&found));
        let body = name_schema(schema, outcome, operation, Some(described), context);
        context.note(format!(
            "The answers {statuses} have different bodies, which the client reads as one type, `{}`: {}.",
            body.type_name().unwrap_or_default(),
            listed(&found)
        ));
        body
    } else {
        context.note(format!(
            "The answers {statuses} have bodies of different kinds, which the client reads as bytes."
        ));
        Body::Bytes
    };
    for (status, response) in &mut responses.responses {
        if let (true, ReferenceOr::Item(response)) =
            (Outcome::of(status) == Some(outcome), response)
        {
            common.set(response);
        }
    }
}

/// The schema that takes all of the bodies, when all are JSON.
fn common_schema(found: &[(String, Body)], context: &Context) -> Option<ReferenceOr<Schema>> {
    let schemas: Option<Vec<_>> = (found.iter())
        .map(|(_, body)| match body {
            Body::Json(schema) => Some(schema.as_ref().clone()),
            Body::Empty | Body::Bytes => None,
        })
        .collect();
    schemas?
        .into_iter()
        .reduce(|one, other| widen(&one, &other, &context.components))
}

/// Makes a named schema of `schema`, under a name that is free.
fn name_schema(
    schema: ReferenceOr<Schema>,
    outcome: Outcome,
    operation: &str,
    description: Option<String>,
    context: &mut Context,
) -> Body {
    let mut schema = match resolve(&schema, &context.components) {
        Some(schema) => schema.clone(),
        None => return Body::Json(Box::new(schema)),
    };
    if description.is_some() {
        schema.schema_data.description = description;
    }
    let name = outcome.type_name(operation, context);
    let reference = format!("#/components/schemas/{name}");
    (context.components.schemas).insert(name, ReferenceOr::Item(schema));
    Body::Json(Box::new(ReferenceOr::Reference { reference }))
}

/// Each status with the name of its schema: ``400 `BadRequest`, 404 `NotFound` ``.
fn listed(found: &[(String, Body)]) -> String {
    let each: Vec<_> = (found.iter())
        .map(|(status, body)| match body.type_name() {
            Some(name) => format!("{status} `{name}`"),
            None => format!("{status} a schema without a name"),
        })
        .collect();
    each.join(", ")
}

fn say_redirects(responses: &Responses, context: &mut Context) {
    let redirects: Vec<_> = (responses.responses.keys())
        .filter(|status| matches!(status, StatusCode::Code(300..=399) | StatusCode::Range(3)))
        .map(ToString::to_string)
        .collect();
    if !redirects.is_empty() {
        context.note(format!(
            "The answer {} is neither success nor error to the client, which gives it back as \
             `Error::UnexpectedResponse`, with its headers, and does not follow it.",
            redirects.join(", ")
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::super::Projection;
    use super::super::tests::{get, operation, said};
    use serde_json::{Value, json};

    fn answers(responses: Value) -> Projection {
        let object = |member: &str, kind: &str| json!({"type": "object", "required": [member], "properties": {member: {"type": kind}}});
        let schemas = json!({"A": object("a", "string"), "B": object("b", "integer")});
        get(json!({"responses": responses}), json!({"schemas": schemas}))
    }

    /// The notes about the operation.
    fn told(projection: &Projection) -> String {
        let all = said(projection);
        let own: Vec<_> = all
            .lines()
            .filter(|line| line.starts_with("`getThing`"))
            .collect();
        own.join("\n")
    }

    fn of(name: &str) -> Value {
        let schema = json!({"$ref": format!("#/components/schemas/{name}")});
        json!({"description": name, "content": {"application/json": {"schema": schema}}})
    }

    fn schema(projection: &Projection, status: &str) -> Value {
        operation(projection)["responses"][status]["content"]["application/json"]["schema"].clone()
    }

    #[test]
    fn two_error_types_become_one_with_the_members_of_both() {
        let projection =
            answers(json!({"204": {"description": "Done."}, "400": of("A"), "404": of("B")}));
        let error = json!({"$ref": "#/components/schemas/GetThingError"});
        assert_eq!(schema(&projection, "400"), error);
        assert_eq!(schema(&projection, "404"), error);
        let components = serde_json::to_value(&projection.openapi.components).expect("JSON");
        let members = &components["schemas"]["GetThingError"]["properties"];
        assert_eq!(
            *members,
            json!({"a": {"type": "string"}, "b": {"type": "integer"}})
        );
        assert_eq!(
            told(&projection),
            "`getThing`: The answers 400, 404 have different bodies, which the client reads as one type, \
             `GetThingError`: 400 `A`, 404 `B`."
        );
    }

    #[test]
    fn one_error_type_stays_as_it_is() {
        let projection = answers(json!({"200": of("A"), "400": of("B"), "404": of("B")}));
        assert_eq!(
            schema(&projection, "404"),
            json!({"$ref": "#/components/schemas/B"})
        );
        assert_eq!(told(&projection), "");
    }

    #[test]
    fn bodies_of_different_kinds_are_bytes() {
        let projection = answers(json!({"200": of("A"), "204": {"description": "Nothing."}}));
        let responses = &operation(&projection)["responses"];
        assert_eq!(responses["200"]["content"], json!({"*/*": {}}));
        assert_eq!(responses["204"]["content"], json!({"*/*": {}}));
        assert!(told(&projection).contains("reads as bytes"));
    }

    #[test]
    fn default_is_not_success_and_error_at_once() {
        let projection = answers(json!({"200": of("A"), "default": of("B")}));
        let responses = &operation(&projection)["responses"];
        assert!(responses["default"].is_null() && responses["2XX"].is_null());
        assert_eq!(
            schema(&projection, "4XX"),
            json!({"$ref": "#/components/schemas/B"})
        );
        assert_eq!(
            told(&projection),
            "`getThing`: The response `default` is taken for 4XX, 5XX."
        );
    }

    #[test]
    fn an_inline_error_gets_a_name_of_its_own() {
        let inline = |kind: &str| json!({"description": kind, "content": {"application/json": {"schema": {"type": kind}}}});
        let projection = answers(json!({"200": inline("object"), "400": inline("array")}));
        assert_eq!(schema(&projection, "200"), json!({"type": "object"}));
        assert_eq!(
            schema(&projection, "400"),
            json!({"$ref": "#/components/schemas/GetThingError"})
        );
    }

    #[test]
    fn a_page_is_bytes_and_a_problem_is_json() {
        let content = |name: &str| json!({"description": name, "content": {name: {}}});
        let projection = answers(
            json!({"200": content("text/html"), "400": content("application/problem+json")}),
        );
        assert!(operation(&projection)["responses"]["200"]["content"]["text/html"].is_object());
        assert!(schema(&projection, "400").is_object());
        assert_eq!(
            told(&projection),
            "`getThing`: The client reads the answer 200, `text/html`, as bytes."
        );
    }

    #[test]
    fn json_is_chosen_of_several_media_types() {
        let projection = answers(json!({"200": {"description": "Both.",
            "content": {"text/csv": {}, "application/json": {"schema": {"type": "string"}}}}}));
        assert_eq!(schema(&projection, "200"), json!({"type": "string"}));
        assert!(told(&projection).contains("as `application/json`, not as `text/csv`"));
    }

    #[test]
    fn a_redirect_is_told() {
        let projection = answers(json!({"302": {"description": "Away."}}));
        assert!(told(&projection).contains("302 is neither success nor error"));
    }
}
