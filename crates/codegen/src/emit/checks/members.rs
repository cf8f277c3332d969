//! Keywords that speak of an object's members as a whole.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::ident;
use crate::ir::{Additional, Constraint, Field, Presence, Struct};

/// Whether the struct has constraints of its own that are checked.
pub fn any(object: &Struct) -> bool {
    object
        .constraints
        .iter()
        .any(|constraint| match constraint {
            Constraint::MinProperties(_) | Constraint::MaxProperties(_) => true,
            Constraint::DependentRequired(names) => !names.is_empty(),
            _ => false,
        })
}

/// The checks of the struct's own constraints.
pub fn checks(object: &Struct) -> impl Iterator<Item = TokenStream> {
    object
        .constraints
        .iter()
        .flat_map(|constraint| match constraint {
            Constraint::MinProperties(limit) => vec![counted(object, &quote!(>=), *limit)],
            Constraint::MaxProperties(limit) => vec![counted(object, &quote!(<=), *limit)],
            Constraint::DependentRequired(names) => names
                .iter()
                .map(|(name, needed)| dependent(object, name, needed))
                .collect(),
            // Of values, not of structs.
            _ => Vec::new(),
        })
}

/// The number of members, compared.
fn counted(object: &Struct, relation: &TokenStream, limit: usize) -> TokenStream {
    let is_optional = |field: &&Field| field.presence == Presence::Optional;
    let (optional, always): (Vec<_>, Vec<_>) = object.fields.iter().partition(is_optional);
    let mut terms = Vec::new();
    if !optional.is_empty() {
        let optional = optional.iter().map(|field| {
            let name = ident(&field.name);
            quote!(self.#name.is_some())
        });
        terms.push(quote!(specmint_runtime::check::count(&[#(#optional),*])));
    }
    if let Additional::Kept { name, .. } = &object.additional {
        let name = ident(name);
        terms.push(quote!(self.#name.len()));
    }
    if !always.is_empty() || terms.is_empty() {
        let always = Literal::usize_unsuffixed(always.len());
        terms.push(quote!(#always));
    }
    let limit = Literal::usize_unsuffixed(limit);
    quote!(#(#terms)+* #relation #limit)
}

fn dependent(object: &Struct, name: &str, needed: &[String]) -> TokenStream {
    let trigger = present(object, name);
    let needed = needed.iter().map(|name| present(object, name));
    quote!(specmint_runtime::check::dependent(#trigger, &[#(#needed),*]))
}

/// Whether a member is there.
fn present(object: &Struct, wire: &str) -> TokenStream {
    let field = object.fields.iter().find(|field| field.wire == wire);
    match (field, &object.additional) {
        (Some(field), _) if field.presence == Presence::Optional => {
            let name = ident(&field.name);
            quote!(self.#name.is_some())
        }
        (Some(_), _) => quote!(true),
        (None, Additional::Kept { name, .. }) => {
            let name = ident(name);
            quote!(self.#name.contains_key(#wire))
        }
        (None, Additional::Ignored | Additional::Refused) => quote!(false),
    }
}
