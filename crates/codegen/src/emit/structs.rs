//! Objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Options, checks, debug, docs, ident, types, view};
use crate::ir::{Additional, Field, Literal, Model, Presence, Struct, Type};

/// The struct, how it is read and written, and its check.
pub fn items(model: &Model, object: &Struct, options: Options) -> Vec<TokenStream> {
    let name = ident(&model.name);
    let text = docs::docs(&model.docs);
    let deprecated = docs::deprecated(model.deprecated);
    let default = model.has_default.then(|| quote!(Default,));
    let secrets = object
        .fields
        .iter()
        .map(|one| (one.name.as_str(), one.secret));
    let others = kept(object).map(|(name, _, secret)| (name, secret));
    let (derived, written) = debug::of_struct(&name, secrets.chain(others));
    let view = options.utoipa.then(|| quote!(utoipa::ToSchema,));
    let closed = options.utoipa.then(|| view::closed(object)).flatten();
    let fields = object.fields.iter().map(|one| field(one, options));
    let rest = kept(object).map(|(name, ty, _)| rest(name, ty, options));
    let mut items = vec![quote! {
        #text
        #deprecated
        #[derive(Clone, #derived #default PartialEq, #view)]
        #closed
        pub struct #name { #(#fields)* #rest }
    }];
    items.push(members(model, object));
    items.extend(written);
    if model.request {
        items.extend(checks::of_struct(&name, object));
    }
    items
}

fn field(field: &Field, options: Options) -> TokenStream {
    let name = ident(&field.name);
    let text = docs::docs(&field.docs);
    let deprecated = docs::deprecated(field.deprecated);
    let schema = options.utoipa.then(|| view::attribute(field));
    let ty = types::present(&field.ty, &field.presence);
    quote! {
        #text
        #deprecated
        #schema
        pub #name: #ty,
    }
}

/// The field of the members that are no properties, if they are kept.
fn kept(object: &Struct) -> Option<(&str, &Type, bool)> {
    match &object.additional {
        Additional::Kept {
            name, ty, secret, ..
        } => Some((name, ty, *secret)),
        Additional::Ignored | Additional::Refused => None,
    }
}

fn rest(name: &str, ty: &Type, options: Options) -> TokenStream {
    let (name, ty) = (ident(name), types::of(ty));
    let view = options
        .utoipa
        .then(|| quote!(#[serde(flatten)] #[schema(value_type = Object)]));
    quote! {
        /// All other members.
        #view
        pub #name: std::collections::BTreeMap<String, #ty>,
    }
}

/// How the members are read and written.
fn members(model: &Model, object: &Struct) -> TokenStream {
    let name = ident(&model.name);
    let others = match &object.additional {
        Additional::Ignored => quote!(ignored),
        Additional::Refused => quote!(refused),
        Additional::Kept { name, ty, .. } => {
            let (name, read) = (ident(name), types::read(ty));
            quote!(kept(#name: #read))
        }
    };
    let fields = object.fields.iter().map(|field| {
        let (wire, name, read) = (&field.wire, ident(&field.name), types::read(&field.ty));
        let presence = presence(field);
        quote!(#wire #name: #read #presence,)
    });
    quote! {
        specmint_runtime::object! { #name #others { #(#fields)* } }
    }
}

fn presence(field: &Field) -> TokenStream {
    match &field.presence {
        Presence::Required => quote!(required),
        Presence::Optional => quote!(optional),
        Presence::Defaulted(Literal::Json(text)) => quote!(decoded(#text)),
        Presence::Defaulted(default) => {
            let value = types::owned(default, &field.ty);
            quote!(defaulted(#value))
        }
    }
}
