//! Identities: make, look at, find, change, delete; their credentials are told to nobody.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::operations::{
    PASSWORD, TOTP_SECRET, application, below, call, identity, names, new_site, username_password,
};
use crate::secrets;
use crate::server::{Server, Setup, shared};

scenarios!(
    an_identity_is_made_and_looked_at,
    its_status_says_what_its_credentials_are_worth,
    it_changes_where_it_is_told_to,
    a_deleted_one_is_gone,
    it_is_linked_to_the_application_of_its_site,
    many_at_once_make_one_application,
    it_gets_another_application_where_that_is_deleted_meanwhile,
    it_is_found_by_name_and_metadata,
    refuses_metadata_that_is_no_object,
    refuses_broken_credentials,
    says_what_is_missing_of_a_credential,
    its_credentials_are_sealed_and_told_to_nobody,
);

fn path(id: &str) -> String {
    format!("/v1/identities/{id}")
}

async fn an_identity_is_made_and_looked_at() {
    let server = shared().await;
    let source = format!("{}/login", new_site());
    let metadata = json!({"department": "Engineering", "deep": {"list": [1, null, "x"]}});
    let body = json!({"source": source, "name": "Work", "metadata": metadata, "credentials": [username_password()]});
    let made = call(server, "POST", "/v1/identities").json(&body);
    let made = made.expect(201).await.json();
    assert_eq!(
        (&made["name"], &made["metadata"]),
        (&json!("Work"), &metadata)
    );
    let id = made["id"].as_str().expect("an id");
    let found = call(server, "GET", &path(id)).expect(200).await.json();
    for member in ["id", "name", "metadata", "created_at"] {
        assert_eq!(found[member], made[member], "{member}");
    }
    assert_eq!(found["source"], source);
    let unnamed = identity(server, &json!({ "source": source })).await;
    let unnamed = call(server, "GET", &path(&unnamed)).expect(200).await;
    assert_eq!(unnamed.string("/name"), "Unnamed Identity");
    assert_eq!(unnamed.json()["metadata"], json!({}));
}

async fn its_status_says_what_its_credentials_are_worth() {
    let server = shared().await;
    let good = json!({"type": "authenticator", "secret": TOTP_SECRET, "otp": "123456"});
    let bad = json!({"type": "authenticator", "secret": "not base32!"});
    let custom = json!({"type": "custom", "fields": [{"name": "Badge", "value": "42"}]});
    for (credentials, status) in [
        (json!([]), "pending"),
        (json!([username_password()]), "validated"),
        (json!([custom]), "validated"),
        (json!([username_password(), good]), "validated"),
        (json!([username_password(), bad]), "failed"),
    ] {
        let body = json!({"source": new_site(), "credentials": credentials});
        let create = |validate: &str| {
            let call = call(server, "POST", "/v1/identities").json(&body);
            call.query(&[("validateAsync", validate)]).expect(201)
        };
        assert_eq!(create("false").await.string("/status"), status);
        let later = create("true").await;
        assert_eq!(later.string("/status"), "pending");
        let later = call(server, "GET", &path(&later.string("/id")))
            .expect(200)
            .await;
        assert_eq!(later.string("/status"), status);
    }
    let body = json!({"source": new_site(), "credentials": [username_password()]});
    let default = call(server, "POST", "/v1/identities").json(&body);
    assert_eq!(default.expect(201).await.string("/status"), "pending");
}

async fn it_changes_where_it_is_told_to() {
    let server = Server::start(Setup::default()).await;
    let body = json!({"source": new_site(), "name": "First", "metadata": {"a": 1}});
    let id = identity(&server, &body).await;
    let change = |body: Value| call(&server, "PUT", &path(&id)).json(&body).expect(200);
    server.clock.advance(TimeDelta::minutes(1));
    let named = change(json!({"name": "Second"})).await.json();
    assert_eq!(
        (&named["name"], &named["metadata"]),
        (&json!("Second"), &json!({"a": 1}))
    );
    let tagged = change(json!({"metadata": {"b": 2}})).await.json();
    assert_eq!(
        (&tagged["name"], &tagged["metadata"]),
        (&json!("Second"), &json!({"b": 2}))
    );
    let status = async || {
        let found = call(&server, "GET", &path(&id)).expect(200).await;
        assert_eq!(found.json()["updated_at"], tagged["updated_at"]);
        assert_ne!(found.json()["created_at"], tagged["updated_at"]);
        found.string("/status")
    };
    assert_eq!(status().await, "pending");
    change(json!({"credentials": [username_password()]})).await;
    assert_eq!(status().await, "validated");
    change(json!({"credentials": [{"type": "authenticator", "secret": "0189"}]})).await;
    assert_eq!(status().await, "failed");
    change(json!({"credentials": []})).await;
    assert_eq!(status().await, "pending");
}

