//! What is the same for every API: routing, methods, request ids, probes, the contracts served.

use serde_json::{Value, json};

use crate::client::Answer;
use crate::contract;
use crate::server::{Server, Setup, shared};

scenarios!(
    nothing_is_a_404_with_problem_details,
    paths_are_matched_exactly,
    other_methods_are_405_with_allow,
    options_says_what_is_allowed,
    requests_have_an_id,
    a_sane_request_id_is_kept,
    an_insane_request_id_is_replaced,
    says_that_it_lives_and_is_ready,
    is_not_ready_without_its_store,
    serves_the_contracts_as_they_stand,
    serves_the_documentation,
    serves_only_the_apis_it_was_told_to,
    a_chunked_body_is_limited_too,
    a_body_that_never_ends_is_given_up,
    survives_hostile_requests,
);

fn operation_paths() -> Vec<(String, String)> {
    let path = |template: &str| {
        template
            .split('/')
            .map(|segment| {
                if segment.starts_with('{') {
                    "aaa"
                } else {
                    segment
                }
            })
            .collect::<Vec<_>>()
            .join("/")
    };
    contract::providers()
        .flat_map(|contract| contract::members(&contract.document["paths"]))
        .flat_map(|(template, item)| {
            let methods = contract::members(item).keys().cloned();
            methods.map(move |method| (method, path(template)))
        })
        .filter(|(method, _)| ["get", "post"].contains(&method.as_str()))
        .collect()
}

async fn nothing_is_a_404_with_problem_details() {
    let client = &shared().await.client;
    for path in [
        "/nothing",
        "/v1",
        "/v1/apps",
        "/authorization",
        "/api/v1/auth",
    ] {
        for method in ["GET", "POST", "DELETE", "HEAD", "OPTIONS"] {
            client.call(method, path).expect(404).await;
        }
    }
}

async fn paths_are_matched_exactly() {
    let client = &shared().await.client;
    for (_, path) in operation_paths() {
        for wrong in [
            format!("{path}/"),
            format!("/{path}"),
            path.to_uppercase(),
            format!("{path}/more"),
            path.replace("aaa", ""),
        ] {
            // One variable's place may be another path's end.
            if contract::methods_of(&wrong).is_empty() {
                client.post(&wrong).expect(404).await;
            }
        }
    }
}

async fn other_methods_are_405_with_allow() {
    let client = &shared().await.client;
    for (_, path) in operation_paths() {
        for method in ["GET", "PUT", "PATCH", "DELETE", "HEAD", "TRACE", "PROPFIND"] {
            if contract::find(method, &path).is_none() {
                client.call(method, &path).expect(405).await;
            }
        }
    }
}

async fn options_says_what_is_allowed() {
    let client = &shared().await.client;
    for (method, path) in operation_paths() {
        let answer = client.call("OPTIONS", &path).expect(204).await;
        assert!(answer.header("allow").contains(&method.to_uppercase()));
        assert!(answer.body.is_empty());
    }
}

async fn requests_have_an_id() {
    let client = &shared().await.client;
    let first = client.get("/nothing").expect(404).await;
    let second = client.get("/nothing").expect(404).await;
    assert_ne!(first.header("x-request-id"), second.header("x-request-id"));
    // What the vendor's body calls it is the same.
    let answer = client
        .post("/api/v1/auth/token-auth/identities/x/tokens")
        .expect(401)
        .await;
    assert_eq!(answer.string("/reqId"), answer.header("x-request-id"));
}

async fn a_sane_request_id_is_kept() {
    let client = &shared().await.client;
    for id in ["abc-123_X.y", &"a".repeat(128)] {
        let answer = client
            .get("/nothing")
            .header("x-request-id", id)
            .expect(404)
            .await;
        assert_eq!(answer.headers_of("x-request-id"), [id]);
    }
}

async fn an_insane_request_id_is_replaced() {
    let client = &shared().await.client;
    for id in ["", "a b", "a\"b", "a/b", &"a".repeat(129), "{\"a\":1}"] {
        let answer = client
            .get("/nothing")
            .header("x-request-id", id)
            .expect(404)
            .await;
        assert_ne!(answer.header("x-request-id"), id);
    }
}

async fn says_that_it_lives_and_is_ready() {
    let client = &shared().await.client;
    client.get("/healthz").expect(200).await;
    client.get("/readyz").expect(200).await;
    client.call("HEAD", "/healthz").expect(200).await;
}

async fn is_not_ready_without_its_store() {
    let server = Server::start(Setup::default()).await;
    server.client.get("/readyz").expect(200).await;
    server.break_store().await;
    server.client.get("/readyz").expect(503).await;
    server.client.get("/healthz").expect(200).await;
}

async fn serves_the_contracts_as_they_stand() {
    let client = &shared().await.client;
    for contract in contract::providers() {
        let json = client
            .get(&format!("/openapi/{}.json", contract.name))
            .expect(200)
            .await;
        assert_eq!(json.json(), contract.document);
        assert!(json.header("content-type").contains("json"));
        let yaml = client
            .get(&format!("/openapi/{}.yaml", contract.name))
            .expect(200)
            .await;
        assert!(yaml.header("content-type").contains("yaml"));
        let document: Value = serde_saphyr::from_str(&yaml.text()).expect("YAML");
        assert_eq!(document, contract.document);
    }
    client.get("/openapi/nothing.json").expect(404).await;
}

