//! What a request must carry, word for word.

use serde_json::Value;

use crate::dialect::Lowered;
use crate::ir::{Location, Parameter, Presence, When};

/// The required parameters, beside those of the path, that can have one value only.
pub fn of(lowered: &Lowered, parameters: &[Parameter]) -> Vec<When> {
    let required = parameters
        .iter()
        .filter(|parameter| parameter.presence == Presence::Required);
    required
        .filter_map(|parameter| {
            let value = constant(lowered, &parameter.schema)?.to_owned();
            match parameter.location {
                Location::Query => Some(When::Query(parameter.wire.clone(), value)),
                Location::Header => Some(When::Header(parameter.wire.to_lowercase(), value)),
                _ => None,
            }
        })
        .collect()
}

/// The only text that the schema at `pointer` takes.
fn constant<'a>(lowered: &'a Lowered, pointer: &str) -> Option<&'a str> {
    let mut schema = lowered.schemas().pointer(pointer)?;
    for _ in 0..32 {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else {
            break;
        };
        schema = lowered.schemas().pointer(reference.strip_prefix('#')?)?;
    }
    let only = schema.get("enum").and_then(Value::as_array);
    let only = only.and_then(|values| match values.as_slice() {
        [one] => Some(one),
        _ => None,
    });
    schema.get("const").or(only)?.as_str()
}
