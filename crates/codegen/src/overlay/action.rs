//! The Overlay Object and its Action Objects: Overlay Specification 1.1.0, 4.4.1 and 4.4.3.

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place};
use crate::load::{Document, Places};
use crate::pointer;

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
    /// Of the one node that this JSONPath selects in the document itself; since 1.1.
    Copy(&'a str, &'a Place),
}

/// What differs between the versions of the specification.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    /// 1.0: what updates an array is an entry of it, and plain values cannot be updated.
    V10,
    /// 1.1: an array is concatenated to an array, and a plain value replaces a plain one.
    V11,
}

/// A field's value and its place.
type Node<'a> = (&'a Value, &'a Places);

/// The actions of an overlay that are well-formed, in order; what is not is found.
pub(super) fn read<'a>(
    overlay: &'a Document,
    found: &mut Diagnostics,
) -> (Version, Vec<Action<'a>>) {
    let root = (&overlay.root, &overlay.places);
    if !overlay.root.is_object() {
        found.push(invalid(root, "an overlay is an object"));
        return (Version::V11, Vec::new());
    }
    let version = version(root, found).unwrap_or(Version::V11);
    (version, actions(root, version, found))
}

fn version(root: Node<'_>, found: &mut Diagnostics) -> Option<Version> {
    let Some(node) = field(root, "overlay") else {
        found.push(invalid(
            root,
            "`overlay`, the version of the specification, is missing",
        ));
        return None;
    };
    let is = |version| {
        let patch = node.0.as_str().and_then(|text| text.strip_prefix(version));
        patch.is_some_and(|patch| patch.parse::<u32>().is_ok())
    };
    if is("1.0.") {
        Some(Version::V10)
    } else if is("1.1.") {
        Some(Version::V11)
    } else {
        found.push(invalid(
            node,
            "`overlay` must be the version \"1.0.0\" or \"1.1.0\"",
        ));
        None
    }
}

fn actions<'a>(root: Node<'a>, version: Version, found: &mut Diagnostics) -> Vec<Action<'a>> {
    only(
        root,
        &["overlay", "info", "extends", "actions"],
        "Overlay Object",
        found,
    );
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
            .filter_map(|node| action(node, version, found))
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

fn info(root: Node<'_>, found: &mut Diagnostics) {
    let Some(info) = field(root, "info").filter(|node| node.0.is_object()) else {
        found.push(invalid(
            root,
            "`info`, an object with `title` and `version`, is missing",
        ));
        return;
    };
    only(
        info,
        &["title", "version", "description"],
        "Info Object",
        found,
    );
    for name in ["title", "version"] {
        match field(info, name) {
            Some((Value::String(_), _)) => {}
            Some(node) => found.push(invalid(node, &format!("`{name}` must be text"))),
            None => found.push(invalid(info, &format!("`{name}` is missing"))),
        }
    }
}

fn action<'a>(node: Node<'a>, version: Version, found: &mut Diagnostics) -> Option<Action<'a>> {
    if !node.0.is_object() {
        found.push(invalid(node, "an action is an object"));
        return None;
    }
    let fields: &[&str] = match version {
        Version::V10 => &["target", "description", "update", "remove"],
        Version::V11 => &["target", "description", "update", "copy", "remove"],
    };
    only(node, fields, "Action Object", found);
    let Some((target, at)) = field(node, "target") else {
        found.push(invalid(node, "an action needs a `target`"));
        return None;
    };
    let Some(text) = target.as_str() else {
        found.push(invalid((target, at), "`target` must be a JSONPath"));
        return None;
    };
    Some(Action {
        target: text,
        place: &at.node,
        effect: effect(node, found)?,
    })
}

fn effect<'a>(node: Node<'a>, found: &mut Diagnostics) -> Option<Effect<'a>> {
    let remove = match field(node, "remove") {
        None => false,
        Some((Value::Bool(remove), _)) => *remove,
        Some(other) => {
            found.push(invalid(other, "`remove` must be true or false"));
            return None;
        }
    };
    let problem = match (remove, field(node, "update"), field(node, "copy")) {
        (true, None, None) => return Some(Effect::Remove),
        (false, Some((update, places)), None) => return Some(Effect::Update(update, places)),
        (false, None, Some((Value::String(from), places))) => {
            return Some(Effect::Copy(from, &places.node));
        }
        (false, None, Some(other)) => invalid(other, "`copy` must be a JSONPath"),
        (true, Some(other), _) | (true, None, Some(other)) => {
            invalid(other, "this has no effect beside `remove: true`")
        }
        (false, Some(_), Some(other)) => invalid(other, "`copy` has no effect beside `update`"),
        (false, None, None) => invalid(
            node,
            "an action needs an `update`, a `copy` or `remove: true`",
        ),
    };
    found.push(problem);
    None
}

fn field<'a>(node: Node<'a>, name: &str) -> Option<Node<'a>> {
    Some((pointer::child(node.0, name)?, node.1.child(name)?))
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
        "see the Overlay Specification 1.1.0 for the form of an overlay",
    )
    .at(node.1.place().clone())
}
