//! `use`: what the code names, and nothing else.

use std::collections::BTreeSet;

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::{Options, ident, types};
use crate::ir::{Api, Model, Shape};

/// The types of formats.
const TYPES: &[&str] = &[
    "Base64", "Date", "DateTime", "Ipv4Addr", "Ipv6Addr", "Never", "Number", "Uri", "Uuid", "Value",
];

/// What else a module of models can use.
const BEHAVIOUR: &[&str] = &["Check", "FromText", "Nullable", "check", "decode"];

/// The names that the code beside the models can use.
const ROOT: &[(&str, &[&str])] = &[
    ("std::collections", &["BTreeMap"]),
    ("std::sync", &["Arc"]),
    (
        "specmint_runtime",
        &[
            "Access",
            "ApiKey",
            "Basic",
            "Bearer",
            "Check",
            "ClientCertificate",
            "Credentials",
            "Edge",
            "HttpResponse",
            "LocalBoxFuture",
            "Mountable",
            "Node",
            "Nullable",
            "Operation",
            "Parameter",
            "Rejection",
            "Reply",
            "Request",
            "RequestHead",
            "Response",
            "Schemas",
            "Stop",
            "Style",
            "When",
            "check",
            "decode",
            "not_found",
            "respond",
        ],
    ),
    ("specmint_runtime::types", TYPES),
    ("utoipa", &["OpenApi"]),
];

/// The head of the module of models. A variant may have the name of a type, so that which types are used is asked of the
/// models and not of the code.
pub fn of_models(api: &Api, options: Options, items: &[TokenStream]) -> Vec<TokenStream> {
    let mut names = BTreeSet::new();
    api.models
        .iter()
        .for_each(|model| types::of_model(model, &mut |name| names.extend([name.to_owned()])));
    behaviour(items.iter().cloned().collect(), &mut names);
    let is_shown = |model: &Model| matches!(model.shape, Shape::Struct(_) | Shape::Strings(_));
    let mut uses = uses(
        &[
            ("std::collections", &["BTreeMap"]),
            ("specmint_runtime", BEHAVIOUR),
            ("specmint_runtime::types", TYPES),
        ],
        &names,
    );
    if options.utoipa && api.models.iter().any(is_shown) {
        uses.push(quote!(
            use utoipa::ToSchema;
        ));
    }
    uses
}

/// The names of traits and modules that are used: `check::a`, `impl Check for`, `.check()`.
fn behaviour(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let mut tokens = tokens.into_iter().peekable();
    let mut after_dot = false;
    while let Some(tree) = tokens.next() {
        let is_method = std::mem::take(&mut after_dot);
        match tree {
            TokenTree::Group(group) => behaviour(group.stream(), names),
            TokenTree::Punct(punct) => after_dot = punct.as_char() == '.',
            TokenTree::Ident(method) if is_method => {
                if method == "check" {
                    names.insert("Check".to_owned());
                }
            }
            TokenTree::Ident(ident) => {
                let leads = match tokens.peek() {
                    Some(TokenTree::Ident(next)) => next == "for",
                    Some(TokenTree::Punct(next)) => {
                        next.as_char() == ':' && next.spacing() == Spacing::Joint
                    }
                    _ => false,
                };
                if leads {
                    names.insert(ident.to_string());
                }
            }
            TokenTree::Literal(_) => {}
        }
    }
}

/// The head of the code beside them.
pub fn of_root(api: &Api, items: &[TokenStream]) -> Vec<TokenStream> {
    let names = names(items);
    let mut head = uses(ROOT, &names);
    head.extend(one_of(&quote!(models), &models(api, &names)));
    head
}

/// The head of a module of operations, which stands beside the models and what operations share.
pub fn of_module(api: &Api, items: &[TokenStream]) -> Vec<TokenStream> {
    let names = names(items);
    let mut head = uses(ROOT, &names);
    head.extend(one_of(&quote!(super::models), &models(api, &names)));
    let operations = api.operations.iter();
    let functions = operations.map(|one| one.security.function.as_str());
    let shared = ["ROUTES", "SCHEMAS", "Security"].into_iter();
    let shared: BTreeSet<&str> = shared
        .chain(functions)
        .filter(|name| names.contains(*name))
        .collect();
    head.extend(one_of(
        &quote!(super),
        &shared.into_iter().collect::<Vec<_>>(),
    ));
    head
}

