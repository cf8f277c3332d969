//! Enums.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{Options, docs, ident, view};
use crate::ir::{Model, Variant};

/// An enum of strings.
pub fn strings(model: &Model, variants: &[Variant<String>], options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let head = head(model);
    let only = only(model, variants.len());
    let declared = variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        let text = docs::docs(&value(&variant.name, &variant.wire));
        let rename =
            (options.utoipa && variant.name != *wire).then(|| quote!(#[serde(rename = #wire)]));
        quote! { #text #rename #only #name, }
    });
    let arms = variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        quote!(#wire => #name,)
    });
    let default = model.has_default.then(|| quote!(Default,));
    let view = options.utoipa.then(|| quote!(utoipa::ToSchema,));
    vec![
        quote! {
            #head
            #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash, #view)]
            pub enum #name { #(#declared)* }
        },
        quote!(specmint_runtime::strings! { #name { #(#arms)* } }),
    ]
}

/// An enum of numbers.
pub fn integers(model: &Model, variants: &[Variant<i64>], options: Options) -> Vec<TokenStream> {
    let wires = variants.iter().map(|variant| {
        let number = Literal::i64_unsuffixed(variant.wire);
        (ident(&variant.name), quote!(#number))
    });
    constants(model, "i64", "Number", &wires.collect::<Vec<_>>(), options)
}

/// An enum of one truth value.
pub fn boolean(model: &Model, variant: &Variant<bool>, options: Options) -> Vec<TokenStream> {
    let wire = variant.wire;
    let variants = [(ident(&variant.name), quote!(#wire))];
    constants(model, "bool", "Boolean", &variants, options)
}

/// An enum whose values are constants of the type `repr`.
fn constants(
    model: &Model,
    repr: &str,
    kind: &str,
    variants: &[(Ident, TokenStream)],
    options: Options,
) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let head = head(model);
    let default = model.has_default.then(|| quote!(Default,));
    let only = only(model, variants.len());
    let declared = variants.iter().map(|(name, _)| {
        quote! { #only #name, }
    });
    let (names, wires): (Vec<_>, Vec<_>) = variants.iter().map(|(name, wire)| (name, wire)).unzip();
    let repr = ident(repr);
    let mut items = vec![
        quote! {
            #head
            #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash)]
            pub enum #name { #(#declared)* }
        },
        quote!(specmint_runtime::constants! { #name: #repr { #(#wires => #names,)* } }),
    ];
    if options.utoipa {
        items.extend(view::constants(model, kind, &wires));
    }
    items
}

fn head(model: &Model) -> TokenStream {
    let (text, deprecated) = (docs::docs(&model.docs), docs::deprecated(model.deprecated));
    quote! { #text #deprecated }
}

fn only(model: &Model, count: usize) -> TokenStream {
    if model.has_default && count == 1 {
        quote!(#[default])
    } else {
        TokenStream::new()
    }
}

/// What a variant stands for, where its name does not say it.
fn value(name: &str, wire: &str) -> String {
    if wire.is_empty() || wire == name || wire.contains(|c: char| c == '`' || c.is_control()) {
        String::new()
    } else {
        format!("{}.", docs::code(wire))
    }
}
