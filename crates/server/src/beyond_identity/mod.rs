//! Beyond Identity: the OAuth 2.0 and OpenID Connect endpoints of an application.

mod access_token;
pub(crate) mod administered;
mod api;
pub(crate) mod application;
mod asking;
mod authorize;
mod client;
mod code;
mod consent;
mod discovery;
mod error;
mod form_post;
mod grant;
mod hint;
mod id_token;
mod introspect;
mod issue;
mod issued;
mod keys;
pub(crate) mod loose_ends;
mod management;
mod pending;
mod person;
mod pkce;
mod redirect;
mod refresh;
pub(crate) mod registration;
mod requested;
pub(crate) mod resource_server;
mod revoke;
mod rotation;
pub(crate) mod scopes;
mod signer;
mod token;
mod userinfo;

use specmint_runtime::Rules;
use specmint_store::Store;
use tokio::sync::Mutex;

pub use error::Error;
pub use rotation::{Rotation, rotate_keys};

use crate::error::StartError;
use application::Application;
use keys::Keys;
use management::PageTokens;

/// The applications of all tenants, and the keys that their tokens are signed with.
pub struct BeyondIdentity {
    store: Store,
    keys: Keys,
    page_tokens: PageTokens,
    public_url: String,
    auto_approve: bool,
    /// Held while it is looked who refers to a resource server, or whether there is one to refer to, and something is kept
    /// because of it.
    references: Mutex<()>,
}

/// Apps in browsers are on origins of their own, and authenticate by what they send (RFC 9700, section 2.6). Nothing
/// that a person or a server sends is among these.
pub(crate) const RULES: Rules = Rules {
    any_origin: &[
        "readOpenidConfiguration",
        "readOpenidConfigurationByPath",
        "readAuthorizationServerMetadata",
        "readAuthorizationServerMetadataByPath",
        "readKeys",
        "createToken",
        "revokeToken",
        "readUserInfo",
        "readUserInfoByPost",
    ],
    no_head: &[],
    // The vendor's sample does.
    forms_called_json: &["revokeToken"],
};

impl BeyondIdentity {
    /// On `store`; `public_url` is what tokens name as the place of their issue, and `auto_approve` lets the first
    /// identity of a realm approve everything, without a page.
    ///
    /// # Errors
    /// When the signing key cannot be made or read.
    pub async fn new(
        store: Store,
        public_url: String,
        auto_approve: bool,
    ) -> Result<Self, StartError> {
        let keys = Keys::open(&store).await?;
        let page_tokens = PageTokens::open(&store).await?;
        Ok(Self {
            store,
            keys,
            page_tokens,
            public_url,
            auto_approve,
            references: Mutex::new(()),
        })
    }

    /// The application at that place; else the error that `unknown` is.
    async fn application(
        &self,
        tenant_id: &str,
        realm_id: &str,
        application_id: &str,
        unknown: Error,
    ) -> Result<Application, Error> {
        let found = Application::find(&self.store, tenant_id, realm_id, application_id).await?;
        found.ok_or(unknown)
    }
}
