//! The crate `oauth2`; the person approves on the page.

use oauth2::basic::{BasicClient, BasicErrorResponseType, BasicRequestTokenError};
use oauth2::{
    AsyncHttpClient, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet,
    EndpointSet, HttpClientError, HttpRequest, IntrospectionUrl, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RevocationUrl, Scope, StandardRevocableToken,
    TokenIntrospectionResponse, TokenResponse, TokenUrl,
};
use specmint_clients::{Demo, Outcome, REDIRECT_URI, client, ok, refused, same};

/// With all endpoints but that of devices.
type Client = BasicClient<EndpointSet, EndpointNotSet, EndpointSet, EndpointSet, EndpointSet>;

type Failure = BasicRequestTokenError<HttpClientError<oauth2::reqwest::Error>>;

fn configured(demo: &Demo, issuer: &str, id: String, secret: Option<String>) -> Outcome<Client> {
    let mut client = BasicClient::new(ClientId::new(id));
    if let Some(secret) = secret {
        client = client.set_client_secret(ClientSecret::new(secret));
    }
    let revocation = RevocationUrl::new(format!("{issuer}/revoke"))?;
    Ok(client
        .set_auth_uri(AuthUrl::new(format!("{issuer}/authorize"))?)
        .set_token_uri(TokenUrl::new(format!("{issuer}/token"))?)
        .set_introspection_url(IntrospectionUrl::new(demo.introspect())?)
        .set_revocation_url(revocation))
}

fn says(failure: &Failure) -> Option<&BasicErrorResponseType> {
    match failure {
        BasicRequestTokenError::ServerResponse(said) => Some(said.error()),
        _ => None,
    }
}

/// Client credentials, introspection and revocation.
async fn machine(demo: &Demo) -> Outcome<String> {
    let (issuer, id) = (demo.management(), demo.get("client_id"));
    let stranger = configured(demo, &issuer, id.clone(), Some("wrong".to_owned()))?;
    let answer = stranger
        .exchange_client_credentials()
        .request_async(&demo.http)
        .await;
    let failure = refused("a wrong secret is refused", answer)?;
    same(
        "as invalid_client",
        says(&failure),
        Some(&BasicErrorResponseType::InvalidClient),
    )?;

    let own = configured(demo, &issuer, id, Some(demo.get("client_secret")))?;
    let all = own
        .exchange_client_credentials()
        .request_async(&demo.http)
        .await?;
    same(
        "client credentials bring a token for three months",
        all.expires_in().map(|end| end.as_secs()),
        Some(7_776_000),
    )?;
    let narrow = own
        .exchange_client_credentials()
        .add_scope(Scope::new("tokens:read".to_owned()));
    let narrow = narrow.request_async(&demo.http).await?;
    same("a scope narrows it", narrow.scopes().map(Vec::len), Some(1))?;
    let tokens = format!("{issuer}/tokens");
    let text = narrow.access_token();
    same(
        "it opens the list of tokens",
        demo.opens(text.secret(), &tokens).await?,
        200,
    )?;
    let said = own.introspect(text).request_async(&demo.http).await?;
    ok(
        "introspection knows it",
        said.active() && said.sub() == Some(demo.get("client_id").as_str()),
    )?;
    // The crate revokes at addresses with TLS only; what would end that before the server is stood in for.
    let behind_tls = |mut request: HttpRequest| {
        let http = demo.http.clone();
        let plain = request.uri().to_string().replacen("https://", "http://", 1);
        async move {
            *request.uri_mut() = plain.parse().map_err(|_| HttpClientError::Other(plain))?;
            http.call(request).await
        }
    };
    let revocation = format!("{issuer}/revoke").replacen("http://", "https://", 1);
    let own = own.set_revocation_url(RevocationUrl::new(revocation)?);
    own.revoke_token(StandardRevocableToken::from(text.clone()))?
        .request_async(&behind_tls)
        .await?;
    let said = own.introspect(text).request_async(&demo.http).await?;
    ok("it is revoked", !said.active())?;
    same(
        "and opens nothing",
        demo.opens(text.secret(), &tokens).await?,
        401,
    )?;
    Ok(all.access_token().secret().clone())
}

/// The code flow with a challenge, and refresh tokens.
async fn people(demo: &Demo, own: &Client, redirect_uri: &str) -> Outcome {
    let own = own
        .clone()
        .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned())?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let verifier = verifier.into_secret();
    let (asked, state) = own
        .authorize_url(CsrfToken::new_random)
        .add_scope(Scope::new("orders:read".to_owned()))
        .add_scope(Scope::new("offline_access".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let back = demo.browse(&asked).await?;
    same(
        "the person approves, and the state comes back",
        back.get("state"),
        Some(state.into_secret()),
    )?;
    let code = AuthorizationCode::new(back.get("code").ok_or("no code")?);
    let exchange = |verifier: &str| {
        let verifier = PkceCodeVerifier::new(verifier.to_owned());
        own.exchange_code(code.clone()).set_pkce_verifier(verifier)
    };
    let wrong = exchange(&"x".repeat(43)).request_async(&demo.http).await;
    let failure = refused("another verifier is refused", wrong)?;
    same(
        "as invalid_grant",
        says(&failure),
        Some(&BasicErrorResponseType::InvalidGrant),
    )?;
    let first = exchange(&verifier).request_async(&demo.http).await?;
    let scopes = first.scopes().map_or(0, |scopes| {
        scopes
            .iter()
            .filter(|scope| scope.as_str() == "orders:read")
            .count()
    });
    same(
        "the code and its verifier bring a token with the scope asked for",
        scopes,
        1,
    )?;

    let refresh = |token: RefreshToken| {
        let own = own.clone();
        async move {
            own.exchange_refresh_token(&token)
                .request_async(&demo.http)
                .await
        }
    };
    let used = first.refresh_token().ok_or("no refresh token")?.clone();
    let second = refresh(used.clone()).await?;
    let successor = second.refresh_token().ok_or("no successor")?.clone();
    ok(
        "a refresh token brings its successor",
        successor.secret() != used.secret(),
    )?;
    let failure = refused("it works once", refresh(used).await)?;
    same(
        "as invalid_grant",
        says(&failure),
        Some(&BasicErrorResponseType::InvalidGrant),
    )?;
    refused("its successor is gone then", refresh(successor).await)?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    client("oauth2");
    let demo = Demo::read()?;
    let token = machine(&demo).await?;
    let public = demo.issuer(&demo.get("public_application_id"));
    let own = configured(&demo, &public, demo.get("public_client_id"), None)?;
    people(&demo, &own, &demo.get("redirect_uri")).await?;
    let made = demo.relying_party(&token).await?;
    let own = configured(
        &demo,
        &made.issuer,
        made.client_id,
        Some(made.client_secret),
    )?;
    people(&demo, &own, REDIRECT_URI).await
}
