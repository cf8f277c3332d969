//! The service: an implementation at the contract's paths.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{glue, ident};
use crate::ir::{Api, Operation};

/// The function, the type, and how requests reach the operations of the one trait.
pub fn whole(api: &Api) -> Vec<TokenStream> {
    let head = "Serves `api` at the contract's paths.";
    if api.operations.is_empty() {
        return none(head);
    }
    let arms = arms(&api.operations, 0);
    let call = quote! {
        let api = std::sync::Arc::clone(&self.0);
        match operation {
            #(#arms)*
            _ => Box::pin(specmint_runtime::not_found()),
        }
    };
    items(head, &TokenStream::new(), &call)
}

/// The same of one module, the first of whose operations has the number `first`.
pub fn module(operations: &[Operation], first: usize) -> Vec<TokenStream> {
    let arms = arms(operations, first);
    let first = Literal::usize_unsuffixed(first);
    let head = "Serves `api` at the paths of these operations, and at no others.";
    let first = quote!(fn first(&self) -> usize { #first });
    let call = quote!(call(std::sync::Arc::clone(&self.0), operation, request));
    let mut items = items(head, &first, &call);
    items.push(quote! {
        pub(super) fn call<A: Api>(
            api: std::sync::Arc<A>,
            operation: usize,
            request: specmint_runtime::Request,
        ) -> specmint_runtime::LocalBoxFuture<'static, specmint_runtime::HttpResponse> {
            match operation {
                #(#arms)*
                _ => Box::pin(specmint_runtime::not_found()),
            }
        }
    });
    items
}

/// The same of all modules together.
pub fn of_modules(api: &Api) -> Vec<TokenStream> {
    let arms = api.spread().map(|(module, first, operations)| {
        let name = ident(&module.name);
        let end = Literal::usize_unsuffixed(first + operations.len());
        let first = Literal::usize_unsuffixed(first);
        quote!(#first..#end => #name::call(api, operation, request),)
    });
    let arms: Vec<TokenStream> = arms.collect();
    let head = "Serves `api`, which has the operations of all modules, at the contract's paths.";
    let call = quote! {
        let api = std::sync::Arc::clone(&self.0);
        match operation {
            #(#arms)*
            _ => Box::pin(specmint_runtime::not_found()),
        }
    };
    items(head, &TokenStream::new(), &call)
}

/// The same of no operations at all.
fn none(head: &str) -> Vec<TokenStream> {
    let call = quote! {
        let Self(_api) = self;
        Box::pin(specmint_runtime::not_found())
    };
    let nothing = format_ident!("_");
    let arguments = [nothing.clone(), nothing];
    mountable(head, &TokenStream::new(), &call, &arguments)
}

fn items(head: &str, first: &TokenStream, call: &TokenStream) -> Vec<TokenStream> {
    mountable(head, first, call, &[ident("operation"), ident("request")])
}

fn mountable(
    head: &str,
    first: &TokenStream,
    call: &TokenStream,
    [operation, request]: &[Ident; 2],
) -> Vec<TokenStream> {
    let head = format!(" {head}");
    vec![
        quote! {
            #[doc = #head]
            pub fn service<A: Api>(api: A) -> Service<A> {
                Service(std::sync::Arc::new(api))
            }
        },
        quote! {
            /// An implementation of [`Api`] at the contract's paths, to be mounted.
            #[derive(Debug)]
            pub struct Service<A>(std::sync::Arc<A>);
        },
        quote! {
            impl<A: Api> specmint_runtime::Mountable for Service<A> {
                fn routes(&self) -> &'static [specmint_runtime::Node] { __shared::ROUTES }
                fn operations(&self) -> &'static [&'static specmint_runtime::Operation] { OPERATIONS }
                #first
                fn call(
                    &self,
                    #operation: usize,
                    #request: specmint_runtime::Request,
                ) -> specmint_runtime::LocalBoxFuture<'static, specmint_runtime::HttpResponse> {
                    #call
                }
            }
        },
    ]
}

/// How the operations are called, the first having the number `first`.
fn arms(operations: &[Operation], first: usize) -> Vec<TokenStream> {
    let numbered = (first..).zip(operations);
    let arms = numbered.map(|(number, operation)| {
        let number = Literal::usize_unsuffixed(number);
        let (facts, function) = (ident(&operation.facts), glue::name(operation));
        let respond = if operation.documents_failure() {
            quote!(respond)
        } else {
            quote!(respond_or_problem)
        };
        quote! {
            #number => Box::pin(async move { specmint_runtime::#respond(&#facts, #function(&*api, request)).await }),
        }
    });
    arms.collect()
}
