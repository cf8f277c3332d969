//! Owners, made and brought to an end in the console.

use serde_json::json;
use specmint_store::{NewToken, OwnerUpdate, split};

use super::browser::Browser;
use crate::server::{Server, Setup};

scenarios!(
    an_owner_is_made_once,
    a_field_that_is_wrong_is_named,
    a_slug_that_is_taken_is_named,
    an_owner_is_deleted_after_a_confirmation,
    what_would_go_is_counted,
    delete_protection_is_told_of,
    what_a_tenant_cannot_be_managed_without_is_told_of,
    all_tokens_below_are_revoked,
);

async fn an_owner_is_made_once() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=anchorbrowser&kind=team";
    let form = browser.get(path).await.expect(200);
    let (csrf, ticket) = (form.field("csrf"), form.field("ticket"));
    let form = [
        ("csrf", csrf.as_str()),
        ("ticket", &ticket),
        ("provider", "anchorbrowser"),
        ("kind", "team"),
        ("name", "Ours"),
    ];
    let made = browser
        .post("/console/applications/new", &form)
        .await
        .expect(303);
    let team = made.header("location").to_owned();
    browser
        .get(&team)
        .await
        .expect(200)
        .with("Ours")
        .with(r#"role="status""#);
    let again = browser.post("/console/applications/new", &form).await;
    let again = again.expect(409).with("was sent before");
    assert_eq!(again.link("To where it would be"), "/console/applications");
    let found = browser.get("/console/applications?search=ours").await;
    assert_eq!(found.text.matches(">Ours</a>").count(), 1);
    let refused = browser.fill(path, &[("name", " ")]).await.expect(422);
    refused.with(r#"role="alert""#);
    let team = team.split('?').next().expect("a path");
    let below = browser.get(&format!("{team}/below")).await.expect(200);
    let path = below.link("New application");
    let refused = browser.fill(&path, &[("name", "Shop"), ("source", "shop")]);
    is_wrong(&refused.await.expect(422), "source", "A site is ");
    let shop = [("name", "Shop"), ("source", "shop.example.com")];
    let made = browser.fill(&path, &shop).await.expect(303);
    let shop = browser.get(made.header("location")).await.expect(200);
    shop.with("Shop").with(">Ours</a>").without("Create token");
}

async fn an_owner_is_deleted_after_a_confirmation() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let page = browser.get("/console/applications").await.expect(200);
    let team = page.link("Demo team");
    let asked = browser.get(&format!("{team}/delete")).await.expect(200);
    asked
        .with("Delete “Demo team”?")
        .with("cannot be undone")
        .with("Cancel");
    browser.get(&team).await.expect(200);
    let gone = browser
        .fill(&format!("{team}/delete"), &[])
        .await
        .expect(303);
    browser
        .get(gone.header("location"))
        .await
        .expect(200)
        .with("is deleted");
    browser.get(&team).await.expect(404);
    let key = server.demo("/anchorbrowser/api_key");
    let application = server.demo("/anchorbrowser/application_id");
    let call = server
        .client
        .post(&format!("/v1/applications/{application}/tokens"));
    let body = json!({"callbackUrl": "https://app.example.com/"});
    call.header("anchor-api-key", key)
        .json(&body)
        .expect(401)
        .await;
    let trail = browser
        .get("/console/trail?action=deleted")
        .await
        .expect(200);
    trail
        .with(r#"Demo team <span class="soft">(deleted)"#)
        .with("scenarios")
        .without(&team);
    let keys = server
        .store
        .owners("specmint", "administration", None)
        .await;
    let own = keys.expect("an owner").remove(0).id;
    let path = format!("/console/applications/{own}");
    let settings = browser.get(&format!("{path}/settings")).await.expect(200);
    settings.without("/delete");
    let asked = browser.get(&format!("{path}/delete")).await.expect(409);
    assert_eq!(
        asked.with("cannot be deleted").link("To its settings"),
        format!("{path}/settings")
    );
    let csrf = browser
        .get(&format!("{path}/revoke-all"))
        .await
        .field("csrf");
    let path = format!("{path}/delete");
    let refused = browser.post(&path, &[("csrf", &csrf)]).await;
    refused.expect(409).with("cannot be deleted");
}

/// Whether the page says that this field is wrong: first of all, with a way to the field, and in its title.
fn is_wrong(page: &super::browser::Page, field: &str, said: &str) {
    let summary = format!(r##"autofocus><a href="#{field}">{said}"##);
    assert!(
        page.text.contains(&summary),
        "no {summary} in {}",
        page.text
    );
    assert!(page.text.contains("<title>Error: "));
    let (_, input) = page
        .text
        .split_once(&format!(r#"id="{field}""#))
        .expect("the field");
    let (input, _) = input.split_once('>').expect("an end");
    assert!(input.contains(r#"aria-describedby="trouble"#), "{input}");
    assert_eq!(page.text.matches(r#"aria-invalid="true""#).count(), 1);
}

async fn a_field_that_is_wrong_is_named() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=applivery&kind=organization";
    let long = "x".repeat(201);
    for (name, slug, field, said) in [
        ("", "fine", "name", "A name has 1 to 200 characters."),
        (
            long.as_str(),
            "fine",
            "name",
            "A name has 1 to 200 characters.",
        ),
        (
            "Fine",
            "No Slug",
            "slug",
            "A slug has 3 to 64 lower-case letters",
        ),
        ("Fine", "x", "slug", "A slug has 3 to 64 lower-case letters"),
    ] {
        let fields = [("name", name), ("slug", slug)];
        let refused = browser.fill(path, &fields).await.expect(422);
        is_wrong(&refused, field, said);
    }
    let team = browser.get("/console/applications").await;
    let organization = team.link("Demo organization");
    let new = format!("{organization}/tokens/new");
    let refused = browser.fill(&new, &[("name", "Nothing")]).await;
    is_wrong(
        &refused.expect(422),
        "scopes",
        "Choose what the token may do",
    );
    let refused = browser.fill(&new, &[("all", "yes")]).await;
    is_wrong(&refused.expect(422), "name", "Give the token a name");
}

async fn a_slug_that_is_taken_is_named() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=applivery&kind=organization";
    let fields = [("name", "Ours"), ("slug", "ours")];
    browser.fill(path, &fields).await.expect(303);
    let refused = browser.fill(path, &fields).await.expect(422);
    is_wrong(&refused, "slug", "The slug is taken: choose another.");
    // Without a slug, the name may be that of another.
    for _ in 0..2 {
        browser.fill(path, &fields[..1]).await.expect(303);
    }
}

async fn what_would_go_is_counted() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let teams = server.store.owners("anchorbrowser", "team", None).await;
    let team = teams.expect("teams").remove(0).id;
    let (id, _, hash) = split::mint("");
    let over = NewToken {
        id: Some(id),
        expires_at: Some(server.store.now()),
        ..NewToken::new("anchorbrowser", "api_key", team, hash)
    };
    server.store.mint(over).await.expect("a token");
    let path = format!("/console/applications/{team}");
    for end in ["delete", "revoke-all"] {
        let asked = browser.get(&format!("{path}/{end}")).await.expect(200);
        asked
            .with("1 application")
            .with("2 tokens, 1 of them active")
            .with("below it");
    }
    let applications = server
        .store
        .owners("anchorbrowser", "application", Some(team));
    let application = applications.await.expect("applications").remove(0).id;
    let asked = browser
        .get(&format!("/console/applications/{application}/delete"))
        .await;
    asked.expect(200).with("auth flow");
}

async fn delete_protection_is_told_of() {
    const TOLD: &str = "Mind:";
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let found = browser
        .get("/console/applications?search=Demo+identity")
        .await;
    let identity = found.link("Demo identity");
    let id: specmint_store::OwnerId = identity
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .expect("an id");
    let owner = server.store.owner(id).await.expect("read").expect("there");
    let organization = format!("/console/applications/{}", owner.parent.expect("a parent"));
    for path in [&identity, &organization] {
        let asked = browser.get(&format!("{path}/delete")).await.expect(200);
        asked.without(TOLD);
    }
    let mut attributes = owner.attributes.clone();
    attributes["has_delete_protection"] = json!(true);
    let update = OwnerUpdate {
        attributes: Some(attributes),
        ..OwnerUpdate::default()
    };
    server
        .store
        .update_owner(id, "test", update)
        .await
        .expect("updated");
    let asked = browser.get(&format!("{organization}/delete")).await;
    asked.expect(200).with(TOLD).with("1 of its identities");
    let asked = browser.get(&format!("{identity}/delete")).await;
    asked.expect(200).with(TOLD).with("delete protection is on");
    browser
        .fill(&format!("{identity}/delete"), &[])
        .await
        .expect(303);
    browser.get(&identity).await.expect(404);
}

async fn what_a_tenant_cannot_be_managed_without_is_told_of() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications?provider=beyond-identity&show=all";
    let all = browser.get(path).await.expect(200);
    for (name, told) in [
        ("Beyond Identity Management API", Some("nobody manages")),
        ("Demo orders API", Some("1 of them")),
        ("Demo single-page application", None),
    ] {
        let path = format!("{}/delete", all.link(name));
        let asked = browser.get(&path).await.expect(200);
        match told {
            Some(told) => asked.with("Mind:").with(told),
            None => asked.without("Mind:"),
        };
    }
}

async fn all_tokens_below_are_revoked() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let token = server.demo("/infisical/access_token");
    let details = || {
        let call = server.client.get("/api/v1/identities/details");
        call.bearer(token)
    };
    details().expect(200).await;
    let found = browser
        .get("/console/applications?show=all&search=Demo+organization&provider=infisical")
        .await;
    let organization = found.link("Demo organization");
    let done = browser
        .fill(&format!("{organization}/revoke-all"), &[])
        .await;
    let told = browser.get(done.expect(303).header("location")).await;
    told.expect(200).with("1 token is revoked.");
    details().expect(401).await;
    let again = browser
        .fill(&format!("{organization}/revoke-all"), &[])
        .await;
    let told = browser.get(again.expect(303).header("location")).await;
    told.expect(200).with("There was no token to revoke.");
}
