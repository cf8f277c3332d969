//! Whole lifecycles through the generated clients alone: what stands above a token is made, the token is minted, listed,
//! used, renewed and revoked, and all is deleted again.

use std::collections::HashMap;

use futures_util::TryStreamExt as _;
use serde_json::json;
use specmint_client::beyond_identity::types;
use specmint_client::{anchorbrowser, beyond_identity, infisical};

use crate::anchorbrowser::operations::{PASSWORD, new_site};
use crate::beyond_identity::flow;
use crate::clients::base;
use crate::server::shared;

scenarios!(
    infisical_from_an_identity_to_its_end,
    anchorbrowser_from_an_application_to_its_end,
    beyond_identity_from_a_resource_server_to_its_end,
);

async fn infisical_from_an_identity_to_its_end() {
    let server = shared().await;
    let keeper = server.demo("/infisical/access_token");
    let client = infisical::client(base().await, keeper).expect("a client");
    let organization = server.demo("/infisical/organization_id");
    let made = client
        .create_machine_identity()
        .body_map(|body| body.name("deployment").organization_id(organization))
        .send()
        .await
        .expect("an identity");
    let identity = made.identity.id.to_string();
    let renamed = client
        .update_machine_identity()
        .identity_id(&identity)
        .body_map(|body| body.name(Some("deployments".parse().expect("a name"))))
        .send();
    assert_eq!(
        renamed.await.expect("an identity").identity.name,
        "deployments"
    );
    let shown = client.get_machine_identity().identity_id(&identity).send();
    let shown = shown.await.expect("a membership");
    assert_eq!(shown.identity.identity.name, "deployments");
    let all = client.list_machine_identities().org_id(organization).send();
    let all = all.await.expect("identities");
    let named = |one: &infisical::types::IdentityMembership| one.identity.name == "deployments";
    assert!(all.identities.iter().any(named));
    tokens_of(&client, &identity).await;
    let gone = client.delete_machine_identity().identity_id(&identity);
    gone.send().await.expect("a deletion");
    let missing = client.get_machine_identity().identity_id(&identity);
    missing.send().await.expect_err("it is deleted");
}

async fn tokens_of(client: &infisical::Client, identity: &str) {
    let attached = client
        .attach_token_auth()
        .identity_id(identity)
        .body_map(|body| body.access_token_ttl(600).access_token_max_ttl(1200))
        .send();
    let attached = attached.await.expect("a configuration");
    assert_eq!(attached.identity_token_auth.access_token_ttl, Some(600.0));
    let updated = client
        .update_token_auth()
        .identity_id(identity)
        .body_map(|body| body.access_token_ttl(Some(900)))
        .send();
    let updated = updated.await.expect("a configuration");
    assert_eq!(updated.identity_token_auth.access_token_ttl, Some(900.0));
    let told = client.get_token_auth().identity_id(identity).send().await;
    let told = told.expect("a configuration");
    assert_eq!(told.identity_token_auth.access_token_max_ttl, Some(1200.0));

    let mint = || {
        let mint = client.create_token_auth_token().identity_id(identity);
        mint.body_map(|body| body.name(Some("ci".parse().expect("a name"))))
            .send()
    };
    let first = mint().await.expect("a token").access_token.clone();
    let second = mint().await.expect("a token").access_token.clone();
    let own = infisical::client(base().await, &first).expect("a client");
    own.get_machine_identity_details()
        .send()
        .await
        .expect("who it is");
    let renewed = client.renew_access_token();
    let renewed = renewed.body_map(|body| body.access_token(&first)).send();
    let renewed = renewed.await.expect("a token").access_token.clone();
    let listed = client.get_token_auth_tokens().identity_id(identity).send();
    let listed = listed.await.expect("tokens").into_inner().tokens;
    assert_eq!(listed.len(), 2);
    let token = listed[0].id.to_string();
    let renamed = client
        .update_token_auth_token()
        .token_id(&token)
        .body_map(|body| body.name(Some("renamed".parse().expect("a name"))))
        .send();
    renamed.await.expect("a token");
    let shown = client.get_token_auth_token_by_id().token_id(&token).send();
    let shown = shown.await.expect("a token").into_inner().token;
    assert_eq!(shown.name.as_deref(), Some("renamed"));
    let revoked = client.revoke_token_auth_token().token_id(&token).send();
    revoked.await.expect("a revocation");
    // Which of the two that is, their order tells; the other goes by its text.
    let mut texts = vec![renewed, second];
    for text in std::mem::take(&mut texts) {
        let own = infisical::client(base().await, &text).expect("a client");
        if own.get_machine_identity_details().send().await.is_ok() {
            texts.push(text);
        }
    }
    let [text] = texts.as_slice() else {
        panic!("one is revoked: {}", texts.len());
    };
    let revoked = client.revoke_access_token();
    let revoked = revoked.body_map(|body| body.access_token(text)).send();
    revoked.await.expect("a revocation");
    let own = infisical::client(base().await, text).expect("a client");
    let refused = own.get_machine_identity_details().send().await;
    refused.expect_err("it is revoked");
    let detached = client.delete_token_auth().identity_id(identity).send();
    detached.await.expect("a deletion");
}

