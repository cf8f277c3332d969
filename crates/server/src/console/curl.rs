//! A command that uses a new token at its provider's API, to be pasted into a shell. It changes nothing, where the API
//! has an operation that does so.

use std::sync::Arc;

use specmint_store::{Owner, StoreError};

use crate::admin::{Admin, Minted};
use crate::applivery::permission;
use crate::demo::quoted;

/// A command.
pub(super) struct Curl {
    /// What it does.
    pub(super) does: &'static str,
    pub(super) command: String,
}

/// A call by which a token is tried.
struct Call {
    does: &'static str,
    path: String,
    /// What is sent, as a form.
    form: Option<String>,
}

impl Call {
    fn get(does: &'static str, path: String) -> Self {
        Self {
            does,
            path,
            form: None,
        }
    }
}

/// The command for a token of `owner`; nothing, where it opens nothing by itself.
pub(super) async fn curl(
    admin: &Admin,
    owner: &Owner,
    minted: &Minted,
) -> Result<Option<Curl>, StoreError> {
    let scopes = minted.token.scopes.as_deref().unwrap_or_default();
    let scopes: Vec<&str> = scopes.split(' ').collect();
    let call = match (owner.api.as_str(), owner.kind.as_str()) {
        ("anchorbrowser", "team") => Some(Call::get(
            "List the team’s applications",
            "/v1/applications".to_owned(),
        )),
        ("infisical", "identity") => Some(Call::get(
            "Get the identity’s organization",
            "/api/v1/identities/details".to_owned(),
        )),
        ("applivery", "organization") => organization(owner, &scopes),
        ("applivery", "application") => Some(Call::get(
            "List the application’s distributions",
            "/v1/integrations/distributions".to_owned(),
        )),
        ("beyond-identity", "application") => {
            beyond_identity(admin, owner, &scopes, &minted.secret).await?
        }
        _ => None,
    };
    let header = match owner.api.as_str() {
        "anchorbrowser" => format!("anchor-api-key: {}", minted.secret),
        _ => format!("Authorization: Bearer {}", minted.secret),
    };
    Ok(call.map(|call| {
        let url = format!("{}{}", admin.public_url(), call.path);
        let (url, header) = (quoted(&url), quoted(&header));
        let mut command = format!("curl -sS -w '\\n' {url} \\\n  -H {header}");
        if let Some(form) = &call.form {
            command.push_str(" \\\n  -d ");
            command.push_str(&quoted(form));
        }
        Curl {
            does: call.does,
            command,
        }
    }))
}

/// By what a service account may do.
fn organization(owner: &Owner, scopes: &[&str]) -> Option<Call> {
    let id = key(owner)?;
    let calls = [
        (
            permission::LIST_APPLICATIONS,
            "List the organization’s apps",
            format!("/v1/organizations/{id}/apps"),
        ),
        (
            permission::GET_ORGANIZATIONS,
            "Get the organization",
            format!("/v1/organizations/{id}"),
        ),
        (
            permission::LIST_ORGANIZATIONS,
            "List the organizations",
            "/v1/organizations".to_owned(),
        ),
    ];
    first(calls, scopes)
}

/// By what a token of the management API may do.
async fn beyond_identity(
    admin: &Admin,
    owner: &Owner,
    scopes: &[&str],
    secret: &str,
) -> Result<Option<Call>, StoreError> {
    let realm = above(admin, owner).await?;
    let tenant = match &realm {
        Some(realm) => above(admin, realm).await?,
        None => None,
    };
    let names = (
        tenant.as_deref().and_then(key),
        realm.as_deref().and_then(key),
        key(owner),
    );
    let (Some(tenant), Some(realm), Some(application)) = names else {
        return Ok(None);
    };
    let tenant = format!("/v1/tenants/{tenant}");
    let realm = format!("{tenant}/realms/{realm}");
    if scopes.contains(&"tokens:introspect") {
        return Ok(Some(Call {
            does: "Ask what the token is good for",
            path: format!("{realm}/introspect"),
            form: Some(format!("token={secret}")),
        }));
    }
    let calls = [
        (
            "tokens:read",
            "List the application’s tokens",
            format!("{realm}/applications/{application}/tokens"),
        ),
        (
            "applications:read",
            "List the realm’s applications",
            format!("{realm}/applications"),
        ),
        (
            "resource-servers:read",
            "List the realm’s resource servers",
            format!("{realm}/resource-servers"),
        ),
        ("realms:read", "Get the realm", realm.clone()),
        ("tenants:read", "Get the tenant", tenant),
    ];
    Ok(first(calls, scopes))
}

/// The first call whose scope is there.
fn first<const N: usize>(
    calls: [(&str, &'static str, String); N],
    scopes: &[&str],
) -> Option<Call> {
    let mut calls = calls.into_iter();
    let found = calls.find(|(scope, _, _)| scopes.contains(scope));
    found.map(|(_, does, path)| Call::get(does, path))
}

/// The owner that `owner` stands below.
async fn above(admin: &Admin, owner: &Owner) -> Result<Option<Arc<Owner>>, StoreError> {
    match owner.parent {
        Some(parent) => admin.store().owner(parent).await,
        None => Ok(None),
    }
}

/// By what the provider's API calls it.
fn key(owner: &Owner) -> Option<&str> {
    owner.keys.first().map(String::as_str)
}
