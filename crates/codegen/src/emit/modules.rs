//! A large document: a module for each tag, and what they share beside them.

use proc_macro2::TokenStream;
use quote::quote;

use super::{
    Options, bodies, docs, facts, glue, handlers, ident, imports, outgoing, parameters, parts,
    responses, routes, security, service,
};
use crate::ir::{Api, Module, Operation};

/// The modules, and the items beside them.
pub fn items(api: &Api, options: Options) -> Vec<TokenStream> {
    let modules = api.spread();
    let modules = modules.map(|(module, first, operations)| one(api, module, operations, first));
    let mut modules: Vec<TokenStream> = modules.collect();
    let mut shared: Vec<TokenStream> = security::items(api).into_iter().collect();
    shared.extend(all(api));
    shared.extend(service::of_modules(api));
    shared.extend(facts::shared(api, options));
    shared.push(routes::items(api));
    shared.extend(security::functions(api));
    modules.extend(outgoing::modules(api));
    imports::in_root(modules, shared)
}

fn one(api: &Api, module: &Module, operations: &[Operation], first: usize) -> TokenStream {
    let mut items = vec![handlers::module(api, module, operations)];
    for operation in operations {
        items.extend(parameters::items(operation));
        items.extend(bodies::items(operation));
        items.extend(parts::items(operation));
        items.extend(responses::items(operation));
    }
    items.extend(service::module(operations, first));
    items.push(facts::operations(operations, &quote!()));
    items.extend(
        operations
            .iter()
            .map(|one| facts::of(one, &quote!(pub(super)))),
    );
    items.extend(operations.iter().flat_map(glue::items));
    let items = imports::in_module(items);
    let (name, text) = (ident(&module.name), docs::docs(&module.docs));
    quote! {
        #text
        pub mod #name { #(#items)* }
    }
}

/// The trait of those who implement all modules' traits.
fn all(api: &Api) -> Vec<TokenStream> {
    let names: Vec<_> = api.modules.iter().map(|one| ident(&one.name)).collect();
    let text = handlers::head(api);
    vec![
        quote! {
            #text
            pub trait Api: #(#names::Api)+* {}
        },
        quote!(impl<A: #(#names::Api)+*> Api for A {}),
    ]
}
