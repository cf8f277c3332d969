//! Where a violation stands, by the contract's own names only.

use std::collections::HashSet;

use serde_json::Value;

use crate::violation::unescaped;

/// The names of all properties that a contract's schemas have.
pub(super) struct Names(HashSet<String>);

/// A place in a document.
pub(super) struct Place {
    /// JSON Pointer, no further than the contract's names go.
    pub(super) pointer: String,
    /// It goes on below a member whose name the client chose: text of its own, which is not repeated.
    pub(super) is_below: bool,
}

impl Names {
    pub(super) fn of(document: &Value) -> Self {
        let mut names = HashSet::new();
        collect(document, &mut names);
        Self(names)
    }

    /// The place of `pointer` in `sent`.
    pub(super) fn place(&self, sent: &Value, pointer: &str) -> Place {
        let mut node = Some(sent);
        let mut end = 0;
        for token in pointer.split('/').skip(1) {
            let name = unescaped(token);
            node = match node {
                Some(Value::Array(items)) => name.parse().ok().and_then(|n: usize| items.get(n)),
                Some(Value::Object(members)) if self.0.contains(&*name) => members.get(&*name),
                _ => break,
            };
            end += 1 + token.len();
        }
        Place {
            pointer: pointer.get(..end).unwrap_or_default().to_owned(),
            is_below: end < pointer.len(),
        }
    }
}

fn collect(node: &Value, names: &mut HashSet<String>) {
    match node {
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        Value::Object(members) => {
            if let Some(Value::Object(properties)) = members.get("properties") {
                names.extend(properties.keys().cloned());
            }
            members.values().for_each(|member| collect(member, names));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_place_ends_before_a_name_that_is_not_the_contract_s() {
        let names =
            Names::of(&json!({"items": {"properties": {"a/b": {"properties": {"c": {}}}}}}));
        let sent = json!([{"a/b": {"c": 1, "secret": {"c": 1}}}]);
        for (pointer, place, is_below) in [
            ("", "", false),
            ("/0/a~1b/c", "/0/a~1b/c", false),
            ("/0/a~1b/secret", "/0/a~1b", true),
            ("/0/a~1b/secret/c", "/0/a~1b", true),
        ] {
            let found = names.place(&sent, pointer);
            assert_eq!((found.pointer.as_str(), found.is_below), (place, is_below));
        }
    }
}
