//! The answers of an operation: an enum with a variant for each documented one, and how it is sent.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{docs, ident, types, xml};
use crate::ir::{Content, Header, HeaderForm, HeaderValue, Operation, Response, Status};

/// The enum and its `Reply`.
pub fn items(operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.response_type);
    let text = docs::docs(&format!(
        "The documented answers of {}.",
        docs::method(operation)
    ));
    let (variants, arms): (Vec<_>, Vec<_>) = if operation.responses.is_empty() {
        let text = docs::docs("The contract documents none, so any will do.");
        let variant = quote! { #text Any(specmint_runtime::Response), };
        (
            vec![variant],
            vec![quote! { Self::Any(response) => response, }],
        )
    } else {
        let responses = operation.responses.iter();
        responses.map(|one| (variant(one), arm(one))).unzip()
    };
    vec![
        quote! {
            #text
            #[derive(Debug)]
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl specmint_runtime::Reply for #name {
                fn reply(self) -> specmint_runtime::Response {
                    match self { #(#arms)* }
                }
            }
        },
    ]
}

/// A field of a variant.
struct Part {
    name: Ident,
    docs: TokenStream,
    ty: TokenStream,
}

fn parts(response: &Response) -> Vec<Part> {
    let status = match response.status {
        Status::Code(_) => None,
        Status::Range(class) => {
            let class = Literal::u16_unsuffixed(class);
            Some(quote!(specmint_runtime::StatusIn<#class>))
        }
        Status::Default => Some(quote!(u16)),
    };
    let part = |name, text, ty| Part {
        name: ident(name),
        docs: docs::docs(text),
        ty,
    };
    let mut parts = Vec::new();
    parts.extend(status.map(|ty| {
        part(
            "status",
            "The status: none that is documented by itself.",
            ty,
        )
    }));
    if let Some(Content::Range { .. }) = response.content {
        parts.push(part(
            "media_type",
            "The media type of the body.",
            quote!(String),
        ));
    }
    parts.extend(body(response).map(|ty| part("body", "The body.", ty)));
    for header in &response.headers {
        if let HeaderValue::Given {
            name,
            docs,
            ty,
            presence,
            form: _,
        } = &header.value
        {
            parts.push(part(name, docs, types::present(ty, presence)));
        }
    }
    parts
}

/// The type of the body.
fn body(response: &Response) -> Option<TokenStream> {
    Some(match response.content.as_ref()? {
        Content::Json { ty, .. } | Content::Xml { ty, .. } => types::of(ty),
        Content::Text { .. } => quote!(String),
        Content::Octets { .. } | Content::Range { .. } => quote!(specmint_runtime::Body),
        Content::Items { ty, .. } => {
            let ty = types::of(ty);
            quote!(specmint_runtime::Items<#ty>)
        }
        Content::Events { ty: None } => quote!(specmint_runtime::Events),
        Content::Events { ty: Some(ty) } => {
            let ty = types::of(ty);
            quote!(specmint_runtime::Events<#ty>)
        }
    })
}

/// Whether the body is all that the variant holds, so that it needs no name.
fn is_body_alone(response: &Response, parts: &[Part]) -> bool {
    response.content.is_some() && parts.len() == 1
}

fn variant(response: &Response) -> TokenStream {
    let name = ident(&response.variant);
    let text = docs::docs(&response.docs);
    let parts = parts(response);
    let fields = parts
        .iter()
        .map(|Part { name, docs, ty }| quote!(#docs #name: #ty,));
    match parts.as_slice() {
        [] => quote! { #text #name, },
        [Part { ty, .. }] if is_body_alone(response, &parts) => quote! { #text #name(#ty), },
        _ => quote! { #text #name { #(#fields)* }, },
    }
}

fn arm(response: &Response) -> TokenStream {
    let name = ident(&response.variant);
    let parts = parts(response);
    let names = parts.iter().map(|part| &part.name);
    let pattern = if parts.is_empty() {
        quote!(Self::#name)
    } else if is_body_alone(response, &parts) {
        quote!(Self::#name(body))
    } else {
        quote!(Self::#name { #(#names),* })
    };
    let start = start(response);
    let headers = response.headers.iter().map(header);
    quote! { #pattern => #start #(#headers)*, }
}

/// Status and body.
fn start(response: &Response) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(_) => quote!(status.get()),
        Status::Default => quote!(status),
    };
    match &response.content {
        None => quote!(specmint_runtime::Response::empty(#status)),
        Some(Content::Json { media_types, .. }) => match media_types.as_slice() {
            [one] if one == "application/json" => {
                quote!(specmint_runtime::Response::json(#status, &body))
            }
            [one] => quote!(specmint_runtime::Response::json_as(#status, #one, &body)),
            all => quote!(specmint_runtime::Response::json_as(#status, &[#(#all),*], &body)),
        },
        Some(Content::Xml {
            media_types, root, ..
        }) => {
            let root = xml::element(root);
            quote!(specmint_runtime::Response::xml(#status, &[#(#media_types),*], #root, &body))
        }
        Some(Content::Text { media_type } | Content::Octets { media_type }) => {
            quote!(specmint_runtime::Response::body(#status, #media_type, body))
        }
        Some(Content::Range { .. }) => {
            quote!(specmint_runtime::Response::body(#status, media_type, body))
        }
        Some(Content::Items { media_type, .. }) => {
            quote!(specmint_runtime::Response::items(#status, #media_type, body))
        }
        Some(Content::Events { .. }) => quote!(specmint_runtime::Response::events(#status, body)),
    }
}

fn header(header: &Header) -> TokenStream {
    let wire = &header.wire;
    match &header.value {
        HeaderValue::Constant(value) => {
            let value = types::literal(value);
            quote!(.header(#wire, #value))
        }
        HeaderValue::Given { name, form, .. } => {
            let name = ident(name);
            match form {
                HeaderForm::Simple => quote!(.header(#wire, #name)),
                HeaderForm::Exploded => quote!(.header_exploded(#wire, #name)),
                HeaderForm::Json => quote!(.header_json(#wire, #name)),
                HeaderForm::Each => quote!(.headers(#wire, #name)),
            }
        }
    }
}
