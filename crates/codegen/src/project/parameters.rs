//! Parameters that the client cannot send are left out; an operation that needs one of them is, too.

use std::collections::HashSet;

use heck::ToSnakeCase;
use openapiv3::{
    Operation, Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr, Schema,
    SchemaData, SchemaKind, StringType, Type,
};

use super::widen::resolve;
use super::{Context, LeftOut};

pub(super) fn pass(operation: &mut Operation, context: &mut Context) -> Result<(), LeftOut> {
    let mut taken = HashSet::new();
    if operation.request_body.is_some() {
        taken.insert("body".to_owned());
    }
    let mut kept = Vec::new();
    for parameter in std::mem::take(&mut operation.parameters) {
        let ReferenceOr::Item(mut parameter) = parameter else {
            continue;
        };
        in_text(&mut parameter, context);
        let data = parameter.parameter_data_ref();
        let (name, required) = (data.name.clone(), data.required);
        let obstacle = obstacle(&parameter, context).or_else(|| {
            (!taken.insert(name.to_snake_case()))
                .then(|| "its name is that of another argument of the method".to_owned())
        });
        match obstacle {
            None => {
                if let Parameter::Path { parameter_data, .. } = &mut parameter {
                    parameter_data.required = true;
                }
                kept.push(ReferenceOr::Item(parameter));
            }
            Some(why) if needed(&parameter, required) => {
                return Err(LeftOut(format!(
                    "the parameter `{name}` cannot be sent, {why}"
                )));
            }
            Some(why) => context.note(format!("The parameter `{name}` is left out, {why}.")),
        }
    }
    operation.parameters = kept;
    template_is_filled(operation, &context.path)
}

/// What has a media type of its own is a text to the client, which the caller writes.
fn in_text(parameter: &mut Parameter, context: &mut Context) {
    if ignored(parameter) {
        return;
    }
    let (Parameter::Query { parameter_data, .. }
    | Parameter::Header { parameter_data, .. }
    | Parameter::Path { parameter_data, .. }) = parameter
    else {
        return;
    };
    let ParameterSchemaOrContent::Content(content) = &parameter_data.format else {
        return;
    };
    let media_type = content.keys().next().cloned().unwrap_or_default();
    let name = &parameter_data.name;
    context.note(format!(
        "The parameter `{name}` is given as text, in `{media_type}`."
    ));
    let text = SchemaKind::Type(Type::String(StringType::default()));
    parameter_data.format = ParameterSchemaOrContent::Schema(ReferenceOr::Item(Schema {
        schema_data: SchemaData::default(),
        schema_kind: text,
    }));
}

/// Whether nothing can be asked without `parameter`. A cookie can be given to the HTTP client instead.
fn needed(parameter: &Parameter, required: bool) -> bool {
    match parameter {
        Parameter::Path { .. } => true,
        Parameter::Query { .. } | Parameter::Header { .. } => required && !ignored(parameter),
        Parameter::Cookie { .. } => false,
    }
}

/// The header fields that the specification says are no parameters (OpenAPI 3.0.3, Parameter Object).
fn ignored(parameter: &Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    matches!(parameter, Parameter::Header { .. })
        && ["accept", "content-type", "authorization"]
            .iter()
            .any(|ignored| name.eq_ignore_ascii_case(ignored))
}

fn obstacle(parameter: &Parameter, context: &Context) -> Option<String> {
    let data = parameter.parameter_data_ref();
    let ParameterSchemaOrContent::Schema(schema) = &data.format else {
        return Some("it has a media type of its own".to_owned());
    };
    let schema = resolve(schema, &context.components);
    match parameter {
        Parameter::Cookie { .. } => Some("the client's methods send no cookies".to_owned()),
        _ if ignored(parameter) => {
            Some("other parts of the document describe this header".to_owned())
        }
        Parameter::Query { style, .. } if *style != QueryStyle::Form => {
            Some(format!("the client does not know the style {style:?}"))
        }
        Parameter::Query { .. } if data.explode == Some(false) && composite(schema) => {
            Some("the client sends one pair for each item".to_owned())
        }
        Parameter::Query { .. } => None,
        Parameter::Path { style, .. } if *style != PathStyle::Simple => {
            Some(format!("the client does not know the style {style:?}"))
        }
        Parameter::Path { .. } | Parameter::Header { .. } => {
            composite(schema).then(|| "the client sends it as one text".to_owned())
        }
    }
}

