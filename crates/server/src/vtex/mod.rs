//! VTEX: the payment provider's configuration flow, from a token over a merchant's decision to credentials, and what those
//! open.

mod attempts;
mod authorization;
mod credentials;
mod decision;
mod error;
mod merchant;
mod pages;
mod password;
mod return_url;

use std::sync::Arc;

use specmint::vtex::models::{
    ApplicationId, Consent, CreateAuthorizationTokenRequest, Manifest, PaymentMethod,
    PaymentMethodAllowsSplit, SignIn, SignUp,
};
use specmint::vtex::{
    Api, ConsentResponse, CreateAuthorizationTokenResponse, GetCredentialsResponse,
    ManifestResponse, ProviderAuthenticationResponse, SignInResponse, SignUpResponse,
};
use specmint_runtime::Rules;
use specmint_store::{NewOwner, Owner, Store, StoreError};

use credentials::Caller;
use decision::Decided;
use error::Error;
use pages::{DeniedPage, SignInPage, json_is_preferred, policy};
use password::Passwords;

use crate::hosted_page::HostedPage;

/// The name under which the store keeps this API's owners and tokens.
pub(crate) const API: &str = "vtex";

/// The one application that there is.
pub(crate) const APPLICATION_ID: &str = "vtex";

/// Kinds of owners, and of their tokens.
pub(crate) mod kind {
    pub(crate) const APPLICATION: &str = "application";
    pub(crate) const MERCHANT: &str = "merchant";
    pub(crate) const AUTHORIZATION_TOKEN: &str = "authorization_token";
    pub(crate) const TICKET: &str = "ticket";
    pub(crate) const AUTHORIZATION_CODE: &str = "authorization_code";
    pub(crate) const CREDENTIALS: &str = "credentials";
    pub(crate) const ATTEMPTS: &str = "attempts";
}

/// The exchange of a code is a GET that uses the code up.
pub(crate) const RULES: Rules = Rules {
    any_origin: &[],
    no_head: &["getCredentials"],
    forms_called_json: &[],
};

/// The means of payment of the manifest.
const PAYMENT_METHODS: [&str; 3] = ["Visa", "Mastercard", "Pix"];

/// The provider that VTEX calls.
pub struct Vtex {
    store: Store,
    passwords: Passwords,
}

impl Vtex {
    /// On `store`.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            passwords: Passwords::new(),
        }
    }
}

/// Answers 200 with a page, or with what is on it in JSON to who prefers that.
macro_rules! shown {
    ($response:ident, $page:expr) => {{
        let page = $page;
        if json_is_preferred() {
            $response::OkJson {
                content_security_policy: policy(),
                body: page.into(),
            }
        } else {
            let HostedPage {
                body,
                content_security_policy,
            } = page.html();
            $response::OkHtml {
                body,
                content_security_policy,
            }
        }
    }};
}

impl Api for Vtex {
    async fn create_authorization_token(
        &self,
        request: CreateAuthorizationTokenRequest,
    ) -> Result<CreateAuthorizationTokenResponse, Error> {
        let token = self.authorize(request.return_url).await?;
        Ok(CreateAuthorizationTokenResponse::Ok(token))
    }

    async fn provider_authentication(
        &self,
        token: String,
        _: ApplicationId,
    ) -> Result<ProviderAuthenticationResponse, Error> {
        let authorization = self.authorization(&token).await?;
        let page = SignInPage::new(authorization.return_url(), token);
        Ok(shown!(ProviderAuthenticationResponse, page))
    }

    async fn sign_in(&self, form: SignIn) -> Result<SignInResponse, Error> {
        let (authorization, merchant) = self.enter(form.into()).await?;
        let page = self.ask(&authorization, &merchant).await?;
        Ok(shown!(SignInResponse, page))
    }

    async fn sign_up(&self, form: SignUp) -> Result<SignUpResponse, Error> {
        let (authorization, merchant) = self.enter(form.into()).await?;
        let page = self.ask(&authorization, &merchant).await?;
        Ok(shown!(SignUpResponse, page))
    }

    async fn consent(&self, form: Consent) -> Result<ConsentResponse, Error> {
        Ok(match self.decide(form).await? {
            Decided::Back(location) => ConsentResponse::SeeOther { location },
            Decided::Denied => shown!(ConsentResponse, DeniedPage),
        })
    }

    async fn get_credentials(
        &self,
        code: String,
        _: ApplicationId,
    ) -> Result<GetCredentialsResponse, Error> {
        Ok(GetCredentialsResponse::Ok(self.redeem(&code).await?))
    }

    async fn manifest(&self, caller: Caller) -> Result<ManifestResponse, Error> {
        let Caller::Merchant = caller else {
            return Err(Error::Unauthorized);
        };
        let methods = PAYMENT_METHODS.map(|name| PaymentMethod {
            name: name.to_owned(),
            allows_split: PaymentMethodAllowsSplit::Disabled,
        });
        Ok(ManifestResponse::Ok(Manifest {
            payment_methods: methods.into(),
            custom_fields: Some(Vec::new()),
        }))
    }
}

/// The application, made at its first use: the protocol has nobody who would register it.
pub(crate) async fn application(store: &Store) -> Result<Arc<Owner>, StoreError> {
    let find = || store.find_owner(API, kind::APPLICATION, None, APPLICATION_ID);
    if let Some(application) = find().await? {
        return Ok(application);
    }
    let made = store
        .create_owner(NewOwner {
            api: API,
            kind: kind::APPLICATION,
            parent: None,
            keys: vec![APPLICATION_ID.to_owned()],
            attributes: serde_json::Value::Null,
            secret_hash: None,
            sealed: None,
            by: "server",
        })
        .await;
    match made {
        Ok(application) => Ok(Arc::new(application)),
        // Another request was first.
        Err(taken @ StoreError::Taken { .. }) => find().await?.ok_or(taken),
        Err(error) => Err(error),
    }
}
