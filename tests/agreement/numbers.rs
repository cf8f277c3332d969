//! Whole numbers, within the limits of a schema and just beyond.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// A number that keeps the schema.
pub fn likely_integer(schema: &Value) -> BoxedStrategy<Value> {
    let limit = |name: &str, otherwise| schema[name].as_i64().unwrap_or(otherwise);
    let (least, most) = (limit("minimum", i64::MIN), limit("maximum", i64::MAX));
    prop_oneof![4 => least..=most, 1 => Just(least), 1 => Just(most)]
        .prop_map(Value::from)
        .boxed()
}

/// Numbers at the limits and beyond, and what is written like a number.
pub fn near_integer(schema: &Value) -> BoxedStrategy<Value> {
    let limits = ["minimum", "maximum"].map(|name| schema[name].as_i64().unwrap_or(0));
    let near = limits.map(|limit| [limit.wrapping_sub(1), limit, limit.wrapping_add(1)]);
    let near = near.concat().into_iter().map(Value::from);
    let others = [
        json!(1.0),
        json!(1.5),
        json!(-0.0),
        json!(1e300),
        json!("1"),
    ];
    select(near.chain(others).collect::<Vec<_>>()).boxed()
}
