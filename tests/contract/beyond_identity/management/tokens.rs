//! The tokens of an application: listed, and revoked by their identifiers.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::super::flow::{self, Application, DELETE};
use super::manager::{Manager, assert_error, assert_missing};
use crate::fixture::{self, NewApplication};
use crate::forged;
use crate::server::{Server, Setup, shared};

scenarios!(
    a_token_is_told_by_all_but_its_text,
    only_tokens_that_are_good_are_listed,
    tokens_are_listed_by_principal,
    references_and_refresh_tokens_are_listed_too,
    a_refresh_token_takes_its_access_tokens_with_it,
    a_token_is_revoked_by_its_identifier,
    only_an_application_s_own_token_is_revoked,
    what_is_no_identifier_is_not_found,
    a_principal_is_an_application_or_an_identity,
);

/// An application with few tokens, in the demo's realm.
async fn application(server: &Server) -> Application {
    fixture::application(server, NewApplication::default()).await
}

fn path(application: &Application) -> String {
    format!("/applications/{}/tokens", application.id)
}

async fn ids(manager: &Manager<'_>, path: &str, query: &[(&str, &str)]) -> Vec<String> {
    let list = manager.get(path).query(query).expect(200).await.json();
    let tokens = list["tokens"].as_array().expect("a list");
    assert_eq!(list["total_size"], tokens.len());
    let id = |token: &Value| token["id"].as_str().expect("an id").to_owned();
    tokens.iter().map(id).collect()
}

fn jti(token: &str) -> String {
    let (_, claims) = forged::jwt(token);
    claims["jti"].as_str().expect("a jti").to_owned()
}

async fn a_token_is_told_by_all_but_its_text() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let application = application(&server).await;
    let token = application.access_token(&server, DELETE).await;
    let (_, claims) = forged::jwt(&token);
    let answer = manager.get(&path(&application)).expect(200).await;
    let list = answer.json();
    let told = &list["tokens"][0];
    let suffix = told["token_suffix"].as_str().expect("a suffix");
    assert!(token.ends_with(suffix) && (1..=12).contains(&suffix.len()));
    assert_eq!(
        list,
        json!({
            "tokens": [{
                "id": claims["jti"],
                "scopes": [DELETE],
                "token_suffix": suffix,
                "token_format": "self_contained",
                "expires": claims["exp"],
                "issued_at": claims["iat"],
                "token_type": "access",
            }],
            "total_size": 1,
        })
    );
    assert!(!answer.text().contains(&token));
}

async fn only_tokens_that_are_good_are_listed() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let application = application(&server).await;
    let path = path(&application);
    assert!(ids(&manager, &path, &[]).await.is_empty());
    let early = application.access_token(&server, DELETE).await;
    server.clock.advance(TimeDelta::seconds(1800));
    let late = application.access_token(&server, DELETE).await;
    let revoked = application.access_token(&server, DELETE).await;
    let all = [jti(&early), jti(&late), jti(&revoked)];
    assert_eq!(ids(&manager, &path, &[]).await, all);
    let call = application.revoke(&server, &revoked);
    call.basic(&application.client_id, application.secret())
        .expect(200)
        .await;
    assert_eq!(ids(&manager, &path, &[]).await, all[..2]);
    server.clock.advance(TimeDelta::seconds(1800));
    assert_eq!(ids(&manager, &path, &[]).await, all[1..2]);
    let id = &all[0];
    let answer = manager.delete(&format!("{path}/{id}")).expect(404).await;
    assert_missing(&answer, "Token", id);
}

