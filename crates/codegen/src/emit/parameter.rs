//! A Parameter Object, as an expression that says what is not the default of where it stands.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::ident;
use crate::ir::{Location, Operation, Parameter, Style};

/// The JSON Pointer of the operation's `parameters`, where it has some of its own; empty where it has none.
pub fn base(operation: &Operation) -> &str {
    let mut own = operation.parameters.iter().filter_map(|parameter| {
        let (base, _) = parameter.schema.rsplit_once("/parameters/")?;
        // What stands at the path's item is below it, and not below one of its methods.
        (base.matches('/').count() > 2 && base.starts_with("/paths/"))
            .then(|| parameter.schema.get(..base.len() + "/parameters".len()))?
    });
    own.next().unwrap_or_default()
}

/// `Parameter::query("limit", "0/schema")`.
pub fn of(parameter: &Parameter, base: &str) -> TokenStream {
    let Parameter {
        wire,
        schema,
        beside,
        ..
    } = parameter;
    let below = schema.strip_prefix(base).filter(|_| !base.is_empty());
    let schema = below
        .and_then(|below| below.strip_prefix('/'))
        .unwrap_or(schema);
    let (new, plain) = match parameter.location {
        Location::Path(index) => {
            let index = Literal::usize_unsuffixed(index);
            (quote!(path(#index, #wire, #schema)), Style::Simple)
        }
        Location::Query => (quote!(query(#wire, #schema)), Style::Form),
        Location::Header => (quote!(header(#wire, #schema)), Style::Simple),
        Location::Cookie => (quote!(cookie(#wire, #schema)), Style::Form),
    };
    let style = (parameter.style != plain).then(|| {
        let style = style(parameter.style);
        quote!(.style(specmint_runtime::Style::#style))
    });
    let explode = (parameter.explode != (plain == Style::Form)).then(|| {
        let explode = parameter.explode;
        quote!(.explode(#explode))
    });
    let beside = (!beside.is_empty()).then(|| quote!(.beside(&[#(#beside),*])));
    let empty = parameter.allow_empty.then(|| quote!(.allow_empty()));
    quote!(specmint_runtime::Parameter::#new #style #explode #beside #empty)
}

/// The variant of the runtime's `Style`.
pub fn style(style: Style) -> Ident {
    ident(match style {
        Style::Simple => "Simple",
        Style::Label => "Label",
        Style::Matrix => "Matrix",
        Style::Form => "Form",
        Style::Cookie => "Cookie",
        Style::SpaceDelimited => "SpaceDelimited",
        Style::PipeDelimited => "PipeDelimited",
        Style::DeepObject => "DeepObject",
        Style::Whole => "Whole",
    })
}
