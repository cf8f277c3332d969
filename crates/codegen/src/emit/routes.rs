//! The tree of path segments.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use crate::ir::{Api, Route};

/// The node that all others differ from, the nodes by their paths, and the root.
pub fn items(api: &Api) -> Vec<TokenStream> {
    let mut items = vec![quote! {
        const NODE: Node = Node { literal: &[], variable: None, operations: &[] };
    }];
    let root = node(&api.routes, "", &mut items);
    items.push(quote!(static ROUTES: Node = #root;));
    items
}

/// The constant of the node at `path`, after those of the nodes below it.
fn named(route: &Route, path: &str, items: &mut Vec<TokenStream>) -> Ident {
    let number = items.len();
    // Keeps the place, so that numbers follow the paths.
    items.push(TokenStream::new());
    let name = format_ident!("ROUTE_{number}");
    let node = node(route, path, items);
    let text = docs::docs(&format!("`{path}`"));
    if let Some(item) = items.get_mut(number) {
        *item = quote! { #text const #name: Node = #node; };
    }
    name
}

fn node(route: &Route, path: &str, items: &mut Vec<TokenStream>) -> TokenStream {
    let mut fields = Vec::new();
    if !route.literal.is_empty() {
        let literal = route.literal.iter().map(|(text, below)| {
            let below = named(below, &format!("{path}/{text}"), items);
            quote!((#text, #below))
        });
        let literal: Vec<TokenStream> = literal.collect();
        fields.push(quote!(literal: &[#(#literal),*]));
    }
    if let Some(below) = &route.variable {
        let below = named(below, &format!("{path}/{{}}"), items);
        fields.push(quote!(variable: Some(&#below)));
    }
    if !route.operations.is_empty() {
        let operations = route.operations.iter().map(|(method, number)| {
            let number = Literal::usize_unsuffixed(*number);
            quote!((#method, #number))
        });
        fields.push(quote!(operations: &[#(#operations),*]));
    }
    match fields.len() {
        0 => quote!(NODE),
        3 => quote!(Node { #(#fields),* }),
        _ => quote!(Node { #(#fields,)* ..NODE }),
    }
}
