//! The service: an implementation at the contract's paths.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{glue, ident};
use crate::ir::Api;

/// The function, the type, and how requests reach the operations.
pub fn items(api: &Api) -> Vec<TokenStream> {
    let arms = api.operations.iter().enumerate().map(|(number, operation)| {
        let number = Literal::usize_unsuffixed(number);
        let (facts, function) = (ident(&operation.facts), glue::name(operation));
        quote! {
            #number => Box::pin(async move { respond(&#facts, #function(&*api, request)).await }),
        }
    });
    vec![
        quote! {
            /// Serves `api` at the contract's paths.
            pub fn service<A: Api>(api: A) -> Service<A> {
                Service(Arc::new(api))
            }
        },
        quote! {
            /// An implementation of [`Api`] at the contract's paths, to be mounted.
            #[derive(Debug)]
            pub struct Service<A>(Arc<A>);
        },
        quote! {
            impl<A: Api> Mountable for Service<A> {
                fn routes(&self) -> &'static [Node] { ROUTES }
                fn operations(&self) -> &'static [&'static Operation] { OPERATIONS }
                fn call(
                    &self,
                    operation: usize,
                    request: Request,
                ) -> LocalBoxFuture<'static, HttpResponse> {
                    let api = Arc::clone(&self.0);
                    match operation {
                        #(#arms)*
                        _ => Box::pin(not_found()),
                    }
                }
            }
        },
    ]
}
