//! Machine identities: made, listed, shown, changed, deleted.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use super::world::{
    Identity, TokenAuth, admin, ended, foreign, identity, identity_path, probe, refused, token_of,
};
use crate::server::{Server, Setup, shared};

scenarios!(
    a_new_identity_can_do_nothing,
    a_new_identity_is_as_it_was_asked_for,
    an_organization_s_identities_are_listed_oldest_first,
    a_change_leaves_what_it_does_not_name,
    a_changed_role_counts_at_once,
    a_role_that_no_organization_has_is_refused,
    a_protected_identity_is_not_deleted,
    of_many_deletions_one_succeeds,
    a_deleted_identity_is_gone_and_its_tokens_with_it,
    details_say_where_the_caller_belongs,
    only_the_own_organization_is_known,
);

fn create(server: &Server, more: &Value) -> crate::client::Call {
    let mut body = json!({
        "name": "deployment",
        "organizationId": server.demo("/infisical/organization_id"),
    });
    for (name, value) in more.as_object().expect("an object") {
        body[name] = value.clone();
    }
    admin(server, "POST", "/api/v1/identities").json(&body)
}

async fn a_new_identity_can_do_nothing() {
    let server = shared().await;
    let made = create(server, &json!({})).expect(200).await.json();
    let made = &made["identity"];
    assert_eq!(made["name"], "deployment");
    assert_eq!(made["orgId"], server.demo("/infisical/organization_id"));
    assert_eq!(made["hasDeleteProtection"], false);
    assert_eq!(
        (&made["authMethods"], &made["metadata"]),
        (&json!([]), &json!([]))
    );
    assert_eq!(
        (&made["authMethod"], &made["projectId"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(made["createdAt"], made["updatedAt"]);
    let id = made["id"].as_str().expect("an id");
    let shown = admin(server, "GET", &identity_path(id))
        .expect(200)
        .await
        .json();
    let shown = &shown["identity"];
    assert_eq!(
        (&shown["role"], &shown["identityId"]),
        (&json!("no-access"), &json!(id))
    );
    assert_eq!(shown["identity"]["authMethods"], json!([]));
    assert_ne!(
        shown["id"], shown["identityId"],
        "a membership is no identity"
    );
}

async fn a_new_identity_is_as_it_was_asked_for() {
    let server = shared().await;
    let asked = json!({
        "role": "member",
        "hasDeleteProtection": true,
        "metadata": [{"key": "team", "value": "core"}, {"key": "stage", "value": "live"}],
    });
    let made = create(server, &asked).expect(200).await.json();
    let made = &made["identity"];
    assert_eq!(made["hasDeleteProtection"], true);
    let id = made["id"].as_str().expect("an id");
    let shown = admin(server, "GET", &identity_path(id))
        .expect(200)
        .await
        .json();
    let shown = &shown["identity"];
    assert_eq!(shown["role"], "member");
    assert_eq!(shown["metadata"], made["metadata"]);
    let notes = made["metadata"].as_array().expect("notes");
    assert_eq!(
        (&notes[0]["key"], &notes[0]["value"]),
        (&json!("team"), &json!("core"))
    );
    assert_eq!(
        (&notes[1]["key"], &notes[1]["value"]),
        (&json!("stage"), &json!("live"))
    );
    assert_ne!(notes[0]["id"], notes[1]["id"]);
}

async fn an_organization_s_identities_are_listed_oldest_first() {
    let server = Server::start(Setup::default()).await;
    let first = identity(&server, Identity::without_token_auth()).await;
    let second = identity(&server, Identity::member(TokenAuth::default())).await;
    foreign(&server).await;
    let organization = server.demo("/infisical/organization_id");
    let listed = admin(&server, "GET", "/api/v1/identities")
        .query(&[("orgId", organization)])
        .expect(200)
        .await
        .json();
    assert_eq!(listed["totalCount"], 3);
    let ids: Vec<&str> = listed["identities"]
        .as_array()
        .expect("identities")
        .iter()
        .filter_map(|membership| membership["identity"]["id"].as_str())
        .collect();
    assert_eq!(
        ids,
        [server.demo("/infisical/identity_id"), &first, &second]
    );
    let methods = |at: usize| listed["identities"][at]["identity"]["authMethods"].clone();
    assert_eq!((methods(1), methods(2)), (json!([]), json!(["token-auth"])));
}

async fn a_change_leaves_what_it_does_not_name() {
    let server = Server::start(Setup::default()).await;
    let asked = json!({"role": "member", "metadata": [{"key": "a", "value": "1"}]});
    let made = create(&server, &asked).expect(200).await;
    let id = made.string("/identity/id");
    let created = made.string("/identity/createdAt");
    let change = async |body: Value| {
        server.clock.advance(TimeDelta::seconds(1));
        let call = admin(&server, "PATCH", &identity_path(&id)).json(&body);
        let changed = call.expect(200).await.json();
        let shown = admin(&server, "GET", &identity_path(&id)).expect(200).await;
        assert_eq!(changed["identity"]["createdAt"], created.as_str());
        assert!(changed["identity"]["updatedAt"].as_str() > Some(created.as_str()));
        shown.json()["identity"].clone()
    };
    let same = change(json!({})).await;
    assert_eq!(
        (&same["role"], &same["identity"]["name"]),
        (&json!("member"), &json!("deployment"))
    );
    let renamed = change(json!({"name": "release"})).await;
    assert_eq!(renamed["identity"]["name"], "release");
    assert_eq!(
        (&renamed["role"], &renamed["metadata"]),
        (&same["role"], &same["metadata"])
    );
    let promoted = change(json!({"role": "admin", "hasDeleteProtection": true})).await;
    assert_eq!(
        (&promoted["role"], &promoted["identity"]["name"]),
        (&json!("admin"), &json!("release"))
    );
    assert_eq!(promoted["identity"]["hasDeleteProtection"], true);
    let noted = change(json!({"metadata": []})).await;
    assert_eq!(noted["metadata"], json!([]));
    assert_eq!(noted["role"], "admin");
}

async fn a_changed_role_counts_at_once() {
    let server = shared().await;
    let id = identity(server, Identity::admin(TokenAuth::default())).await;
    let token = token_of(server, &id).await;
    let look = || server.client.get(&identity_path(&id)).bearer(&token);
    look().expect(200).await;
    let demote = admin(server, "PATCH", &identity_path(&id)).json(&json!({"role": "no-access"}));
    demote.expect(200).await;
    look().expect(403).await;
}

async fn a_role_that_no_organization_has_is_refused() {
    let server = shared().await;
    let id = identity(server, Identity::without_token_auth()).await;
    for role in ["owner", "Admin", "admin "] {
        let call = create(server, &json!({ "role": role }));
        refused(call, 400, "BadRequest", "Role not found").await;
        let call = admin(server, "PATCH", &identity_path(&id)).json(&json!({ "role": role }));
        refused(call, 400, "BadRequest", "Role not found").await;
    }
}

async fn a_protected_identity_is_not_deleted() {
    let server = shared().await;
    let made = create(server, &json!({"hasDeleteProtection": true}));
    let id = made.expect(200).await.string("/identity/id");
    let delete = || admin(server, "DELETE", &identity_path(&id));
    refused(
        delete(),
        400,
        "BadRequest",
        "Identity has delete protection",
    )
    .await;
    let release = admin(server, "PATCH", &identity_path(&id));
    let release = release.json(&json!({"hasDeleteProtection": false}));
    release.expect(200).await;
    let deleted = delete().expect(200).await;
    assert_eq!(deleted.string("/identity/id"), id);
}

async fn of_many_deletions_one_succeeds() {
    let server = shared().await;
    let id = identity(server, Identity::without_token_auth()).await;
    let deletions = (0..8).map(|_| admin(server, "DELETE", &identity_path(&id)).send());
    let answers = join_all(deletions).await;
    let with = |status| {
        answers
            .iter()
            .filter(|answer| answer.status == status)
            .count()
    };
    assert_eq!((with(200), with(404)), (1, 7));
}

async fn a_deleted_identity_is_gone_and_its_tokens_with_it() {
    let server = shared().await;
    let id = identity(server, Identity::admin(TokenAuth::default())).await;
    let token = token_of(server, &id).await;
    probe(server, &token).expect(200).await;
    // An identity may delete itself, as whoever administers it.
    let delete = server
        .client
        .call("DELETE", &identity_path(&id))
        .bearer(&token);
    delete.expect(200).await;
    ended(
        server,
        &token,
        "Failed to authorize: identity tokens have been revoked",
    )
    .await;
    let message = format!("Failed to find identity with ID {id}");
    for method in ["GET", "DELETE"] {
        let call = admin(server, method, &identity_path(&id));
        refused(call, 404, "NotFound", &message).await;
    }
}

async fn details_say_where_the_caller_belongs() {
    let server = shared().await;
    let id = identity(server, Identity::no_access(TokenAuth::default())).await;
    let token = token_of(server, &id).await;
    let details = probe(server, &token).expect(200).await.json();
    let expected = json!({"identityDetails": {"organization": {
        "id": server.demo("/infisical/organization_id"),
        "name": "Demo organization",
        "slug": "demo-organization",
    }}});
    assert_eq!(details, expected);
}

async fn only_the_own_organization_is_known() {
    let server = shared().await;
    let foreign = foreign(server).await;
    for organization in [foreign.organization_id.as_str(), "unheard-of", ""] {
        let message = format!("Failed to find organization with ID {organization}");
        let call = create(server, &json!({ "organizationId": organization }));
        refused(call, 404, "NotFound", &message).await;
        let call = admin(server, "GET", "/api/v1/identities").query(&[("orgId", organization)]);
        refused(call, 404, "NotFound", &message).await;
    }
}
