//! Requests that the server sends by itself: a function builds each.

mod answers;
mod payload;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident, imports, parameter, parameters, types};
use crate::ir::{
    Api, Location, Outgoing, OutgoingModule, Parameter, Presence, Reading, Style, Type,
};

/// The modules.
pub fn modules(api: &Api) -> impl Iterator<Item = TokenStream> {
    api.outgoing.iter().map(module)
}

fn module(module: &OutgoingModule) -> TokenStream {
    let (name, text) = (ident(&module.name), docs::docs(&module.docs));
    let items = module.requests.iter().flat_map(items).collect();
    let items = imports::in_module(items);
    quote! {
        #text
        pub mod #name { #(#items)* }
    }
}

fn items(request: &Outgoing) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if let Some((name, expression)) = &request.expression {
        let text = docs::docs(&format!(
            "The runtime expression of the URL of {}; [`Exchange`](specmint_runtime::outgoing::Exchange) makes the URL of it.",
            link(request)
        ));
        let name = ident(name);
        items.push(quote!(#text pub const #name: &str = #expression;));
    }
    if let Some(name) = &request.parameters_type {
        let text = format!("The parameters of {}.", link(request));
        items.push(parameters::of(name, &request.parameters, &text));
    }
    let payload = request.payload.as_ref();
    items.extend(payload.into_iter().flat_map(payload::items));
    items.push(function(request));
    items
}

/// A link to the function, which may have the name of a primitive type.
fn link(request: &Outgoing) -> String {
    format!("[`{0}`](fn@{0})", docs::spelled(&request.name))
}

fn function(request: &Outgoing) -> TokenStream {
    let (name, method) = (ident(&request.name), &request.method);
    let text = docs::paragraphs(&[
        &request.docs,
        &answers::list(&request.responses),
        "# Errors\nThe URL or a value cannot be sent.",
    ]);
    let deprecated = docs::deprecated(request.deprecated);
    let arguments = arguments(request);
    let body = request.payload.iter().map(payload::argument);
    let taken = request.parameters_type.iter().map(|name| {
        let name = ident(name);
        let fields = request.parameters.iter().map(|one| ident(&one.name));
        quote!(let #name { #(#fields),* } = parameters;)
    });
    let mut steps: Vec<TokenStream> = request.parameters.iter().map(parameter).collect();
    steps.extend(request.payload.iter().map(payload::written));
    let built = match steps.is_empty() {
        true => quote!(specmint_runtime::outgoing::Builder::new(#method, url).finish()),
        false => quote! {
            #(#taken)*
            let mut request = specmint_runtime::outgoing::Builder::new(#method, url);
            #(#steps)*
            request.finish()
        },
    };
    quote! {
        #text
        #deprecated
        pub fn #name(
            url: &str,
            #arguments
            #(#body,)*
        ) -> Result<specmint_runtime::outgoing::Outgoing, specmint_runtime::outgoing::Fault> {
            #built
        }
    }
}

fn arguments(request: &Outgoing) -> TokenStream {
    if let Some(name) = &request.parameters_type {
        let name = ident(name);
        return quote!(parameters: &#name,);
    }
    let arguments = request.parameters.iter().map(|one| {
        let (name, ty) = (ident(&one.name), borrowed(&one.ty));
        match one.presence {
            Presence::Required => quote!(#name: #ty,),
            Presence::Optional | Presence::Defaulted(_) => quote!(#name: Option<#ty>,),
        }
    });
    quote!(#(#arguments)*)
}

/// The type of a value that is only looked at.
fn borrowed(ty: &Type) -> TokenStream {
    let of = types::of(ty);
    match ty {
        Type::String => quote!(&str),
        Type::Array(item) => {
            let item = types::of(item);
            quote!(&[#item])
        }
        ty if ty.is_copy() => of,
        _ => quote!(&#of),
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { wire, explode, .. } = parameter;
    let value = ident(&parameter.name);
    let style = parameter::style(parameter.style);
    let style = quote!(specmint_runtime::outgoing::Style::#style);
    let is_json = parameter.reading == Reading::Json;
    match (parameter.location, parameter.style) {
        (Location::Header, _) if is_json => quote!(request.header_json(#wire, #value);),
        (Location::Header, _) => quote!(request.header(#wire, #explode, #value);),
        (Location::Cookie, _) if is_json => quote!(request.cookie_json(#wire, #value);),
        (Location::Cookie, _) => quote!(request.cookie(#wire, #style, #explode, #value);),
        (_, Style::Whole) if is_json => quote!(request.query_whole(#wire, #value);),
        (_, Style::Whole) => quote!(request.query_form(#wire, #value);),
        _ if is_json => quote!(request.query_json(#wire, #value);),
        _ if parameter.allow_reserved => {
            quote!(request.query_reserved(#wire, #style, #explode, #value);)
        }
        _ => quote!(request.query(#wire, #style, #explode, #value);),
    }
}
