//! `Debug` that keeps secrets to itself: what a schema marks by `format: password` is never printed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{docs, ident};

/// `Debug` to be derived, or written out where something is secret.
pub type Debug = (Option<TokenStream>, Option<TokenStream>);

/// Of a struct, whose fields are each a name and whether it is a secret.
pub fn of_struct<'a>(name: &Ident, fields: impl Iterator<Item = (&'a str, bool)> + Clone) -> Debug {
    let text = name.to_string();
    of(name, fields.clone(), || {
        let shown = fields.map(|(field, secret)| {
            let (field, text) = (ident(field), docs::spelled(field));
            let value = shown(secret, &quote!(&self.#field));
            quote!(.field(#text, #value))
        });
        quote!(f.debug_struct(#text)#(#shown)*.finish())
    })
}

/// Of an enum, whose variants hold one value each.
pub fn of_enum<'a>(name: &Ident, variants: impl Iterator<Item = (&'a str, bool)> + Clone) -> Debug {
    of(name, variants.clone(), || {
        let arms = variants.map(|(variant, secret)| {
            let (variant, text) = (ident(variant), docs::spelled(variant));
            let held = if secret { quote!(_) } else { quote!(value) };
            let value = shown(secret, &quote!(value));
            quote!(Self::#variant(#held) => f.debug_tuple(#text).field(#value).finish(),)
        });
        quote!(match self { #(#arms)* })
    })
}

fn of<'a>(
    name: &Ident,
    mut members: impl Iterator<Item = (&'a str, bool)>,
    written: impl FnOnce() -> TokenStream,
) -> Debug {
    if !members.any(|(_, secret)| secret) {
        return (Some(quote!(Debug,)), None);
    }
    let written = written();
    let written = quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { #written }
        }
    };
    (None, Some(written))
}

fn shown(secret: bool, value: &TokenStream) -> TokenStream {
    if secret {
        quote!(&format_args!("redacted"))
    } else {
        value.clone()
    }
}
