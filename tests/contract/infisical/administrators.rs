//! That an organization keeps somebody who administers it, and the way back for who is locked out.

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::world::{
    Foreign, Identity, TokenAuth, admin, foreign, held, identity, identity_path, probe, refused,
    token_auth_path,
};
use crate::client::Call;
use crate::secrets;
use crate::server::{Server, Setup, shared};

scenarios!(
    the_last_administrator_keeps_its_role,
    of_two_administrators_that_step_down_at_once_one_stays,
    the_demo_s_identity_gets_its_role_and_its_addresses_back,
);

const MESSAGE: &str = "Failed to update the role of the last admin of the organization: give another identity the role admin first";

fn change(server: &Server, bearer: &str, identity: &str, body: &Value) -> Call {
    let call = server.client.call("PATCH", &identity_path(identity));
    call.bearer(bearer).json(body)
}

async fn the_last_administrator_keeps_its_role() {
    let server = shared().await;
    let Foreign {
        organization_id,
        identity_id,
        access_token,
        ..
    } = foreign(server).await;
    for role in ["member", "no-access"] {
        let body = json!({"role": role, "name": "Stepped down"});
        let call = change(server, &access_token, &identity_id, &body);
        refused(call, 400, "BadRequest", MESSAGE).await;
    }
    let look = || server.client.get(&identity_path(&identity_id));
    let shown = look().bearer(&access_token).expect(200).await;
    assert_eq!(shown.string("/identity/identity/name"), "A stranger");
    // All else is changed, and the same role is no change.
    let body = json!({"role": "admin", "name": "Renamed"});
    let call = change(server, &access_token, &identity_id, &body);
    call.expect(200).await;
    // A member is no help, and another organization's administrators are none.
    let body = json!({"name": "a", "organizationId": organization_id, "role": "member"});
    let create = server
        .client
        .post("/api/v1/identities")
        .bearer(&access_token);
    let other = create.json(&body).expect(200).await.string("/identity/id");
    let down = json!({"role": "member"});
    let call = || change(server, &access_token, &identity_id, &down);
    refused(call(), 400, "BadRequest", MESSAGE).await;
    let promote = change(server, &access_token, &other, &json!({"role": "admin"}));
    promote.expect(200).await;
    call().expect(200).await;
    change(server, &access_token, &other, &down)
        .expect(403)
        .await;
}

async fn of_two_administrators_that_step_down_at_once_one_stays() {
    let server = shared().await;
    for _ in 0..4 {
        let Foreign {
            organization_id,
            identity_id,
            access_token,
            ..
        } = foreign(server).await;
        let body = json!({"name": "a", "organizationId": organization_id, "role": "admin"});
        let create = server
            .client
            .post("/api/v1/identities")
            .bearer(&access_token);
        let other = create.json(&body).expect(200).await.string("/identity/id");
        let down = json!({"role": "no-access"});
        let calls = [&other, &identity_id];
        let calls = calls.map(|identity| change(server, &access_token, identity, &down).send());
        let answers = join_all(calls).await;
        let done = answers.iter().filter(|answer| answer.status == 200);
        // Who has stepped down already may not take the role from the other.
        let refused = [400, 403];
        let others = answers.iter().filter(|it| refused.contains(&it.status));
        assert_eq!((done.count(), others.count()), (1, 1));
    }
}

async fn the_demo_s_identity_gets_its_role_and_its_addresses_back() {
    let server = Server::start(Setup::default()).await;
    let demo = server.demo("/infisical/identity_id");
    identity(&server, Identity::admin(TokenAuth::default())).await;
    let body =
        json!({"accessTokenTTL": 60, "accessTokenTrustedIps": [{"ipAddress": "10.0.0.0/8"}]});
    let configure = admin(&server, "PATCH", &token_auth_path(demo)).json(&body);
    let down = json!({"role": "no-access", "name": "Mine"});
    let step_down = admin(&server, "PATCH", &identity_path(demo)).json(&down);
    step_down.expect(200).await;
    // It has no say any more, neither from here nor in its role.
    configure.expect(403).await;
    let token = again(&server).await;
    let configure = server.client.call("PATCH", &token_auth_path(demo));
    configure.bearer(&token).json(&body).expect(200).await;
    probe(&server, &token).expect(403).await;
    held(&server, "renew", &token).expect(403).await;
    let token = again(&server).await;
    let shown = server.client.get(&identity_path(demo)).bearer(&token);
    let shown = shown.expect(200).await;
    assert_eq!(shown.string("/identity/role"), "admin");
    assert_eq!(shown.string("/identity/identity/name"), "Mine");
    let shown = server.client.get(&token_auth_path(demo)).bearer(&token);
    let shown = shown.expect(200).await.json();
    assert_eq!(shown["identityTokenAuth"]["accessTokenTTL"], json!(60));
}

/// The token of another `specmint demo`.
async fn again(server: &Server) -> String {
    let made = specmint_server::demo::make(&server.store).await;
    let token = made.expect("a demo").demo.infisical.access_token;
    secrets::keep(&token);
    token
}
