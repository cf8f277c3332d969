//! Takes every decision: from a [`Lowered`] document to the sealed [`Api`].
//!
//! A chain of small passes. Each part that cannot be generated leaves a diagnostic and nothing else, so that one run names
//! all of them; an [`Api`] comes out only when there are none.

mod ambiguity;
mod bodies;
mod challenges;
mod constants;
mod constraints;
mod declared;
mod defaults;
mod directions;
pub(crate) mod docs;
mod field_encodings;
mod formats;
mod ids;
mod limits;
mod lists;
mod literals;
mod media_types;
mod modules;
mod multipart;
mod names;
mod one_way;
mod operations;
mod outgoing;
mod overlap;
mod parameter_styles;
mod parameters;
mod path_items;
mod paths;
mod patterns;
mod properties;
mod readings;
mod recursion;
mod refs;
mod responses;
mod reusable;
mod routes;
mod schemas;
mod schemes;
mod security;
mod selection;
mod servers;
mod statuses;
mod template;
#[cfg(test)]
mod testing;
mod texts;
mod unread;
mod usage;
mod within;
mod written;

pub(crate) use one_way::relaxed;
pub use selection::Selection;

use routes::Unreachable;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::Api;

/// What is generated, and what its author should know.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// The model that is emitted.
    pub api: Api,
    /// What stops nothing: those of [`Lowered::warnings`] and those found here.
    pub warnings: Diagnostics,
}

/// Decides how `lowered` is generated, all of it.
///
/// # Errors
/// One diagnostic for each thing that cannot be generated; the warnings are among them.
pub fn resolve(lowered: &Lowered) -> Result<Resolved, Diagnostics> {
    resolve_selected(lowered, &Selection::default())
}

/// Decides how the selected operations of `lowered` are generated.
///
/// # Errors
/// One diagnostic for each of them that cannot be generated, and for each selector that is wrong; the warnings are among them.
pub fn resolve_selected(lowered: &Lowered, selection: &Selection) -> Result<Resolved, Diagnostics> {
    let (resolved, unreachable) = reachable(lowered, selection)?;
    let generates = |less: &Selection| {
        // What no request reaches is not generated without its skip either.
        reachable(lowered, less).is_ok_and(|(_, others)| others.len() == unreachable.len())
    };
    let needless = selection.needless(generates);
    if needless.is_empty() {
        Ok(resolved)
    } else {
        Err(needless.into_iter().collect())
    }
}

/// What is generated, and the operations that are left out because no request could reach them: it leaves nothing behind.
fn reachable(
    lowered: &Lowered,
    selection: &Selection,
) -> Result<(Resolved, Vec<Unreachable>), Diagnostics> {
    let Attempt {
        outcome,
        unreachable,
    } = attempt(lowered, selection);
    if unreachable.is_empty() {
        return Ok((outcome?, unreachable));
    }
    let keys = unreachable.iter().map(|one| one.key.clone()).collect();
    let attempt = attempt(lowered, &selection.without(keys));
    let said = unreachable.iter().map(|one| one.finding.clone());
    match attempt.outcome {
        Ok(mut resolved) => {
            resolved.warnings.extend(said);
            Ok((resolved, unreachable))
        }
        Err(mut found) => {
            found.extend(said);
            Err(found)
        }
    }
}

/// What becomes of a document, and of which operations nothing can.
struct Attempt {
    outcome: Result<Resolved, Diagnostics>,
    unreachable: Vec<Unreachable>,
}

fn empty(lowered: &Lowered) -> Diagnostic {
    let finding = lowered.error(
        Code::NoOperation,
        "/paths",
        "the document describes no operation: nothing is served",
        "describe one in `paths`, here or through an overlay",
    );
    finding.warning()
}

fn attempt(lowered: &Lowered, selection: &Selection) -> Attempt {
    let mut found = lowered.warnings().clone();
    let mut sieve = selection::Sieve::new(selection);
    let paths = paths::Paths::of(lowered, &mut sieve, &mut found);
    let sent = outgoing::Sent::of(lowered, &paths, &mut sieve, &mut found);
    found.extend(sieve.unknown());
    servers::check(lowered, &paths, &mut found);
    unread::check(lowered, &paths, &sent, &mut found);
    let names = names::claim(lowered);
    let mut schemas = schemas::Schemas::new(lowered, names);
    let mut schemes = security::Schemes::new(lowered, &paths);
    let mut ids = ids::Ids::default();
    let mut known = responses::Responses::default();
    let operations::Resolved {
        operations,
        modules,
        routes,
        unreachable,
    } = operations::resolve(
        lowered,
        &paths,
        &mut schemas,
        &mut schemes,
        &mut ids,
        &mut known,
        &mut found,
    );
    let mut requests = outgoing::Requests {
        lowered,
        schemas: &mut schemas,
        ids: &mut ids,
        known: &mut known,
        found: &mut found,
    };
    let outgoing = requests.modules(&sent, &modules);
    if paths.total() == 0 && outgoing.is_empty() {
        found.push(empty(lowered));
    }
    let mut schemas = schemas.finish(&mut found);
    let mut api = Api {
        title: lowered.openapi().info.title.clone(),
        version: lowered.openapi().info.version.clone(),
        docs: docs::paragraphs(&[lowered.openapi().info.description.as_deref()]),
        models: schemas.models,
        patterns: schemas.patterns,
        xml: schemas.xml,
        schemes: schemes.finish(),
        operations,
        modules,
        routes,
        outgoing,
    };
    defaults::settle(lowered, &mut api, &mut found);
    directions::split(&mut api, &mut schemas.scope);
    recursion::break_cycles(&mut api);
    readings::decide(&mut api);
    usage::mark(&mut api);
    defaults::mark(&mut api);
    constraints::nest(&mut api);
    let warnings = found.distinct();
    let outcome = if warnings.has_errors() {
        Err(warnings)
    } else {
        Ok(Resolved { api, warnings })
    };
    Attempt {
        outcome,
        unreachable,
    }
}

#[cfg(test)]
mod tests {
    use super::testing;

    #[test]
    fn a_document_without_operations_is_generated_and_named() {
        assert_eq!(testing::warnings("paths: {}"), ["no-operation"]);
        assert_eq!(
            testing::warnings("paths: { /a: { summary: b } }"),
            ["no-operation"]
        );
    }
}
