//! The revocation endpoint (RFC 7009).

use specmint_store::State;

use super::BeyondIdentity;
use super::application::Application;
use super::client::Caller;
use super::error::Error;

impl BeyondIdentity {
    /// Revokes `token`, one of `application`. To revoke what is no longer good, or never was, is no error (RFC 7009,
    /// section 2.2); to revoke what another client was given, is one (section 2.1).
    pub(super) async fn revoke(
        &self,
        caller: &Caller,
        application: &Application,
        token: &str,
    ) -> Result<(), Error> {
        match caller {
            Caller::Client(client) if !client.is_of(application) => {
                return Err(Error::InvalidClient);
            }
            Caller::Bearer(bearer) if self.realm_of(bearer).await? != Some(application.realm) => {
                return Err(Error::InvalidToken);
            }
            Caller::Client(_) | Caller::Bearer(_) => {}
        }
        if token.is_empty() {
            return Err(Error::invalid_request("token is missing."));
        }
        let Some((_, row)) = self.issued(token).await? else {
            return Ok(());
        };
        if row.state(self.store.now()) != State::Active {
            return Ok(());
        }
        if row.owner != application.id {
            return Err(Error::InvalidGrant(
                "The token was issued to another client.",
            ));
        }
        self.store.revoke(row.id, &caller.actor()).await?;
        Ok(())
    }
}
