//! The introspection endpoint (RFC 7662).

use specmint::beyond_identity::models::{IntrospectRequest, IntrospectResponse};
use specmint_store::{OwnerId, State, Token};

use super::BeyondIdentity;
use super::access_token::{Claims, Record, jti_of};
use super::application::{API, Identity, kind};
use super::client::Caller;
use super::error::{Error, given};
use super::issued::Issued;
use super::refresh::Refreshing;
use super::registration::Registration;
use super::revoke::refusal;
use crate::attributes;

/// A realm, by its path and by its owner, if there is one of that path.
pub(super) struct Realm {
    pub(super) tenant_id: String,
    pub(super) realm_id: String,
    pub(super) owner: Option<OwnerId>,
}

impl BeyondIdentity {
    /// The realm of that path.
    pub(super) async fn realm(&self, tenant_id: String, realm_id: String) -> Result<Realm, Error> {
        let tenant = self.store.find_owner(API, kind::TENANT, None, &tenant_id);
        let owner = match tenant.await? {
            None => None,
            Some(tenant) => {
                let tenant = Some(tenant.id);
                let realm = self.store.find_owner(API, kind::REALM, tenant, &realm_id);
                realm.await?.map(|realm| realm.id)
            }
        };
        Ok(Realm {
            tenant_id,
            realm_id,
            owner,
        })
    }

    /// Says whether a token of `realm` is good, and what for. Of one that is not, or is not the caller's to know of, only
    /// that it is not active (RFC 7662, section 2.2).
    pub(super) async fn introspect(
        &self,
        caller: Option<Caller>,
        realm: &Realm,
        request: &IntrospectRequest,
    ) -> Result<IntrospectResponse, Error> {
        let (named, secret) = (given(&request.client_id), given(&request.client_secret));
        let caller = self.caller(caller, named, secret).await?;
        let caller = caller.filter(|caller| match caller {
            Caller::Client(client) => client.is_proved(),
            Caller::Bearer(_) | Caller::Holder(_) => true,
        });
        let caller = caller.ok_or(Error::InvalidClient)?;
        let reaches = match realm.owner {
            Some(realm) => self.reaches(&caller, realm).await?,
            None => false,
        };
        if !reaches {
            return Err(refusal(&caller));
        }
        if request.token.is_empty() {
            return Err(Error::invalid_request("token is missing."));
        }
        let issued = self.issued(&request.token).await?;
        let now = self.store.now();
        let live = issued.filter(|issued| issued.row().state(now) == State::Active);
        let Some(issued) = live else {
            return Ok(inactive());
        };
        let Some(application) = self.store.owner(issued.row().owner).await? else {
            return Ok(inactive());
        };
        // Nobody but its own client is presented a refresh token.
        let of_another = matches!((&caller, &issued), (Caller::Client(_), Issued::Refresh(_)))
            && caller.application() != application.id;
        let somebody = self.acts_for_somebody(issued.row()).await?;
        if application.parent != realm.owner || of_another || !somebody {
            return Ok(inactive());
        }
        let registration: Registration = attributes::of_owner(&application)?;
        let mut answer = match &issued {
            Issued::Access(claims, row) => {
                let identity = attributes::of_token::<Record>(row)?.identity;
                access(claims, self.username(realm, identity.as_deref()).await?)
            }
            Issued::Refresh(row) => {
                let refreshing: Refreshing = attributes::of_token(row)?;
                let username = self.username(realm, Some(refreshing.identity())).await?;
                refresh(&refreshing, row, username)
            }
        };
        answer.client_id = Some(registration.client_id);
        answer.bi_t = Some(realm.tenant_id.clone());
        answer.bi_r.get_or_insert_with(|| realm.realm_id.clone());
        Ok(answer)
    }

    /// The user name of an identity.
    async fn username(&self, realm: &Realm, id: Option<&str>) -> Result<Option<String>, Error> {
        let Some(id) = id else { return Ok(None) };
        let found = self.store.find_owner(API, kind::IDENTITY, realm.owner, id);
        let Some(owner) = found.await? else {
            return Ok(None);
        };
        let identity: Identity = attributes::of_owner(&owner)?;
        Ok(Some(identity.username))
    }
}

fn access(claims: &Claims, username: Option<String>) -> IntrospectResponse {
    IntrospectResponse {
        active: true,
        iss: Some(claims.iss.clone()),
        sub: Some(claims.sub.clone()),
        aud: Some(claims.aud.clone()),
        exp: Some(claims.exp),
        nbf: Some(claims.nbf),
        iat: Some(claims.iat),
        jti: Some(claims.jti.clone()),
        scope: Some(claims.scope.clone()),
        azp: Some(claims.azp.clone()),
        bi_p: Some(claims.bi_p.clone()),
        bi_r: Some(claims.bi_r.clone()),
        bi_custom: claims.bi_custom.clone(),
        token_type: Some("Bearer".to_owned()),
        username,
        ..inactive()
    }
}

/// Without `token_type` and `aud`, so that nobody takes it for an access token.
fn refresh(refreshing: &Refreshing, row: &Token, username: Option<String>) -> IntrospectResponse {
    IntrospectResponse {
        active: true,
        sub: Some(refreshing.subject().to_owned()),
        exp: row.expires_at.map(|end| end.timestamp()),
        iat: Some(row.created_at.timestamp()),
        jti: Some(jti_of(row.id)),
        scope: row.scopes.clone(),
        username,
        ..inactive()
    }
}

const fn inactive() -> IntrospectResponse {
    IntrospectResponse {
        active: false,
        iss: None,
        sub: None,
        aud: None,
        exp: None,
        nbf: None,
        iat: None,
        jti: None,
        scope: None,
        azp: None,
        bi_p: None,
        client_id: None,
        token_type: None,
        username: None,
        bi_t: None,
        bi_r: None,
        bi_custom: None,
    }
}
