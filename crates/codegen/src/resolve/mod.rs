//! Takes every decision: from a [`Lowered`] document to the sealed [`Api`].
//!
//! A chain of small passes. Each part that cannot be generated leaves a diagnostic and nothing else, so that one run names
//! all of them; an [`Api`] comes out only when there are none.

mod bodies;
mod challenges;
mod constraints;
mod declared;
mod defaults;
mod directions;
pub(crate) mod docs;
mod field_encodings;
mod formats;
mod gates;
mod literals;
mod media_types;
mod multipart;
mod names;
mod operations;
mod parameters;
mod patterns;
mod properties;
mod readings;
mod recursion;
mod refs;
mod refusals;
mod responses;
mod routes;
mod schemas;
mod security;
mod servers;
mod statuses;
#[cfg(test)]
mod testing;
mod usage;
mod within;
mod written;

use crate::diagnostic::Diagnostics;
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

/// Decides how `lowered` is generated.
///
/// # Errors
/// One diagnostic for each thing that cannot be generated; the warnings are among them.
pub fn resolve(lowered: &Lowered) -> Result<Resolved, Diagnostics> {
    let mut found = lowered.warnings().clone();
    servers::check(lowered, &mut found);
    gates::check(lowered, &mut found);
    let names = names::claim(lowered);
    let mut schemas = schemas::Schemas::new(lowered, names.types);
    let mut schemes = security::Schemes::new(lowered);
    let (operations, routes) = operations::resolve(lowered, &mut schemas, &mut schemes, &mut found);
    let mut schemas = schemas.finish(&mut found);
    let mut api = Api {
        title: lowered.openapi().info.title.clone(),
        version: lowered.openapi().info.version.clone(),
        docs: docs::paragraphs(&[lowered.openapi().info.description.as_deref()]),
        models: schemas.models,
        patterns: schemas.patterns,
        schemes: schemes.finish(),
        operations,
        routes,
    };
    defaults::settle(lowered, &mut api, &schemas.defaults, &mut found);
    directions::split(&mut api, &mut schemas.scope);
    recursion::break_cycles(&mut api);
    readings::decide(&mut api);
    usage::mark(&mut api);
    defaults::mark(&mut api);
    constraints::nest(&mut api);
    let found = found.distinct();
    if found.has_errors() {
        return Err(found);
    }
    Ok(Resolved {
        api,
        warnings: found,
    })
}
