//! The tree of path segments.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::ir::{Api, Ending, Route, When};

/// The nodes, each on a line.
pub fn items(api: &Api) -> TokenStream {
    let nodes = api.routes.iter().map(node);
    quote! {
        static ROUTES: &[specmint_runtime::Node] = &[#(#nodes),*];
    }
}

fn node(route: &Route) -> TokenStream {
    let literals = route.literals.iter().map(|(text, below)| {
        let below = Literal::usize_unsuffixed(*below);
        quote!(specmint_runtime::Edge::Literal(#text, #below))
    });
    let patterns = route.patterns.iter().map(|(texts, below)| {
        let below = Literal::usize_unsuffixed(*below);
        quote!(specmint_runtime::Edge::Pattern(&[#(#texts),*], #below))
    });
    let variable = route.variable.map(|below| {
        let below = Literal::usize_unsuffixed(below);
        quote!(specmint_runtime::Edge::Variable(#below))
    });
    let edges: Vec<TokenStream> = literals.chain(patterns).chain(variable).collect();
    let (plain, variants): (Vec<&Ending>, Vec<&Ending>) = route
        .operations
        .iter()
        .partition(|ending| ending.when.is_empty());
    let plain = plain.into_iter().map(|ending| {
        let (method, number) = (&ending.method, Literal::usize_unsuffixed(ending.operation));
        quote!((#method, #number))
    });
    let node = quote!(specmint_runtime::Node::new(&[#(#edges),*], &[#(#plain),*]));
    if variants.is_empty() {
        return node;
    }
    let variants = variants.into_iter().map(|ending| {
        let (method, number) = (&ending.method, Literal::usize_unsuffixed(ending.operation));
        let when = ending.when.iter().map(when);
        quote!((#method, &[#(#when),*], #number))
    });
    quote!(#node.variants(&[#(#variants),*]))
}

fn when(when: &When) -> TokenStream {
    match when {
        When::QueryHas(name) => quote!(specmint_runtime::When::QueryHas(#name)),
        When::Query(name, value) => quote!(specmint_runtime::When::Query(#name, #value)),
        When::Header(name, value) => quote!(specmint_runtime::When::Header(#name, #value)),
    }
}
