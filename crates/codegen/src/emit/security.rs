//! Who may call: the trait of security schemes, and the functions that find the caller.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{docs, ident};
use crate::ir::{Alternative, Api, Credential, Scheme, Security};

/// The trait, if the API has schemes.
pub fn items(api: &Api) -> Option<TokenStream> {
    if api.schemes.is_empty() {
        return None;
    }
    let methods = api.schemes.iter().map(method);
    let combine = combines(api).then(|| {
        quote! {
            /// Whom two credentials belong to, where the contract asks for both at once: who refuses two callers
            /// that do not belong together answers with an error. More than two are combined from the first on.
            async fn combine_callers(
                &self,
                first: Self::Caller,
                second: Self::Caller,
            ) -> Result<Self::Caller, Self::Error>;
        }
    });
    Some(quote! {
        /// Who may call: one method for each security scheme of the contract.
        #[allow(async_fn_in_trait)]
        pub trait Security: Send + Sync + 'static {
            /// Whom a credential belongs to.
            type Caller;

            /// What went wrong, in the implementer's own terms; also made from what the framework refuses.
            type Error: From<specmint_runtime::Rejection>;

            #(#methods)*
            #combine
        }
    })
}

fn method(scheme: &Scheme) -> TokenStream {
    let name = ident(&scheme.name);
    let text = docs::docs(&scheme.docs);
    let credential = match &scheme.credential {
        Credential::ApiKeyHeader(_) | Credential::ApiKeyQuery(_) | Credential::ApiKeyCookie(_) => {
            quote!(specmint_runtime::ApiKey)
        }
        Credential::Basic => quote!(specmint_runtime::Basic),
        Credential::Bearer => quote!(specmint_runtime::Bearer),
        Credential::Http(_) => quote!(specmint_runtime::Credentials),
        Credential::Certificate => quote!(specmint_runtime::ClientCertificate),
        Credential::Undeclared => quote!(specmint_runtime::RequestHead),
    };
    quote! {
        #text
        async fn #name(
            &self,
            credential: #credential,
            scopes: &'static [&'static str],
        ) -> Result<Self::Caller, Self::Error>;
    }
}

/// Whether some operation asks for several schemes at once.
fn combines(api: &Api) -> bool {
    let mut alternatives = api
        .operations
        .iter()
        .flat_map(|one| &one.security.alternatives);
    alternatives.any(|one| one.needs.len() > 1)
}

/// One function for each distinct `security`.
pub fn functions(api: &Api) -> Vec<TokenStream> {
    let mut seen = HashSet::new();
    let all = api.operations.iter().map(|operation| &operation.security);
    let closed = all.filter(|security| !security.alternatives.is_empty());
    closed
        .filter(|security| seen.insert(&security.function))
        .map(|security| function(api, security))
        .collect()
}

fn function(api: &Api, security: &Security) -> TokenStream {
    let name = ident(&security.function);
    let alternatives = security
        .alternatives
        .iter()
        .filter_map(|one| alternative(api, one));
    let (caller, method) = if security.anonymous {
        (quote!(Option<A::Caller>), quote!(caller_or_anonymous))
    } else {
        (quote!(A::Caller), quote!(caller))
    };
    quote! {
        async fn #name<A: Security>(api: &A, request: &specmint_runtime::Request) -> Result<#caller, specmint_runtime::Stop<A::Error>> {
            let mut access = specmint_runtime::Access::new();
            #(#alternatives)*
            access.#method()
        }
    }
}

fn alternative(api: &Api, alternative: &Alternative) -> Option<TokenStream> {
    let mut calls = Vec::new();
    let mut credentials = Vec::new();
    for need in &alternative.needs {
        // A need without its scheme would be a door without a lock: there is none, and then no such door.
        let scheme = api.schemes.get(need.scheme)?;
        let (method, scopes) = (ident(&scheme.name), &need.scopes);
        let credential = match alternative.needs.len() {
            1 => ident("credential"),
            _ => format_ident!("credential_{}", credentials.len() + 1),
        };
        calls.push(quote!(api.#method(#credential, &[#(#scopes),*])));
        credentials.push((credential, presented(&scheme.credential)));
    }
    let mut credentials = credentials.into_iter();
    let (mut pattern, mut presented) = credentials
        .next()
        .map(|(name, presented)| (quote!(#name), presented))?;
    for (name, further) in credentials {
        pattern = quote!((#pattern, #name));
        presented = quote!(#presented.and(#further));
    }
    let (first, further) = calls.split_first()?;
    let verify = if further.is_empty() {
        first.clone()
    } else {
        let further = further
            .iter()
            .map(|call| quote!(let caller = api.combine_callers(caller, #call.await?).await?;));
        quote! {
            async move {
                let caller = #first.await?;
                #(#further)*
                Ok(caller)
            }
        }
    };
    Some(quote! {
        access.alternative(#presented, |#pattern| #verify).await;
    })
}

fn presented(credential: &Credential) -> TokenStream {
    match credential {
        Credential::ApiKeyHeader(name) => quote!(request.api_key_header(#name)),
        Credential::ApiKeyQuery(name) => quote!(request.api_key_query(#name)),
        Credential::ApiKeyCookie(name) => quote!(request.api_key_cookie(#name)),
        Credential::Basic => quote!(request.basic()),
        Credential::Bearer => quote!(request.bearer()),
        Credential::Http(scheme) => quote!(request.credentials(#scheme)),
        Credential::Certificate => quote!(request.client_certificate()),
        Credential::Undeclared => quote!(request.head()),
    }
}
