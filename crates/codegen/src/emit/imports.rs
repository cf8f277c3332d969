//! `use`: emitters write every path in full, and here it is shortened to its last name, which is imported.
//!
//! So what is imported is what is used, and nothing has to be kept free: where a module declares a name itself, or two paths
//! end in the same one, the path stays as it is. Of two paths, a model comes first, then what the runtime has, then others.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::{Group, Ident, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::ident;

/// The module of a path to a model, or to another item of its module, until it is known from where it is seen.
pub const MODELS: &str = "__models";

/// The same of what operations share.
pub const SHARED: &str = "__shared";

/// The type parameter of functions and types that take an implementation.
const IMPLEMENTATION: &str = "A";

/// The modules whose items are imported, in the order of their `use`.
const IMPORTED: &[&str] = &[
    "std::collections",
    "std::sync",
    "specmint_runtime",
    "specmint_runtime::types",
    "utoipa",
    MODELS,
    SHARED,
];

/// From where paths are seen.
#[derive(Clone, Copy)]
enum From {
    Models,
    Root,
    Module,
}

/// The items of the module of models, and what they use.
pub fn in_models(items: Vec<TokenStream>) -> Vec<TokenStream> {
    shortened(Vec::new(), items, From::Models)
}

/// The items beside them, after the modules of operations, which have imports of their own.
pub fn in_root(modules: Vec<TokenStream>, items: Vec<TokenStream>) -> Vec<TokenStream> {
    shortened(modules, items, From::Root)
}

/// The items of a module of operations, which stands beside the models and what operations share.
pub fn in_module(items: Vec<TokenStream>) -> Vec<TokenStream> {
    shortened(Vec::new(), items, From::Module)
}

fn shortened(modules: Vec<TokenStream>, items: Vec<TokenStream>, from: From) -> Vec<TokenStream> {
    let mut seen = Seen::default();
    modules
        .iter()
        .for_each(|module| seen.declare(module.clone()));
    for item in &items {
        seen.declare(item.clone());
        seen.look(item.clone());
    }
    let imports = seen.imports(from);
    let items = items.into_iter().map(|item| imports.shorten(item));
    let items: Vec<TokenStream> = items.collect();
    let head = imports.uses();
    head.into_iter().chain(modules).chain(items).collect()
}

