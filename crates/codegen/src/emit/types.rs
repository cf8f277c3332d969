//! Types and constants.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use super::ident;
use crate::ir::{Literal, Presence, Type};

/// The type itself, by its whole path: [`imports`](super::imports) makes it short.
pub fn of(ty: &Type) -> TokenStream {
    match ty {
        Type::Null => quote!(()),
        Type::Never => quote!(specmint_runtime::types::Never),
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
        Type::Number => quote!(specmint_runtime::types::Number),
        Type::Any => quote!(specmint_runtime::types::Value),
        Type::Uuid => quote!(specmint_runtime::types::Uuid),
        Type::DateTime => quote!(specmint_runtime::types::DateTime),
        Type::Date => quote!(specmint_runtime::types::Date),
        Type::Uri => quote!(specmint_runtime::types::Uri),
        Type::Ipv4 => quote!(specmint_runtime::types::Ipv4Addr),
        Type::Ipv6 => quote!(specmint_runtime::types::Ipv6Addr),
        Type::Base64 => quote!(specmint_runtime::types::Base64),
        Type::Model(name) => {
            let name = ident(name);
            quote!(__models::#name)
        }
        Type::Array(item) => {
            let item = of(item);
            quote!(Vec<#item>)
        }
        Type::Map(value) => {
            let value = of(value);
            quote!(std::collections::BTreeMap<String, #value>)
        }
        Type::Nullable(inner) => {
            let inner = of(inner);
            quote!(specmint_runtime::Nullable<#inner>)
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

/// How a value is decoded: by the strict form of its text, which the type's own `Deserialize` does not ask for, or not.
pub fn read(ty: &Type) -> TokenStream {
    if is_formatted(ty) {
        quote!(formatted)
    } else {
        quote!(plain)
    }
}

/// Whether the text of the value has a strict form.
pub fn is_formatted(ty: &Type) -> bool {
    match ty {
        Type::Uuid | Type::DateTime | Type::Date | Type::Uri | Type::Ipv4 | Type::Ipv6 => true,
        // A number of a form is text.
        Type::Number => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            is_formatted(inner)
        }
        _ => false,
    }
}

/// Whether a value can be one text: of a parameter.
pub fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Null | Type::Never | Type::Any => false,
        Type::Model(_) | Type::Array(_) | Type::Map(_) => false,
        Type::Nullable(inner) | Type::Boxed(inner) => is_text(inner),
        _ => true,
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
            quote!(__models::#model::#variant)
        }
        // As text: who uses it decodes it.
        Literal::Json(text) => quote!(#text),
    }
}

/// A constant, as a value of its type. JSON is none: it has to be decoded.
pub fn owned(constant: &Literal, ty: &Type) -> TokenStream {
    match (constant, ty) {
        (Literal::String(text), _) => quote!(#text.to_owned()),
        (Literal::Float(value), Type::Float) => {
            let value = Token::f32_unsuffixed(*value as f32);
            quote!(#value)
        }
        _ => literal(constant),
    }
}
