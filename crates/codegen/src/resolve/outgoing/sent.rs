//! What a document says that a server sends: the operations of `webhooks`, and those of `callbacks`.

use std::collections::HashMap;

use serde_json::Value;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::resolve::operations;
use crate::resolve::path_items::{self, PathItem};
use crate::resolve::paths::Paths;
use crate::resolve::refs;
use crate::resolve::selection::Sieve;

/// The webhooks and callbacks of a document.
pub struct Sent {
    /// Of `webhooks`.
    pub webhooks: Vec<Target>,
    /// Of `callbacks` of the operations.
    pub callbacks: Vec<Target>,
}

/// A Path Item Object and where its requests go.
pub struct Target {
    /// Its name; of a callback, the names of the operation and of the callback.
    pub name: String,
    /// Where the requests go, in words.
    pub docs: String,
    /// The key in the Callback Object.
    pub expression: Option<String>,
    /// The object.
    pub item: PathItem,
}

impl Sent {
    /// Takes them from the document, with the selected webhooks and the callbacks of selected operations only.
    pub fn of(
        lowered: &Lowered,
        paths: &Paths,
        sieve: &mut Sieve<'_>,
        found: &mut Diagnostics,
    ) -> Self {
        let sent = Self {
            webhooks: webhooks(lowered, sieve, found),
            callbacks: callbacks(lowered, paths, found),
        };
        for target in sent.webhooks.iter().chain(&sent.callbacks) {
            for one in &target.item.operations {
                if declared(&one.object).next().is_some() {
                    found.push(callbacks_of_receiver(lowered, &one.pointer));
                }
            }
        }
        sent
    }
}

fn webhooks(lowered: &Lowered, sieve: &mut Sieve<'_>, found: &mut Diagnostics) -> Vec<Target> {
    let all = lowered.openapi().extensions.get("x-specmint-webhooks");
    let all = all.and_then(Value::as_object).into_iter().flatten();
    let mut targets = Vec::new();
    for (name, item) in all.filter(|(name, _)| !name.starts_with("x-")) {
        let item = path_items::of_value(lowered, item, refs::join("/webhooks", name), found);
        let Some(mut item) = found.take(item) else {
            continue;
        };
        item.operations
            .retain(|one| sieve.takes_webhook(&one.method, name, &one.object));
        targets.push(Target {
            name: name.clone(),
            docs: format!("the webhook {}", code(name)),
            expression: None,
            item,
        });
    }
    targets
}

/// The callbacks, each once: what several operations refer to goes to the same place.
fn callbacks(lowered: &Lowered, paths: &Paths, found: &mut Diagnostics) -> Vec<Target> {
    let mut targets: Vec<Target> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    let operations = paths.items().iter().flat_map(|item| {
        let operations = item.item.operations.iter();
        operations.map(|one| (item.path.as_str(), one))
    });
    for (path, operation) in operations {
        let id = operations::id(path, operation);
        for (name, callback) in declared(&operation.object) {
            let pointer = refs::join(&format!("{}/callbacks", operation.pointer), name);
            let Some((callback, pointer)) = found.take(follow(lowered, callback, pointer)) else {
                continue;
            };
            let items = callback.as_object().into_iter().flatten();
            for (expression, item) in items.filter(|(name, _)| !name.starts_with("x-")) {
                let at = refs::join(&pointer, expression);
                let item = path_items::of_value(lowered, item, at, found);
                let Some(item) = found.take(item) else {
                    continue;
                };
                let key = (item.pointer.clone(), expression.clone());
                let again = known.get(&key).and_then(|place| targets.get_mut(*place));
                if let Some(target) = again {
                    target.docs.push_str(&format!(" and of {}", code(&id)));
                    continue;
                }
                known.insert(key, targets.len());
                targets.push(Target {
                    name: format!("{id} {name}"),
                    docs: format!("the callback {} of {}", code(name), code(&id)),
                    expression: Some(expression.clone()),
                    item,
                });
            }
        }
    }
    targets
}

/// The Callback Objects of an operation.
fn declared(operation: &openapiv3::Operation) -> impl Iterator<Item = (&String, &Value)> {
    let all = operation.extensions.get("x-specmint-callbacks");
    let all = all.and_then(Value::as_object).into_iter().flatten();
    all.filter(|(name, _)| !name.starts_with("x-"))
}

/// The Callback Object that `callback`, standing at `pointer`, is or refers to, and where it stands.
fn follow<'a>(
    lowered: &'a Lowered,
    mut callback: &'a Value,
    mut pointer: String,
) -> Result<(&'a Value, String), Diagnostic> {
    let components = lowered.openapi().components.as_ref();
    let known = components.and_then(|all| all.extensions.get("x-specmint-callbacks"));
    for _ in 0..32 {
        let Some(reference) = callback.get("$ref").and_then(Value::as_str) else {
            return Ok((callback, pointer));
        };
        let name = refs::component(reference, "callbacks");
        let next = name.and_then(|name| known?.get(&name));
        callback = next.ok_or_else(|| {
            lowered.error(
                Code::DanglingRef,
                &pointer,
                format!("`{reference}` is no object of `#/components/callbacks`"),
                "declare it there, or write the object here",
            )
        })?;
        pointer = reference.trim_start_matches('#').to_owned();
    }
    Err(lowered.error(
        Code::CyclicRef,
        &pointer,
        "this reference leads back to itself",
        "let one of the references lead to an object",
    ))
}

fn callbacks_of_receiver(lowered: &Lowered, pointer: &str) -> Diagnostic {
    lowered
        .error(
            Code::Callbacks,
            &refs::join(pointer, "callbacks"),
            "whoever gets this request sends the callbacks: nothing is generated for them",
            "describe what the server is called by as operations in `paths`",
        )
        .warning()
}

/// As code in rustdoc.
fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', ""))
}