async fn tokens_are_listed_by_principal() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let application = application(&server).await;
    let path = path(&application);
    let own = application.access_token(&server, DELETE).await;
    let page = application.authorize_with_pkce(&server, &[]);
    let identities = flow::identities(&page.expect(200).await);
    let mut of_people = Vec::new();
    for identity in &identities {
        let page = application.authorize_with_pkce(&server, &[]);
        let ticket = flow::ticket(&page.expect(200).await);
        let form = [
            ("ticket", ticket.as_str()),
            ("identity_id", identity),
            ("decision", "approve"),
        ];
        let answer = application.decide(&server, &form).expect(302).await;
        let code = answer.location_parameter("code").expect("a code");
        let answer = application.redeem(&server, &code).expect(200).await;
        of_people.push(jti(&answer.string("/access_token")));
    }
    let of = |query: Vec<(&'static str, String)>| {
        let (manager, path) = (&manager, &path);
        async move {
            let pairs = query.iter().map(|(name, value)| (*name, value.as_str()));
            ids(manager, path, &pairs.collect::<Vec<_>>()).await
        }
    };
    let r#type = |name: &str| ("principal_type", name.to_owned());
    let id = |id: &str| ("principal_id", id.to_owned());
    let own = vec![jti(&own)];
    assert_eq!(of(vec![]).await, [own.clone(), of_people.clone()].concat());
    assert_eq!(of(vec![r#type("application")]).await, own);
    assert_eq!(of(vec![id(&application.id)]).await, own);
    let both = vec![r#type("application"), id(&application.id)];
    assert_eq!(of(both).await, own);
    assert_eq!(of(vec![r#type("identity")]).await, of_people);
    for (identity, token) in identities.iter().zip(&of_people) {
        let both = vec![r#type("identity"), id(identity)];
        assert_eq!(of(both).await, [token.as_str()]);
        assert_eq!(of(vec![id(identity)]).await, [token.as_str()]);
    }
    for none in [
        vec![r#type("identity"), id(&application.id)],
        vec![r#type("application"), id(&identities[0])],
        vec![id("")],
    ] {
        assert!(of(none).await.is_empty());
    }
}

/// An application whose tokens are references, with refresh tokens.
async fn referential(server: &Server) -> Application {
    let new = NewApplication {
        more: json!({"token_format": "referential", "refresh_tokens": true}),
        ..NewApplication::default()
    };
    fixture::application(server, new).await
}

async fn references_and_refresh_tokens_are_listed_too() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let application = referential(&server).await;
    let answer = application.tokens(&server, DELETE).await;
    let list = manager.get(&path(&application)).expect(200).await;
    assert_eq!(list.json()["total_size"], 2);
    for (at, r#type, name, lifetime) in [
        (0, "access", "access_token", 3600),
        (1, "refresh", "refresh_token", 7_776_000),
    ] {
        let told = list.json()["tokens"][at].clone();
        let text = answer.string(&format!("/{name}"));
        assert_eq!(told["token_type"], r#type);
        assert_eq!(told["token_format"], "referential");
        assert_eq!(told["scopes"], json!([DELETE]));
        let suffix = told["token_suffix"].as_str().expect("a suffix");
        assert!(text.ends_with(suffix));
        let seconds = |name: &str| told[name].as_i64().expect("seconds");
        assert_eq!(seconds("expires") - seconds("issued_at"), lifetime);
        assert!(!list.text().contains(&text));
    }
    // What was refreshed is used up, and is listed no more.
    let refresh_token = answer.string("/refresh_token");
    let again = application.refresh(&server, &refresh_token, &[]);
    again.expect(200).await;
    let list = manager.get(&path(&application)).expect(200).await.json();
    assert_eq!(list["total_size"], 3);
    let identities = [("principal_type", "identity")];
    assert_eq!(
        ids(&manager, &path(&application), &identities).await.len(),
        3
    );
}

async fn a_refresh_token_takes_its_access_tokens_with_it() {
    let server = Server::start(Setup::default()).await;
    let manager = Manager::of_demo(&server).await;
    let application = referential(&server).await;
    let answer = application.tokens(&server, DELETE).await;
    let (access, refresh) = (
        answer.string("/access_token"),
        answer.string("/refresh_token"),
    );
    let other = application.access_token(&server, DELETE).await;
    assert!(application.opens(&server, &access).await);
    let list = manager.get(&path(&application)).expect(200).await;
    let id = list.string("/tokens/1/id");
    let path = format!("{}/{id}", path(&application));
    manager.delete(&path).expect(200).await;
    assert!(!application.opens(&server, &access).await);
    assert!(application.opens(&server, &other).await);
    let answer = application.refresh(&server, &refresh, &[]);
    flow::assert_error(&answer.expect(400).await, "invalid_grant");
    manager.delete(&path).expect(404).await;
}

async fn a_token_is_revoked_by_its_identifier() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let application = application(server).await;
    let token = application.access_token(server, DELETE).await;
    let other = application.access_token(server, DELETE).await;
    assert!(application.opens(server, &token).await);
    let path = format!("{}/{}", path(&application), jti(&token));
    let answer = manager.delete(&path).expect(200).await;
    assert!(answer.body.is_empty());
    assert!(!application.opens(server, &token).await);
    assert!(application.opens(server, &other).await);
    let answer = manager.delete(&path).expect(404).await;
    assert_missing(&answer, "Token", &jti(&token));
}

async fn only_an_application_s_own_token_is_revoked() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let (mine, other) = (application(server).await, application(server).await);
    let elsewhere = fixture::other_tenant(server).await;
    for owner in [&other, &elsewhere] {
        let token = owner.access_token(server, DELETE).await;
        let id = jti(&token);
        let answer = manager.delete(&format!("{}/{id}", path(&mine)));
        assert_missing(&answer.expect(404).await, "Token", &id);
        assert!(owner.opens(server, &token).await);
    }
    // A code is a token of the store, but none of these.
    let code = mine.code(server).await;
    let answer = manager.delete(&format!("{}/{code}", path(&mine)));
    answer.expect(404).await;
}

async fn what_is_no_identifier_is_not_found() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let application = application(server).await;
    let token = application.access_token(server, DELETE).await;
    let id = jti(&token);
    for wrong in ["x", &id[..31], &format!("{id}A"), &forged::tampered(&id)] {
        let answer = manager.delete(&format!("{}/{wrong}", path(&application)));
        assert_missing(&answer.expect(404).await, "Token", wrong);
    }
    assert!(application.opens(server, &token).await);
}

async fn a_principal_is_an_application_or_an_identity() {
    let server = shared().await;
    let manager = Manager::of_demo(server).await;
    let path = path(&application(server).await);
    for wrong in ["", "person", "Application"] {
        let call = manager.get(&path).query(&[("principal_type", wrong)]);
        let answer = call.expect(400).await;
        let violation = assert_error(&answer, "bad_request", "invalid parameters");
        assert_eq!(violation.expect("a field").0, "principal_type");
    }
}