async fn anchorbrowser_from_an_application_to_its_end() {
    let server = shared().await;
    let key = server.demo("/anchorbrowser/api_key");
    let client = anchorbrowser::client(base().await, key).expect("a client");
    let made = client.create_application();
    let made = made.body_map(|body| body.source(new_site())).send().await;
    let application = made.expect("an application").id;
    let told = client.get_application().application_id(application).send();
    assert_eq!(told.await.expect("an application").identity_count, 0);
    let all = client.list_applications().send().await;
    let all = all.expect("applications").into_inner().applications;
    assert!(all.iter().any(|one| one.id == application));
    let flow = auth_flow(&client, application).await;

    let minted = client
        .create_identity_token()
        .application_id(application)
        .body_map(|body| body.callback_url("https://app.example.com/linked"))
        .send()
        .await;
    let token = minted.expect("a token").token.clone().expect("a token");
    let page = client.show_identity_page().token(&token).send().await;
    let page = page.expect("a page").into_inner().into_inner();
    let page: Vec<_> = page.try_collect().await.expect("a page to its end");
    assert!(String::from_utf8_lossy(&page.concat()).contains("<form"));
    let submitted = client
        .submit_identity_page()
        .body_map(|body| {
            body.token(&token)
                .auth_flow_id(Some(flow))
                .user_name(Some("ada".parse().expect("a name")))
                .username(Some("ada".parse().expect("a name")))
                .password(Some(PASSWORD.parse().expect("a password")))
                .extra(HashMap::new())
        })
        .send()
        .await;
    let location = anchorbrowser::redirect_location(&submitted);
    let location = location.unwrap_or_else(|| panic!("{:?}", submitted.as_ref().err()));
    assert!(location.contains("status=success"), "{location}");
    let linked = client.list_application_identities();
    let linked = linked.application_id(application).send().await;
    let linked = linked.expect("identities").into_inner().identities;
    identity_of(&client, application, linked[0].id).await;

    let gone = client.delete_auth_flow().application_id(application);
    gone.auth_flow_id(flow).send().await.expect("a deletion");
    let gone = client.delete_application().application_id(application);
    gone.send().await.expect("a deletion");
    let missing = client.get_application().application_id(application);
    missing.send().await.expect_err("it is deleted");
}

async fn auth_flow(client: &anchorbrowser::Client, application: uuid::Uuid) -> uuid::Uuid {
    let method = anchorbrowser::types::AuthMethod::UsernamePassword;
    let made = client
        .create_auth_flow()
        .application_id(application)
        .body_map(|body| body.name("Customers").methods(vec![method]))
        .send();
    let flow = made.await.expect("a flow").id;
    let renamed = client
        .update_auth_flow()
        .application_id(application)
        .auth_flow_id(flow)
        .body_map(|body| body.name(Some("All customers".parse().expect("a name"))))
        .send();
    assert_eq!(renamed.await.expect("a flow").name, "All customers");
    let all = client.list_auth_flows().application_id(application).send();
    let all = all.await.expect("flows").into_inner().auth_flows;
    assert_eq!(all.len(), 1);
    flow
}

async fn identity_of(
    client: &anchorbrowser::Client,
    application: uuid::Uuid,
    identity: uuid::Uuid,
) {
    let told = client.get_identity().identity_id(identity).send().await;
    assert_eq!(told.expect("an identity").name, "ada");
    let metadata = json!({ "customer": 7 });
    let tags = metadata.as_object().cloned().expect("an object");
    let tagged = client.update_identity().identity_id(identity);
    let tagged = tagged.body_map(|body| body.metadata(tags)).send();
    tagged.await.expect("an identity");
    let find = |customer: i64| {
        let list = client.list_application_identities();
        let list = list.application_id(application);
        list.metadata(json!({ "customer": customer }).to_string())
            .send()
    };
    assert_eq!(find(7).await.expect("identities").identities.len(), 1);
    assert_eq!(find(8).await.expect("identities").identities.len(), 0);
    let gone = client.delete_identity().identity_id(identity).send();
    gone.await.expect("a deletion");
}

