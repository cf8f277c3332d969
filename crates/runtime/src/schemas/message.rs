//! What is wrong, in words that repeat nothing of what was sent.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::Value;

use super::place::Names;
use super::{At, broken};
use crate::breach::Breach;
use crate::percent;
use crate::violation::{Location, Violation, escaped};

/// Longer lists of values are not printed.
const MAX_OPTIONS_LENGTH: usize = 200;

/// What a Schema Object says by itself, in place of a pattern that few can read: a clause such as `must be a web address`.
const OWN_WORDS: &str = "x-specmint-message";

/// The violation that `error` is, in `sent`, of which `schema` is the schema, in `contract`.
pub(super) fn violation(
    error: &ValidationError<'_>,
    sent: &Value,
    names: &Names,
    contract: &Value,
    schema: Option<&At<'_>>,
) -> Violation {
    let place = names.place(sent, error.instance_path().as_str());
    let own = own_words(error, contract).map(ToOwned::to_owned);
    let mut pointer = place.pointer;
    let mut message = own.unwrap_or_else(|| message(error.kind()));
    match error.kind() {
        Kind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            if place.is_below {
                message = format!("has a member without the required member {name}");
            } else {
                pointer.push('/');
                pointer.push_str(&escaped(name));
            }
        }
        _ if place.is_below => message = format!("has a member that {message}"),
        _ => {}
    }
    Violation {
        pointer,
        location: Location::Body,
        message,
        keyword: error.kind().keyword().to_owned(),
        // Below a name that the client chose, nothing is told apart.
        breach: match place.is_below {
            true => Breach::Other,
            false => broken::breach(error, sent, schema),
        },
    }
}

/// The words that the broken schema has for its pattern and its format.
fn own_words<'c>(error: &ValidationError<'_>, contract: &'c Value) -> Option<&'c str> {
    if !matches!(error.kind(), Kind::Pattern { .. } | Kind::Format { .. }) {
        return None;
    }
    let location = error.absolute_keyword_location()?.as_str();
    let (_, pointer) = location.split_once('#')?;
    let pointer = percent::decode(pointer)?;
    let (schema, _keyword) = pointer.rsplit_once('/')?;
    contract.pointer(schema)?.get(OWN_WORDS)?.as_str()
}

