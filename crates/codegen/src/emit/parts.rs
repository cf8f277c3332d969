//! The enum of the parts of a `multipart` body.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{checks, docs, ident, types};
use crate::ir::{BodyValue, Encoding, MediaBody, Operation, OtherParts, Part, Parts, Reading};

/// The enums of an operation, and how their parts are read.
pub fn items(operation: &Operation) -> Vec<TokenStream> {
    let media = operation.body.iter().flat_map(|body| &body.media);
    media.filter_map(of_media).flatten().collect()
}

fn of_media(media: &MediaBody) -> Option<[TokenStream; 2]> {
    let (Encoding::Parts(parts), BodyValue::Parts(Some(name))) = (&media.encoding, &media.value)
    else {
        return None;
    };
    let name = ident(name);
    let text = docs::docs(&parts.docs);
    let variants = parts.parts.iter().map(variant);
    let (kept, others) = match &parts.others {
        OtherParts::Kept(variant) => {
            let variant = ident(variant);
            let kept = quote! {
                /// A part that the contract does not name.
                #variant(specmint_runtime::Part),
            };
            (Some(kept), quote!(Kept))
        }
        OtherParts::Skipped => (None, quote!(Skipped)),
        OtherParts::Refused => (None, quote!(Refused)),
    };
    let facts = parts.parts.iter().map(facts);
    let (place, value) = chosen(parts);
    Some([
        quote! {
            #text
            #[derive(Debug)]
            #[allow(clippy::large_enum_variant)]
            pub enum #name { #(#variants)* #kept }
        },
        quote! {
            impl specmint_runtime::Multipart for #name {
                const PARTS: &'static [specmint_runtime::PartFacts] = &[#(#facts),*];
                const OTHERS: specmint_runtime::OtherParts = specmint_runtime::OtherParts::#others;

                async fn read(
                    #place: usize,
                    part: specmint_runtime::Incoming,
                ) -> Result<Self, specmint_runtime::Rejection> {
                    Ok(#value)
                }
            }
        },
    ])
}

fn variant(part: &Part) -> TokenStream {
    let name = ident(&part.variant);
    let text = docs::docs(&part.docs);
    match &part.ty {
        Some(ty) => {
            let ty = types::of(ty);
            quote! { #text #name(specmint_runtime::Part<#ty>), }
        }
        None => quote! { #text #name(specmint_runtime::Part), },
    }
}

fn facts(part: &Part) -> TokenStream {
    let Part {
        wire,
        required,
        media_types,
        schema,
        ..
    } = part;
    let required = required.then(|| quote!(.required()));
    let items = part.items.map(|(least, most)| {
        let least = Literal::usize_unsuffixed(least);
        let most = most.map(Literal::usize_unsuffixed);
        let most = most.map_or_else(|| quote!(usize::MAX), |most| quote!(#most));
        quote!(.items(#least, #most))
    });
    let types = (!media_types.is_empty()).then(|| quote!(.media_types(&[#(#media_types),*])));
    quote!(specmint_runtime::PartFacts::new(#wire, #schema) #required #items #types)
}

/// What the place is called, and the part by its place: one arm for each, of which the last one takes all that is left.
fn chosen(parts: &Parts) -> (Ident, TokenStream) {
    let mut values: Vec<TokenStream> = parts.parts.iter().map(read).collect();
    if let OtherParts::Kept(variant) = &parts.others {
        let variant = ident(variant);
        values.push(quote!(Self::#variant(part.stream())));
    }
    if let [only] = values.as_slice() {
        return (format_ident!("_place"), only.clone());
    }
    let last = values.len().saturating_sub(1);
    let values = values.into_iter().enumerate();
    let arms = values.map(|(place, value)| {
        if place == last {
            return quote!(_ => #value,);
        }
        let place = Literal::usize_unsuffixed(place);
        quote!(#place => #value,)
    });
    (ident("place"), quote!(match place { #(#arms)* }))
}

fn read(part: &Part) -> TokenStream {
    let variant = ident(&part.variant);
    let Some(ty) = &part.ty else {
        return quote!(Self::#variant(part.stream()));
    };
    let check = checks::typed_closure(&part.constraints, ty);
    let method = ident(match part.reading {
        Reading::Text | Reading::List => "text",
        Reading::Json if types::is_formatted(ty) => "json_formatted",
        Reading::Json => "json",
        Reading::Object | Reading::Value => "value",
    });
    quote!(Self::#variant(part.#method(#check).await?))
}
