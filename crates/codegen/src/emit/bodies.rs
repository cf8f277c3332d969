//! The enum of an operation's bodies, where they differ by media type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, types};
use crate::ir::{BodyType, BodyValue, MediaBody, Operation};

/// The enum, if the operation has one.
pub fn items(operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let BodyType::PerMediaType(name) = &body.ty else {
        return None;
    };
    let name = ident(name);
    let text = docs::docs(&body.docs);
    let mut variants: Vec<(&MediaBody, Vec<&String>)> = Vec::new();
    for media in &body.media {
        match variants
            .iter_mut()
            .find(|(known, _)| known.variant == media.variant)
        {
            Some((_, all)) => all.push(&media.media_type),
            None => variants.push((media, vec![&media.media_type])),
        }
    }
    let is_value = |media: &MediaBody| matches!(media.value, BodyValue::Type(_));
    // What arrives bit by bit is there once.
    let derived = match body.media.iter().all(is_value) {
        true => quote!(Clone, Debug, PartialEq),
        false => quote!(Debug),
    };
    let variants = variants.into_iter().map(|(media, all)| {
        let name = ident(&media.variant);
        let text = docs::as_media_types(all.into_iter());
        let ty = value(&media.value);
        quote! { #text #name(#ty), }
    });
    Some(quote! {
        #text
        #[derive(#derived)]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* }
    })
}

/// The type of a body.
pub fn value(value: &BodyValue) -> TokenStream {
    match value {
        BodyValue::Type(ty) => types::of(ty),
        BodyValue::Stream => quote!(specmint_runtime::BodyStream),
        BodyValue::Parts(None) => quote!(specmint_runtime::Parts<specmint_runtime::Part>),
        BodyValue::Parts(Some(name)) => {
            let name = ident(name);
            quote!(specmint_runtime::Parts<#name>)
        }
    }
}
