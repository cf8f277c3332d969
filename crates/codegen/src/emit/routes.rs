//! The tree of path segments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Api, Route};

/// The static, and the node that all others differ from.
pub fn items(api: &Api) -> Vec<TokenStream> {
    let root = node(&api.routes);
    vec![
        quote!(
            const NODE: Node = Node {
                literal: &[],
                variable: None,
                operations: &[],
            };
        ),
        quote!(static ROUTES: Node = #root;),
    ]
}

fn node(route: &Route) -> TokenStream {
    let mut fields = Vec::new();
    if !route.literal.is_empty() {
        let literal = route.literal.iter().map(|(text, below)| {
            let below = node(below);
            quote!((#text, #below))
        });
        fields.push(quote!(literal: &[#(#literal),*]));
    }
    if let Some(below) = &route.variable {
        let below = node(below);
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
