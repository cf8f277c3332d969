//! The trait of handlers.

use proc_macro2::TokenStream;
use quote::quote;

use super::{bodies, docs, ident, types};
use crate::ir::{Api, Body, BodyType, Module, Operation};

/// The trait of all operations.
pub fn whole(api: &Api) -> TokenStream {
    of(api, &head(api), &api.operations)
}

/// The trait of a module's operations.
pub fn module(api: &Api, module: &Module, operations: &[Operation]) -> TokenStream {
    of(api, &docs::docs(&module.docs), operations)
}

/// What the document says of all operations.
pub fn head(api: &Api) -> TokenStream {
    let head = format!(
        "The operations of {} {}.",
        plain(&api.title),
        plain(&api.version)
    );
    docs::paragraphs(&[&head, &api.docs])
}

fn of(api: &Api, text: &TokenStream, operations: &[Operation]) -> TokenStream {
    let documented = operations.iter().filter(|one| one.documents_failure());
    let documented = documented.map(|operation| {
        let name = ident(&operation.response_type);
        quote!(Into<#name>)
    });
    let others = !operations.iter().all(Operation::documents_failure);
    let problem = others.then(|| quote!(Into<specmint_runtime::Problem>));
    let responses = problem.into_iter().chain(documented);
    let methods = operations.iter().map(method);
    match (api.schemes.is_empty(), operations.is_empty()) {
        (true, _) => quote! {
            #text
            #[allow(async_fn_in_trait)]
            pub trait Api: Send + Sync + 'static {
                /// What went wrong, in the implementer's own terms; also made from what the framework refuses.
                type Error: From<specmint_runtime::Rejection> #(+ #responses)*;

                #(#methods)*
            }
        },
        (false, false) => quote! {
            #text
            #[allow(async_fn_in_trait)]
            pub trait Api: __shared::Security<Error: #(#responses)+*> {
                #(#methods)*
            }
        },
        (false, true) => quote! {
            #text
            pub trait Api: __shared::Security {}
        },
    }
}

fn method(operation: &Operation) -> TokenStream {
    let name = ident(&operation.name);
    let route = docs::code(&format!("{} {}", operation.method, operation.path));
    let text = docs::paragraphs(&[&operation.docs, &route]);
    let deprecated = docs::deprecated(operation.deprecated);
    let caller = caller(operation);
    let parameters = arguments(operation);
    let body = operation.body.iter().map(|body| {
        let ty = body_type(body);
        quote!(body: #ty,)
    });
    let response = ident(&operation.response_type);
    quote! {
        #text
        #deprecated
        async fn #name(
            &self,
            #caller
            #parameters
            #(#body)*
        ) -> Result<#response, Self::Error>;
    }
}

fn caller(operation: &Operation) -> TokenStream {
    match (
        operation.security.alternatives.is_empty(),
        operation.security.anonymous,
    ) {
        (true, _) => TokenStream::new(),
        (false, true) => quote!(caller: Option<Self::Caller>,),
        (false, false) => quote!(caller: Self::Caller,),
    }
}

fn arguments(operation: &Operation) -> TokenStream {
    match &operation.parameters_type {
        Some(name) => {
            let name = ident(name);
            quote!(parameters: #name,)
        }
        None => {
            let arguments = operation.parameters.iter().map(|parameter| {
                let name = ident(&parameter.name);
                let ty = types::present(&parameter.ty, &parameter.presence);
                quote!(#name: #ty,)
            });
            quote!(#(#arguments)*)
        }
    }
}

/// The type of the argument `body`.
pub fn body_type(body: &Body) -> TokenStream {
    let ty = match &body.ty {
        BodyType::One(value) => bodies::value(value),
        BodyType::PerMediaType(name) => {
            let name = ident(name);
            quote!(#name)
        }
    };
    if body.required {
        ty
    } else {
        quote!(Option<#ty>)
    }
}

fn plain(text: &str) -> String {
    text.replace(['[', ']', '<', '>', '`'], "")
}
