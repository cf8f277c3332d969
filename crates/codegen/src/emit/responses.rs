//! The answers of an operation: an enum with a variant for each documented one, and how it is sent.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, ident, types};
use crate::ir::{Content, HeaderValue, Operation, Presence, Response, Status};

/// The enum and its `Reply`.
pub fn items(operation: &Operation) -> Vec<TokenStream> {
    let name = ident(&operation.response_type);
    let text = docs::docs(&format!(
        "The documented answers of [`Api::{}`].",
        operation.name
    ));
    let variants = operation.responses.iter().map(variant);
    let arms = operation.responses.iter().map(arm);
    vec![
        quote! {
            #text
            #[derive(Clone, Debug, PartialEq)]
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variants)* }
        },
        quote! {
            impl Reply for #name {
                fn reply(self) -> Response {
                    match self { #(#arms)* }
                }
            }
        },
    ]
}

/// A field of a variant: its name, and its declaration.
struct Part {
    name: proc_macro2::Ident,
    declaration: TokenStream,
}

fn parts(response: &Response) -> Vec<Part> {
    let mut parts = Vec::new();
    if !matches!(response.status, Status::Code(_)) {
        parts.push(Part {
            name: ident("status"),
            declaration: quote!(#[doc = " The status: none that is documented by itself."] status: u16),
        });
    }
    if let Some(content) = &response.content {
        let ty = match content {
            Content::Json { ty, .. } => types::of(ty),
            Content::Text { .. } => quote!(String),
        };
        parts.push(Part {
            name: ident("body"),
            declaration: quote!(#[doc = " The body."] body: #ty),
        });
    }
    for header in &response.headers {
        if let HeaderValue::Given {
            name,
            docs,
            ty,
            presence,
        } = &header.value
        {
            let (name, text) = (ident(name), docs::docs(docs));
            let ty = types::present(ty, presence);
            parts.push(Part {
                declaration: quote!(#text #name: #ty),
                name,
            });
        }
    }
    parts
}

/// Whether the body is all that the variant holds, so that it needs no name.
fn is_body_alone(response: &Response, parts: &[Part]) -> bool {
    response.content.is_some() && parts.len() == 1
}

fn variant(response: &Response) -> TokenStream {
    let name = ident(&response.variant);
    let text = docs::docs(&response.docs);
    let parts = parts(response);
    if parts.is_empty() {
        return quote! { #text #name, };
    }
    if is_body_alone(response, &parts) {
        let ty = match &response.content {
            Some(Content::Json { ty, .. }) => types::of(ty),
            _ => quote!(String),
        };
        return quote! { #text #name(#ty), };
    }
    let declarations = parts.iter().map(|part| &part.declaration);
    quote! { #text #name { #(#declarations,)* }, }
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
    let status = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(_) | Status::Default => quote!(status),
    };
    let start = match &response.content {
        None => quote!(Response::empty(#status)),
        Some(Content::Json { media_type, .. }) if media_type == "application/json" => {
            quote!(Response::json(#status, &body))
        }
        Some(Content::Json { media_type, .. }) => {
            quote!(Response::json_as(#status, #media_type, &body))
        }
        Some(Content::Text { media_type }) => quote!(Response::text(#status, #media_type, body)),
    };
    let headers = response.headers.iter().map(|header| {
        let wire = &header.wire;
        match &header.value {
            HeaderValue::Constant(value) => {
                let value = types::literal(value);
                quote!(.header(#wire, #value))
            }
            HeaderValue::Given {
                name,
                presence: Presence::Optional,
                ..
            } => {
                let name = ident(name);
                quote!(.header_option(#wire, #name))
            }
            HeaderValue::Given { name, .. } => {
                let name = ident(name);
                quote!(.header(#wire, #name))
            }
        }
    });
    quote! { #pattern => #start #(#headers)*, }
}
