//! The enum of an operation's bodies, where they differ by media type.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, types};
use crate::ir::{BodyType, Operation};

/// The enum, if the operation has one.
pub fn items(operation: &Operation) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let BodyType::PerMediaType(name) = &body.ty else {
        return None;
    };
    let name = ident(name);
    let text = docs::docs(&body.docs);
    let variants = body.media.iter().map(|media| {
        let name = ident(&media.variant);
        let text = docs::docs(&format!("As `{}`.", media.media_type));
        let ty = types::of(&media.ty);
        quote! { #text #name(#ty), }
    });
    Some(quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* }
    })
}
