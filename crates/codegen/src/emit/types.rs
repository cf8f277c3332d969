//! Types and constants.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::ident;
use crate::ir::{Literal, Presence, Type};

/// The type itself.
pub fn of(ty: &Type) -> TokenStream {
    match ty {
        Type::Null => quote!(()),
        Type::Never => quote!(Never),
        Type::String => quote!(String),
        Type::Boolean => quote!(bool),
        Type::Int8 => quote!(i8),
        Type::Int16 => quote!(i16),
        Type::Int32 => quote!(i32),
        Type::Int64 => quote!(i64),
        Type::UInt8 => quote!(u8),
        Type::UInt16 => quote!(u16),
        Type::UInt32 => quote!(u32),
        Type::UInt64 => quote!(u64),
        Type::Float => quote!(f32),
        Type::Double => quote!(f64),
        Type::Number => quote!(Number),
        Type::Any => quote!(Value),
        Type::Uuid => quote!(Uuid),
        Type::DateTime => quote!(DateTime),
        Type::Date => quote!(Date),
        Type::Uri => quote!(Uri),
        Type::Ipv4 => quote!(Ipv4Addr),
        Type::Ipv6 => quote!(Ipv6Addr),
        Type::Base64 => quote!(Base64),
        Type::Model(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::Array(item) => {
            let item = of(item);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = of(value);
            quote!(BTreeMap<String, #value>)
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
        Literal::Json(text) => quote!(decode::constant(#text)),
    }
}

/// A constant, as a value of its type.
pub fn owned(constant: &Literal) -> TokenStream {
    let tokens = literal(constant);
    match constant {
        Literal::String(_) => quote!(#tokens.to_owned()),
        _ => tokens,
    }
}
