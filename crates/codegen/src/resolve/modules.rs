//! How a large document's operations are spread over modules.

use std::collections::HashMap;

use serde_json::Value;

use super::docs;
use super::paths::Paths;
use crate::dialect::Lowered;
use crate::ir::Module;
use crate::naming::{self, Scope};

/// A document of more operations than these has a module, and a trait, for each of its tags.
///
/// It is the document that counts, not what is selected of it, so that a selection changes no name.
const MOST_OPERATIONS: usize = 100;

/// Names that a module beside the models cannot have: the crates that paths there begin with.
const RESERVED: &[&str] = &[
    "alloc",
    "core",
    "jsonschema",
    "models",
    "specmint_runtime",
    "std",
    "utoipa",
];

/// The modules for operations of these tags, in the order of their first operations, and the place of each operation's in
/// them. None where the document is not large, or all of it has one tag.
pub fn of(
    lowered: &Lowered,
    paths: &Paths,
    tags: &[Option<&str>],
) -> Option<(Vec<Module>, Vec<usize>)> {
    if paths.total() <= MOST_OPERATIONS || paths.tags() < 2 {
        return None;
    }
    let mut scope = scope();
    let mut known: HashMap<Option<&str>, usize> = HashMap::new();
    let mut modules: Vec<Module> = Vec::new();
    let mut places = Vec::new();
    for tag in tags {
        let place = *known.entry(*tag).or_insert_with(|| {
            modules.push(module(lowered, *tag, &mut scope));
            modules.len() - 1
        });
        if let Some(module) = modules.get_mut(place) {
            module.operations += 1;
        }
        places.push(place);
    }
    Some((modules, places))
}

/// Names of modules that stand beside the models.
pub fn scope() -> Scope {
    Scope::reserving(RESERVED)
}

fn module(lowered: &Lowered, tag: Option<&str>, scope: &mut Scope) -> Module {
    let declared = lowered.contract().get("tags").and_then(Value::as_array);
    let mut declared = declared.into_iter().flatten();
    let declared =
        declared.find(|one| tag.is_some() && one.get("name").and_then(Value::as_str) == tag);
    let description = declared.and_then(|one| one.get("description")?.as_str());
    let head = tag.map_or_else(
        || "The operations without a tag.".to_owned(),
        |tag| format!("The operations of `{}`.", tag.replace('`', "")),
    );
    Module {
        name: scope.claim(naming::snake(tag.unwrap_or("untagged"))),
        docs: docs::paragraphs(&[Some(&head), description]),
        operations: 0,
    }
}
