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
mod parameters;
mod parts;
mod responses;
mod routes;
mod security;
mod service;
mod structs;
mod types;
mod view;

use proc_macro2::{Ident, TokenStream};

use crate::ir::Api;
use crate::naming;

/// The Rust text of one API.
///
/// # Errors
/// A fault of an emitter: tokens that are no Rust. The message names where.
pub fn emit(api: &Api) -> Result<String, syn::Error> {
    let models = models::items(api);
    let items = if api.modules.is_empty() {
        whole(api)
    } else {
        modules::items(api)
    };
    layout::file(&models, &items)
}

/// What stands beside the models where one trait has all operations.
fn whole(api: &Api) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = security::items(api).into_iter().collect();
    items.push(handlers::whole(api));
    for operation in &api.operations {
        items.extend(parameters::items(operation));
        items.extend(bodies::items(operation));
        items.extend(parts::items(operation));
        items.extend(responses::items(operation));
    }
    items.extend(service::whole(api));
    items.extend(facts::items(api));
    items.push(routes::items(api));
    items.extend(security::functions(api));
    items.extend(api.operations.iter().flat_map(glue::items));
    let head = imports::of_root(api, &items);
    head.into_iter().chain(items).collect()
}

/// A name as it stands in code.
fn ident(name: &str) -> Ident {
    let escaped = naming::escaped(name);
    match escaped.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, proc_macro2::Span::call_site()),
        None => Ident::new(&escaped, proc_macro2::Span::call_site()),
    }
}
