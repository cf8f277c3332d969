//! Tenants and realms, to be read.

use serde::Deserialize;
use specmint::beyond_identity::models::{ListRealmsResponse, Realm, Tenant};
use specmint_store::Owner;

use super::error::Error;
use super::list::Asked;
use crate::attributes;
use crate::beyond_identity::BeyondIdentity;
use crate::beyond_identity::application::{API, kind};
use crate::beyond_identity::client::Caller;
use crate::failure::Failure;

/// The most realms that a page has.
const MOST: u32 = 200;

/// What a tenant or a realm is kept with.
#[derive(Deserialize)]
struct Named {
    display_name: String,
}

impl BeyondIdentity {
    pub(in crate::beyond_identity) async fn read_tenant(
        &self,
        caller: Caller,
        tenant_id: &str,
    ) -> Result<Tenant, Error> {
        let owner = self.tenant_for(caller, tenant_id).await?.tenant;
        let named: Named = attributes::of_owner(&owner)?;
        Ok(Tenant {
            id: owner.keys.first().cloned(),
            display_name: Some(named.display_name),
            create_time: Some(owner.created_at),
            update_time: Some(owner.updated_at),
        })
    }

    pub(in crate::beyond_identity) async fn realms(
        &self,
        caller: Caller,
        tenant_id: &str,
        asked: Asked,
    ) -> Result<ListRealmsResponse, Error> {
        let reach = self.tenant_for(caller, tenant_id).await?;
        let tenant = reach.tenant.id;
        let mut owners = self.store.owners(API, kind::REALM, Some(tenant)).await?;
        owners.retain(|owner| reach.includes(owner.id));
        let page = self.page("realms", tenant, owners, asked, MOST)?;
        let realms = page.owners.iter().map(|owner| realm(owner, tenant_id));
        Ok(ListRealmsResponse {
            realms: realms.collect::<Result<_, Failure>>()?,
            total_size: page.total_size,
            next_page_token: page.next_page_token,
        })
    }

    pub(in crate::beyond_identity) async fn read_realm(
        &self,
        caller: Caller,
        tenant_id: &str,
        realm_id: &str,
    ) -> Result<Realm, Error> {
        let (_, owner) = self.realm_for(caller, tenant_id, realm_id).await?;
        Ok(realm(&owner, tenant_id)?)
    }
}

fn realm(owner: &Owner, tenant_id: &str) -> Result<Realm, Failure> {
    let named: Named = attributes::of_owner(owner)?;
    Ok(Realm {
        id: owner.keys.first().cloned(),
        tenant_id: Some(tenant_id.to_owned()),
        display_name: Some(named.display_name),
        create_time: Some(owner.created_at),
        update_time: Some(owner.updated_at),
    })
}
