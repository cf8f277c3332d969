//! Of several schemas that a value could fit, the one that was meant.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;

/// Shows `see` what is wrong: where a value fits none of several schemas and all but one of those are for other values, what
/// is wrong by that one; else the error itself.
pub(super) fn see_meant(error: &ValidationError<'_>, see: &mut dyn FnMut(&ValidationError<'_>)) {
    match error.kind() {
        Kind::OneOfNotValid { context } | Kind::AnyOf { context } => {
            let mut meant = context
                .iter()
                .filter(|errors| !is_for_others(error, errors));
            match (meant.next(), meant.next()) {
                (Some(only), None) => only.iter().for_each(|error| see_meant(error, see)),
                _ => see(error),
            }
        }
        _ => see(error),
    }
}

/// Whether a schema that breaks in these ways is for other values: the whole is of another type, or a member that tells
/// the schemas apart has another value.
fn is_for_others(whole: &ValidationError<'_>, errors: &[ValidationError<'_>]) -> bool {
    errors.iter().any(|error| match error.kind() {
        Kind::Constant { .. } | Kind::Enum { .. } => true,
        Kind::Type { .. } => error.instance_path() == whole.instance_path(),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::schemas::Schemas;

    static SCHEMAS: Schemas = Schemas::new(
        r##"{"oneOf": [
            {"type": "string"},
            {"type": "object", "required": ["kind", "name"], "properties": {"kind": {"const": "a"}, "name": {"type": "string"}}},
            {"$ref": "#/b"}
        ], "b": {"type": "object", "required": ["kind"], "properties": {"kind": {"enum": ["b"]}, "size": {"type": "integer"}}}}"##,
    );

    fn told(sent: &Value) -> Vec<(String, String)> {
        let found = SCHEMAS.violations("", sent).into_iter();
        found.map(|found| (found.pointer, found.message)).collect()
    }

    #[test]
    fn the_schema_that_was_meant_says_what_is_wrong() {
        let pair = |pointer: &str, message: &str| (pointer.to_owned(), message.to_owned());
        let missing = told(&json!({"kind": "a"}));
        assert_eq!(missing, [pair("/name", "is required")]);
        let wrong = told(&json!({"kind": "b", "size": "1"}));
        assert_eq!(wrong, [pair("/size", "must be of type integer")]);
        let none = [pair("", "must fit one of the allowed schemas, fits none")];
        assert_eq!(told(&json!({"kind": "c"})), none);
        assert_eq!(told(&json!(1)), none);
        // Either of the two could be meant.
        assert_eq!(told(&json!({})), none);
    }
}
