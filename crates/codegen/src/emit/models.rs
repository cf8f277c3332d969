//! The module of models.

use proc_macro2::TokenStream;
use quote::quote;

use super::{enums, ident, imports, structs, view};
use crate::ir::{Api, Engine, Model, Shape};

/// The items of the module, its imports first; none when there are no models.
pub fn items(api: &Api) -> Vec<TokenStream> {
    let mut items: Vec<TokenStream> = api.models.iter().flat_map(of).collect();
    items.extend(view::number(&api.models));
    items.extend(api.patterns.iter().map(|pattern| {
        let (name, rust) = (ident(&pattern.name), &pattern.rust);
        let engine = match pattern.engine {
            Engine::Linear => quote!(new),
            Engine::Backtracking => quote!(backtracking),
        };
        quote!(pub(super) static #name: check::Pattern = check::Pattern::#engine(#rust);)
    }));
    imports::of_models(&items)
        .into_iter()
        .chain(items)
        .collect()
}

fn of(model: &Model) -> Vec<TokenStream> {
    match &model.shape {
        Shape::Struct(object) => structs::items(model, object),
        Shape::Strings(variants) => enums::strings(model, variants),
        Shape::Integers(variants) => enums::integers(model, variants),
        Shape::Boolean(variant) => enums::boolean(model, variant),
        // `resolve` does not make these yet.
        Shape::Union(_) | Shape::Tuple(_) | Shape::Newtype(_) | Shape::Json(_) => Vec::new(),
    }
}
