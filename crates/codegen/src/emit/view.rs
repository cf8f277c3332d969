//! `#[schema(...)]`: what utoipa is told, so that it says no more of a field than the document does.

use proc_macro2::{Ident, Literal as Token, TokenStream};
use quote::quote;

use super::{docs, ident, types};
use crate::ir::{Additional, Constraint, Field, Literal, Model, Presence, Shape, Struct, Type};

/// The attributes of a field, if it needs any.
pub fn attribute(field: &Field) -> TokenStream {
    let (serde, schema) = (serde(field), schema(field));
    quote!(#serde #schema)
}

/// utoipa reads serde's attributes, though serde derives nothing here.
fn serde(field: &Field) -> TokenStream {
    let mut parts = Vec::new();
    if field.wire != docs::spelled(&field.name) {
        let wire = &field.wire;
        parts.push(quote!(rename = #wire));
    }
    match field.presence {
        Presence::Required => {}
        Presence::Optional => parts.push(quote!(skip_serializing_if = "Option::is_none")),
        Presence::Defaulted(_) => parts.push(quote!(default)),
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// The attribute of a struct that takes no members but its own.
pub fn closed(object: &Struct) -> Option<TokenStream> {
    (object.additional == Additional::Refused).then(|| quote!(#[serde(deny_unknown_fields)]))
}

/// That an enum of constants has these values: utoipa's derive takes every enum for one of strings.
pub fn constants(model: &Model, kind: &str, wires: &[&TokenStream]) -> Vec<TokenStream> {
    let (name, kind, text) = (ident(&model.name), ident(kind), &model.docs);
    vec![
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
        quote!(impl utoipa::ToSchema for #name {}),
    ]
}

/// That a type may be anything: of what utoipa's model has no word for, or too many.
pub fn anything(name: &Ident) -> Vec<TokenStream> {
    vec![
        quote! {
            impl utoipa::PartialSchema for #name {
                fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                    utoipa::openapi::schema::empty().into()
                }
            }
        },
        quote!(impl utoipa::ToSchema for #name {}),
    ]
}

fn schema(field: &Field) -> TokenStream {
    // utoipa's derive has no number without a format.
    if field.ty == Type::Number {
        return quote!(#[schema(schema_with = number)]);
    }
    let mut parts = Vec::new();
    let shown = shown(&field.ty, field.format.as_deref());
    if shown.to_string() != types::of(&field.ty).to_string() {
        parts.push(quote!(value_type = #shown));
    } else if field.presence == Presence::Optional {
        parts.push(quote!(nullable = false));
    }
    if let Some(format) = format(&field.ty, field.format.as_deref()) {
        parts.push(quote!(format = #format));
    }
    if field.recursive {
        parts.push(quote!(no_recursion));
    }
    if let Presence::Defaulted(default) = &field.presence {
        parts.push(match default {
            Literal::Variant { .. } | Literal::Json(_) => TokenStream::new(),
            plain => {
                let plain = sized(plain);
                quote!(default = #plain)
            }
        });
    }
    parts.extend(field.constraints.iter().filter_map(constraint));
    parts.retain(|part| !part.is_empty());
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[schema(#(#parts),*)])
    }
}

/// The function that describes a number without a format, if a model has one.
pub fn number(models: &[Model]) -> Option<TokenStream> {
    let objects = models.iter().filter_map(|model| match &model.shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    });
    let mut fields = objects.flat_map(|object| &object.fields);
    fields.any(|field| field.ty == Type::Number).then(|| {
        quote! {
            fn number() -> utoipa::openapi::Object {
                utoipa::openapi::Object::with_type(utoipa::openapi::schema::Type::Number)
            }
        }
    })
}

/// The type as utoipa should take it.
fn shown(ty: &Type, format: Option<&str>) -> TokenStream {
    match ty {
        Type::Uuid | Type::DateTime | Type::Date | Type::Uri => quote!(String),
        Type::Ipv4 | Type::Ipv6 | Type::Base64 => quote!(String),
        Type::Number | Type::Any | Type::Null | Type::Never => quote!(serde_json::Value),
        // utoipa gives every integer but this one a format.
        Type::Int64 if format.is_none() => quote!(i128),
        Type::Array(inner) => {
            let inner = shown(inner, format);
            quote!(Vec<#inner>)
        }
        Type::Nullable(inner) => {
            let inner = shown(inner, format);
            quote!(Option<#inner>)
        }
        Type::Boxed(inner) => shown(inner, format),
        Type::Map(inner) => {
            let inner = shown(inner, format);
            quote!(std::collections::BTreeMap<String, #inner>)
        }
        other => types::of(other),
    }
}

/// The format of what utoipa takes for a plain string.
fn format<'f>(ty: &Type, format: Option<&'f str>) -> Option<&'f str> {
    match ty {
        Type::String | Type::Uuid | Type::DateTime | Type::Uri => format,
        Type::Array(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            self::format(inner, format)
        }
        _ => None,
    }
}

/// A constant, of a type that holds it: utoipa lets the compiler choose, which takes an `i32` for every integer.
fn sized(value: &Literal) -> TokenStream {
    match value {
        Literal::Integer(number) if i32::try_from(*number).is_err() => {
            let number = Token::i64_suffixed(*number);
            quote!(#number)
        }
        other => types::literal(other),
    }
}

/// The same of `multipleOf`, of which utoipa takes no literal with a type.
fn step(value: &Literal) -> TokenStream {
    match value {
        Literal::Integer(number) if i32::try_from(*number).is_err() => {
            types::literal(&Literal::Float(*number as f64))
        }
        other => types::literal(other),
    }
}

fn constraint(constraint: &Constraint) -> Option<TokenStream> {
    let count = |limit: &usize| Token::usize_unsuffixed(*limit);
    Some(match constraint {
        Constraint::MinLength(limit) => {
            let limit = count(limit);
            quote!(min_length = #limit)
        }
        Constraint::MaxLength(limit) => {
            let limit = count(limit);
            quote!(max_length = #limit)
        }
        Constraint::Pattern { name: _, source } => quote!(pattern = #source),
        Constraint::Minimum(limit) => {
            let limit = sized(limit);
            quote!(minimum = #limit)
        }
        Constraint::ExclusiveMinimum(limit) => {
            let limit = sized(limit);
            quote!(exclusive_minimum = #limit)
        }
        Constraint::Maximum(limit) => {
            let limit = sized(limit);
            quote!(maximum = #limit)
        }
        Constraint::ExclusiveMaximum(limit) => {
            let limit = sized(limit);
            quote!(exclusive_maximum = #limit)
        }
        Constraint::MultipleOf(limit) => {
            let limit = step(limit);
            quote!(multiple_of = #limit)
        }
        Constraint::MinItems(limit) => {
            let limit = count(limit);
            quote!(min_items = #limit)
        }
        Constraint::MaxItems(limit) => {
            let limit = count(limit);
            quote!(max_items = #limit)
        }
        // Of items utoipa is told nothing: it would take the limit for the array's own.
        _ => return None,
    })
}
