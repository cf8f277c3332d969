//! Types and constants.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::ident;
use crate::ir::{Literal, Presence, Type};

/// The type itself.
pub fn of(ty: &Type) -> TokenStream {
    match ty {
        Type::String => quote!(String),
        Type::Boolean => quote!(bool),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::Number => quote!(Number),
        Type::Any => quote!(Value),
        Type::Uuid => quote!(Uuid),
        Type::DateTime => quote!(DateTime),
        Type::Uri => quote!(Uri),
        Type::Model(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::Array(item) => {
            let item = of(item);
            quote!(Vec<#item>)
        }
        Type::Nullable(inner) => {
            let inner = of(inner);
            quote!(Nullable<#inner>)
        }
        Type::Boxed(inner) => {
            let inner = of(inner);
            quote!(Box<#inner>)
        }
    }
}

/// The type of a place that may be empty.
pub fn present(ty: &Type, presence: &Presence) -> TokenStream {
    let ty = of(ty);
    match presence {
        Presence::Required | Presence::Defaulted(_) => ty,
        Presence::Optional => quote!(Option<#ty>),
    }
}

/// A constant, as a borrowed or copied value.
pub fn literal(literal: &Literal) -> TokenStream {
    match literal {
        Literal::String(text) => quote!(#text),
        Literal::Integer(number) => {
            let number = Token::i64_unsuffixed(*number);
            quote!(#number)
        }
        Literal::Float(number) => {
            let number = Token::f64_unsuffixed(*number);
            quote!(#number)
        }
        Literal::Boolean(value) => quote!(#value),
        Literal::Variant { model, variant } => {
            let (model, variant) = (ident(model), ident(variant));
            quote!(#model::#variant)
        }
    }
}

/// A constant, as a value of its type.
pub fn owned(constant: &Literal) -> TokenStream {
    let tokens = literal(constant);
    match constant {
        Literal::String(_) => quote!(#tokens.to_owned()),
        Literal::Integer(_) | Literal::Float(_) | Literal::Boolean(_) | Literal::Variant { .. } => {
            tokens
        }
    }
}
