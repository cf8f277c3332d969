//! The action that would cure a fault: what a diagnostic tells its reader to write into an overlay.

use serde_json::Value;

use crate::pointer;

/// An action that updates the node which `tokens` lead to in `root`, in YAML on one line.
pub(crate) fn action(root: &Value, tokens: &[String], update: &str) -> String {
    let target = path(root, tokens)
        .replace('\\', "\\\\")
        .replace('"', "\\\"");
    format!("{{ target: \"{target}\", update: {update} }}")
}

/// The JSONPath (RFC 9535) of a node.
fn path(root: &Value, tokens: &[String]) -> String {
    let mut path = "$".to_owned();
    let mut here = Some(root);
    for token in tokens {
        let is_list = here.is_some_and(Value::is_array);
        path += &match () {
            () if is_list => format!("[{token}]"),
            () if is_plain(token) => format!(".{token}"),
            () => format!("['{}']", token.replace('\\', "\\\\").replace('\'', "\\'")),
        };
        here = here.and_then(|value| pointer::child(value, token));
    }
    path
}

/// Whether a name may stand behind a dot (section 2.5.1).
fn is_plain(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && characters.all(|c| c.is_ascii_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{load, overlay};

    #[test]
    fn an_overlay_of_the_action_does_it() {
        let root = json!({"openapi": "3.1.0", "a'b\"c\\d": [{"x-e": {"f1": {"g": 1}}}]});
        let tokens = ["a'b\"c\\d", "0", "x-e", "f1"].map(str::to_owned);
        let action = action(&root, &tokens, "{ g: 2 }");
        let text =
            format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n  - {action}\n");
        let overlay = load::text("overlay.yaml", &text).unwrap();
        let document = load::text("a.json", &root.to_string()).unwrap();
        let amended =
            overlay::apply(document, &[overlay]).unwrap_or_else(|found| panic!("{found}"));
        assert_eq!(
            amended.0.root().pointer("/a'b\"c\\d/0/x-e/f1/g"),
            Some(&json!(2))
        );
    }
}
