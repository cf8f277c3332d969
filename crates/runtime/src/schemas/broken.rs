//! What an error of the crate `jsonschema` says beyond its keyword.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind as Kind};
use serde_json::{Number, Value};

use super::At;
use crate::breach::{Breach, Unknown, type_of};

/// The particulars of `error` in `sent`, of which `schema` is the schema.
pub(super) fn breach(error: &ValidationError<'_>, sent: &Value, schema: Option<&At<'_>>) -> Breach {
    let instance = error.instance();
    match error.kind() {
        Kind::Type { kind } => Breach::Type {
            expected: types(kind),
            found: type_of(instance),
        },
        Kind::Required { property } => {
            let whole = error.instance_path().as_str();
            let object = schema.and_then(|schema| schema.of_value(sent, whole));
            let member = object.and_then(|object| object.property(property.as_str()?));
            Breach::Missing {
                expected: member.map(|member| member.types()).unwrap_or_default(),
            }
        }
        Kind::Maximum { limit } | Kind::Minimum { limit } => match limit {
            Value::Number(limit) => Breach::Bound {
                limit: limit.clone(),
                of: "number",
            },
            _ => Breach::Other,
        },
        Kind::MaxLength { limit } | Kind::MinLength { limit } => length(*limit, "string"),
        Kind::MaxItems { limit } | Kind::MinItems { limit } => length(*limit, "array"),
        Kind::AdditionalProperties { unexpected } | Kind::UnevaluatedProperties { unexpected } => {
            Breach::Members(Unknown::of(unexpected))
        }
        _ => Breach::Other,
    }
}

fn length(limit: u64, of: &'static str) -> Breach {
    Breach::Bound {
        limit: Number::from(limit),
        of,
    }
}

fn types(kind: &TypeKind) -> Vec<&'static str> {
    match kind {
        TypeKind::Single(one) => vec![one.as_str()],
        TypeKind::Multiple(several) => several.iter().map(|one| one.as_str()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::schemas::Schemas;

    static SCHEMAS: Schemas = Schemas::new(
        r##"{"a": {"$ref": "#/b"}, "b": {"required": ["list"], "additionalProperties": false, "properties": {
            "list": {"type": "array", "maxItems": 1, "items": {"$ref": "#/c"}}, "number": {"type": ["integer", "null"], "maximum": 7}
        }}, "c": {"required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}}"##,
    );

    fn breaches(sent: Value) -> Vec<Breach> {
        let found = SCHEMAS.violations("/a", &sent);
        found.into_iter().map(|found| found.breach).collect()
    }

    #[test]
    fn what_is_missing_has_the_types_of_its_schema() {
        let missing = |name| Breach::Missing {
            expected: vec![name],
        };
        assert_eq!(breaches(json!({})), [missing("array")]);
        assert_eq!(breaches(json!({"list": [{}]})), [missing("string")]);
    }

    #[test]
    fn bounds_and_types_are_told() {
        let bound = |limit: u64, of| Breach::Bound {
            limit: limit.into(),
            of,
        };
        let items = json!({"list": [{"text": "a"}, {"text": "b"}]});
        assert_eq!(breaches(items), [bound(1, "array")]);
        assert_eq!(
            breaches(json!({"list": [{"text": ""}]})),
            [bound(1, "string")]
        );
        assert_eq!(
            breaches(json!({"list": [], "number": 8})),
            [bound(7, "number")]
        );
        let wrong = Breach::Type {
            expected: vec!["null", "integer"],
            found: "number",
        };
        assert_eq!(breaches(json!({"list": [], "number": 1.5})), [wrong]);
    }

    #[test]
    fn members_are_named_that_the_schema_does_not_know() {
        let found = breaches(json!({"list": [], "more": 1, "most": 2}));
        let [Breach::Members(unknown)] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(unknown.names(), ["more", "most"]);
    }
}
