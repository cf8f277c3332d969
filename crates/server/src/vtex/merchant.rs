//! Merchants: who has an account with the provider, and how one signs in or up.

use std::sync::Arc;

use specmint::vtex::models::{SignIn, SignUp};
use specmint_store::{NewOwner, Owner, OwnerId, StoreError};

use super::authorization::Authorization;
use super::error::{Again, Error, Why};
use super::pages::SignInPage;
use super::{API, Vtex, application, attempts, kind};

/// A merchant's name in the trail.
pub(super) fn by(merchant: OwnerId) -> String {
    format!("{}:{merchant}", kind::MERCHANT)
}

/// Someone at the door.
struct Visitor<'a> {
    authorization: &'a Authorization,
    token: String,
    email: String,
    /// Whether the account is yet to be made.
    new: bool,
}

impl Visitor<'_> {
    /// What the account is found by: addresses count in either case.
    fn key(&self) -> String {
        self.email.to_lowercase()
    }

    /// The page again, with what is wrong.
    fn again(self, why: Why) -> Error {
        let page = SignInPage::again(
            self.authorization.return_url(),
            self.token,
            self.email,
            self.new,
            why.to_string(),
        );
        Error::Again(Box::new(Again { why, page }))
    }
}

impl Vtex {
    /// The merchant with that e-mail address and password, and the token that was sent with them.
    pub(super) async fn sign_in_merchant(
        &self,
        form: SignIn,
    ) -> Result<(Authorization, Arc<Owner>), Error> {
        let authorization = self.authorization(&form.token).await?;
        let visitor = Visitor {
            authorization: &authorization,
            token: form.token,
            email: form.email,
            new: false,
        };
        let application = application(&self.store).await?.id;
        if let Err(many) = attempts::count(&self.store, application, &visitor.key()).await? {
            return Err(visitor.again(Why::TooMany(many)));
        }
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
        let good = self.passwords.verify(form.password, hash).await?;
        match merchant.filter(|_| good) {
            Some(merchant) => Ok((authorization, merchant)),
            None => Err(visitor.again(Why::NotTogether)),
        }
    }

    /// A new merchant with that e-mail address and password, and the token that was sent with them.
    pub(super) async fn sign_up_merchant(
        &self,
        form: SignUp,
    ) -> Result<(Authorization, Arc<Owner>), Error> {
        let authorization = self.authorization(&form.token).await?;
        let visitor = Visitor {
            authorization: &authorization,
            token: form.token,
            email: form.email,
            new: true,
        };
        let application = application(&self.store).await?.id;
        if let Err(many) = attempts::count(&self.store, application, &visitor.key()).await? {
            return Err(visitor.again(Why::TooMany(many)));
        }
        let hash = self.passwords.hash(form.password).await?;
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
            Ok(merchant) => Ok((authorization, Arc::new(merchant))),
            Err(StoreError::Conflict { .. }) => Err(visitor.again(Why::Taken)),
            Err(error) => Err(error.into()),
        }
    }
}
