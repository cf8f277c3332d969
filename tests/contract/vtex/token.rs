//! The first step: a token for a merchant who comes next.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::bodies;
use crate::client::Call;
use crate::server::{Server, Setup, shared};

scenarios!(
    answers_the_application_and_a_uuid,
    keeps_the_token_with_its_return_url,
    serves_only_the_application_vtex,
    refuses_what_is_no_absolute_https_url,
    a_return_url_is_bounded,
    refuses_what_is_no_json_object,
    refuses_bodies_that_are_too_large,
    refuses_other_media_types,
    owns_up_to_a_broken_store,
);

const RETURN_URL: &str = "https://admin.mystore.example.com/provider-return?authorizationCode=";

fn create(server: &Server) -> Call {
    server.client.post("/authorization/token")
}

fn request(return_url: &str) -> Value {
    json!({ "applicationId": "vtex", "returnUrl": return_url })
}

fn assert_error(body: &Value) {
    assert_eq!(body["status"], "error");
    assert!(!body["code"].as_str().expect("a code").is_empty());
    assert!(!body["message"].as_str().expect("a message").is_empty());
}

async fn answers_the_application_and_a_uuid() {
    let server = shared().await;
    let first = create(server).json(&request(RETURN_URL)).expect(200).await;
    assert_eq!(first.string("/applicationId"), "vtex");
    let token: Uuid = first.string("/token").parse().expect("a UUID");
    assert_eq!(
        token.get_version_num(),
        4,
        "only random ones can't be guessed"
    );
    let second = create(server).json(&request(RETURN_URL)).expect(200).await;
    assert_ne!(first.string("/token"), second.string("/token"));
}

async fn keeps_the_token_with_its_return_url() {
    let server = Server::start(Setup::default()).await;
    create(&server).json(&request(RETURN_URL)).expect(200).await;
    assert!(
        server.database_holds(RETURN_URL).await,
        "no row has the URL to return to"
    );
}

async fn serves_only_the_application_vtex() {
    for application in [
        json!("VTEX"),
        json!("vtex "),
        json!(""),
        json!("other"),
        json!(null),
        json!(["vtex"]),
    ] {
        let body = json!({ "applicationId": application, "returnUrl": RETURN_URL });
        let answer = create(shared().await).json(&body).expect(400).await;
        assert_error(&answer.json());
        assert!(answer.text().contains("applicationId"));
    }
}

async fn refuses_what_is_no_absolute_https_url() {
    for url in [
        "http://example.com/",
        "/return",
        "https://",
        "https:///return",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://example.com/ x",
        "https://admin.store.example@other.example/",
        "https://:password@other.example/",
        "http://127.0.0.1:8080/return",
        "",
    ] {
        let answer = create(shared().await).json(&request(url)).expect(400).await;
        assert_error(&answer.json());
        let message = answer.string("/message");
        let words = "`returnUrl` must be an absolute https URL without user information";
        assert_eq!(message, words, "{url}");
    }
}

async fn a_return_url_is_bounded() {
    let server = shared().await;
    let mut url = format!("{RETURN_URL}{}", "a".repeat(2048 - RETURN_URL.len()));
    create(server).json(&request(&url)).expect(200).await;
    url.push('a');
    let answer = create(server).json(&request(&url)).expect(400).await;
    let message = answer.string("/message");
    assert_eq!(message, "`returnUrl` must have at most 2048 characters");
}

async fn refuses_what_is_no_json_object() {
    for body in bodies::no_objects(&request(RETURN_URL)) {
        let answer = create(shared().await)
            .body("application/json", body)
            .expect(400)
            .await;
        assert_error(&answer.json());
    }
    for body in [
        json!({"applicationId": "vtex"}),
        json!({"returnUrl": RETURN_URL}),
    ] {
        assert_error(&create(shared().await).json(&body).expect(400).await.json());
    }
}

async fn refuses_bodies_that_are_too_large() {
    let url = format!("{RETURN_URL}{}", "a".repeat(2 << 20));
    let answer = create(shared().await)
        .json(&request(&url))
        .expect(413)
        .await;
    assert_error(&answer.json());
}

async fn refuses_other_media_types() {
    let server = shared().await;
    let body = request(RETURN_URL).to_string();
    for media_type in bodies::NOT_JSON {
        let answer = create(server)
            .body(media_type, body.clone())
            .expect(415)
            .await;
        assert_error(&answer.json());
    }
    assert_error(&create(server).untyped(body).expect(415).await.json());
}

async fn owns_up_to_a_broken_store() {
    let server = Server::start(Setup::default()).await;
    server.break_store().await;
    let answer = create(&server).json(&request(RETURN_URL)).expect(500).await;
    assert_error(&answer.json());
}
