//! Every operation through the clients that are generated from the same contracts, with a proxy between that holds
//! the answers against them.

use futures_util::TryStreamExt as _;
use serde_json::Value;
use specmint_client::{anchorbrowser, applivery, beyond_identity, infisical, vtex};
use tokio::sync::OnceCell;

use crate::beyond_identity::flow;
use crate::client::Answer;
use crate::proxy;
use crate::server::shared;
use crate::vtex::flow::Merchant;

scenarios!(
    anchorbrowser_mints_a_token,
    anchorbrowser_tells_its_errors,
    infisical_mints_a_token,
    infisical_tells_its_errors,
    applivery_mints_a_token,
    applivery_lives_through_the_life_of_a_token,
    applivery_tells_its_errors,
    vtex_connects_a_store,
    beyond_identity_mints_and_revokes,
    beyond_identity_tells_its_errors,
    beyond_identity_goes_through_the_page,
);

/// The base URL that the clients are given.
pub async fn base() -> &'static str {
    static BASE: OnceCell<String> = OnceCell::const_new();
    let server = shared().await;
    BASE.get_or_init(|| async { proxy::start(server.client.base()) })
        .await
}

async fn anchorbrowser_mints_a_token() {
    let server = shared().await;
    let key = server.demo("/anchorbrowser/api_key");
    let client = anchorbrowser::client(base().await, key).expect("a client");
    let application: uuid::Uuid = server
        .demo("/anchorbrowser/application_id")
        .parse()
        .expect("a UUID");
    let minted = client
        .create_identity_token()
        .application_id(application)
        .body_map(|body| body.callback_url("https://app.example.com/linked"))
        .send()
        .await
        .expect("a token");
    assert_eq!(minted.status().as_u16(), 201);
    let data = minted.into_inner().data.expect("data");
    assert!(data.token.is_some() && data.expires_at.is_some() && data.token_hash.is_some());
}

async fn anchorbrowser_tells_its_errors() {
    let client = anchorbrowser::client(base().await, "wrong").expect("a client");
    let refused = client
        .create_identity_token()
        .application_id(uuid::Uuid::nil())
        .body_map(|body| body.callback_url("https://app.example.com/linked"))
        .send()
        .await;
    match refused {
        Err(anchorbrowser::Error::ErrorResponse(answer)) => {
            assert_eq!(answer.status().as_u16(), 401)
        }
        other => panic!("{other:?}"),
    }
}

async fn infisical_mints_a_token() {
    let server = shared().await;
    let token = server.demo("/infisical/access_token");
    let client = infisical::client(base().await, token).expect("a client");
    let name: infisical::types::CreateTokenRequestName = "by a client".parse().expect("a name");
    let minted = client
        .create_token_auth_token()
        .identity_id(server.demo("/infisical/identity_id"))
        .body_map(|body| body.name(Some(name.clone())))
        .send()
        .await
        .expect("a token")
        .into_inner();
    // The minted token opens the same door.
    let client = infisical::client(base().await, &minted.access_token).expect("a client");
    client
        .create_token_auth_token()
        .identity_id(server.demo("/infisical/identity_id"))
        .body_map(|body| body)
        .send()
        .await
        .expect("another token");
}

async fn infisical_tells_its_errors() {
    let server = shared().await;
    let token = server.demo("/infisical/access_token");
    let client = infisical::client(base().await, token).expect("a client");
    let refused = client
        .create_token_auth_token()
        .identity_id("unheard-of")
        .body_map(|body| body)
        .send()
        .await;
    match refused {
        Err(infisical::Error::ErrorResponse(answer)) => assert_eq!(answer.status().as_u16(), 404),
        other => panic!("{other:?}"),
    }
}

async fn applivery_mints_a_token() {
    let server = shared().await;
    let key = server.demo("/applivery/api_key");
    let client = applivery::client(base().await, key).expect("a client");
    let minted = client
        .create_application_token()
        .organization_id(server.demo("/applivery/organization_slug"))
        .application_id(server.demo("/applivery/application_slug"))
        .body_map(|body| body.scopes(vec!["sdk".parse().expect("a scope")]))
        .send()
        .await
        .expect("a token")
        .into_inner();
    assert_eq!(minted.status, Some(true));
    let data = minted.data.expect("data");
    assert_eq!(data.scopes, ["sdk"]);
    assert!(data.bearer.is_some());
}

