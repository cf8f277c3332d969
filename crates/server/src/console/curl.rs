//! A command that uses a new token at its provider's API, to be pasted into a shell. It changes nothing, where the API
//! has an operation that does so.

use specmint_store::{Owner, StoreError};

use crate::admin::{Admin, Minted};
use crate::demo::quoted;

/// A command.
pub(super) struct Curl {
    /// What it does.
    pub(super) does: &'static str,
    pub(super) command: String,
}

/// A call by which a token is tried.
struct Try {
    does: &'static str,
    path: String,
    json: Option<&'static str>,
}

/// The command for a token of `owner`; nothing, where it opens nothing by itself.
pub(super) async fn curl(
    admin: &Admin,
    owner: &Owner,
    minted: &Minted,
) -> Result<Option<Curl>, StoreError> {
    let calls = match (owner.api.as_str(), owner.kind.as_str()) {
        ("anchorbrowser", "team") => anchorbrowser(admin, owner).await?,
        ("infisical", "identity") => infisical(owner),
        ("applivery", "organization") => organization(owner, minted),
        ("applivery", "application") => Some(Try {
            does: "List the application's distributions",
            path: "/v1/integrations/distributions".to_owned(),
            json: None,
        }),
        ("beyond-identity", "application") => beyond_identity(admin, owner, minted).await?,
        _ => None,
    };
    let header = match owner.api.as_str() {
        "anchorbrowser" => format!("anchor-api-key: {}", minted.secret),
        _ => format!("Authorization: Bearer {}", minted.secret),
    };
    Ok(calls.map(|call| {
        let url = format!("{}{}", admin.public_url(), call.path);
        let mut command = format!(
            "curl -sS -w '\\n' {} \\\n  -H {}",
            quoted(&url),
            quoted(&header)
        );
        if let Some(json) = call.json {
            command.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d ");
            command.push_str(&quoted(json));
        }
        Curl {
            does: call.does,
            command,
        }
    }))
}

async fn anchorbrowser(admin: &Admin, owner: &Owner) -> Result<Option<Try>, StoreError> {
    let store = admin.store();
    let applications = store.owners("anchorbrowser", "application", Some(owner.id));
    let applications = applications.await?;
    let application = applications.first().and_then(key);
    Ok(application.map(|application| Try {
        does: "Make an identity token of the team's first application",
        path: format!("/v1/applications/{application}/tokens"),
        json: Some(r#"{"callbackUrl":"https://app.example.com/linked"}"#),
    }))
}

fn infisical(owner: &Owner) -> Option<Try> {
    key(owner).map(|identity| Try {
        does: "Make a token of the same identity",
        path: format!("/api/v1/auth/token-auth/identities/{identity}/tokens"),
        json: Some(r#"{"name":"my token"}"#),
    })
}

fn organization(owner: &Owner, minted: &Minted) -> Option<Try> {
    let id = key(owner)?;
    let can = |permission: &str| may(minted, permission);
    if can("mad.application.management.list") {
        return Some(Try {
            does: "List the organization's apps",
            path: format!("/v1/organizations/{id}/apps"),
            json: None,
        });
    }
    can("base.organization.management.list").then(|| Try {
        does: "List the organizations",
        path: "/v1/organizations".to_owned(),
        json: None,
    })
}

async fn beyond_identity(
    admin: &Admin,
    owner: &Owner,
    minted: &Minted,
) -> Result<Option<Try>, StoreError> {
    let _ = (admin, owner, minted);
    Ok(None)
}

/// By what the provider's API calls it.
fn key(owner: &Owner) -> Option<&str> {
    owner.keys.first().map(String::as_str)
}

fn may(minted: &Minted, scope: &str) -> bool {
    let scopes = minted.token.scopes.as_deref().unwrap_or_default();
    scopes.split(' ').any(|has| has == scope)
}
