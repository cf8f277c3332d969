//! `update`: merges a value into each node that a target selects.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::load::{Below, Places};

/// Merges `update` into the object `target`, or appends it to the array `target`.
pub(super) fn update(
    target: &mut Value,
    here: &mut Places,
    update: &Value,
    from: &Places,
    found: &mut Diagnostics,
) {
    match (target, &mut here.below) {
        (Value::Array(items), Below::Items(places)) => {
            items.push(update.clone());
            places.push(Places {
                key: None,
                ..from.clone()
            });
        }
        (target @ Value::Object(_), _) if update.is_object() => {
            merge(target, here, update, from, found)
        }
        (target, _) => found.push(mismatch(kind(target), kind(update), from, here)),
    }
}

/// Objects merge member by member, arrays append item by item, other values are replaced.
fn merge(
    target: &mut Value,
    here: &mut Places,
    update: &Value,
    from: &Places,
    found: &mut Diagnostics,
) {
    match (target, update) {
        (Value::Object(members), Value::Object(updates)) => {
            let Below::Members(places) = &mut here.below else {
                return;
            };
            for (name, update) in updates {
                let Some(from) = from.child(name) else {
                    continue;
                };
                match (members.get_mut(name), places.get_mut(name)) {
                    (Some(member), Some(here)) => merge(member, here, update, from, found),
                    _ => {
                        members.insert(name.clone(), update.clone());
                        places.insert(name.clone(), from.clone());
                    }
                }
            }
        }
        (Value::Array(items), Value::Array(updates)) => {
            let (Below::Items(places), Below::Items(from)) = (&mut here.below, &from.below) else {
                return;
            };
            items.extend(updates.iter().cloned());
            places.extend(from.iter().cloned());
        }
        (target, update) if is_plain(target) && is_plain(update) => {
            *target = update.clone();
            *here = from.clone();
        }
        (target, update) => found.push(mismatch(kind(target), kind(update), from, here)),
    }
}

fn is_plain(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
        _ => "a plain value",
    }
}

fn mismatch(target: &str, update: &str, from: &Places, here: &Places) -> Diagnostic {
    Diagnostic::error(
        Code::UpdateMismatch,
        format!("{update} cannot be merged into {target}"),
        "update the object that holds it, or remove it first and add it in a second action",
    )
    .at(from.place().clone())
    .with(
        here.place().clone(),
        format!("{target}, which the target selects"),
    )
}
