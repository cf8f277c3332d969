//! Enums.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{checks, docs, ident};
use crate::ir::{Model, Variant};

/// An enum of strings.
pub fn strings(model: &Model, variants: &[Variant<String>]) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let head = head(model);
    let only = only(variants.len());
    let variants = variants.iter().map(|variant| {
        let (name, wire) = (ident(&variant.name), &variant.wire);
        let text = docs::docs(&value(&variant.wire));
        let rename = (variant.name != *wire).then(|| quote!(#[serde(rename = #wire)]));
        quote! { #text #rename #only #name, }
    });
    let default = model.has_default.then(|| quote!(Default,));
    let mut items = vec![quote! {
        #head
        #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
        pub enum #name { #(#variants)* }
    }];
    items.extend(model.request.then(|| checks::always(&name)));
    items.extend(from_text(model, &name));
    items
}

/// An enum of numbers.
pub fn integers(model: &Model, variants: &[Variant<i64>]) -> Vec<TokenStream> {
    let wires = variants.iter().map(|variant| {
        let number = Literal::i64_unsuffixed(variant.wire);
        (ident(&variant.name), quote!(#number))
    });
    constants(model, "i64", "Number", &wires.collect::<Vec<_>>())
}

/// An enum of one truth value.
pub fn boolean(model: &Model, variant: &Variant<bool>) -> Vec<TokenStream> {
    let wire = variant.wire;
    constants(
        model,
        "bool",
        "Boolean",
        &[(ident(&variant.name), quote!(#wire))],
    )
}

/// An enum whose values are constants of the type `repr`.
fn constants(
    model: &Model,
    repr: &str,
    kind: &str,
    variants: &[(Ident, TokenStream)],
) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let head = head(model);
    let default = model.has_default.then(|| quote!(Default,));
    let only = only(variants.len());
    let declared = variants.iter().map(|(name, wire)| {
        let text = docs::docs(&value(&wire.to_string()));
        quote! { #text #only #name, }
    });
    let (names, wires): (Vec<_>, Vec<_>) = variants.iter().map(|(name, wire)| (name, wire)).unzip();
    let (ty, kind) = (ident(repr), ident(kind));
    let text = &model.docs;
    let mut items = vec![
        quote! {
            #head
            #[derive(Clone, Copy, Debug, #default PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[serde(try_from = #repr, into = #repr)]
            pub enum #name { #(#declared)* }
        },
        quote! {
            impl From<#name> for #ty {
                fn from(value: #name) -> Self {
                    match value { #(#name::#names => #wires,)* }
                }
            }
        },
        quote! {
            impl TryFrom<#ty> for #name {
                type Error = &'static str;

                fn try_from(value: #ty) -> Result<Self, Self::Error> {
                    match value {
                        #(#wires => Ok(Self::#names),)*
                        _ => Err("not one of the values allowed"),
                    }
                }
            }
        },
        // utoipa's derive takes every enum for one of strings.
        quote! {
            impl utoipa::PartialSchema for #name {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                    utoipa::openapi::ObjectBuilder::new()
                        .schema_type(utoipa::openapi::schema::Type::#kind)
                        .description(Some(#text))
                        .enum_values(Some([#(#wires),*]))
                        .into()
                }
            }
        },
        quote!(impl ToSchema for #name {}),
    ];
    items.extend(model.request.then(|| checks::always(&name)));
    items.extend(from_text(model, &name));
    items
}

fn head(model: &Model) -> TokenStream {
    let (text, deprecated) = (docs::docs(&model.docs), docs::deprecated(model.deprecated));
    quote! { #text #deprecated }
}

fn only(count: usize) -> TokenStream {
    if count == 1 {
        quote!(#[default])
    } else {
        TokenStream::new()
    }
}

fn value(wire: &str) -> String {
    if wire.contains('`') || wire.is_empty() {
        "A value.".to_owned()
    } else {
        format!("`{wire}`.")
    }
}

fn from_text(model: &Model, name: &Ident) -> Option<TokenStream> {
    model.parameter.then(|| {
        quote! {
            impl decode::FromText for #name {
                fn from_text(text: &str) -> Option<Self> {
                    decode::text::by_serde(text)
                }
            }
        }
    })
}
