//! The body of a request that is sent.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::borrowed;
use crate::emit::{docs, glue, ident, types, xml};
use crate::ir::{OtherParts, Part, Parts, Payload, PayloadForm, PayloadKind};

/// The enums of a body: of its forms, and of the parts of a `multipart` one.
pub fn items(payload: &Payload) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = payload
        .name
        .iter()
        .map(|name| forms(name, payload))
        .collect();
    for form in &payload.forms {
        if let PayloadKind::Parts(Some((name, all))) = &form.kind {
            items.push(parts(name, all));
        }
    }
    items
}

fn forms(name: &str, payload: &Payload) -> TokenStream {
    let (name, text) = (ident(name), docs::docs(&payload.docs));
    let variants = payload.forms.iter().map(|form| {
        let (variant, ty) = (ident(&form.variant), owned(&form.kind));
        let text = docs::as_media_types(form.documented.iter());
        quote!(#text #variant(#ty),)
    });
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* }
    }
}

fn owned(kind: &PayloadKind) -> TokenStream {
    match kind {
        PayloadKind::Json(ty)
        | PayloadKind::Xml(ty, _)
        | PayloadKind::Form(ty, _)
        | PayloadKind::Text(ty) => types::of(ty),
        PayloadKind::Octets => quote!(specmint_runtime::outgoing::Bytes),
        PayloadKind::File => quote!(specmint_runtime::outgoing::File),
        PayloadKind::Parts(Some((name, _))) => {
            let name = ident(name);
            quote!(Vec<#name>)
        }
        PayloadKind::Parts(None) => quote!(specmint_runtime::outgoing::Multipart),
    }
}

fn parts(name: &str, parts: &Parts) -> TokenStream {
    let (name, text) = (ident(name), docs::docs(&parts.docs));
    let variants = parts.parts.iter().map(|part| {
        let (variant, text) = (ident(&part.variant), docs::docs(&part.docs));
        let ty = part.ty.as_ref().map(types::of);
        let ty = ty.unwrap_or_else(|| quote!(specmint_runtime::outgoing::File));
        quote!(#text #variant(#ty),)
    });
    let kept = kept(parts).map(|variant| {
        quote! {
            /// A part that the contract does not name, and its name.
            #variant(String, specmint_runtime::outgoing::File),
        }
    });
    quote! {
        #text
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        pub enum #name { #(#variants)* #kept }
    }
}

fn kept(parts: &Parts) -> Option<Ident> {
    match &parts.others {
        OtherParts::Kept(variant) => Some(ident(variant)),
        OtherParts::Skipped | OtherParts::Refused => None,
    }
}

/// The argument.
pub fn argument(payload: &Payload) -> TokenStream {
    let ty = match (&payload.name, payload.forms.as_slice()) {
        (None, [form]) => match &form.kind {
            PayloadKind::Json(ty)
            | PayloadKind::Xml(ty, _)
            | PayloadKind::Form(ty, _)
            | PayloadKind::Text(ty) => borrowed(ty),
            PayloadKind::Parts(Some((name, _))) => {
                let name = ident(name);
                quote!(&[#name])
            }
            PayloadKind::Octets => quote!(specmint_runtime::outgoing::Bytes),
            PayloadKind::File => quote!(&specmint_runtime::outgoing::File),
            PayloadKind::Parts(None) => quote!(&specmint_runtime::outgoing::Multipart),
        },
        (name, _) => {
            let name = ident(name.as_deref().unwrap_or_default());
            quote!(&#name)
        }
    };
    match payload.required {
        true => quote!(body: #ty),
        false => quote!(body: Option<#ty>),
    }
}

/// How it is written.
pub fn written(payload: &Payload) -> TokenStream {
    let written = match &payload.name {
        None => {
            let forms = payload.forms.iter().map(|form| self::form(form, false));
            quote!(#(#forms)*)
        }
        Some(name) => {
            let name = ident(name);
            let arms = payload.forms.iter().map(|form| {
                let (variant, written) = (ident(&form.variant), self::form(form, true));
                quote!(#name::#variant(body) => { #written })
            });
            quote!(match body { #(#arms)* })
        }
    };
    match payload.required {
        true => written,
        false => quote!(if let Some(body) = body { #written }),
    }
}

/// How a form is written; `shared` where its value stands in an enum that is only looked at.
fn form(form: &PayloadForm, shared: bool) -> TokenStream {
    let media_type = &form.media_type;
    match &form.kind {
        PayloadKind::Json(_) => quote!(request.json(#media_type, body);),
        PayloadKind::Xml(_, root) => {
            let root = xml::element(root);
            quote!(request.xml(#media_type, #root, body);)
        }
        PayloadKind::Form(_, fields) => {
            let fields = fields.iter().map(glue::field_encoding);
            quote!(request.form(#media_type, &[#(#fields),*], body);)
        }
        PayloadKind::Text(_) => quote!(request.text(#media_type, body);),
        PayloadKind::Octets if shared => quote!(request.body(#media_type, body.clone());),
        PayloadKind::Octets => quote!(request.body(#media_type, body);),
        PayloadKind::File => quote!(request.file(body);),
        PayloadKind::Parts(None) => quote!(request.multipart(#media_type, body);),
        PayloadKind::Parts(Some((name, parts))) => {
            let name = ident(name);
            let arms = parts.parts.iter().map(|one| part(&name, one));
            let kept = kept(parts)
                .map(|variant| quote!(#name::#variant(name, part) => parts.file(name, part),));
            quote! {
                let mut parts = specmint_runtime::outgoing::Multipart::new();
                for part in body {
                    match part { #(#arms)* #kept }
                }
                request.multipart(#media_type, &parts);
            }
        }
    }
}

fn part(name: &Ident, part: &Part) -> TokenStream {
    let (variant, wire) = (ident(&part.variant), &part.wire);
    if part.ty.is_none() {
        return quote!(#name::#variant(part) => parts.file(#wire, part),);
    }
    let concrete = part.media_types.iter().find(|one| !one.contains('*'));
    let media_type = match concrete {
        Some(media_type) => quote!(Some(#media_type)),
        None => quote!(None),
    };
    quote!(#name::#variant(part) => parts.value(#wire, #media_type, part),)
}
