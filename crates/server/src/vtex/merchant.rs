//! Merchants: who has an account with the provider, and how one signs in or up.

use std::sync::Arc;

use specmint::vtex::models::{SignIn, SignUp};
use specmint_runtime::check::formats;
use specmint_runtime::client_address;
use specmint_store::{NewOwner, Owner, OwnerId, StoreError};

use super::attempts::Attempt;
use super::authorization::Authorization;
use super::error::{Again, Error, Why};
use super::pages::SignInPage;
use super::{API, Vtex, application, kind};

/// The fewest characters of a new password.
const PASSWORD_LEAST: usize = 12;

/// The most characters of a password.
const PASSWORD_MOST: usize = 256;

/// The most characters of an e-mail address (RFC 5321, section 4.5.3.1.3, without the angle brackets).
const EMAIL_MOST: usize = 254;

/// A merchant's name in the trail.
pub(super) fn by(merchant: OwnerId) -> String {
    format!("{}:{merchant}", kind::MERCHANT)
}

/// Someone at the door.
pub(super) struct Visitor {
    token: String,
    email: String,
    password: String,
    /// Whether the account is yet to be made.
    new: bool,
}

impl From<SignIn> for Visitor {
    fn from(form: SignIn) -> Self {
        Self {
            token: form.token,
            email: form.email,
            password: form.password,
            new: false,
        }
    }
}

impl From<SignUp> for Visitor {
    fn from(form: SignUp) -> Self {
        Self {
            token: form.token,
            email: form.email,
            password: form.password,
            new: true,
        }
    }
}

impl Visitor {
    /// What the account is found by: addresses count in either case.
    fn key(&self) -> String {
        self.email.to_lowercase()
    }

    /// What is wrong with what was filled in, before anything is looked up.
    fn fault(&self) -> Option<Why> {
        let email = self.email.chars().count();
        if email > EMAIL_MOST || !formats::EMAIL.is_match(&self.email) {
            return Some(Why::NoAddress);
        }
        match (self.password.chars().count(), self.new) {
            (0, false) => Some(Why::NoPassword),
            (..PASSWORD_LEAST, true) => Some(Why::ShortPassword),
            (length, _) if length > PASSWORD_MOST => Some(Why::LongPassword),
            _ => None,
        }
    }

    /// The page again, with what is wrong.
    fn again(self, authorization: &Authorization, why: Why) -> Error {
        let return_url = authorization.return_url();
        let page = SignInPage::again(
            return_url,
            self.token,
            self.email,
            self.new,
            why.to_string(),
        );
        Error::Again(Box::new(Again { why, page }))
    }
}

impl Vtex {
    /// The merchant whom `visitor` says to be, with an account from before or a new one, and the token that was sent with
    /// the form.
    pub(super) async fn enter(
        &self,
        visitor: Visitor,
    ) -> Result<(Authorization, Arc<Owner>), Error> {
        let authorization = self.authorization(&visitor.token).await?;
        if let Some(why) = visitor.fault() {
            return Err(visitor.again(&authorization, why));
        }
        let application = application(&self.store).await?.id;
        let address = client_address();
        let attempt = Attempt::begin(&self.store, application, &visitor.key(), address).await?;
        let attempt = match attempt {
            Ok(attempt) => attempt,
            Err(many) => return Err(visitor.again(&authorization, Why::TooMany(many))),
        };
        let merchant = match visitor.new {
            true => self.sign_up_merchant(application, &visitor).await?,
            false => self.sign_in_merchant(application, &visitor).await?,
        };
        match merchant {
            Ok(merchant) => {
                // That accounts are made is what is counted where one is made.
                if !visitor.new {
                    attempt.forgive(&self.store).await?;
                }
                Ok((authorization, merchant))
            }
            Err(why) => Err(visitor.again(&authorization, why)),
        }
    }

    /// The merchant with that e-mail address and password.
    async fn sign_in_merchant(
        &self,
        application: OwnerId,
        visitor: &Visitor,
    ) -> Result<Result<Arc<Owner>, Why>, Error> {
        let (parent, key) = (Some(application), visitor.key());
        let merchant = self
            .store
            .find_owner(API, kind::MERCHANT, parent, &key)
            .await?;
        // Who has no account is refused by the same steps.
        let id = merchant
            .as_ref()
            .map_or(application, |merchant| merchant.id);
        let hash = self.store.unseal_owner(id).await?;
        let good = self
            .passwords
            .verify(visitor.password.clone(), hash)
            .await?;
        Ok(merchant.filter(|_| good).ok_or(Why::NotTogether))
    }

    /// A new merchant with that e-mail address and password.
    async fn sign_up_merchant(
        &self,
        application: OwnerId,
        visitor: &Visitor,
    ) -> Result<Result<Arc<Owner>, Why>, Error> {
        let hash = self.passwords.hash(visitor.password.clone()).await?;
        let made = self.store.create_owner(NewOwner {
            api: API,
            kind: kind::MERCHANT,
            parent: Some(application),
            keys: vec![visitor.key()],
            attributes: serde_json::json!({ "email": visitor.email }),
            secret_hash: None,
            sealed: Some(hash),
            by: "page:sign-up",
        });
        match made.await {
            Ok(merchant) => Ok(Ok(Arc::new(merchant))),
            Err(StoreError::Taken { .. }) => Ok(Err(Why::Taken)),
            Err(error) => Err(error.into()),
        }
    }
}
