//! Who calls: a service account of an organization, or an application by one of its tokens.

use specmint::applivery::Security;
use specmint_runtime::Bearer;
use specmint_store::{OwnerId, Token};

use super::error::Error;
use super::{API, Applivery, kind};
use crate::presented;

/// What a service account may be permitted, as the vendor names it.
pub(crate) mod permission {
    pub(crate) const LIST_ORGANIZATIONS: &str = "base.organization.management.list";
    pub(crate) const GET_ORGANIZATIONS: &str = "base.organization.management.get";
    pub(crate) const CREATE_APPLICATIONS: &str = "mad.application.management.create";
    pub(crate) const LIST_APPLICATIONS: &str = "mad.application.management.list";
    pub(crate) const GET_APPLICATIONS: &str = "mad.application.management.get";
    pub(crate) const CREATE_TOKENS: &str = "mad.application.token.create";
    pub(crate) const LIST_TOKENS: &str = "mad.application.token.list";
    pub(crate) const DELETE_TOKENS: &str = "mad.application.token.delete";

    /// All of them.
    pub(crate) const ALL: [&str; 8] = [
        LIST_ORGANIZATIONS,
        GET_ORGANIZATIONS,
        CREATE_APPLICATIONS,
        LIST_APPLICATIONS,
        GET_APPLICATIONS,
        CREATE_TOKENS,
        LIST_TOKENS,
        DELETE_TOKENS,
    ];
}

/// Who calls.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A service account.
    ServiceAccount(ServiceAccount),
    /// An application. Its token opens nothing but what is the application's own.
    Application,
}

/// A service account: whose it is and what it may do.
#[derive(Clone, Debug)]
pub struct ServiceAccount {
    pub(super) organization: OwnerId,
    /// For the trail.
    pub(super) by: String,
    permissions: String,
}

impl Caller {
    /// The service account, where only such may call.
    pub(super) fn service_account(self) -> Result<ServiceAccount, Error> {
        match self {
            Self::ServiceAccount(account) => Ok(account),
            Self::Application => Err(Error::InvalidToken),
        }
    }

    /// Lets an application pass, where only such may call.
    pub(super) fn application(self) -> Result<(), Error> {
        match self {
            Self::Application => Ok(()),
            Self::ServiceAccount(_) => Err(Error::InvalidToken),
        }
    }
}

impl ServiceAccount {
    fn of(token: &Token) -> Self {
        Self {
            organization: token.owner,
            by: format!("{}:{}", kind::SERVICE_ACCOUNT, token.id),
            permissions: token.scopes.clone().unwrap_or_default(),
        }
    }

    /// Refuses an account that lacks `permission`.
    pub(super) fn needs(&self, permission: &'static str) -> Result<(), Error> {
        if self.permissions.split(' ').any(|has| has == permission) {
            Ok(())
        } else {
            Err(Error::MissingPermission(permission))
        }
    }
}

impl Security for Applivery {
    type Caller = Caller;
    type Error = Error;

    async fn api_key(&self, key: Bearer, _: &'static [&'static str]) -> Result<Caller, Error> {
        let token = self.live(kind::SERVICE_ACCOUNT, &key).await?;
        Ok(Caller::ServiceAccount(ServiceAccount::of(&token)))
    }

    async fn application_token(
        &self,
        token: Bearer,
        _: &'static [&'static str],
    ) -> Result<Caller, Error> {
        self.live(kind::APPLICATION_TOKEN, &token).await?;
        Ok(Caller::Application)
    }
}

impl Applivery {
    async fn live(&self, kind: &str, token: &Bearer) -> Result<std::sync::Arc<Token>, Error> {
        let token = presented::live(&self.store, API, kind, "", token.expose()).await?;
        token.ok_or(Error::InvalidToken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_held_whole_or_not_at_all() {
        let may = |permissions: &str| {
            let account = ServiceAccount {
                organization: OwnerId::new(),
                by: String::new(),
                permissions: permissions.to_owned(),
            };
            account.needs(permission::CREATE_TOKENS).is_ok()
        };
        assert!(may("a mad.application.token.create b"));
        assert!(!may("mad.application.token.create.all"));
        assert!(!may(""));
    }
}
