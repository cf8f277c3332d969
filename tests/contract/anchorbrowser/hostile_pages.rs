//! The page, against those who mean harm and those who are mistaken.

use serde_json::json;

use super::browser::{page, submit};
use super::operations::{application, auth_flow, call, identity_token, new_site};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    refuses_tokens_that_were_never_minted,
    escapes_what_others_wrote,
    refuses_requests_that_make_no_sense,
    takes_forms_only,
    refuses_forms_that_are_too_large,
    owns_up_to_a_broken_store,
);

async fn refuses_tokens_that_were_never_minted() {
    let server = shared().await;
    let demo = server.demo("/anchorbrowser/application_id");
    let good = identity_token(server, demo, "https://app.example.com/").await;
    let key = server.demo("/anchorbrowser/api_key");
    for token in [
        "",
        "x",
        "idtok_",
        &good[..good.len() - 1],
        &format!("{good}x"),
        &forged::tampered(&good),
        key,
        &key.replace("sk-", "idtok_"),
    ] {
        let answer = page(server, token).expect(404).await;
        assert!(answer.text().contains("not known"), "{}", answer.text());
        assert!(!answer.text().contains("<form"));
        let form = [("token", token), ("username", "a"), ("password", "b")];
        submit(server, &form).expect(404).await;
    }
    page(server, &good).expect(200).await;
}

async fn escapes_what_others_wrote() {
    let server = shared().await;
    let hostile = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>&amp;{{7*7}}";
    let body = json!({"source": new_site(), "name": hostile});
    let made = call(server, "POST", "/v1/applications").json(&body);
    let id = made.expect(201).await.string("/id");
    for name in ["One", hostile] {
        let flow = json!({
            "name": name,
            "description": hostile,
            "methods": ["custom"],
            "custom_fields": [{"name": &hostile[..60]}],
        });
        auth_flow(server, &id, &flow).await;
    }
    let callback = "https://app.example.com/'%22%3E%3Cscript%3E";
    let token = identity_token(server, &id, callback).await;
    let shown = page(server, &token).query(&[("userName", hostile)]);
    let again = [
        ("token", token.as_str()),
        ("userName", hostile),
        ("popup", "true"),
    ];
    let again = submit(server, &again).expect(400).await;
    for answer in [shown.expect(200).await, again] {
        let html = answer.text();
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert!(!html.contains("<img") && !html.contains("\"'>"), "{html}");
        assert!(html.contains("alert(1)"), "the name is not shown: {html}");
    }
    let plain = application(server, &new_site()).await;
    let token = identity_token(server, &plain, callback).await;
    let form = [
        ("token", token.as_str()),
        ("popup", "true"),
        ("username", "a"),
        ("password", "b"),
    ];
    let done = submit(server, &form).expect(200).await.text();
    assert_eq!(done.matches("<script").count(), 1, "{done}");
}

async fn refuses_requests_that_make_no_sense() {
    let server = shared().await;
    let client = &server.client;
    client.get("/identity/create").expect(400).await;
    let demo = server.demo("/anchorbrowser/application_id");
    let token = identity_token(server, demo, "https://app.example.com/").await;
    let long = "a".repeat(256);
    page(server, &token)
        .query(&[("userName", &long)])
        .expect(400)
        .await;
    page(server, &token)
        .query(&[("token", &token)])
        .expect(400)
        .await;
    let token = ("token", token.as_str());
    let (username, password) = (("username", "ada"), ("password", "b"));
    let huge = "a".repeat(4097);
    for form in [
        vec![],
        vec![username, password],
        vec![token, token, username, password],
        vec![token, username, username, password],
        vec![token, username, ("password", huge.as_str())],
        vec![token, username, password, ("custom.x", huge.as_str())],
        vec![token, username, password, ("userName", long.as_str())],
        vec![token, username, password, ("popup", "yes")],
        vec![token, username, password, ("auth_flow_id", "1")],
    ] {
        let answer = submit(server, &form).expect(400).await;
        assert!(!answer.text().contains(&huge[..64]), "a value is echoed");
    }
}

async fn takes_forms_only() {
    let client = &shared().await.client;
    for media_type in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        let call = client.post("/identity/create").body(media_type, "{}");
        call.expect(415).await;
    }
}

async fn refuses_forms_that_are_too_large() {
    let form = [("token", "x"), ("password", &"a".repeat(2 << 20))];
    submit(shared().await, &form).expect(413).await;
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    let demo = server.demo("/anchorbrowser/application_id");
    let token = identity_token(&server, demo, "https://app.example.com/").await;
    server.break_store().await;
    page(&server, &token).expect(500).await;
    let form = [
        ("token", token.as_str()),
        ("username", "a"),
        ("password", "b"),
    ];
    let answer = submit(&server, &form).expect(500).await;
    assert!(
        !answer.text().to_lowercase().contains("table"),
        "tells what is inside"
    );
}
