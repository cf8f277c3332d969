//! Facts: the contract itself, its schemas, and each operation.

use std::collections::HashSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::ident;
use crate::ir::{Api, Location, Operation, Parameter};

/// The constants and statics.
pub fn items(api: &Api) -> Vec<TokenStream> {
    let facts = api
        .operations
        .iter()
        .map(|operation| ident(&operation.facts));
    let mut items = vec![
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
            pub static SCHEMAS: Schemas = Schemas::new(include_str!("schemas.json"));
        },
        quote! {
            /// The facts about each operation.
            pub static OPERATIONS: &[&Operation] = &[#(&#facts),*];
        },
    ];
    items.extend(view(api));
    items.extend(api.operations.iter().map(of));
    items.extend(parameters(api));
    items
}

/// utoipa's view of the models.
fn view(api: &Api) -> Vec<TokenStream> {
    let models = api.models.iter().map(|model| ident(&model.name));
    let (title, version) = (&api.title, &api.version);
    vec![quote! {
        /// The models as utoipa sees them; the contract itself says more.
        pub fn openapi() -> utoipa::openapi::OpenApi {
            #[derive(OpenApi)]
            #[openapi(info(title = #title, version = #version), components(schemas(#(#models),*)))]
            struct View;
            View::openapi()
        }
    }]
}

fn of(operation: &Operation) -> TokenStream {
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
        static #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            responses: &[#(#answers),*],
            produces: &[#(#produces),*],
            challenges: &[#(#challenges),*],
            schemas: &SCHEMAS,
        };
    }
}

/// The distinct parameters.
fn parameters(api: &Api) -> Vec<TokenStream> {
    let mut seen = HashSet::new();
    let all = api
        .operations
        .iter()
        .flat_map(|operation| &operation.parameters);
    all.filter(|parameter| seen.insert(&parameter.facts))
        .map(parameter)
        .collect()
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let name = ident(&parameter.facts);
    let (location, index, style, explode) = match parameter.location {
        Location::Path(index) => (quote!(Path), index, quote!(Simple), false),
        Location::Query => (quote!(Query), 0, quote!(Form), true),
        Location::Header => (quote!(Header), 0, quote!(Simple), false),
    };
    let index = Literal::usize_unsuffixed(index);
    let (wire, schema) = (&parameter.wire, &parameter.schema);
    quote! {
        static #name: Parameter = Parameter {
            name: #wire,
            location: Location::#location,
            index: #index,
            style: Style::#style,
            explode: #explode,
            schema: #schema,
        };
    }
}