fn composite(schema: Option<&Schema>) -> bool {
    matches!(
        schema.map(|schema| &schema.schema_kind),
        Some(SchemaKind::Type(Type::Array(_) | Type::Object(_)))
    )
}

/// The path's variables and the path parameters are the same names.
fn template_is_filled(operation: &mut Operation, path: &str) -> Result<(), LeftOut> {
    let variables: HashSet<&str> = (path.split('{').skip(1))
        .filter_map(|rest| rest.split('}').next())
        .collect();
    let mut given = HashSet::new();
    operation.parameters.retain(|parameter| match parameter {
        ReferenceOr::Item(Parameter::Path { parameter_data, .. }) => {
            given.insert(parameter_data.name.clone());
            variables.contains(parameter_data.name.as_str())
        }
        _ => true,
    });
    match variables.into_iter().find(|name| !given.contains(*name)) {
        Some(name) => Err(LeftOut(format!("the path's `{{{name}}}` is no parameter"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{get, operation, projected, said};
    use serde_json::{Value, json};

    fn one(parameter: Value) -> (Value, String) {
        let projection = get(json!({"parameters": [parameter]}), json!({}));
        (operation(&projection), said(&projection))
    }

    #[test]
    fn a_cookie_is_left_out_even_when_required() {
        let (operation, said) = one(
            json!({"name": "session", "in": "cookie", "required": true, "schema": {"type": "string"}}),
        );
        assert!(operation["parameters"].is_null());
        assert_eq!(
            said,
            "`getThing`: The parameter `session` is left out, the client's methods send no cookies."
        );
    }

    #[test]
    fn a_deep_object_is_left_out_and_takes_the_operation_along_when_required() {
        let deep = |required: bool| {
            json!({"name": "filter", "in": "query", "style": "deepObject", "required": required,
                "schema": {"type": "object"}})
        };
        let (optional, said) = one(deep(false));
        assert!(optional["parameters"].is_null() && said.contains("the style DeepObject"));
        let (required, said) = one(deep(true));
        assert!(required.is_null() && said.contains("The operation is left out"));
    }

    #[test]
    fn a_parameter_with_a_media_type_is_given_as_text() {
        let content = json!({"application/json": {"schema": {"type": "object"}}});
        let (operation, said) =
            one(json!({"name": "filter", "in": "query", "required": true, "content": content}));
        let filter = &operation["parameters"][0];
        assert_eq!(filter["schema"], json!({"type": "string"}));
        assert!(filter["content"].is_null() && filter["required"] == true);
        assert!(said.contains("`filter` is given as text, in `application/json`"));
    }

    #[test]
    fn an_ignored_header_never_costs_the_operation() {
        let (operation, said) = one(
            json!({"name": "Accept", "in": "header", "required": true, "schema": {"type": "string"}}),
        );
        assert!(operation.is_object() && operation["parameters"].is_null());
        assert!(said.contains("`Accept` is left out"));
    }

    #[test]
    fn two_parameters_of_one_argument_name_are_not_both_kept() {
        let query = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
        let projection = get(
            json!({"parameters": [query("page-size"), query("pageSize")]}),
            json!({}),
        );
        assert_eq!(
            operation(&projection)["parameters"]
                .as_array()
                .map(Vec::len),
            Some(1)
        );
    }

    #[test]
    fn a_path_variable_without_a_parameter_leaves_the_operation_out() {
        let done = json!({"operationId": "x", "responses": {"204": {"description": "Done."}}});
        let projection = projected(json!({"/a/{b}": {"get": done}}), json!({}));
        assert_eq!(
            said(&projection),
            "`x`: The operation is left out: the path's `{b}` is no parameter."
        );
    }
}