async fn a_deleted_one_is_gone() {
    let server = shared().await;
    let site = new_site();
    let id = identity(server, &json!({ "source": site })).await;
    let gone = call(server, "DELETE", &path(&id)).expect(200).await;
    assert!(!gone.string("/message").is_empty());
    for method in ["GET", "DELETE"] {
        call(server, method, &path(&id)).expect(404).await;
    }
    call(server, "PUT", &path(&id))
        .json(&json!({}))
        .expect(404)
        .await;
}

async fn it_is_linked_to_the_application_of_its_site() {
    let server = Server::start(Setup::default()).await;
    let applications = async || {
        let list = call(&server, "GET", "/v1/applications")
            .expect(200)
            .await
            .json();
        names(&list["applications"]).join(", ")
    };
    let link = async |source: &str, name: Option<&str>| {
        let mut body = json!({"source": source, "applicationDescription": "Made for it."});
        if let Some(name) = name {
            body["applicationName"] = json!(name);
        }
        identity(&server, &body).await
    };
    let id = application(&server, "https://shop.example/").await;
    link("http://www.shop.example/login", None).await;
    let identities = call(&server, "GET", &below(&id, "/identities"))
        .expect(200)
        .await;
    assert_eq!(
        identities.json()["identities"].as_array().map(Vec::len),
        Some(1)
    );
    assert_eq!(applications().await, "Demo application, shop.example");
    link("shop.example", Some("The other shop")).await;
    link("shop.example", Some("The other shop")).await;
    link("https://new.example/a", None).await;
    link("https://new.example/b", None).await;
    let all = "Demo application, shop.example, The other shop, new.example";
    assert_eq!(applications().await, all);
    let list = call(&server, "GET", "/v1/applications")
        .expect(200)
        .await
        .json();
    let counts = (0..4).map(|at| list["applications"][at]["identity_count"].clone());
    assert_eq!(counts.collect::<Vec<_>>(), [0, 1, 2, 2]);
    assert_eq!(list["applications"][3]["description"], "Made for it.");
}

async fn it_gets_another_application_where_that_is_deleted_meanwhile() {
    let server = shared().await;
    for _ in 0..32 {
        let source = new_site();
        let application = application(server, &source).await;
        let body = json!({ "source": source });
        let (made, _) = futures_util::future::join(
            call(server, "POST", "/v1/identities")
                .json(&body)
                .expect(201),
            call(server, "DELETE", &below(&application, "")).expect(200),
        )
        .await;
        assert!(!made.string("/id").is_empty());
    }
}

async fn many_at_once_make_one_application() {
    let server = Server::start(Setup::default()).await;
    let calls = (0..24).map(|n| {
        let body = json!({"source": format!("https://one.example/{n}")});
        let call = call(&server, "POST", "/v1/identities").json(&body);
        call.expect(201)
    });
    futures_util::future::join_all(calls).await;
    let list = call(&server, "GET", "/v1/applications")
        .expect(200)
        .await
        .json();
    assert_eq!(
        names(&list["applications"]),
        ["Demo application", "one.example"]
    );
    assert_eq!(list["applications"][1]["identity_count"], 24);
}

