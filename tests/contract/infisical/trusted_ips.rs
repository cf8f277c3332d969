//! From where tokens may be used.

use serde_json::{Value, json};

use super::world::{
    Identity, TokenAuth, held, id_of, identity, probe, record, refused, token_of, update,
};
use crate::client::Client;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_token_is_used_from_trusted_addresses_only,
    a_change_reaches_tokens_at_once,
    who_may_not_use_a_token_does_not_use_it_up,
    a_token_is_not_renewed_from_elsewhere_but_ended_from_anywhere,
    a_forged_address_is_not_believed,
    a_trusted_proxy_is_believed,
);

const MESSAGE: &str = "You are not allowed to access this resource from the current IP address";

fn trusted(ips: &[&str]) -> Value {
    let ips: Vec<Value> = ips.iter().map(|ip| json!({"ipAddress": ip})).collect();
    json!({ "accessTokenTrustedIps": ips })
}

/// A token that may be used from `ips`.
async fn token_for(server: &Server, ips: &[&str], uses: u32) -> (String, String) {
    let config = TokenAuth {
        uses,
        ..TokenAuth::default()
    };
    let id = identity(server, Identity::member(config)).await;
    update(server, &id, &trusted(ips)).await;
    let token = token_of(server, &id).await;
    (id, token)
}

fn probe_by(client: &Client, token: &str) -> crate::client::Call {
    client.get("/api/v1/identities/details").bearer(token)
}

async fn a_token_is_used_from_trusted_addresses_only() {
    let server = shared().await;
    let elsewhere = server.client.at([127, 0, 0, 2].into());
    for (ips, here, there) in [
        (&["127.0.0.2"][..], false, true),
        (&["127.0.0.2/32"], false, true),
        (&["127.0.0.2/31"], false, true),
        (&["127.0.0.2/30"], true, true),
        (&["10.0.0.0/8", "127.0.0.1"], true, false),
        (&["::/0"], false, false),
        (&["0.0.0.0/0"], true, true),
    ] {
        let (_, token) = token_for(server, ips, 0).await;
        for (client, good) in [(&server.client, here), (&elsewhere, there)] {
            let call = probe_by(client, &token);
            if good {
                call.expect(200).await;
            } else {
                refused(call, 403, "ForbiddenError", MESSAGE).await;
            }
        }
    }
}

async fn a_change_reaches_tokens_at_once() {
    let server = shared().await;
    let (id, token) = token_for(server, &["0.0.0.0/0"], 0).await;
    probe(server, &token).expect(200).await;
    update(server, &id, &trusted(&["192.0.2.0/24"])).await;
    refused(probe(server, &token), 403, "ForbiddenError", MESSAGE).await;
    update(server, &id, &trusted(&["127.0.0.0/8"])).await;
    probe(server, &token).expect(200).await;
}

async fn who_may_not_use_a_token_does_not_use_it_up() {
    let server = shared().await;
    let (_, token) = token_for(server, &["127.0.0.2"], 1).await;
    for _ in 0..3 {
        refused(probe(server, &token), 403, "ForbiddenError", MESSAGE).await;
    }
    assert_eq!(
        record(server, &id_of(&token)).await["accessTokenNumUses"],
        0
    );
    let elsewhere = server.client.at([127, 0, 0, 2].into());
    probe_by(&elsewhere, &token).expect(200).await;
    probe_by(&elsewhere, &token).expect(401).await;
}

async fn a_token_is_not_renewed_from_elsewhere_but_ended_from_anywhere() {
    let server = shared().await;
    let (_, token) = token_for(server, &["127.0.0.2"], 0).await;
    refused(
        held(server, "renew", &token),
        403,
        "ForbiddenError",
        MESSAGE,
    )
    .await;
    let elsewhere = server.client.at([127, 0, 0, 2].into());
    let renewal = elsewhere.post("/api/v1/auth/token/renew");
    renewal
        .json(&json!({"accessToken": token}))
        .expect(200)
        .await;
    held(server, "revoke", &token).expect(200).await;
}

async fn a_forged_address_is_not_believed() {
    let server = shared().await;
    let (_, token) = token_for(server, &["127.0.0.2"], 0).await;
    let forged = probe(server, &token).header("x-forwarded-for", "127.0.0.2");
    refused(forged, 403, "ForbiddenError", MESSAGE).await;
}

async fn a_trusted_proxy_is_believed() {
    let server = Server::start(Setup::behind_proxies()).await;
    let (id, token) = token_for(&server, &["203.0.113.0/24", "2001:db8::/32"], 0).await;
    let of = |client: &str| probe(&server, &token).header("x-forwarded-for", client);
    of("203.0.113.5").expect(200).await;
    of("2001:db8::1").expect(200).await;
    of("198.51.100.1, 203.0.113.5").expect(200).await;
    for elsewhere in [
        "203.0.114.5",
        "203.0.113.5, 198.51.100.1",
        "2001:db9::1",
        "unknown",
    ] {
        refused(of(elsewhere), 403, "ForbiddenError", MESSAGE).await;
    }
    refused(probe(&server, &token), 403, "ForbiddenError", MESSAGE).await;
    update(&server, &id, &trusted(&["127.0.0.1"])).await;
    probe(&server, &token).expect(200).await;
}
