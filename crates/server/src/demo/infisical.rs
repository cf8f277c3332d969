//! Infisical's part: an organization with an administering machine identity, and a new access token of its.

use serde::{Deserialize, Serialize};
use specmint_store::Store;

use super::names::Names;
use super::object::Place;
use crate::error::StartError;
use crate::infisical::access_token::Signer;
use crate::infisical::role::Role;
use crate::infisical::{API, IdentityRecord, TokenAuth, kind, mint};

/// The vendor's default for the lifetime of tokens and its maximum, in seconds: 30 days.
const DEFAULT_TTL: u32 = 2_592_000;

/// What calls Infisical's API.
#[derive(Serialize)]
pub struct InfisicalDemo {
    /// A bearer token of the identity.
    pub access_token: String,
    /// A machine identity that administers its organization and has Token Auth.
    pub identity_id: String,
}

#[derive(Serialize, Deserialize)]
struct Organization {
    name: String,
}

pub(super) async fn make(store: &Store, names: &Names) -> Result<InfisicalDemo, StartError> {
    let organization = Place {
        api: API,
        kind: kind::ORGANIZATION,
        parent: None,
        name: names.uuid("infisical/organization"),
    };
    let name = "Demo organization".to_owned();
    let organization = organization
        .ensure(store, None, Organization { name })
        .await?;
    let identity = Place {
        api: API,
        kind: kind::IDENTITY,
        parent: Some(organization.id),
        name: names.uuid("infisical/identity"),
    };
    let record = IdentityRecord {
        id: identity.name.clone(),
        name: "Demo identity".to_owned(),
        role: Role::Admin,
        token_auth: Some(TokenAuth {
            access_token_ttl: DEFAULT_TTL,
            access_token_max_ttl: DEFAULT_TTL,
            access_token_num_uses_limit: 0,
        }),
    };
    let identity = identity.ensure(store, None, record).await?;
    let Some(token_auth) = identity.record.token_auth else {
        return Err(StartError::Object(
            "the demo identity has no Token Auth".to_owned(),
        ));
    };
    let signer = Signer::open(store).await?;
    let name = Some("demo".to_owned());
    let access_token = mint(
        store,
        &signer,
        &identity.owner,
        &identity.record,
        token_auth,
        name,
    )
    .await?;
    Ok(InfisicalDemo {
        access_token,
        identity_id: identity.record.id,
    })
}
