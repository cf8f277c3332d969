//! From the sealed [`Api`] to Rust: a plain walk with no decisions.
//!
//! One file for each thing that is emitted. The code is the text of a module: it is included into one, beside which stand
//! the files `contract.json`, `contract.yaml` and `schemas.json`.

mod bodies;
mod checks;
mod debug;
mod docs;
mod enums;
mod facts;
mod glue;
mod handlers;
mod imports;
mod layout;
mod models;
mod modules;
mod newtypes;
mod outgoing;
mod parameter;
mod parameters;
mod parts;
mod responses;
mod routes;
mod security;
mod service;
mod structs;
mod types;
mod unions;
mod view;
mod xml;

use proc_macro2::{Ident, TokenStream};

use crate::ir::Api;
use crate::naming;

/// What is emitted beside what the contract itself asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Whether the models derive `utoipa::ToSchema`, and a function `openapi` shows them all.
    pub utoipa: bool,
}

/// The Rust text of one API.
///
/// # Errors
/// A fault of an emitter: tokens that are no Rust. The message names where.
pub fn emit(api: &Api, options: Options) -> Result<String, syn::Error> {
    let models = models::items(api, options);
    let items = if api.modules.is_empty() {
        whole(api, options)
    } else {
        modules::items(api, options)
    };
    layout::file(&models, &items)
}

/// What stands beside the models where one trait has all operations.
fn whole(api: &Api, options: Options) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = security::items(api).into_iter().collect();
    items.push(handlers::whole(api));
    for operation in &api.operations {
        items.extend(parameters::items(operation));
        items.extend(bodies::items(operation));
        items.extend(parts::items(operation));
        items.extend(responses::items(operation));
    }
    items.extend(service::whole(api));
    items.extend(facts::items(api, options));
    items.push(routes::items(api));
    items.extend(security::functions(api));
    items.extend(api.operations.iter().flat_map(glue::items));
    imports::in_root(outgoing::modules(api).collect(), items)
}

/// A name as it stands in code.
fn ident(name: &str) -> Ident {
    let escaped = naming::escaped(name);
    match escaped.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => Ident::new(&escaped, proc_macro2::Span::call_site()),
    }
}
