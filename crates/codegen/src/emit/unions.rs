//! Unions: an enum of types.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::{Options, checks, debug, docs, ident, types, view};
use crate::ir::{Choice, JsonType, Literal, Model, Type, Union, UnionVariant};

/// The enum, how it is read and written, and conversions from what it holds.
pub fn items(model: &Model, union: &Union, options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let (text, deprecated) = (docs::docs(&model.docs), docs::deprecated(model.deprecated));
    let variants = union.variants.iter().map(|variant| {
        let (text, name) = (docs::docs(&variant.docs), ident(&variant.name));
        let ty = types::of(&variant.ty);
        quote! { #text #name(#ty), }
    });
    let choice = choice(model, union);
    let secrets = union.variants.iter();
    let secrets = secrets.map(|one| (one.name.as_str(), one.secret));
    let (derived, written) = debug::of_enum(&name, secrets);
    let mut items = vec![
        quote! {
            #text
            #deprecated
            #[derive(Clone, #derived PartialEq)]
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variants)* }
        },
        quote!(specmint_runtime::union! { #name #choice }),
    ];
    items.extend(written);
    items.extend(conversions(model, union));
    items.extend(model.parameter.then(|| from_text(model, union)).flatten());
    if options.utoipa {
        items.extend(view::anything(&name));
    }
    items
}

/// How the variant is chosen, and the variants.
fn choice(model: &Model, union: &Union) -> TokenStream {
    let variants = union.variants.iter();
    match &union.choice {
        Choice::Discriminator { property, mapping } => {
            let tags = mapping.iter().map(|(value, variant)| {
                let tag = quote!(String(#value));
                (*variant, tag)
            });
            by_property(model, union, property, tags)
        }
        Choice::Constant { property, values } => {
            let tags = values
                .iter()
                .filter_map(|(value, variant)| Some((*variant, tag(value)?)));
            by_property(model, union, property, tags)
        }
        Choice::Type(types) => {
            let variants = variants.zip(kinds(types)).map(|(one, kinds)| {
                let one = variant(model, one);
                quote!(#one => [#(#kinds),*],)
            });
            quote!(by kind { #(#variants)* })
        }
        Choice::Trial => {
            let variants = variants.map(|one| variant(model, one));
            // What is not checked may well fit several.
            let choice = if union.exactly_one && model.request {
                quote!(exactly_one)
            } else {
                quote!(first)
            };
            quote!(by #choice { #(#variants,)* })
        }
    }
}

fn by_property(
    model: &Model,
    union: &Union,
    property: &str,
    tags: impl Iterator<Item = (usize, TokenStream)>,
) -> TokenStream {
    let mut listed: HashMap<usize, Vec<TokenStream>> = HashMap::new();
    for (variant, tag) in tags {
        listed.entry(variant).or_default().push(tag);
    }
    let variants = union.variants.iter().enumerate().map(|(place, one)| {
        let tags = listed.remove(&place).unwrap_or_default();
        let one = variant(model, one);
        quote!(#one => [#(#tags),*],)
    });
    let variants: Vec<_> = variants.collect();
    quote!(by property #property { #(#variants)* })
}

fn variant(model: &Model, variant: &UnionVariant) -> TokenStream {
    let (name, ty, read) = (
        ident(&variant.name),
        types::of(&variant.ty),
        types::read(&variant.ty),
    );
    let check = if model.request {
        checks::closure(&variant.constraints, &variant.ty)
    } else {
        quote!(|_| true)
    };
    quote!(#name(#ty): #read #check)
}

/// The constant as a tag, if it can be one.
fn tag(constant: &Literal) -> Option<TokenStream> {
    Some(match constant {
        Literal::String(text) => quote!(String(#text)),
        Literal::Integer(number) => {
            let number = proc_macro2::Literal::i64_unsuffixed(*number);
            quote!(Integer(#number))
        }
        Literal::Boolean(value) => quote!(Boolean(#value)),
        Literal::Float(_) | Literal::Variant { .. } | Literal::Json(_) => return None,
    })
}

/// The kinds of value of each variant. An integer is a number too, unless another variant takes integers.
fn kinds(types: &[Vec<JsonType>]) -> Vec<Vec<TokenStream>> {
    let integers = types.iter().flatten().any(|ty| *ty == JsonType::Integer);
    types
        .iter()
        .map(|types| {
            let mut kinds = Vec::new();
            for ty in types {
                kinds.push(match ty {
                    JsonType::Null => quote!(Null),
                    JsonType::Boolean => quote!(Boolean),
                    JsonType::Integer => quote!(Integer),
                    JsonType::Number => quote!(Fraction),
                    JsonType::String => quote!(String),
                    JsonType::Array => quote!(Array),
                    JsonType::Object => quote!(Object),
                });
                if *ty == JsonType::Number && !integers {
                    kinds.push(quote!(Integer));
                }
            }
            kinds
        })
        .collect()
}

/// `From` each type that only one variant holds, and that is no container: the variant is plain then.
fn conversions(model: &Model, union: &Union) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let rust: Vec<String> = union
        .variants
        .iter()
        .map(|variant| types::of(&variant.ty).to_string())
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ty in &rust {
        *counts.entry(ty).or_default() += 1;
    }
    let only = |ty: &String| counts.get(ty.as_str()) == Some(&1);
    union
        .variants
        .iter()
        .zip(&rust)
        .filter(|(variant, rust)| only(rust) && is_own(&variant.ty, &model.name))
        .map(|(variant, _)| {
            let (ty, variant) = (types::of(&variant.ty), ident(&variant.name));
            quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self { Self::#variant(value) }
                }
            }
        })
        .collect()
}

/// Whether the type is a model other than the union itself.
fn is_own(ty: &Type, union: &str) -> bool {
    matches!(ty, Type::Model(name) if name != union)
}

/// The value of a parameter: of the types that a text can be, strings last.
fn from_text(model: &Model, union: &Union) -> Option<TokenStream> {
    let name = ident(&model.name);
    let mut scalars: Vec<&UnionVariant> = union
        .variants
        .iter()
        .filter(|variant| types::is_text(&variant.ty))
        .collect();
    scalars.sort_by_key(|variant| variant.ty == Type::String);
    if scalars.is_empty() {
        return None;
    }
    let tries = scalars.iter().map(|variant| {
        let (ty, name) = (types::of(&variant.ty), ident(&variant.name));
        let check = checks::closure(&variant.constraints, &variant.ty);
        quote!(.or_else(|| <#ty as specmint_runtime::FromText>::from_text(text).filter(#check).map(Self::#name)))
    });
    Some(quote! {
        impl specmint_runtime::FromText for #name {
            fn from_text(text: &str) -> Option<Self> { None #(#tries)* }
        }
    })
}
