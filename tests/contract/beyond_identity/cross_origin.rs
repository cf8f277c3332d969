//! What apps in browsers may call from origins of their own (RFC 9700, section 2.6), and what not.

use super::flow;
use crate::client::{Answer, Call};
use crate::server::{Server, shared};

scenarios!(
    apps_in_browsers_read_every_answer_of_their_endpoints,
    browsers_are_told_before_they_send,
    nothing_else_is_open,
);

const ORIGIN: &str = "https://app.example.com";

/// The endpoints for apps in browsers, each with its method.
async fn endpoints(server: &Server) -> Vec<(&'static str, String)> {
    let public = flow::public_demo(server);
    let discovery = public.path(".well-known/openid-configuration");
    let told = server.client.get(&discovery).expect(200).await.json();
    let before = |name: &str| {
        let path = public.path("");
        format!("/.well-known/{name}{}", path.trim_end_matches('/'))
    };
    let mut endpoints = vec![
        ("GET", discovery),
        ("GET", public.path(".well-known/oauth-authorization-server")),
        ("GET", before("openid-configuration")),
        ("GET", before("oauth-authorization-server")),
    ];
    for (method, name) in [
        ("GET", "jwks_uri"),
        ("POST", "token_endpoint"),
        ("POST", "revocation_endpoint"),
        ("GET", "userinfo_endpoint"),
        ("POST", "userinfo_endpoint"),
    ] {
        let url = told[name].as_str().expect(name);
        let path = url.strip_prefix(server.client.base()).expect("this server");
        endpoints.push((method, path.to_owned()));
    }
    endpoints
}

fn asked_beforehand(server: &Server, method: &str, path: &str) -> Call {
    let call = server.client.call("OPTIONS", path).header("origin", ORIGIN);
    call.header("access-control-request-method", method)
        .header("access-control-request-headers", "authorization,x-mine")
}

fn assert_open(answer: &Answer) {
    assert_eq!(answer.headers_of("access-control-allow-origin"), ["*"]);
    assert!(
        answer
            .headers_of("access-control-allow-credentials")
            .is_empty()
    );
}

fn assert_closed(answer: &Answer) {
    let names = answer.headers.iter().map(|(name, _)| name);
    let told: Vec<_> = names
        .filter(|name| name.starts_with("access-control-"))
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

async fn apps_in_browsers_read_every_answer_of_their_endpoints() {
    let server = shared().await;
    for (method, path) in endpoints(server).await {
        let call = server.client.call(method, &path).header("origin", ORIGIN);
        let answer = call.send().await;
        let expected = match (method, path.contains("well-known")) {
            (_, true) => 200,
            (_, false) if path.ends_with("/userinfo") => 401,
            // No form was sent.
            _ => 400,
        };
        assert_eq!(answer.status, expected, "{method} {path}");
        assert_open(&answer);
    }
    let public = flow::public_demo(server);
    let code = public.code_with(server, &[("scope", "openid")]).await;
    let call = || public.redeem(server, &code).header("origin", ORIGIN);
    let tokens = call().expect(200).await;
    let told = server.client.get(&public.path("userinfo"));
    let told = told.bearer(&tokens.string("/access_token"));
    let refused = server.client.get(&public.path("userinfo")).bearer("wrong");
    let refused = refused.header("origin", ORIGIN).expect(401).await;
    let exposed = refused.header("access-control-expose-headers");
    assert!(exposed.contains("www-authenticate"), "{exposed}");
    let told = told.header("origin", ORIGIN).expect(200).await;
    for answer in [tokens, told, refused, call().expect(400).await] {
        assert_open(&answer);
    }
}

async fn browsers_are_told_before_they_send() {
    let server = shared().await;
    for (method, path) in endpoints(server).await {
        let answer = asked_beforehand(server, method, &path).expect(204).await;
        assert_open(&answer);
        assert_eq!(answer.header("access-control-allow-methods"), method);
        let fields = answer.header("access-control-allow-headers");
        assert_eq!(fields, "authorization, *");
    }
}

/// What a person or a server sends, the management API, and what is no API at all.
async fn nothing_else_is_open() {
    let server = shared().await;
    let demo = flow::demo(server);
    let introspect = demo.introspection(server, "x").header("origin", ORIGIN);
    let page = demo.authorize(server, &[]).header("origin", ORIGIN);
    let list = server
        .client
        .get(&demo.path("tokens"))
        .header("origin", ORIGIN);
    let decision = demo.decide(server, &[]).header("origin", ORIGIN);
    let mut answers = vec![
        introspect.expect(401).await,
        page.expect(200).await,
        list.expect(401).await,
        decision.expect(400).await,
    ];
    let introspection = demo
        .path("")
        .replace(&format!("applications/{}/", demo.id), "introspect");
    for (method, path) in [
        ("GET", demo.path("authorize")),
        ("POST", demo.path("authorize")),
        ("POST", demo.path("authorize/decision")),
        ("POST", introspection),
        ("GET", demo.path("tokens")),
        ("DELETE", demo.path("token")),
        ("GET", "/authorization/credentials".to_owned()),
        ("POST", "/v1/applications".to_owned()),
    ] {
        answers.push(asked_beforehand(server, method, &path).expect(204).await);
    }
    for answer in answers {
        assert_closed(&answer);
    }
}
