//! Facts: the contract itself, its schemas, and each operation.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Options, ident};
use crate::ir::{Api, Operation};

/// The constants and statics.
pub fn items(api: &Api, options: Options) -> Vec<TokenStream> {
    let mut items = contract();
    items.push(operations(&api.operations, &public()));
    if options.utoipa {
        items.extend(view(api));
    }
    items.extend(
        api.operations
            .iter()
            .map(|one| of(one, &TokenStream::new())),
    );
    items
}

/// Those beside modules, which have the operations' own.
pub fn shared(api: &Api, options: Options) -> Vec<TokenStream> {
    let all = api.spread().flat_map(|(module, _, operations)| {
        let module = ident(&module.name);
        operations.iter().map(move |operation| {
            let name = ident(&operation.facts);
            quote!(&#module::#name)
        })
    });
    let all: Vec<TokenStream> = all.collect();
    let mut items = contract();
    items.push(list(&all, &public()));
    if options.utoipa {
        items.extend(view(api));
    }
    items
}

/// The list of these operations.
pub fn operations(operations: &[Operation], visibility: &TokenStream) -> TokenStream {
    let all = operations.iter().map(|operation| {
        let name = ident(&operation.facts);
        quote!(&#name)
    });
    list(&all.collect::<Vec<_>>(), visibility)
}

fn list(operations: &[TokenStream], visibility: &TokenStream) -> TokenStream {
    quote! {
        /// The facts about each operation.
        #visibility static OPERATIONS: &[&specmint_runtime::Operation] = &[#(#operations),*];
    }
}

fn public() -> TokenStream {
    quote!(pub)
}

fn contract() -> Vec<TokenStream> {
    vec![
        quote! {
            /// The contract as it stands, overlays applied, as JSON.
            pub const CONTRACT_JSON: &str = include_str!("contract.json");
        },
        quote! {
            /// The contract as it stands, overlays applied, as YAML.
            pub const CONTRACT_YAML: &str = include_str!("contract.yaml");
        },
        quote! {
            /// The contract's schemas in the form of JSON Schema 2020-12, each at its JSON Pointer in the contract.
            pub static SCHEMAS: specmint_runtime::Schemas = specmint_runtime::Schemas::new(include_str!("schemas.json"));
        },
    ]
}

/// utoipa's view of the models.
fn view(api: &Api) -> Vec<TokenStream> {
    let models = api.models.iter().map(|model| {
        let name = ident(&model.name);
        quote!(__models::#name)
    });
    let (title, version) = (&api.title, &api.version);
    vec![quote! {
        /// The models as utoipa sees them; the contract itself says more.
        pub fn openapi() -> utoipa::openapi::OpenApi {
            #[derive(utoipa::OpenApi)]
            #[openapi(info(title = #title, version = #version), components(schemas(#(#models),*)))]
            struct View;
            <View as utoipa::OpenApi>::openapi()
        }
    }]
}

/// The static of one operation.
pub fn of(operation: &Operation, visibility: &TokenStream) -> TokenStream {
    let Operation {
        facts,
        id,
        method,
        path,
        answers,
        produces,
        challenges,
        ..
    } = operation;
    let name = ident(facts);
    quote! {
        #visibility static #name: specmint_runtime::Operation = specmint_runtime::Operation {
            id: #id,
            method: #method,
            path: #path,
            responses: &[#(#answers),*],
            produces: &[#(#produces),*],
            challenges: &[#(#challenges),*],
            schemas: &__shared::SCHEMAS,
        };
    }
}
