//! The trait of security schemes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, ident};
use crate::ir::{Api, Credential};

/// The trait, if the API has schemes.
pub fn items(api: &Api) -> Option<TokenStream> {
    if api.schemes.is_empty() {
        return None;
    }
    let methods = api.schemes.iter().map(|scheme| {
        let name = ident(&scheme.name);
        let text = docs::docs(&scheme.docs);
        let credential = match &scheme.credential {
            Credential::ApiKeyHeader(_)
            | Credential::ApiKeyQuery(_)
            | Credential::ApiKeyCookie(_) => quote!(ApiKey),
            Credential::Basic => quote!(Basic),
            Credential::Bearer => quote!(Bearer),
        };
        quote! {
            #text
            async fn #name(
                &self,
                credential: #credential,
                scopes: &'static [&'static str],
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
            type Error: From<Rejection>;

            #(#methods)*
        }
    })
}
