//! What a request must carry, word for word.

use super::refs;
use super::written::Written;
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
    let schema = Written::schema(lowered, pointer)?;
    refs::only(schema.value)?.as_str()
}
