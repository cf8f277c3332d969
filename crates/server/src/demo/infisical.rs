//! Infisical's part: an organization with an administering machine identity, and a new access token of its.

use serde::Serialize;
use specmint_store::Store;

use super::names::Names;
use super::object::{BY, Place};
use crate::error::StartError;
use crate::infisical::access_token::Signer;
use crate::infisical::identity::{Identity, IdentityRecord};
use crate::infisical::organization::OrganizationRecord;
use crate::infisical::role::Role;
use crate::infisical::token::mint;
use crate::infisical::token_auth::{self, TokenAuth, TokenAuthRecord};
use crate::infisical::trusted_ip::TrustedIp;
use crate::infisical::{API, kind};

/// What calls Infisical's API.
#[derive(Serialize)]
pub struct InfisicalDemo {
    /// A bearer token of the identity.
    pub access_token: String,
    /// A machine identity that administers its organization and has Token Auth.
    pub identity_id: String,
    /// The organization.
    pub organization_id: String,
}

pub(super) async fn make(store: &Store, names: &Names) -> Result<InfisicalDemo, StartError> {
    let organization = Place {
        api: API,
        kind: kind::ORGANIZATION,
        parent: None,
        name: names.uuid("infisical/organization"),
    };
    let record = OrganizationRecord {
        name: "Demo organization".to_owned(),
        slug: "demo-organization".to_owned(),
    };
    let slug = record.slug.clone();
    let organization = organization.ensure(store, Some(&slug), record).await?;
    let identity = Place {
        api: API,
        kind: kind::IDENTITY,
        parent: Some(organization.id),
        name: names.uuid("infisical/identity"),
    };
    let record = IdentityRecord {
        id: identity.name.parse().map_err(unusable)?,
        name: "Demo identity".to_owned(),
        role: Role::Admin,
        has_delete_protection: false,
        metadata: Vec::new(),
    };
    let identity = identity.ensure(store, None, record).await?;
    // Its new token is the way back into an organization that has locked everybody out.
    let identity = identity.mend(store, administering).await?;
    let token_auth = Place {
        api: API,
        kind: kind::TOKEN_AUTH,
        parent: Some(identity.id),
        name: token_auth::KEY.to_owned(),
    };
    let record = TokenAuthRecord::default();
    let token_auth = token_auth.ensure(store, None, record).await?;
    let token_auth = token_auth.mend(store, from_anywhere).await?;
    let token_auth = TokenAuth {
        owner: token_auth.owner,
        record: token_auth.record,
    };
    let identity_id = identity.name;
    let identity = Identity {
        owner: identity.owner,
        record: identity.record,
    };
    let signer = Signer::open(store).await?;
    let (name, by) = (Some("demo".to_owned()), BY.to_owned());
    let (_, access_token) = mint(store, &signer, &identity, &token_auth, name, by).await?;
    Ok(InfisicalDemo {
        access_token,
        identity_id,
        organization_id: organization.name,
    })
}

fn administering(record: IdentityRecord) -> IdentityRecord {
    IdentityRecord {
        role: Role::Admin,
        ..record
    }
}

fn from_anywhere(record: TokenAuthRecord) -> TokenAuthRecord {
    TokenAuthRecord {
        access_token_trusted_ips: TrustedIp::anywhere(),
        ..record
    }
}

fn unusable(cause: impl ToString) -> StartError {
    StartError::Object(cause.to_string())
}
