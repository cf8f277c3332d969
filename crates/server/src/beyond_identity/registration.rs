//! What an application is registered with. Members that came later have a default, so that older records are read.

use serde::{Deserialize, Serialize};

use super::resource_server::ResourceServer;
use super::scopes::Scopes;

/// What an application is registered with.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Registration {
    pub(crate) display_name: String,
    pub(crate) client_id: String,
    /// Whether its client keeps a secret (RFC 6749, section 2.1).
    pub(crate) confidential: bool,
    pub(crate) grant_types: Vec<GrantType>,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) allowed_scopes: Scopes,
    /// The id of the resource server that its tokens are for; if none, they give access to nothing.
    pub(crate) resource_server: Option<String>,
    /// How long its tokens are good for at most, in seconds.
    pub(crate) expires_after: u32,
    #[serde(default)]
    pub(crate) protocol: Protocol,
    #[serde(default)]
    pub(crate) pkce: Pkce,
    #[serde(default)]
    pub(crate) token_format: TokenFormat,
    /// Whether an authorization code also brings a refresh token.
    #[serde(default)]
    pub(crate) refresh_tokens: bool,
    #[serde(default)]
    pub(crate) subject_field: SubjectField,
    /// How people authenticate to it, which this server keeps and does not look at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) authenticator_config_id: Option<String>,
    /// Whether it comes with the realm, and nobody may change it.
    #[serde(default)]
    pub(crate) is_managed: bool,
}

/// How long tokens for the vendor's management API are good for, in seconds: three months.
const MANAGEMENT_LIFETIME: u32 = 7_776_000;

impl Registration {
    /// The application that comes with a tenant, for the management API, which is that resource server of its realm.
    pub(crate) fn management(
        client_id: String,
        resource_server: String,
        redirect_uris: Vec<String>,
    ) -> Self {
        let server = ResourceServer::management();
        Self {
            display_name: server.display_name,
            client_id,
            confidential: true,
            grant_types: vec![GrantType::ClientCredentials, GrantType::AuthorizationCode],
            redirect_uris,
            allowed_scopes: server.scopes,
            resource_server: Some(resource_server),
            expires_after: MANAGEMENT_LIFETIME,
            protocol: Protocol::Oauth2,
            pkce: Pkce::Disabled,
            token_format: TokenFormat::SelfContained,
            refresh_tokens: false,
            subject_field: SubjectField::Id,
            authenticator_config_id: None,
            is_managed: true,
        }
    }

    /// Whether its client may get tokens for itself.
    pub(crate) fn serves_clients(&self) -> bool {
        self.confidential && self.grant_types.contains(&GrantType::ClientCredentials)
    }
}

/// A way to a token (RFC 6749, section 1.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum GrantType {
    AuthorizationCode,
    ClientCredentials,
}

/// What the application calls its protocol. Both are served alike: a token that was asked for with the scope `openid`
/// comes with an ID token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Protocol {
    #[default]
    Oauth2,
    Oidc,
}

/// Whether an authorization request has to carry a code challenge, and which (RFC 7636). A public client has to carry
/// one by S256, whatever is set (RFC 9700, section 2.1.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Pkce {
    /// It may, by S256.
    #[default]
    Disabled,
    /// It has to, by either method.
    Plain,
    /// It has to, by S256.
    S256,
}

/// What an access token is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum TokenFormat {
    /// A JWT, which says by itself what it is good for.
    #[default]
    SelfContained,
    /// A reference, of which only this server knows what it is good for.
    Referential,
}

/// By which of an identity's members its tokens name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SubjectField {
    #[default]
    Id,
    Email,
    Username,
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// A confidential application with a minute's tokens, as it was kept before the later members came.
    pub(crate) fn registered() -> Registration {
        let record = json!({
            "display_name": "An application",
            "client_id": "c",
            "confidential": true,
            "grant_types": ["authorization_code"],
            "redirect_uris": [],
            "allowed_scopes": [],
            "resource_server": null,
            "expires_after": 60,
        });
        serde_json::from_value(record).unwrap()
    }

    #[test]
    fn an_older_record_is_read() {
        let registration = registered();
        assert_eq!(registration.pkce, Pkce::Disabled);
        assert_eq!(registration.token_format, TokenFormat::SelfContained);
        assert_eq!(registration.subject_field, SubjectField::Id);
        assert!(!registration.refresh_tokens);
    }
}
