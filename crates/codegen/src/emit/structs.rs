//! Objects.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{checks, debug, docs, ident, types, view};
use crate::ir::{Additional, Field, Literal, Model, Presence, Struct, Type};

/// The struct, its check, and the functions that give its defaults.
pub fn items(model: &Model, object: &Struct) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let text = docs::docs(&model.docs);
    let deprecated = docs::deprecated(model.deprecated);
    let default = model.has_default.then(|| quote!(Default,));
    let closed =
        (object.additional == Additional::Refused).then(|| quote!(#[serde(deny_unknown_fields)]));
    let secrets = object
        .fields
        .iter()
        .map(|one| (one.name.as_str(), one.secret));
    let (derived, written) = debug::of(&name, secrets);
    let fields = object.fields.iter().map(|one| field(model, one));
    let mut items = vec![quote! {
        #text
        #deprecated
        #[derive(Clone, #derived #default PartialEq, Serialize, Deserialize, ToSchema)]
        #closed
        pub struct #name { #(#fields)* }
    }];
    items.extend(written);
    if model.request {
        items.push(checks::of_struct(&name, object));
    }
    items.extend(
        object
            .fields
            .iter()
            .filter_map(|field| default_function(model, field)),
    );
    items
}

fn field(model: &Model, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    let text = docs::docs(&field.docs);
    let deprecated = docs::deprecated(field.deprecated);
    let serde = serde(model, field);
    let schema = view::attribute(field);
    let ty = types::present(&field.ty, &field.presence);
    quote! {
        #text
        #deprecated
        #serde
        #schema
        pub #name: #ty,
    }
}

fn serde(model: &Model, field: &Field) -> TokenStream {
    let mut parts = Vec::new();
    let spelled = ident(&field.name).to_string();
    if field.wire != spelled.trim_start_matches("r#") {
        let wire = &field.wire;
        parts.push(quote!(rename = #wire));
    }
    let formatted = is_formatted(&field.ty);
    match &field.presence {
        Presence::Required => {}
        // A function of one's own needs `default` for what derive does for `Option` by itself.
        Presence::Optional if formatted => {
            parts.push(quote!(default, skip_serializing_if = "Option::is_none"));
        }
        Presence::Optional => parts.push(quote!(skip_serializing_if = "Option::is_none")),
        Presence::Defaulted(_) => {
            let function = default_name(model, field).to_string();
            parts.push(quote!(default = #function));
        }
    }
    if formatted {
        parts.push(quote!(deserialize_with = "decode::formatted"));
    }
    if parts.is_empty() {
        TokenStream::new()
    } else {
        quote!(#[serde(#(#parts),*)])
    }
}

/// Whether the text of the value has a strict form that the type's own `Deserialize` does not ask for.
pub fn is_formatted(ty: &Type) -> bool {
    match ty {
        Type::Uuid
        | Type::DateTime
        | Type::Date
        | Type::Uri
        | Type::Ipv4
        | Type::Ipv6
        | Type::Base64 => true,
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            is_formatted(inner)
        }
        _ => false,
    }
}

fn default_name(model: &Model, field: &Field) -> proc_macro2::Ident {
    format_ident!(
        "default_{}",
        crate::naming::snake(&format!("{} {}", model.name, field.name))
    )
}

fn default_function(model: &Model, field: &Field) -> Option<TokenStream> {
    let Presence::Defaulted(default) = &field.presence else {
        return None;
    };
    let name = default_name(model, field);
    let ty = types::of(&field.ty);
    let value = match (default, &field.ty) {
        (Literal::Float(value), Type::Float) => {
            let value = proc_macro2::Literal::f32_unsuffixed(*value as f32);
            quote!(#value)
        }
        _ => types::owned(default),
    };
    Some(quote!(fn #name() -> #ty { #value }))
}
