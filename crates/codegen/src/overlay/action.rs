//! The Overlay Object and its Action Objects: Overlay Specification 1.0.0, 4.4.1 and 4.4.3.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::{Document, Places};

/// One action, checked.
pub(super) struct Action<'a> {
    /// A JSONPath, not parsed yet.
    pub(super) target: &'a str,
    /// Where the target is written.
    pub(super) place: &'a Place,
    pub(super) effect: Effect<'a>,
}

/// What an action does to the nodes that it selects.
pub(super) enum Effect<'a> {
    Remove,
    Update(&'a Value, &'a Places),
}

/// A field's value and its place.
type Node<'a> = (&'a Value, &'a Places);

/// The actions of an overlay that are well-formed, in order; what is not is found.
pub(super) fn read<'a>(overlay: &'a Document, found: &mut Diagnostics) -> Vec<Action<'a>> {
    let root = (&overlay.root, &overlay.places);
    if !overlay.root.is_object() {
        found.push(invalid(root, "an overlay is an object"));
        return Vec::new();
    }
    only(
        root,
        &["overlay", "info", "extends", "actions"],
        "Overlay Object",
        found,
    );
    match field(root, "overlay").map(|node| (node, node.0.as_str())) {
        Some((_, Some(version))) if is_supported(version) => {}
        Some((node, _)) => found.push(invalid(node, "`overlay` must be the version \"1.0.0\"")),
        None => found.push(invalid(
            root,
            "`overlay`, the version of the specification, is missing",
        )),
    }
    info(root, found);
    if let Some(node) = field(root, "extends")
        && !node.0.is_string()
    {
        found.push(invalid(node, "`extends` must be the URI of a document"));
    }
    let Some(actions) = field(root, "actions") else {
        found.push(invalid(root, "`actions` is missing"));
        return Vec::new();
    };
    match actions.0.as_array() {
        Some(items) if !items.is_empty() => (0..items.len())
            .filter_map(|index| field(actions, &index.to_string()))
            .filter_map(|node| action(node, found))
            .collect(),
        _ => {
            found.push(invalid(
                actions,
                "`actions` must be a list of at least one action",
            ));
            Vec::new()
        }
    }
}

fn is_supported(version: &str) -> bool {
    version
        .strip_prefix("1.0.")
        .is_some_and(|patch| patch.parse::<u32>().is_ok())
}

fn info(root: Node<'_>, found: &mut Diagnostics) {
    let Some(info) = field(root, "info").filter(|node| node.0.is_object()) else {
        found.push(invalid(
            root,
            "`info`, an object with `title` and `version`, is missing",
        ));
        return;
    };
    only(info, &["title", "version"], "Info Object", found);
    for name in ["title", "version"] {
        match field(info, name) {
            Some((Value::String(_), _)) => {}
            Some(node) => found.push(invalid(node, &format!("`{name}` must be text"))),
            None => found.push(invalid(info, &format!("`{name}` is missing"))),
        }
    }
}

fn action<'a>(node: Node<'a>, found: &mut Diagnostics) -> Option<Action<'a>> {
    if !node.0.is_object() {
        found.push(invalid(node, "an action is an object"));
        return None;
    }
    only(
        node,
        &["target", "description", "update", "remove"],
        "Action Object",
        found,
    );
    let Some((target, at)) = field(node, "target") else {
        found.push(invalid(node, "an action needs a `target`"));
        return None;
    };
    let Some(text) = target.as_str() else {
        found.push(invalid((target, at), "`target` must be a JSONPath"));
        return None;
    };
    let remove = match field(node, "remove") {
        None => false,
        Some((Value::Bool(remove), _)) => *remove,
        Some(other) => {
            found.push(invalid(other, "`remove` must be true or false"));
            return None;
        }
    };
    let effect = match (remove, field(node, "update")) {
        (true, None) => Effect::Remove,
        (false, Some((update, places))) => Effect::Update(update, places),
        (true, Some(update)) => {
            found.push(invalid(
                update,
                "`update` has no effect beside `remove: true`",
            ));
            return None;
        }
        (false, None) => {
            found.push(invalid(
                node,
                "an action needs an `update` or `remove: true`",
            ));
            return None;
        }
    };
    Some(Action {
        target: text,
        place: &at.node,
        effect,
    })
}

fn field<'a>(node: Node<'a>, name: &str) -> Option<Node<'a>> {
    let value = match node.0 {
        Value::Array(items) => items.get(name.parse::<usize>().ok()?)?,
        value => value.get(name)?,
    };
    Some((value, node.1.child(name)?))
}

/// Finds fields that are neither `allowed` nor extensions.
fn only(node: Node<'_>, allowed: &[&str], object: &str, found: &mut Diagnostics) {
    for name in node
        .0
        .as_object()
        .into_iter()
        .flat_map(|members| members.keys())
    {
        if allowed.contains(&name.as_str()) || name.starts_with("x-") {
            continue;
        }
        let place = node.1.child(name).unwrap_or(node.1).place().clone();
        found.push(
            Diagnostic::error(
                Code::InvalidOverlay,
                format!("`{name}` is no field of the {object}"),
                format!("its fields are {}", crate::diagnostic::list(allowed)),
            )
            .at(place),
        );
    }
}

fn invalid(node: Node<'_>, message: &str) -> Diagnostic {
    Diagnostic::error(
        Code::InvalidOverlay,
        message,
        "see the Overlay Specification 1.0.0 for the form of an overlay",
    )
    .at(node.1.place().clone())
}