async fn it_is_found_by_name_and_metadata() {
    let server = shared().await;
    let site = new_site();
    let id = application(server, &site).await;
    for (name, metadata) in [
        ("Ada", json!({"user": "1", "team": {"id": 7}})),
        ("Grace", json!({"user": "2", "team": {"id": 7}})),
        ("Adele", json!({})),
    ] {
        identity(
            server,
            &json!({"source": site, "name": name, "metadata": metadata}),
        )
        .await;
    }
    let found = async |query: &[(&str, &str)]| {
        let call = call(server, "GET", &below(&id, "/identities")).query(query);
        let list = call.expect(200).await.json();
        names(&list["identities"]).join(", ")
    };
    assert_eq!(found(&[]).await, "Ada, Grace, Adele");
    assert_eq!(found(&[("search", "ad")]).await, "Ada, Adele");
    assert_eq!(
        found(&[("metadata", r#"{"team":{"id":7}}"#)]).await,
        "Ada, Grace"
    );
    assert_eq!(found(&[("metadata", r#"{"user":"2"}"#)]).await, "Grace");
    assert_eq!(found(&[("metadata", r#"{"user":2}"#)]).await, "");
    assert_eq!(found(&[("metadata", "{}")]).await, "Ada, Grace, Adele");
    assert_eq!(
        found(&[("search", "e"), ("metadata", r#"{"user":"2"}"#)]).await,
        "Grace"
    );
}

async fn refuses_metadata_that_is_no_object() {
    let server = shared().await;
    let id = server.demo("/anchorbrowser/application_id");
    for metadata in ["", "x", "[]", "1", "{", "null"] {
        let call = call(server, "GET", &below(id, "/identities"));
        call.query(&[("metadata", metadata)]).expect(400).await;
    }
    for metadata in [json!([]), json!("x"), json!(null)] {
        let body = json!({"source": new_site(), "metadata": metadata});
        let create = call(server, "POST", "/v1/identities").json(&body);
        create.expect(400).await;
    }
}

async fn refuses_broken_credentials() {
    let server = shared().await;
    let id = identity(server, &json!({"source": new_site()})).await;
    let many: Vec<Value> = (0..17).map(|_| username_password()).collect();
    for credentials in [
        json!({}),
        json!(["username_password"]),
        json!([{}]),
        json!([{"type": "password", "username": "a", "password": "b"}]),
        json!([{"type": "username_password", "username": "a"}]),
        json!([{"type": "username_password", "username": "", "password": "b"}]),
        json!([{"type": "username_password", "username": "a", "password": "a".repeat(4097)}]),
        json!([{"type": "authenticator"}]),
        json!([{"type": "authenticator", "secret": ""}]),
        json!([{"type": "custom"}]),
        json!([{"type": "custom", "fields": [{"name": "a"}]}]),
        json!(many),
    ] {
        let body = json!({"source": new_site(), "credentials": credentials});
        let create = call(server, "POST", "/v1/identities").json(&body);
        let refused = create.expect(400).await;
        assert!(
            refused.text().contains("`credentials"),
            "{}",
            refused.text()
        );
        let body = json!({ "credentials": body["credentials"] });
        call(server, "PUT", &path(&id))
            .json(&body)
            .expect(400)
            .await;
    }
}

async fn says_what_is_missing_of_a_credential() {
    let server = shared().await;
    for (credential, wrong) in [
        (
            json!({"type": "username_password", "username": "a"}),
            "`credentials/0/password` is required",
        ),
        (
            json!({"type": "authenticator", "secret": ""}),
            "`credentials/0/secret` must have at least 1 characters",
        ),
    ] {
        let body = json!({"source": new_site(), "credentials": [credential]});
        let create = call(server, "POST", "/v1/identities").json(&body);
        let refused = create.expect(400).await;
        assert_eq!(refused.string("/error/message"), wrong);
    }
    let create = call(server, "POST", "/v1/identities").json(&json!({"source": "no site"}));
    let refused = create.expect(400).await.string("/error/message");
    let words =
        "`source` must be a web address without user information, or a host with a dot in it";
    assert_eq!(refused, words);
}

async fn its_credentials_are_sealed_and_told_to_nobody() {
    let server = Server::start(Setup::default()).await;
    let value = "a-badge-that-opens-every-door-1d44";
    let kept = [PASSWORD, TOTP_SECRET, value];
    kept.iter().for_each(|secret| secrets::keep(secret));
    let credentials = json!([
        username_password(),
        {"type": "authenticator", "secret": TOTP_SECRET},
        {"type": "custom", "fields": [{"name": "Badge", "value": value}]},
    ]);
    let site = new_site();
    let application = application(&server, &site).await;
    let body = json!({"source": site, "credentials": credentials});
    let made = call(&server, "POST", "/v1/identities").json(&body);
    let made = made.expect(201).await;
    let id = made.string("/id");
    let one = call(&server, "GET", &path(&id)).expect(200).await;
    let all = call(&server, "GET", &below(&application, "/identities"))
        .expect(200)
        .await;
    let changed = call(&server, "PUT", &path(&id)).json(&json!({ "credentials": credentials }));
    let changed = changed.expect(200).await;
    for secret in kept {
        for answer in [&made, &one, &all, &changed] {
            assert!(!answer.text().contains(secret), "{}", answer.text());
        }
        assert!(!server.database_holds(secret).await, "a secret is stored");
    }
    // The vendor has an operation that reads them; this server has none.
    call(&server, "GET", &format!("{}/credentials", path(&id)))
        .expect(404)
        .await;
}
