//! What the scenarios of Infisical have in common: calls, and objects to call for.

use serde_json::{Value, json};

use crate::administration;
use crate::client::{Answer, Call};
use crate::forged;
use crate::server::Server;

/// A Token Auth configuration: seconds, seconds, uses; 0 means without end.
#[derive(Clone, Copy)]
pub struct TokenAuth {
    pub ttl: u32,
    pub max_ttl: u32,
    pub uses: u32,
}

/// A machine identity to be made.
pub struct Identity {
    role: &'static str,
    token_auth: Option<TokenAuth>,
}

/// What another organization has.
pub struct Foreign {
    pub organization_id: String,
    pub slug: String,
    pub identity_id: String,
    pub token_id: String,
    pub access_token: String,
}

impl Default for TokenAuth {
    fn default() -> Self {
        Self {
            ttl: 3600,
            max_ttl: 3600,
            uses: 0,
        }
    }
}

impl TokenAuth {
    pub fn body(self) -> Value {
        json!({
            "accessTokenTTL": self.ttl,
            "accessTokenMaxTTL": self.max_ttl,
            "accessTokenNumUsesLimit": self.uses,
        })
    }
}

impl Identity {
    pub fn of(role: &'static str, token_auth: TokenAuth) -> Self {
        Self {
            role,
            token_auth: Some(token_auth),
        }
    }

    pub fn admin(token_auth: TokenAuth) -> Self {
        Self::of("admin", token_auth)
    }

    pub fn member(token_auth: TokenAuth) -> Self {
        Self::of("member", token_auth)
    }

    pub fn no_access(token_auth: TokenAuth) -> Self {
        Self::of("no-access", token_auth)
    }

    pub fn without_token_auth() -> Self {
        Self {
            role: "admin",
            token_auth: None,
        }
    }
}

/// The path of an identity.
pub fn identity_path(id: &str) -> String {
    format!("/api/v1/identities/{id}")
}

/// The path of an identity's Token Auth.
pub fn token_auth_path(id: &str) -> String {
    format!("/api/v1/auth/token-auth/identities/{id}")
}

/// The path of an identity's tokens.
pub fn tokens_path(id: &str) -> String {
    format!("{}/tokens", token_auth_path(id))
}

/// The path of a token.
pub fn token_path(id: &str) -> String {
    format!("/api/v1/auth/token-auth/tokens/{id}")
}

/// A call by the demo's identity, which administers its organization.
pub fn admin(server: &Server, method: &str, path: &str) -> Call {
    let token = server.demo("/infisical/access_token");
    server.client.call(method, path).bearer(token)
}

/// An identity of the demo's organization: its id.
pub async fn identity(server: &Server, new: Identity) -> String {
    let body = json!({
        "name": "An identity",
        "organizationId": server.demo("/infisical/organization_id"),
        "role": new.role,
    });
    let made = admin(server, "POST", "/api/v1/identities").json(&body);
    let id = made.expect(200).await.string("/identity/id");
    if let Some(token_auth) = new.token_auth {
        attach(server, &id, &token_auth.body()).await;
    }
    id
}

/// Attaches Token Auth to an identity.
pub async fn attach(server: &Server, identity: &str, configuration: &Value) -> Answer {
    let call = admin(server, "POST", &token_auth_path(identity)).json(configuration);
    call.expect(200).await
}

/// Changes the Token Auth of an identity.
pub async fn update(server: &Server, identity: &str, configuration: &Value) -> Answer {
    let call = admin(server, "PATCH", &token_auth_path(identity)).json(configuration);
    call.expect(200).await
}

/// The minting of a token.
pub fn mint(server: &Server, identity: &str, bearer: &str) -> Call {
    server.client.post(&tokens_path(identity)).bearer(bearer)
}

/// A token of `identity`, minted by the demo's own.
pub async fn token_of(server: &Server, identity: &str) -> String {
    mint(server, identity, server.demo("/infisical/access_token"))
        .json(&json!({}))
        .expect(200)
        .await
        .string("/accessToken")
}

/// A token of a new identity.
pub async fn token(server: &Server, new: Identity) -> String {
    let identity = identity(server, new).await;
    token_of(server, &identity).await
}

/// The id of the token with this text.
pub fn id_of(token: &str) -> String {
    let (_, claims) = forged::jwt(token);
    let id = claims["identityAccessTokenId"].as_str();
    id.expect("an id").to_owned()
}

/// The use of a token: the cheapest call there is.
pub fn probe(server: &Server, token: &str) -> Call {
    let call = server.client.get("/api/v1/identities/details");
    call.bearer(token)
}

/// `renew` or `revoke` by who holds a token.
pub fn held(server: &Server, what: &str, token: &str) -> Call {
    let path = format!("/api/v1/auth/token/{what}");
    server
        .client
        .post(&path)
        .json(&json!({"accessToken": token}))
}

/// The record of a token.
pub async fn record(server: &Server, id: &str) -> Value {
    let call = admin(server, "GET", &token_path(id));
    call.expect(200).await.json()["token"].clone()
}

/// What the server signs with.
pub async fn signing_secret(server: &Server) -> Vec<u8> {
    let kept = server.store.read_secret("infisical/hs256").await;
    kept.expect("read").expect("made").to_vec()
}

/// An organization with an administering identity and its token, of which the demo's knows nothing.
pub async fn foreign(server: &Server) -> Foreign {
    let new = json!({"provider": "infisical", "kind": "organization", "name": "Another"});
    let organization = administration::make(server, &new).await;
    let identity = administration::make(
        server,
        &json!({
            "provider": "infisical",
            "kind": "identity",
            "name": "A stranger",
            "role": "admin",
            "parent_id": organization.string("/owner/id"),
        }),
    )
    .await;
    let owner = identity.string("/owner/id");
    let (token_id, access_token) = administration::mint(server, &owner, &[]).await;
    Foreign {
        organization_id: organization.string("/owner/keys/0"),
        slug: organization.string("/owner/keys/1"),
        identity_id: identity.string("/owner/keys/0"),
        token_id,
        access_token,
    }
}

pub fn assert_error(body: &Value, status: u16, error: &str) {
    assert_eq!(body["statusCode"], json!(status));
    assert_eq!(body["error"], error);
    assert!(!body["reqId"].as_str().expect("a request id").is_empty());
}

/// The call is refused in these words.
pub async fn refused(call: Call, status: u16, error: &str, message: &str) {
    let body = call.expect(status).await.json();
    assert_error(&body, status, error);
    assert_eq!(body["message"], message);
}

/// The token opens nothing any more, for this reason.
pub async fn ended(server: &Server, token: &str, message: &str) {
    let answer = probe(server, token).expect(401).await;
    assert_error(&answer.json(), 401, "UnauthorizedError");
    assert_eq!(answer.json()["message"], message);
    let challenge = answer.header("www-authenticate");
    assert_eq!(
        challenge,
        r#"Bearer realm="Infisical API", error="invalid_token""#
    );
}

/// The token's time is over.
pub async fn expired(server: &Server, token: &str) {
    let message = "Your token has expired. Please re-authenticate.";
    refused(probe(server, token), 403, "TokenError", message).await;
}