/// The models and patterns that are named.
fn models<'a>(api: &'a Api, names: &BTreeSet<String>) -> Vec<&'a str> {
    let models = api.models.iter().map(|model| model.name.as_str());
    let mut models: Vec<&str> = models.filter(|name| names.contains(*name)).collect();
    models.sort_unstable();
    let statics = api.patterns.iter().map(|pattern| pattern.name.as_str());
    models.extend(statics.filter(|name| names.contains(*name)));
    models
}

/// These names of one module.
fn one_of(path: &TokenStream, names: &[&str]) -> Option<TokenStream> {
    let names: Vec<_> = names.iter().map(|name| ident(name)).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(quote!(use #path::#one;)),
        all => Some(quote!(use #path::{#(#all),*};)),
    }
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

/// Every identifier that is looked up where it stands.
fn names(items: &[TokenStream]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let mut open: Vec<TokenStream> = items.to_vec();
    while let Some(tokens) = open.pop() {
        // `fn a`, `.a` and `::a` name nothing of the module.
        let (mut elsewhere, mut colon, mut declares) = (false, false, false);
        let mut tokens = tokens.into_iter().peekable();
        while let Some(tree) = tokens.next() {
            let joined = std::mem::take(&mut colon);
            let skipped = std::mem::take(&mut elsewhere);
            match tree {
                TokenTree::Ident(ident) if ident == "fn" => elsewhere = true,
                TokenTree::Ident(ident) if ident == "enum" => declares = true,
                TokenTree::Ident(_) if skipped || is_field(tokens.peek()) => {}
                TokenTree::Ident(ident) => {
                    names.insert(ident.to_string());
                }
                TokenTree::Group(group) if std::mem::take(&mut declares) => {
                    open.extend(contents(group.stream()));
                }
                TokenTree::Group(group) => open.push(group.stream()),
                TokenTree::Literal(_) => {}
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

/// Whether what comes before this token is a field's name: `a: T`.
fn is_field(next: Option<&TokenTree>) -> bool {
    matches!(next, Some(TokenTree::Punct(next)) if next.as_char() == ':' && next.spacing() == Spacing::Alone)
}

/// What the variants of an `enum` hold, without their own names.
fn contents(body: TokenStream) -> impl Iterator<Item = TokenStream> {
    body.into_iter().filter_map(|tree| match tree {
        TokenTree::Group(group) => Some(group.stream()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_looked_up_is_imported() {
        let items = [quote! {
            fn check(a: Uuid) -> bool { a.respond() && Kind::Number(a) && check::pattern(a) }
        }];
        let names = names(&items);
        let is = |name: &str| names.contains(name);
        assert!(is("Uuid") && is("Kind") && is("check"));
        assert!(!is("respond") && !is("Number") && !is("pattern"));
    }

    #[test]
    fn variants_and_fields_are_not_looked_up() {
        let items = [quote! {
            #[derive(Debug)]
            pub enum Answer { Location { role: Role, check: bool }, Group(Tenant), Error }
        }];
        let names = names(&items);
        let is = |name: &str| names.contains(name);
        assert!(is("Role") && is("Tenant") && is("Answer"));
        assert!(!is("Location") && !is("Group") && !is("Error") && !is("check"));
    }

    #[test]
    fn fields_and_variants_are_not_behaviour() {
        let mut names = BTreeSet::new();
        let code = quote! {
            pub struct A { pub decode: bool }
            pub enum B { FromText, Check }
            impl C for B { fn c(&self) -> bool { check::count(self.a) } }
        };
        behaviour(code, &mut names);
        assert!(names.contains("check") && names.contains("C"));
        assert!(!names.contains("Check") && !names.contains("FromText"));
        assert!(!names.contains("decode"));
        behaviour(quote!(a.check()), &mut names);
        assert!(names.contains("Check"));
    }
}