async fn applivery_lives_through_the_life_of_a_token() {
    let server = shared().await;
    let key = server.demo("/applivery/api_key");
    let client = applivery::client(base().await, key).expect("a client");
    let organizations = client.list_organizations().send().await;
    let organization = organizations.expect("a list").data.items[0].id.clone();
    let told = client
        .get_organization()
        .organization_id(organization.as_str());
    told.send().await.expect("an organization");
    let made = client
        .create_application()
        .organization_id(organization.as_str())
        .body_map(|body| body.name("By a client"))
        .send()
        .await
        .expect("an application");
    let application = made.data.id.clone();
    let told = client
        .get_application()
        .organization_id(organization.as_str())
        .application_id(application.as_str());
    let told = told.send().await.expect("an application");
    assert_eq!(told.data.name, "By a client");
    let page = client
        .list_applications()
        .organization_id(organization.as_str())
        .sort("createdAt:desc");
    let page = page.send().await.expect("a page");
    assert!(page.data.items.iter().any(|one| one.id == application));
    let minted = client
        .create_application_token()
        .organization_id(organization.as_str())
        .application_id(application.as_str())
        .body_map(|body| body)
        .send()
        .await
        .expect("a token");
    let bearer = minted.data.clone().and_then(|data| data.bearer);
    let bearer = bearer.expect("a bearer").to_string();
    let integration = applivery::client(base().await, &bearer).expect("a client");
    let distributions = integration.list_integration_distributions().send();
    distributions.await.expect("distributions");
    integration
        .list_integration_builds()
        .send()
        .await
        .expect("builds");
    let tokens = client
        .list_application_tokens()
        .organization_id(organization.as_str())
        .application_id(application.as_str());
    let tokens = tokens.send().await.expect("tokens");
    client
        .delete_application_token()
        .organization_id(organization.as_str())
        .application_id(application.as_str())
        .token_id(tokens.data.items[0].id.as_str())
        .send()
        .await
        .expect("a deletion");
    let refused = integration.list_integration_builds().send().await;
    refused.expect_err("the token is deleted");
}

async fn applivery_tells_its_errors() {
    let server = shared().await;
    let client = applivery::client(base().await, "wrong").expect("a client");
    let refused = client
        .create_application_token()
        .organization_id(server.demo("/applivery/organization_id"))
        .application_id(server.demo("/applivery/application_id"))
        .body_map(|body| body)
        .send()
        .await;
    match refused {
        Err(applivery::Error::ErrorResponse(answer)) => assert_eq!(answer.status().as_u16(), 401),
        other => panic!("{other:?}"),
    }
}

async fn vtex_connects_a_store() {
    let client = vtex::client(base().await).expect("a client");
    let merchant = Merchant::new();
    let created = client
        .create_authorization_token()
        .body_map(|body| {
            body.application_id(vtex::types::CreateAuthorizationTokenRequestApplicationId::Vtex)
                .return_url("https://store.example.com/return?authorizationCode=")
        })
        .send()
        .await
        .expect("a token");
    let token = created.token.clone();
    let step = client
        .provider_authentication()
        .token(token.as_str())
        .application_id(vtex::types::ApplicationId::Vtex);
    let step = step.send().await.expect("a step");
    assert_eq!(step.host, "store.example.com");
    let signed_up = client
        .sign_up()
        .body_map(|body| {
            body.token(token.as_str())
                .email(merchant.email.as_str())
                .password(merchant.password.as_str())
        })
        .send();
    signed_up.await.expect("a merchant");
    let signed_in = client
        .sign_in()
        .body_map(|body| {
            body.token(token.as_str())
                .email(merchant.email.as_str())
                .password(merchant.password.as_str())
        })
        .send();
    let ticket = signed_in.await.expect("a merchant").ticket.clone();
    let decided = client
        .consent()
        .body_map(|body| {
            body.ticket(ticket.as_str())
                .decision(vtex::types::ConsentDecision::Approve)
        })
        .send()
        .await;
    let location = vtex::redirect_location(&decided).expect("a redirect");
    let (_, code) = location.split_once("authorizationCode=").expect("a code");
    let credentials = client
        .get_credentials()
        .authorization_code(code)
        .application_id(vtex::types::ApplicationId::Vtex);
    let credentials = credentials.send().await.expect("credentials");
    let client =
        vtex::client_with_credentials(base().await, &credentials.app_key, &credentials.app_token);
    let manifest = client.expect("a client").manifest().send().await;
    assert!(!manifest.expect("a manifest").payment_methods.is_empty());
}

