//! Structs without names for what they hold: newtypes, tuples, and JSON values with a schema.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Options, checks, docs, ident, types, view};
use crate::ir::{Item, Json, Model};

/// A named type that is another on the wire.
pub fn newtype(model: &Model, item: &Item, options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let (ty, read) = (types::of(&item.ty), types::read(&item.ty));
    let mut items = vec![
        declared(model, &[quote!(#ty)]),
        quote!(specmint_runtime::newtype! { #name(#ty): #read }),
    ];
    if model.request {
        items.extend(checks::of_items(&name, std::slice::from_ref(item)));
    }
    let is_text = model.parameter && types::is_text(&item.ty);
    items.extend(is_text.then(|| from_text(model, &ty)));
    items.extend(shown(model, options));
    items
}

/// An array of a fixed number of items.
pub fn tuple(model: &Model, places: &[Item], options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let types: Vec<TokenStream> = places.iter().map(|item| types::of(&item.ty)).collect();
    let reads = places.iter().map(|item| types::read(&item.ty));
    let numbers = (0..places.len()).map(Literal::usize_unsuffixed);
    let mut items = vec![
        declared(model, &types),
        quote!(specmint_runtime::tuple! { #name { #(#numbers: #reads,)* } }),
    ];
    if model.request {
        items.extend(checks::of_items(&name, places));
    }
    items.extend(shown(model, options));
    items
}

/// A JSON value that keeps a schema; responses are not held to it.
pub fn json(model: &Model, json: &Json, options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let schema = model.request.then(|| {
        let schema = &json.schema;
        // The macro's crate is named here, for all to see what has to be depended on.
        quote!(jsonschema::validator(#schema))
    });
    let value = quote!(specmint_runtime::types::Value);
    let mut items = vec![
        declared(model, std::slice::from_ref(&value)),
        quote!(specmint_runtime::validated! { #name #schema }),
    ];
    items.extend(model.parameter.then(|| from_text(model, &value)));
    items.extend(shown(model, options));
    items
}

fn declared(model: &Model, types: &[TokenStream]) -> TokenStream {
    let name = ident(&model.name);
    let (text, deprecated) = (docs::docs(&model.docs), docs::deprecated(model.deprecated));
    let default = model.has_default.then(|| quote!(Default,));
    quote! {
        #text
        #deprecated
        #[derive(Clone, Debug, #default PartialEq)]
        pub struct #name(#(pub #types),*);
    }
}

fn from_text(model: &Model, inner: &TokenStream) -> TokenStream {
    let name = ident(&model.name);
    quote! {
        impl specmint_runtime::FromText for #name {
            fn from_text(text: &str) -> Option<Self> { <#inner as specmint_runtime::FromText>::from_text(text).map(Self) }
        }
    }
}

fn shown(model: &Model, options: Options) -> Vec<TokenStream> {
    if options.utoipa {
        view::anything(&ident(&model.name))
    } else {
        Vec::new()
    }
}