/// An item by the path of its module, and its name.
type Item = (&'static str, String);

/// What is seen in the items.
#[derive(Default)]
struct Seen {
    /// Names that are declared.
    declared: HashSet<String>,
    /// Items of the modules that are imported from.
    used: BTreeSet<Item>,
}

impl Seen {
    /// Only what is declared, and not within it.
    fn declare(&mut self, item: TokenStream) {
        for step in steps(item) {
            if let Step::Declared(_, name) = step {
                self.declared.insert(name.to_string());
            }
        }
    }

    fn look(&mut self, tokens: TokenStream) {
        for step in steps(tokens) {
            match step {
                Step::Path(path) => self.used.extend(path.item()),
                Step::Group(group) => self.look(group.stream()),
                Step::Declared(..) | Step::Other(_) => {}
            }
        }
    }

    fn imports(mut self, from: From) -> Imports {
        if !matches!(from, From::Models) {
            self.declared.insert(IMPLEMENTATION.to_owned());
        }
        let mut imported: HashMap<String, &'static str> = HashMap::new();
        let by_rank = IMPORTED.iter().rev();
        for module in by_rank.filter(|module| !is_here(module, from)) {
            for (_, name) in self.used.iter().filter(|(one, _)| one == module) {
                if !self.declared.contains(name) {
                    imported.entry(name.clone()).or_insert(module);
                }
            }
        }
        Imports { imported, from }
    }
}

/// Whether the items of a module are seen as they are.
fn is_here(module: &str, from: From) -> bool {
    matches!(
        (module, from),
        (MODELS, From::Models) | (SHARED, From::Root)
    )
}

/// What is imported: each name, and from where.
struct Imports {
    imported: HashMap<String, &'static str>,
    from: From,
}

impl Imports {
    fn shorten(&self, tokens: TokenStream) -> TokenStream {
        let shorter = steps(tokens).into_iter().map(|step| match step {
            Step::Path(path) => self.shorter(path),
            Step::Declared(keyword, name) => quote!(#keyword #name),
            Step::Group(group) => {
                let mut shorter = Group::new(group.delimiter(), self.shorten(group.stream()));
                shorter.set_span(group.span());
                TokenTree::Group(shorter).into()
            }
            Step::Other(tree) => tree.into(),
        });
        shorter.collect()
    }

    fn shorter(&self, path: Path) -> TokenStream {
        let Some((module, name)) = path.item() else {
            return path.tokens();
        };
        let rest = path.rest();
        let is_imported = self.imported.get(&name) == Some(&module);
        if is_here(module, self.from) || is_imported {
            return quote!(#(#rest)::*);
        }
        let module = self.module(module);
        quote!(#module::#(#rest)::*)
    }

    /// The path of a module from here.
    fn module(&self, module: &str) -> TokenStream {
        match (module, self.from) {
            (MODELS, From::Module) => quote!(super::models),
            (MODELS, _) => quote!(models),
            (SHARED, _) => quote!(super),
            (module, _) => {
                let segments = module.split("::").map(ident);
                quote!(#(#segments)::*)
            }
        }
    }

    fn uses(&self) -> Vec<TokenStream> {
        let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, module) in &self.imported {
            names.entry(module).or_default().insert(name);
        }
        let modules = IMPORTED.iter();
        let uses = modules.filter_map(|module| {
            let path = self.module(module);
            let names: Vec<Ident> = names.get(module)?.iter().map(|name| raw(name)).collect();
            Some(match names.as_slice() {
                [one] => quote!(use #path::#one;),
                all => quote!(use #path::{#(#all),*};),
            })
        });
        uses.collect()
    }
}

/// A name that was an identifier before.
fn raw(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(name) => Ident::new_raw(name, proc_macro2::Span::call_site()),
        None => format_ident!("{name}"),
    }
}

/// Tokens, as far as they matter here.
enum Step {
    Path(Path),
    /// A keyword, and the name that it declares.
    Declared(Ident, Ident),
    Group(Group),
    Other(TokenTree),
}

/// Names between `::`.
struct Path {
    names: Vec<Ident>,
    /// Whether a macro is called.
    bang: bool,
}

impl Path {
    /// The item that the path leads to or through, if its module is one to import from.
    fn item(&self) -> Option<Item> {
        let place = self.place()?;
        let name = self.names.get(place.1)?;
        let is_macro = self.bang && self.names.len() == place.1 + 1;
        (!is_macro).then(|| (place.0, name.to_string()))
    }

    /// The module, and how many names it has.
    fn place(&self) -> Option<(&'static str, usize)> {
        let modules = IMPORTED.iter().map(|module| {
            let names = module.split("::");
            (*module, names.clone().count(), names)
        });
        let fit = modules.filter(|(_, count, names)| {
            let mut pairs = names.clone().zip(&self.names);
            self.names.len() > *count && pairs.all(|(name, ident)| ident == name)
        });
        let longest = fit.max_by_key(|(_, count, _)| *count);
        let (module, count, _) = longest?;
        // Of `utoipa`, only the derive: the rest is written as it is.
        let is_other =
            module == "utoipa" && self.names.get(1).is_none_or(|name| name != "ToSchema");
        (!is_other).then_some((module, count))
    }

    /// From the item on.
    fn rest(&self) -> &[Ident] {
        let place = self.place().map_or(0, |(_, count)| count);
        self.names.get(place..).unwrap_or_default()
    }

    fn tokens(&self) -> TokenStream {
        let names = &self.names;
        quote!(#(#names)::*)
    }
}

/// The keywords that a name follows which they declare.
const DECLARING: &[&str] = &[
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union",
];

fn steps(tokens: TokenStream) -> Vec<Step> {
    let mut all = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    // `.a` and `'a` are no paths.
    let mut is_other = false;
    while let Some(tree) = tokens.next() {
        let is_skipped = std::mem::take(&mut is_other);
        match tree {
            TokenTree::Ident(ident) if is_skipped => all.push(Step::Other(ident.into())),
            TokenTree::Ident(keyword) if DECLARING.iter().any(|one| keyword == one) => {
                match tokens.next_if(|next| matches!(next, TokenTree::Ident(_))) {
                    Some(TokenTree::Ident(name)) => all.push(Step::Declared(keyword, name)),
                    _ => all.push(Step::Other(keyword.into())),
                }
            }
            TokenTree::Ident(first) => {
                let mut names = vec![first];
                let mut ahead = tokens.clone();
                while let Some(name) = next_name(&mut ahead) {
                    names.push(name);
                    tokens = ahead.clone();
                }
                let is_bang = |tree: &TokenTree| matches!(tree, TokenTree::Punct(sign) if sign.as_char() == '!');
                let bang = tokens.peek().is_some_and(is_bang);
                all.push(Step::Path(Path { names, bang }));
            }
            TokenTree::Group(group) => all.push(Step::Group(group)),
            TokenTree::Punct(punct) => {
                is_other = match punct.as_char() {
                    '.' => punct.spacing() == Spacing::Alone,
                    sign => sign == '\'',
                };
                all.push(Step::Other(punct.into()));
            }
            literal @ TokenTree::Literal(_) => all.push(Step::Other(literal)),
        }
    }
    all
}

/// The name after the next `::`.
fn next_name(tokens: &mut impl Iterator<Item = TokenTree>) -> Option<Ident> {
    let is_colon = |tree: Option<TokenTree>| matches!(tree, Some(TokenTree::Punct(sign)) if sign.as_char() == ':');
    if !(is_colon(tokens.next()) && is_colon(tokens.next())) {
        return None;
    }
    match tokens.next()? {
        TokenTree::Ident(name) => Some(name),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(tokens: Vec<TokenStream>) -> String {
        let tokens: TokenStream = tokens.into_iter().collect();
        prettyplease::unparse(&syn::parse2(tokens).unwrap())
    }

    #[test]
    fn what_is_imported_is_what_is_used() {
        let items = quote! {
            enum Answer { Location(specmint_runtime::Body), Check }
            impl Answer { fn check() {} }
            fn answer(check: &'static __models::Thing) -> specmint_runtime::types::Uuid {
                specmint_runtime::check::min(check.respond, &__models::A_PATTERN) + __shared::SCHEMAS
            }
            specmint_runtime::strings! { Thing { a: specmint_runtime::types::Uuid } }
        };
        assert_eq!(
            text(in_module(vec![items])),
            "use specmint_runtime::{Body, check};
use specmint_runtime::types::Uuid;
use super::models::{A_PATTERN, Thing};
use super::SCHEMAS;
enum Answer {
    Location(Body),
    Check,
}
impl Answer {
    fn check() {}
}
fn answer(check: &'static Thing) -> Uuid {
    check::min(check.respond, &A_PATTERN) + SCHEMAS
}
specmint_runtime::strings! {
    Thing { a : Uuid }
}
"
        );
    }

    #[test]
    fn names_that_are_taken_keep_their_paths() {
        let items = quote! {
            trait Api {}
            fn a(b: specmint_runtime::Location, c: __models::Location, d: __models::Api, e: __models::A) {}
        };
        assert_eq!(
            text(in_root(Vec::new(), vec![items])),
            "use models::Location;
trait Api {}
fn a(b: specmint_runtime::Location, c: Location, d: models::Api, e: models::A) {}
"
        );
        let items = quote! {
            struct Uuid(specmint_runtime::types::Uuid, std::collections::BTreeMap<String, __models::Uuid>);
        };
        assert_eq!(
            text(in_models(vec![items])),
            "use std::collections::BTreeMap;
struct Uuid(specmint_runtime::types::Uuid, BTreeMap<String, Uuid>);
"
        );
    }
}
