//! The struct of an operation's parameters, where they are too many to be arguments.

use proc_macro2::TokenStream;
use quote::quote;

use super::{debug, docs, ident, types};
use crate::ir::{Operation, Parameter};

/// The struct, if the operation has one.
pub fn items(operation: &Operation) -> Option<TokenStream> {
    let name = operation.parameters_type.as_ref()?;
    let text = format!("The parameters of {}.", docs::method(operation));
    Some(of(name, &operation.parameters, &text))
}

/// The struct of this name.
pub fn of(name: &str, parameters: &[Parameter], text: &str) -> TokenStream {
    let name = ident(name);
    let secrets = parameters.iter().map(|one| (one.name.as_str(), one.secret));
    let (derived, written) = debug::of_struct(&name, secrets);
    let text = docs::docs(text);
    let fields = parameters.iter().map(|parameter| {
        let name = ident(&parameter.name);
        let text = docs::docs(&parameter.docs);
        let ty = types::present(&parameter.ty, &parameter.presence);
        quote! { #text pub #name: #ty, }
    });
    quote! {
        #text
        #[allow(missing_docs)]
        #[derive(Clone, #derived PartialEq)]
        pub struct #name { #(#fields)* }
        #written
    }
}
