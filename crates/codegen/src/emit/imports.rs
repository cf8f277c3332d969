//! `use`: emitters write every path in full, and here it is shortened to its last name, which is imported.
//!
//! So what is imported is what is used, and nothing has to be kept free: where a module declares a name itself, or two paths
//! end in the same one, the path stays as it is. Of two paths, a model comes first, then what the runtime has, then others.

mod names;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use self::names::{Path, Step};
use super::ident;

/// The module of a path to a model, or to another item of its module, until it is known from where it is seen.
pub const MODELS: &str = "__models";

/// The same of what operations share.
pub const SHARED: &str = "__shared";

/// The type parameter of functions and types that take an implementation.
const IMPLEMENTATION: &str = "A";

/// The modules whose items are imported, in the order of their `use`: each path, and its names.
const IMPORTED: &[(&str, &[&str])] = &[
    ("std::collections", &["std", "collections"]),
    ("std::sync", &["std", "sync"]),
    ("specmint_runtime", &["specmint_runtime"]),
    ("specmint_runtime::types", &["specmint_runtime", "types"]),
    ("utoipa", &["utoipa"]),
    (MODELS, &[MODELS]),
    (SHARED, &[SHARED]),
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
    for module in &modules {
        seen.declared.extend(names::declared(module));
    }
    let mut read = Vec::with_capacity(items.len());
    for item in items {
        seen.declared.extend(names::declared(&item));
        let steps = names::steps(item);
        seen.look(&steps);
        read.push(steps);
    }
    let imports = seen.imports(from);
    let items = read.into_iter().map(|item| imports.shorten(item));
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
    fn look(&mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Path(path) => self.used.extend(path.item()),
                Step::Group(_, inner) => self.look(inner),
                Step::Other(_) => {}
            }
        }
    }

    fn imports(mut self, from: From) -> Imports {
        if !matches!(from, From::Models) {
            self.declared.insert(IMPLEMENTATION.to_owned());
        }
        let mut imported: HashMap<String, &'static str> = HashMap::new();
        let by_rank = IMPORTED.iter().rev().map(|(module, _)| module);
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
    fn shorten(&self, steps: Vec<Step>) -> TokenStream {
        let mut shorter = TokenStream::new();
        for step in steps {
            match step {
                Step::Path(path) => shorter.extend(self.shorter(path)),
                Step::Group(delimiter, inner) => {
                    let group = Group::new(delimiter, self.shorten(inner));
                    shorter.extend([TokenTree::Group(group)]);
                }
                Step::Other(tree) => shorter.extend([tree]),
            }
        }
        shorter
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
        let modules = IMPORTED.iter().map(|(module, _)| module);
        let uses = modules.filter_map(|module| {
            let path = self.module(module);
            let names: Vec<Ident> = names.get(module)?.iter().map(|name| ident(name)).collect();
            Some(match names.as_slice() {
                [one] => quote!(use #path::#one;),
                all => quote!(use #path::{#(#all),*};),
            })
        });
        uses.collect()
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
