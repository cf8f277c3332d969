//! Checks.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::{ident, types};
use crate::ir::{Constraint, Field, Presence, Struct, Type};

/// `Check` of an object.
pub fn of_struct(name: &Ident, object: &Struct) -> TokenStream {
    let checks: Vec<TokenStream> = object.fields.iter().filter_map(field).collect();
    let checks = if checks.is_empty() {
        quote!(true)
    } else {
        quote!(#(#checks)&&*)
    };
    check(name, &checks)
}

/// `Check` of what its type checks already.
pub fn always(name: &Ident) -> TokenStream {
    check(name, &quote!(true))
}

fn check(name: &Ident, expression: &TokenStream) -> TokenStream {
    quote! {
        impl Check for #name {
            fn check(&self) -> bool { #expression }
        }
    }
}

fn field(field: &Field) -> Option<TokenStream> {
    if field.constraints.is_empty() {
        return None;
    }
    let name = ident(&field.name);
    Some(match &field.presence {
        Presence::Required | Presence::Defaulted(_) => {
            all(&field.constraints, &field.ty, &quote!(self.#name), true)
        }
        Presence::Optional => {
            let below = closure(&field.constraints, &field.ty);
            quote!(self.#name.as_ref().is_none_or(#below))
        }
    })
}

/// A closure from a reference to the value to the answer.
pub fn closure(constraints: &[Constraint], ty: &Type) -> TokenStream {
    if constraints.is_empty() {
        return quote!(|_| true);
    }
    if let [Constraint::Nested] = constraints {
        return quote!(Check::check);
    }
    let all = all(constraints, ty, &quote!(value), false);
    quote!(|value| #all)
}

/// The same where the type cannot be inferred.
pub fn typed_closure(constraints: &[Constraint], ty: &Type) -> TokenStream {
    if constraints.is_empty() {
        return quote!(|_| true);
    }
    if let [Constraint::Nested] = constraints {
        return quote!(Check::check);
    }
    let of = types::of(ty);
    let all = all(constraints, ty, &quote!(value), false);
    quote!(|value: &#of| #all)
}

/// All checks of a value; `value` is a place when `place`, else a reference.
fn all(constraints: &[Constraint], ty: &Type, value: &TokenStream, place: bool) -> TokenStream {
    if let Type::Nullable(inner) = ty {
        let below = closure(constraints, inner);
        return quote!(#value.as_option().is_none_or(#below));
    }
    let checks = constraints
        .iter()
        .map(|constraint| one(constraint, ty, value, place));
    quote!(#(#checks)&&*)
}

fn one(constraint: &Constraint, ty: &Type, value: &TokenStream, place: bool) -> TokenStream {
    let reference = if place {
        quote!(&#value)
    } else {
        value.clone()
    };
    let text = if *ty == Type::Uri {
        quote!(#value.as_str())
    } else {
        reference.clone()
    };
    match constraint {
        Constraint::MinLength(limit) => call("min_length", &text, limit),
        Constraint::MaxLength(limit) => call("max_length", &text, limit),
        Constraint::Pattern { name, source: _ } => {
            let name = ident(name);
            quote!(check::pattern(#text, &#name))
        }
        Constraint::Minimum(limit) => bound("minimum", &reference, limit),
        Constraint::ExclusiveMinimum(limit) => bound("exclusive_minimum", &reference, limit),
        Constraint::Maximum(limit) => bound("maximum", &reference, limit),
        Constraint::ExclusiveMaximum(limit) => bound("exclusive_maximum", &reference, limit),
        Constraint::MultipleOf(limit) => bound("multiple_of", &reference, limit),
        Constraint::MinItems(limit) => call("min_items", &reference, limit),
        Constraint::MaxItems(limit) => call("max_items", &reference, limit),
        Constraint::UniqueItems => quote!(check::unique_items(#reference)),
        Constraint::Items(below) => {
            let item = match ty {
                Type::Array(item) => item,
                other => other,
            };
            let below = closure(below, item);
            quote!(#value.iter().all(#below))
        }
        Constraint::Nested if place => quote!(#value.check()),
        Constraint::Nested => quote!(Check::check(#value)),
        // `resolve` does not make these yet.
        Constraint::MinProperties(_)
        | Constraint::MaxProperties(_)
        | Constraint::Values(_)
        | Constraint::PropertyNames(_)
        | Constraint::DependentRequired(_)
        | Constraint::Format(_)
        | Constraint::Enum(_) => quote!(true),
    }
}

fn call(function: &str, value: &TokenStream, limit: &usize) -> TokenStream {
    let (function, limit) = (
        ident(function),
        proc_macro2::Literal::usize_unsuffixed(*limit),
    );
    quote!(check::#function(#value, #limit))
}

fn bound(function: &str, value: &TokenStream, limit: &crate::ir::Literal) -> TokenStream {
    let (function, limit) = (ident(function), types::literal(limit));
    quote!(check::#function(#value, #limit))
}