async fn beyond_identity_from_a_resource_server_to_its_end() {
    let demo = flow::demo(shared().await);
    let (tenant, realm) = (demo.tenant.as_str(), demo.realm.as_str());
    let minting = beyond_identity::client_with_basic(base().await, &demo.client_id, demo.secret());
    let token = minted(
        &minting.expect("a client"),
        &demo.tenant,
        &demo.realm,
        &demo.id,
    )
    .await;
    let client = beyond_identity::client_with_bearer(base().await, &token).expect("a client");
    client
        .get_tenant()
        .tenant_id(tenant)
        .send()
        .await
        .expect("a tenant");
    let realms = client.list_realms().tenant_id(tenant).send().await;
    assert!(realms.expect("realms").total_size > 0);
    let told = client.get_realm().tenant_id(tenant).realm_id(realm).send();
    told.await.expect("a realm");

    let made = client
        .create_resource_server()
        .tenant_id(tenant)
        .realm_id(realm)
        .body(typed::<types::CreateResourceServerRequest>(
            &json!({ "resource_server": {
            "display_name": "An API", "identifier": new_site(), "scopes": ["stories:read"],
        } }),
        ))
        .send();
    let server = made
        .await
        .expect("a resource server")
        .id
        .clone()
        .expect("an id");
    let renamed = client
        .update_resource_server()
        .tenant_id(tenant)
        .realm_id(realm)
        .resource_server_id(&server)
        .body(typed::<types::UpdateResourceServerRequest>(
            &json!({ "resource_server": { "display_name": "The API" } }),
        ))
        .send();
    renamed.await.expect("a resource server");
    let told = client
        .get_resource_server()
        .tenant_id(tenant)
        .realm_id(realm);
    let told = told.resource_server_id(&server).send().await;
    let told = told.expect("a resource server").display_name.clone();
    assert_eq!(told.expect("a name").as_str(), "The API");
    let all = client
        .list_resource_servers()
        .tenant_id(tenant)
        .realm_id(realm);
    assert!(all.send().await.expect("resource servers").total_size > 0);
    application_of(&client, tenant, realm, &server).await;
    let gone = client
        .delete_resource_server()
        .tenant_id(tenant)
        .realm_id(realm);
    gone.resource_server_id(&server)
        .send()
        .await
        .expect("a deletion");
}

async fn application_of(client: &beyond_identity::Client, tenant: &str, realm: &str, api: &str) {
    let config = json!({
        "type": "oauth2",
        "allowed_scopes": ["stories:read"],
        "grant_type": ["client_credentials"],
    });
    let application = json!({
        "display_name": "By a client", "resource_server_id": api, "protocol_config": config,
    });
    let made = client
        .create_application()
        .tenant_id(tenant)
        .realm_id(realm);
    let made = made
        .body(typed::<types::CreateApplicationRequest>(
            &json!({ "application": application }),
        ))
        .send();
    let made = made.await.expect("an application").into_inner();
    let id = made.id.expect("an id");
    let config = made.protocol_config.expect("a configuration");
    let renamed = client
        .update_application()
        .tenant_id(tenant)
        .realm_id(realm)
        .application_id(&id)
        .body(typed::<types::UpdateApplicationRequest>(
            &json!({ "application": { "display_name": "Renamed" } }),
        ))
        .send();
    renamed.await.expect("an application");
    let told = client.get_application().tenant_id(tenant).realm_id(realm);
    let told = told
        .application_id(&id)
        .send()
        .await
        .expect("an application");
    assert_eq!(
        told.display_name.as_ref().expect("a name").as_str(),
        "Renamed"
    );
    let all = client.list_applications().tenant_id(tenant).realm_id(realm);
    assert!(all.send().await.expect("applications").total_size > 0);

    let (name, secret) = (config.client_id.expect("a name"), config.client_secret);
    let own = beyond_identity::client_with_basic(base().await, &name, &secret.expect("a secret"));
    let own = own.expect("a client");
    let token = minted(&own, tenant, realm, &id).await;
    let introspect = || {
        let call = own.introspect_token().tenant_id(tenant).realm_id(realm);
        call.body_map(|body| body.token(&token)).send()
    };
    assert!(introspect().await.expect("an answer").active);
    let tokens = || {
        let call = client.list_tokens().tenant_id(tenant).realm_id(realm);
        call.application_id(&id).send()
    };
    let listed = tokens().await.expect("tokens").into_inner().tokens;
    let token_id = listed[0].id.clone().expect("an id");
    let revoked = client.delete_token().tenant_id(tenant).realm_id(realm);
    let revoked = revoked.application_id(&id).token_id(&token_id).send();
    revoked.await.expect("a revocation");
    assert!(!introspect().await.expect("an answer").active);
    assert_eq!(tokens().await.expect("tokens").total_size, 0);
    let gone = client
        .delete_application()
        .tenant_id(tenant)
        .realm_id(realm);
    gone.application_id(&id).send().await.expect("a deletion");
}

async fn minted(
    client: &beyond_identity::Client,
    tenant: &str,
    realm: &str,
    application: &str,
) -> String {
    let minted = client.create_token().tenant_id(tenant).realm_id(realm);
    let minted = minted.application_id(application);
    let minted = minted.body_map(|body| body.grant_type("client_credentials"));
    let minted = minted.send().await.expect("a token");
    minted.into_inner().access_token
}

/// A body as its JSON has it.
fn typed<T: serde::de::DeserializeOwned>(body: &serde_json::Value) -> T {
    serde_json::from_value(body.clone()).expect("a body")
}
