//! `use`: what the code names, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::ident;
use crate::ir::Api;

/// The names that a module of models can use, by the crate they come from.
const MODELS: &[(&str, &[&str])] = &[
    ("serde", &["Deserialize", "Serialize"]),
    (
        "specmint_runtime",
        &["Check", "Nullable", "check", "decode"],
    ),
    (
        "specmint_runtime::types",
        &["DateTime", "Number", "Uri", "Uuid", "Value"],
    ),
    ("utoipa", &["ToSchema"]),
];

/// The names that the code beside the models can use.
const ROOT: &[(&str, &[&str])] = &[
    ("std::sync", &["Arc"]),
    (
        "specmint_runtime",
        &[
            "Access",
            "ApiKey",
            "Basic",
            "Bearer",
            "HttpResponse",
            "LocalBoxFuture",
            "Location",
            "Mountable",
            "Node",
            "Nullable",
            "Operation",
            "Parameter",
            "Rejection",
            "Reply",
            "Request",
            "Response",
            "Schemas",
            "Stop",
            "Style",
            "check",
            "not_found",
            "respond",
        ],
    ),
    (
        "specmint_runtime::types",
        &["DateTime", "Number", "Uri", "Uuid", "Value"],
    ),
    ("utoipa", &["OpenApi"]),
];

/// The head of the module of models.
pub fn of_models(items: &[TokenStream]) -> Vec<TokenStream> {
    uses(MODELS, &names(items))
}

/// The head of the code beside them.
pub fn of_root(api: &Api, items: &[TokenStream]) -> Vec<TokenStream> {
    let names = names(items);
    let mut head = uses(ROOT, &names);
    let models = api
        .models
        .iter()
        .map(|model| &model.name)
        .filter(|name| names.contains(*name));
    let mut models: Vec<&String> = models.collect();
    models.sort();
    let mut statics = api.patterns.iter().map(|pattern| &pattern.name);
    let mut all: Vec<_> = models.into_iter().map(|name| ident(name)).collect();
    all.extend(
        statics
            .by_ref()
            .filter(|name| names.contains(*name))
            .map(|name| ident(name)),
    );
    match all.as_slice() {
        [] => {}
        [one] => head.push(quote!(use models::#one;)),
        all => head.push(quote!(use models::{#(#all),*};)),
    }
    head
}

fn uses(table: &[(&str, &[&str])], names: &BTreeSet<String>) -> Vec<TokenStream> {
    let mut uses = Vec::new();
    for (path, candidates) in table {
        let path: Vec<_> = path.split("::").map(ident).collect();
        let used = candidates.iter().filter(|name| names.contains(**name));
        let used: Vec<_> = used.map(|name| ident(name)).collect();
        match used.as_slice() {
            [] => {}
            [one] => uses.push(quote!(use #(#path)::*::#one;)),
            all => uses.push(quote!(use #(#path)::*::{#(#all),*};)),
        }
    }
    uses
}

/// Every identifier that is looked up where it stands, and those that head the paths which attributes spell as strings.
fn names(items: &[TokenStream]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open: Vec<TokenStream> = items.to_vec();
    while let Some(tokens) = open.pop() {
        // `fn a`, `.a` and `::a` name nothing of the module.
        let (mut elsewhere, mut colon) = (false, false);
        for tree in tokens {
            let joined = std::mem::take(&mut colon);
            let skipped = std::mem::take(&mut elsewhere);
            match tree {
                TokenTree::Ident(ident) if ident == "fn" => elsewhere = true,
                TokenTree::Ident(_) if skipped => {}
                TokenTree::Ident(ident) => {
                    names.insert(ident.to_string());
                }
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    if let Some((head, _)) = text.trim_matches('"').split_once("::") {
                        names.insert(head.to_owned());
                    }
                }
                TokenTree::Punct(punct) => match punct.as_char() {
                    '.' => elsewhere = true,
                    ':' if joined => elsewhere = true,
                    ':' => colon = punct.spacing() == Spacing::Joint,
                    _ => {}
                },
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_looked_up_is_imported() {
        let items = [quote! {
            #[serde(deserialize_with = "decode::formatted")]
            fn check(a: Uuid) -> bool { a.respond() && Kind::Number(a) && check::pattern(a) }
        }];
        let names = names(&items);
        let is = |name: &str| names.contains(name);
        assert!(is("Uuid") && is("decode") && is("Kind") && is("check"));
        assert!(!is("respond") && !is("Number") && !is("pattern"));
    }
}