async fn beyond_identity_mints_and_revokes() {
    let server = shared().await;
    let demo = flow::demo(server);
    let client = beyond_identity::client_with_basic(base().await, &demo.client_id, demo.secret())
        .expect("a client");
    let minted = client
        .create_token()
        .tenant_id(&demo.tenant)
        .realm_id(&demo.realm)
        .application_id(&demo.id)
        .body_map(|body| {
            body.grant_type("client_credentials")
                .scope(Some(flow::DELETE.to_owned()))
        })
        .send()
        .await
        .expect("a token")
        .into_inner();
    assert_eq!(minted.scope, flow::DELETE);
    let bearer =
        beyond_identity::client_with_bearer(base().await, &minted.access_token).expect("a client");
    bearer
        .revoke_token()
        .tenant_id(&demo.tenant)
        .realm_id(&demo.realm)
        .application_id(&demo.id)
        .body_map(|body| body.token(&minted.access_token))
        .send()
        .await
        .expect("a revocation");
    assert!(!demo.opens(server, &minted.access_token).await);
}

async fn beyond_identity_tells_its_errors() {
    let demo = flow::demo(shared().await);
    let client = beyond_identity::client(base().await).expect("a client");
    let refused = client
        .create_token()
        .tenant_id(&demo.tenant)
        .realm_id(&demo.realm)
        .application_id(&demo.id)
        .body_map(|body| body.grant_type("client_credentials"))
        .send()
        .await;
    match refused {
        Err(beyond_identity::Error::ErrorResponse(answer)) => {
            assert_eq!(answer.status().as_u16(), 401);
            let body: Value = serde_json::to_value(&*answer).expect("JSON");
            assert_eq!(body["error"], "invalid_client");
        }
        other => panic!("{other:?}"),
    }
}

async fn beyond_identity_goes_through_the_page() {
    let public = flow::public_demo(shared().await);
    let client = beyond_identity::client(base().await).expect("a client");
    let page = client
        .authorize()
        .tenant_id(&public.tenant)
        .realm_id(&public.realm)
        .application_id(&public.id)
        .response_type("code")
        .client_id(&public.client_id)
        .redirect_uri(&public.redirect_uri)
        .state("s")
        .code_challenge(flow::CHALLENGE)
        .code_challenge_method("S256")
        .send()
        .await
        .expect("a page")
        .into_inner();
    let pieces: Vec<_> = page
        .into_inner()
        .try_collect()
        .await
        .expect("a page to its end");
    let page = Answer::of_body(pieces.concat());
    let identity = flow::identities(&page).remove(0);
    let approved = client
        .approve_authorization()
        .tenant_id(&public.tenant)
        .realm_id(&public.realm)
        .application_id(&public.id)
        .body_map(|body| {
            body.ticket(flow::ticket(&page))
                .identity_id(Some(identity))
                .decision(beyond_identity::types::ApprovalDecision::Approve)
        })
        .send()
        .await;
    let location = beyond_identity::redirect_location(&approved).expect("a redirect");
    let (_, query) = location.split_once('?').expect("a query");
    let code = form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "code")
        .expect("a code")
        .1
        .into_owned();
    client
        .create_token()
        .tenant_id(&public.tenant)
        .realm_id(&public.realm)
        .application_id(&public.id)
        .body_map(|body| {
            body.grant_type("authorization_code")
                .code(Some(code))
                .redirect_uri(Some(public.redirect_uri.clone()))
                .client_id(Some(public.client_id.clone()))
                .code_verifier(Some(flow::VERIFIER.to_owned()))
        })
        .send()
        .await
        .expect("a token");
}