async fn serves_the_documentation() {
    let client = &shared().await.client;
    let page = client.get("/docs/").expect(200).await;
    assert!(page.header("content-type").starts_with("text/html"));
    let text = page.text();
    let mut scripts = 0;
    for tag in text.split('<') {
        for name in ["src", "href"] {
            if let Some((_, rest)) = tag.split_once(&format!("{name}=\"")) {
                let target = rest.split('"').next().unwrap_or_default();
                assert!(!target.contains("//"), "needs the network: {target}");
                let path = format!("/docs/{}", target.trim_start_matches("./"));
                client.get(&path).expect(200).await;
                scripts += usize::from(tag.starts_with("script"));
            }
        }
    }
    assert!(scripts > 0);
    let initializer = client.get("/docs/swagger-initializer.js").expect(200).await;
    for contract in contract::providers() {
        // The page's own copy of a contract, whose only server is this one.
        let path = format!("/docs/{}.json", contract.name);
        assert!(initializer.text().contains(&path));
        let copy = client.get(&path).expect(200).await.json();
        assert_eq!(copy["servers"][0]["url"], "/");
        assert_eq!(copy["paths"], contract.document["paths"]);
    }
    let answer = client.get("/docs").send().await;
    assert!(
        [200, 301, 302, 303, 307, 308].contains(&answer.status),
        "{}",
        answer.status
    );
}

async fn serves_only_the_apis_it_was_told_to() {
    let server = Server::start(Setup::only("vtex")).await;
    let body = json!({"applicationId": "vtex", "returnUrl": "https://example.com/"});
    server
        .client
        .post("/authorization/token")
        .json(&body)
        .expect(200)
        .await;
    server.client.get("/openapi/vtex.json").expect(200).await;
    server
        .client
        .get("/openapi/infisical.json")
        .expect(404)
        .await;
    let plain = reqwest::Client::new();
    for (method, path) in operation_paths() {
        let found = contract::find(&method, &path).expect("an operation");
        if found.contract.name != "vtex" {
            let url = format!("{}{path}", server.client.base());
            let answer = plain.post(url).send().await.expect("an answer");
            assert_eq!(answer.status().as_u16(), 404);
        }
    }
}

async fn a_chunked_body_is_limited_too() {
    let server = shared().await;
    let piece = || "a".repeat(64 << 10).into_bytes();
    let pieces = futures_util::stream::iter((0..40).map(move |_| Ok::<_, std::io::Error>(piece())));
    let answer = reqwest::Client::new()
        .post(format!("{}/authorization/token", server.client.base()))
        .header("content-type", "application/json")
        .body(reqwest::Body::wrap_stream(pieces))
        .send()
        .await
        .expect("an answer");
    assert_eq!(answer.status().as_u16(), 413);
    let body: Value = answer.json().await.expect("JSON");
    assert_eq!(body["status"], "error");
}

async fn a_body_that_never_ends_is_given_up() {
    let server = Server::start(Setup::impatient()).await;
    let start = std::time::Instant::now();
    let answer = raw(
        &server,
        b"POST /authorization/token HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{",
    )
    .await;
    assert!(start.elapsed().as_secs() < 20, "still waits");
    // The client's fault, so the documented status of a malformed body.
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    assert!(answer.contains("\"status\":\"error\""), "{answer}");
    server.client.get("/healthz").expect(200).await;
}

async fn survives_hostile_requests() {
    let server = shared().await;
    for request in [
        &b"GET / HTTP/9.9\r\n\r\n"[..],
        b"\0\0\0\0\r\n\r\n",
        b"POST /authorization/token HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n",
        b"POST /authorization/token HTTP/1.1\r\nhost: x\r\ncontent-length: 99999999999999999999\r\n\r\n",
        b"POST /authorization/token HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
        b"GET /%ff%fe%00 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"GET /docs/../../../etc/passwd HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /v1/applications/%zz/tokens HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
        b"POST /v1/organizations/%2f/apps/%00/tokens HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
    ] {
        let answer = raw(server, request).await;
        assert!(
            answer.is_empty() || answer.starts_with("HTTP/1.1 4") || answer.starts_with("HTTP/1.0 4"),
            "{}: {answer}",
            String::from_utf8_lossy(request)
        );
        assert!(!answer.contains("root:"));
    }
    let answer: Answer = server.client.get("/healthz").expect(200).await;
    assert_eq!(answer.status, 200);
}

/// What comes back for these bytes, until the server closes or ten seconds have passed.
async fn raw(server: &Server, request: &[u8]) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = server
        .client
        .base()
        .trim_start_matches("http://")
        .to_owned();
    let mut socket = tokio::net::TcpStream::connect(address)
        .await
        .expect("a socket");
    socket.write_all(request).await.expect("sent");
    let mut answer = Vec::new();
    let read = socket.read_to_end(&mut answer);
    let _ = tokio::time::timeout(std::time::Duration::from_secs(10), read).await;
    String::from_utf8_lossy(&answer).into_owned()
}