fn message(kind: &Kind) -> String {
    match kind {
        Kind::Required { .. } => "is required".to_owned(),
        Kind::Type { kind } => format!("must be {}", types(kind)),
        Kind::Enum { options } => match options.to_string() {
            long if long.len() > MAX_OPTIONS_LENGTH => {
                "must be one of the allowed values".to_owned()
            }
            options => format!("must be one of {options}"),
        },
        Kind::Constant { expected_value } => format!("must be {expected_value}"),
        Kind::Format { format } => format!("must be a valid {format}"),
        Kind::Pattern { pattern } => format!("must match the pattern {pattern}"),
        Kind::MaxLength { limit } => format!("must have at most {limit} characters"),
        Kind::MinLength { limit } => format!("must have at least {limit} characters"),
        Kind::Maximum { limit } => format!("must be at most {limit}"),
        Kind::Minimum { limit } => format!("must be at least {limit}"),
        Kind::ExclusiveMaximum { limit } => format!("must be less than {limit}"),
        Kind::ExclusiveMinimum { limit } => format!("must be greater than {limit}"),
        Kind::MultipleOf { multiple_of } => format!("must be a multiple of {multiple_of}"),
        Kind::MaxItems { limit } => format!("must have at most {limit} items"),
        Kind::AdditionalItems { limit } => format!("must have at most {limit} items"),
        Kind::MinItems { limit } => format!("must have at least {limit} items"),
        Kind::MaxProperties { limit } => format!("must have at most {limit} members"),
        Kind::MinProperties { limit } => format!("must have at least {limit} members"),
        Kind::UniqueItems => "must have no two equal items".to_owned(),
        // Not by their names: those are the client's own text.
        Kind::AdditionalProperties { .. } | Kind::UnevaluatedProperties { .. } => {
            "has members that are not allowed".to_owned()
        }
        Kind::UnevaluatedItems { .. } => "has items that are not allowed".to_owned(),
        Kind::OneOfMultipleValid { .. } => {
            "must fit exactly one of the allowed schemas, fits several".to_owned()
        }
        Kind::OneOfNotValid { .. } | Kind::AnyOf { .. } => {
            "must fit one of the allowed schemas, fits none".to_owned()
        }
        Kind::FalseSchema => "is not allowed".to_owned(),
        other => format!("breaks the keyword {}", other.keyword()),
    }
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => format!("of type {one}"),
        TypeKind::Multiple(several) => {
            let names: Vec<_> = several.iter().map(|one| one.to_string()).collect();
            format!("of type {}", names.join(" or "))
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::schemas::Schemas;
    use serde_json::json;

    static SCHEMAS: Schemas = Schemas::new(
        r##"{"paths": {"/a b/{c}": {"schema": {"$ref": "#/components/schemas/X"}}}, "components": {"schemas": {"X": {
            "type": "object", "required": ["a/b"], "additionalProperties": false,
            "properties": {"a/b": {}, "n": {"type": ["integer", "null"]}, "u": {"format": "uuid"}, "x": {"$ref": "#/components/schemas/X"}}
        }}}}"##,
    );

    const POINTER: &str = "/paths/~1a b~1{c}/schema";

    #[test]
    fn all_violations_are_listed_and_none_repeats_what_was_sent() {
        let sent = json!({"n": "secret", "u": "secret", "secret": 1, "x": {"a/b": 1, "n": 1.0}});
        let found = SCHEMAS.violations(POINTER, &sent);
        let mut keywords: Vec<_> = found
            .iter()
            .map(|v| (v.pointer.as_str(), v.keyword.as_str()))
            .collect();
        keywords.sort_unstable();
        assert_eq!(
            keywords,
            [
                ("", "additionalProperties"),
                ("/a~1b", "required"),
                ("/n", "type"),
                ("/u", "format"),
            ]
        );
        assert!(!format!("{found:?}").contains("secret"));
    }

    #[test]
    fn a_schema_may_have_words_for_its_pattern() {
        static OWN: Schemas = Schemas::new(
            r##"{"a": {"properties": {"u": {"$ref": "#/b%20c"}}}, "b c": {
                "format": "uri", "pattern": "^https:", "maxLength": 9, "x-specmint-message": "must be a web address"}}"##,
        );
        let messages = |sent: &str| {
            let found = OWN.violations("/a", &json!({ "u": sent }));
            let told = found.into_iter().map(|v| (v.pointer, v.message));
            told.collect::<Vec<_>>()
        };
        let own = ("/u".to_owned(), "must be a web address".to_owned());
        assert_eq!(messages("ftp:a"), std::slice::from_ref(&own));
        assert_eq!(messages("no uri"), [own]);
        assert_eq!(
            messages("https:abcd")[0].1,
            "must have at most 9 characters"
        );
    }

    #[test]
    fn nothing_keeps_a_schema_that_is_not_there() {
        assert!(SCHEMAS.is_valid(POINTER, &json!({"a/b": 1})));
        assert!(!SCHEMAS.is_valid("/nowhere", &json!({})));
    }

    #[test]
    fn members_that_the_client_named_are_not_named() {
        static MAP: Schemas = Schemas::new(
            r#"{"properties": {"m": {"additionalProperties": {"required": ["n"], "properties": {"n": {"type": "string"}}}}}}"#,
        );
        let found = MAP.violations(
            "",
            &json!({"m": {"secret": {"n": 1}, "secret2": {"n": 1}, "secret3": {}}}),
        );
        let found: Vec<_> = found
            .iter()
            .map(|v| (v.pointer.as_str(), v.message.as_str()))
            .collect();
        assert_eq!(
            found,
            [
                ("/m", "has a member that must be of type string"),
                ("/m", "has a member without the required member n"),
            ]
        );
    }

    #[test]
    fn long_lists_of_values_are_left_to_the_contract() {
        static LONG: Schemas = Schemas::new(
            r#"{"enum": ["0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
                         "1123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789"]}"#,
        );
        let found = LONG.violations("", &json!(1));
        assert_eq!(found[0].message, "must be one of the allowed values");
    }

    #[test]
    fn violations_are_counted_out() {
        static MANY: Schemas = Schemas::new(r#"{"items": {"type": "string"}}"#);
        let sent = serde_json::Value::from(vec![1; 1000]);
        assert_eq!(MANY.violations("", &sent).len(), 64);
    }
}
