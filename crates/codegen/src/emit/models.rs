//! The module of models.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Options, checks, enums, ident, imports, newtypes, structs, unions, view, xml};
use crate::ir::{Api, Engine, Model, Shape};

/// The items of the module, its imports first; none when there are no models.
pub fn items(api: &Api, options: Options) -> Vec<TokenStream> {
    let models = api.models.iter();
    let mut items: Vec<TokenStream> = models.flat_map(|model| of(model, options)).collect();
    items.extend(checks::unconstrained(&api.models));
    if options.utoipa {
        items.extend(view::number(&api.models));
    }
    items.extend(api.patterns.iter().map(|pattern| {
        let (name, rust) = (ident(&pattern.name), &pattern.rust);
        let engine = match pattern.engine {
            Engine::Linear => quote!(new),
            Engine::Backtracking => quote!(backtracking),
        };
        quote!(pub(super) static #name: specmint_runtime::check::Pattern = specmint_runtime::check::Pattern::#engine(#rust);)
    }));
    items.extend(api.xml.iter().map(xml::object));
    imports::in_models(items)
}

fn of(model: &Model, options: Options) -> Vec<TokenStream> {
    match &model.shape {
        Shape::Struct(object) => structs::items(model, object, options),
        Shape::Strings(variants) => enums::strings(model, variants, options),
        Shape::Integers(variants) => enums::integers(model, variants, options),
        Shape::Boolean(variant) => enums::boolean(model, variant, options),
        Shape::Union(union) => unions::items(model, union, options),
        Shape::Tuple(items) => newtypes::tuple(model, items, options),
        Shape::Newtype(item) => newtypes::newtype(model, item, options),
        Shape::Json(json) => newtypes::json(model, json, options),
    }
}
