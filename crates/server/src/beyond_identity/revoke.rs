//! The revocation endpoint (RFC 7009).

use specmint::beyond_identity::models::RevokeRequest;
use specmint_store::State;

use super::BeyondIdentity;
use super::application::Application;
use super::client::Caller;
use super::error::{Error, given};
use super::issued::Issued;

impl BeyondIdentity {
    /// Revokes a token of `application`. To revoke what is no longer good, or never was, is no error (RFC 7009,
    /// section 2.2); to revoke what another client was given, is one (section 2.1).
    pub(super) async fn revoke(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &RevokeRequest,
    ) -> Result<(), Error> {
        let by = self.revoker(caller, application, request).await?.actor();
        if request.token.is_empty() {
            return Err(Error::invalid_request("token is missing."));
        }
        let Some(issued) = self.issued(&request.token).await? else {
            return Ok(());
        };
        let row = issued.row();
        let is_good = row.state(self.store.now()) == State::Active;
        match issued {
            _ if row.owner != application.id => {
                if is_good {
                    return Err(Error::InvalidGrant(
                        "The token was issued to another client.",
                    ));
                }
            }
            Issued::Access(..) if is_good => {
                self.store.revoke(row.id, &by).await?;
            }
            Issued::Access(..) => {}
            // The tokens of the same approval end with it (RFC 7009, section 2.1), also by one that was used: a client that
            // never got its successor has no other.
            Issued::Refresh(_) => {
                self.store.revoke_family(row.id, &by).await?;
            }
        }
        Ok(())
    }

    /// Who revokes: the application's client, public or not, or a bearer of its realm.
    async fn revoker(
        &self,
        caller: Option<Caller>,
        application: &Application,
        request: &RevokeRequest,
    ) -> Result<Caller, Error> {
        let named = given(&request.client_id);
        let secret = given(&request.client_secret);
        let caller = match self.caller(caller, named, secret).await? {
            Some(caller) => caller,
            None => Caller::Client(self.identify(application, named)?),
        };
        let good = match &caller {
            Caller::Client(client) => client.is_of(application),
            Caller::Bearer(_) | Caller::Holder(_) => {
                self.reaches(&caller, application.realm).await?
            }
        };
        if good {
            Ok(caller)
        } else {
            Err(refusal(&caller))
        }
    }
}

/// What a caller is told who is not one of this place.
pub(super) const fn refusal(caller: &Caller) -> Error {
    match caller {
        Caller::Client(_) => Error::InvalidClient,
        Caller::Bearer(_) | Caller::Holder(_) => Error::InvalidToken,
    }
}
