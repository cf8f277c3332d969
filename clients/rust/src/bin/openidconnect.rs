//! The crate `openidconnect`: discovery, the code flow, the ID token, userinfo and a refresh.

use openidconnect::core::{
    CoreAuthenticationFlow, CoreClient, CoreGenderClaim, CoreProviderMetadata,
};
use openidconnect::{
    AccessToken, AccessTokenHash, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    EmptyAdditionalClaims, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, RedirectUrl,
    Scope, TokenResponse, UserInfoClaims,
};
use specmint_clients::{Demo, Outcome, REDIRECT_URI, client, ok, refused, same};

type Person = UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim>;

async fn people(
    demo: &Demo,
    issuer: &str,
    id: String,
    secret: Option<String>,
    redirect_uri: &str,
) -> Outcome {
    let metadata =
        CoreProviderMetadata::discover_async(IssuerUrl::new(issuer.to_owned())?, &demo.http)
            .await?;
    same(
        "the provider is discovered",
        metadata.issuer().as_str(),
        issuer,
    )?;
    let own = CoreClient::from_provider_metadata(
        metadata,
        ClientId::new(id),
        secret.map(ClientSecret::new),
    )
    .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned())?);
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = CoreAuthenticationFlow::AuthorizationCode;
    let (asked, state, nonce) = own
        .authorize_url(flow, CsrfToken::new_random, Nonce::new_random)
        .add_scope(Scope::new("profile".to_owned()))
        .add_scope(Scope::new("email".to_owned()))
        .add_scope(Scope::new("offline_access".to_owned()))
        .set_pkce_challenge(challenge)
        .url();
    let back = demo.browse(&asked).await?;
    same(
        "the state comes back",
        back.get("state"),
        Some(state.into_secret()),
    )?;
    same("with the issuer", back.get("iss").as_deref(), Some(issuer))?;
    let code = AuthorizationCode::new(back.get("code").ok_or("no code")?);
    let tokens = own
        .exchange_code(code)?
        .set_pkce_verifier(verifier)
        .request_async(&demo.http)
        .await?;

    let token = tokens.id_token().ok_or("no ID token")?;
    let checks = own.id_token_verifier();
    let claims = token.claims(&checks, &nonce)?;
    ok("the ID token is verified, with its nonce", true)?;
    refused(
        "with another it is not",
        token.claims(&checks, &Nonce::new_random()),
    )?;
    let hash = AccessTokenHash::from_token(
        tokens.access_token(),
        token.signing_alg()?,
        token.signing_key(&checks)?,
    )?;
    same(
        "it goes with the access token",
        claims.access_token_hash(),
        Some(&hash),
    )?;
    let subject = Some(claims.subject().clone());
    let person: Person = own
        .user_info(tokens.access_token().clone(), subject)?
        .request_async(&demo.http)
        .await?;
    let name = person.preferred_username().map(|name| name.as_str());
    same("userinfo tells who approved", name, Some("ada@example.com"))?;

    let used = tokens.refresh_token().ok_or("no refresh token")?;
    let renewed = own
        .exchange_refresh_token(used)?
        .request_async(&demo.http)
        .await?;
    let again = renewed.id_token().ok_or("no ID token")?;
    let again = again.claims(&checks, |nonce: Option<&Nonce>| match nonce {
        None => Ok(()),
        Some(_) => Err("a nonce".to_owned()),
    })?;
    same(
        "a refresh brings another ID token of the same person",
        again.subject(),
        claims.subject(),
    )?;
    let told: Result<Person, _> = own
        .user_info(AccessToken::new("none".to_owned()), None)?
        .request_async(&demo.http)
        .await;
    refused("an access token that is none tells nothing", told)?;
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Outcome {
    client("openidconnect");
    let demo = Demo::read()?;
    let metadata =
        CoreProviderMetadata::discover_async(IssuerUrl::new(demo.management())?, &demo.http)
            .await?;
    let secret = Some(ClientSecret::new(demo.get("client_secret")));
    let machine =
        CoreClient::from_provider_metadata(metadata, ClientId::new(demo.get("client_id")), secret);
    let token = machine
        .exchange_client_credentials()?
        .request_async(&demo.http)
        .await?;
    ok(
        "client credentials bring a token",
        token.scopes().is_some_and(|scopes| scopes.len() > 1),
    )?;
    let public = demo.issuer(&demo.get("public_application_id"));
    people(
        &demo,
        &public,
        demo.get("public_client_id"),
        None,
        &demo.get("redirect_uri"),
    )
    .await?;
    let made = demo.relying_party(token.access_token().secret()).await?;
    people(
        &demo,
        &made.issuer,
        made.client_id,
        Some(made.client_secret),
        REDIRECT_URI,
    )
    .await
}
