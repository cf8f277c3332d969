//! `Debug` that keeps secrets to itself: what a schema marks by `format: password` is never printed.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::ident;

/// `Debug` to be derived, or written out where one of the fields, each a name and whether it is a secret, is secret.
pub fn of<'a>(
    name: &Ident,
    fields: impl Iterator<Item = (&'a str, bool)> + Clone,
) -> (Option<TokenStream>, Option<TokenStream>) {
    if fields.clone().all(|(_, secret)| !secret) {
        return (Some(quote!(Debug,)), None);
    }
    let text = name.to_string();
    let shown = fields.map(|(field, secret)| {
        let field = ident(field);
        let wanted = field.to_string();
        let wanted = wanted.trim_start_matches("r#");
        if secret {
            quote!(.field(#wanted, &format_args!("redacted")))
        } else {
            quote!(.field(#wanted, &self.#field))
        }
    });
    let written = quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text)#(#shown)*.finish()
            }
        }
    };
    (None, Some(written))
}

/// The same of an enum, whose variants hold one value each.
pub fn of_variants<'a>(
    name: &Ident,
    variants: impl Iterator<Item = (&'a str, bool)> + Clone,
) -> (Option<TokenStream>, Option<TokenStream>) {
    if variants.clone().all(|(_, secret)| !secret) {
        return (Some(quote!(Debug,)), None);
    }
    let arms = variants.map(|(variant, secret)| {
        let variant = ident(variant);
        let text = variant.to_string();
        if secret {
            quote!(Self::#variant(_) => f.debug_tuple(#text).field(&format_args!("redacted")).finish(),)
        } else {
            quote!(Self::#variant(value) => f.debug_tuple(#text).field(value).finish(),)
        }
    });
    let written = quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self { #(#arms)* }
            }
        }
    };
    (None, Some(written))
}
