//! What an application tells about itself (OpenID Connect Discovery 1.0, section 3; RFC 8414, section 2).

use specmint::beyond_identity::models::{JsonWebKeySet, ProviderMetadata};

use super::BeyondIdentity;
use super::application::Application;
use super::error::Error;
use super::keys::{Key, jwks_uri};
use super::redirect::ResponseMode;
use super::registration::{GrantType, Pkce};
use super::scopes::{OF_OPENID, OFFLINE_ACCESS};

impl BeyondIdentity {
    /// The application as the issuer of its tokens.
    pub(super) fn issuer(&self, application: &Application) -> String {
        format!("{}/v1/{}", self.public_url, application.path())
    }

    /// Where the application's endpoints are, and what they support.
    pub(super) fn metadata(&self, application: &Application) -> ProviderMetadata {
        let issuer = self.issuer(application);
        let at = |endpoint: &str| format!("{issuer}/{endpoint}");
        let authentication = if application.registration.confidential {
            &["client_secret_basic", "client_secret_post"][..]
        } else {
            &["none"]
        };
        let challenges = match application.pkce() {
            Pkce::Plain => &["S256", "plain"][..],
            Pkce::Disabled | Pkce::S256 => &["S256"],
        };
        ProviderMetadata {
            authorization_endpoint: at("authorize"),
            token_endpoint: at("token"),
            jwks_uri: jwks_uri(&issuer),
            userinfo_endpoint: at("userinfo"),
            revocation_endpoint: at("revoke"),
            introspection_endpoint: format!(
                "{}/v1/{}/introspect",
                self.public_url,
                application.realm_path()
            ),
            scopes_supported: scopes(application),
            response_types_supported: list(&["code"]),
            response_modes_supported: list(&ResponseMode::NAMES),
            grant_types_supported: grants(application),
            subject_types_supported: list(&["public"]),
            id_token_signing_alg_values_supported: list(&["RS256"]),
            token_endpoint_auth_methods_supported: list(authentication),
            revocation_endpoint_auth_methods_supported: list(authentication),
            introspection_endpoint_auth_methods_supported: list(&[
                "client_secret_basic",
                "client_secret_post",
            ]),
            code_challenge_methods_supported: list(challenges),
            prompt_values_supported: list(&["none", "login", "consent", "select_account"]),
            claims_supported: list(&CLAIMS),
            claim_types_supported: list(&["normal"]),
            claims_parameter_supported: false,
            request_parameter_supported: false,
            request_uri_parameter_supported: false,
            authorization_response_iss_parameter_supported: true,
            issuer,
        }
    }

    /// The keys whose tokens may still be good.
    pub(super) async fn key_set(&self) -> Result<JsonWebKeySet, Error> {
        let ring = self.keys.look_again().await?;
        let now = self.store.now();
        let good = ring.iter().filter(|key| key.is_good(now));
        Ok(JsonWebKeySet {
            keys: good.map(Key::public).collect(),
        })
    }
}

/// What ID tokens and `/userinfo` tell.
const CLAIMS: [&str; 12] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "iat",
    "auth_time",
    "nonce",
    "at_hash",
    "azp",
    "name",
    "preferred_username",
    "email",
];

fn list(values: &[&str]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// Those of OpenID Connect, and what the application is allowed.
fn scopes(application: &Application) -> Vec<String> {
    let registration = &application.registration;
    let of_openid = OF_OPENID
        .into_iter()
        .filter(|scope| registration.refresh_tokens || *scope != OFFLINE_ACCESS);
    let allowed = registration.allowed_scopes.iter();
    of_openid.chain(allowed).map(ToOwned::to_owned).collect()
}

fn grants(application: &Application) -> Vec<String> {
    let mut grants = Vec::new();
    if application.may_use(GrantType::AuthorizationCode) {
        grants.push("authorization_code");
        if application.registration.refresh_tokens {
            grants.push("refresh_token");
        }
    }
    if application.may_use(GrantType::ClientCredentials) {
        grants.push("client_credentials");
    }
    list(&grants)
}
