//! Tokens made in the console: shown once, used, revoked, refused.

use std::process::Command;

use super::browser::{Browser, Page};
use crate::server::{Server, Setup, shared};

scenarios!(
    an_api_key_of_anchorbrowser_lives,
    a_service_account_of_applivery_lives,
    a_token_of_an_application_of_applivery_lives,
    an_access_token_of_infisical_lives,
    an_identity_of_infisical_made_here_lives,
    a_token_of_beyond_identity_lives,
    scopes_of_beyond_identity_are_chosen,
    an_application_for_people_offers_no_tokens,
    a_token_is_shown_once_and_made_once,
    a_token_is_revoked_from_its_own_page,
    all_tokens_of_an_owner_are_revoked,
    permissions_have_to_be_chosen,
);

/// Opens an application.
async fn application(browser: &Browser, name: &str) -> (String, Page) {
    let list = browser
        .get(&format!(
            "/console/applications?search={}",
            name.replace(' ', "+")
        ))
        .await
        .expect(200);
    let path = list.link(name);
    let page = browser.get(&path).await.expect(200);
    (path, page)
}

/// Creates a token of an application: what is shown of it, this once.
async fn create(browser: &Browser, application: &str, fields: &[(&str, &str)]) -> Page {
    let path = format!("{application}/tokens/new");
    browser.fill(&path, fields).await.expect(201)
}

/// Revokes the newest token of an application.
async fn revoke_newest(browser: &Browser, application: &str) {
    let list = browser.get(application).await.expect(200);
    let asked = browser.get(&list.link("Revoke")).await.expect(200);
    asked.with("cannot be undone");
    let done = browser.fill(&list.link("Revoke"), &[]).await.expect(303);
    let list = browser.get(done.header("location")).await.expect(200);
    list.with("The token is revoked")
        .with(r#"<span class="state revoked">"#);
}

/// Runs a command as one pastes it: the status that it got.
fn paste(command: &str) -> u16 {
    let command = command.replacen("curl ", "curl -o /dev/null ", 1);
    let command = command.replacen(r"'\n'", "'%{http_code}'", 1);
    let done = Command::new("sh").arg("-c").arg(&command).output();
    let text = String::from_utf8(done.expect("a shell").stdout).expect("a text");
    text.parse().unwrap_or_else(|_| panic!("{text}: {command}"))
}

/// Creates a token, uses it by the command that is shown with it, revokes it, and is refused.
async fn live(name: &str, fields: &[(&str, &str)]) {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, _) = application(&browser, name).await;
    let made = create(&browser, &path, fields).await;
    let (secret, command) = (made.secret(), made.command());
    assert!(command.contains(&secret));
    let used = paste(&command);
    assert!((200..300).contains(&used), "{used}");
    revoke_newest(&browser, &path).await;
    assert!(matches!(paste(&command), 401 | 403), "it still opens");
    for page in [
        path.as_str(),
        "/console/tokens",
        "/console/trail",
        "/console/",
    ] {
        browser.get(page).await.expect(200).without(&secret);
    }
    assert!(
        !server.database_holds(&secret).await,
        "the secret is stored"
    );
}

async fn an_api_key_of_anchorbrowser_lives() {
    live("Demo team", &[("name", "A key")]).await;
}

async fn a_service_account_of_applivery_lives() {
    let all = [("name", "An account"), ("all", "yes")];
    live("Demo organization", &all).await;
}

async fn a_token_of_an_application_of_applivery_lives() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, _) = application(&browser, "Demo organization").await;
    let below = browser.get(&format!("{path}/below")).await.expect(200);
    let made = create(&browser, &below.link("Demo application"), &[("name", "CI")]).await;
    let (_, command) = (made.secret(), made.command());
    assert_eq!(paste(&command), 200);
    revoke_newest(&browser, &below.link("Demo application")).await;
    assert_eq!(paste(&command), 401);
}

async fn an_access_token_of_infisical_lives() {
    live("Demo identity", &[("name", "A machine")]).await;
}

async fn an_identity_of_infisical_made_here_lives() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let path = "/console/applications/new?provider=infisical&kind=organization";
    let form = browser.get(path).await.expect(200);
    form.with(r#"name="slug""#).without(r#"name="role""#);
    let fields = [("name", "Field Tools"), ("slug", "field-tools")];
    let made = browser.fill(path, &fields).await.expect(303);
    let organization = made.header("location");
    let page = browser.get(organization).await.expect(200);
    page.with("It has no tokens of its own")
        .without("Create token");
    let organization = organization.split('?').next().expect("a path");
    let below = browser.get(&format!("{organization}/below")).await;
    let new = below.link("New identity");
    let form = browser.get(&new).await.expect(200);
    let form = form.with(r#"<select id="role" name="role">"#);
    form.without(r#"name="slug""#);
    let fields = [("name", "Deployment"), ("role", "no-access")];
    let made = browser.fill(&new, &fields).await.expect(303);
    let identity = made.header("location").split('?').next().expect("a path");
    let made = create(&browser, identity, &[("name", "CI")]).await;
    let made = made.with("Get the identity’s organization").with("30 days");
    let (_, command) = (made.secret(), made.command());
    assert_eq!(paste(&command), 200);
    let list = browser.get(identity).await.expect(200).with(">CI</a>");
    list.with("state active");
    revoke_newest(&browser, identity).await;
    assert_eq!(paste(&command), 401);
}

const MANAGEMENT: &str = "Beyond Identity Management API";

async fn a_token_of_beyond_identity_lives() {
    live(MANAGEMENT, &[("name", "A manager"), ("all", "yes")]).await;
}

async fn scopes_of_beyond_identity_are_chosen() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, _) = application(&browser, MANAGEMENT).await;
    let new = format!("{path}/tokens/new");
    let form = browser.get(&new).await.expect(200).with("Scopes");
    let offered = form.text.matches(r#"name="scope""#).count();
    assert!(offered > 1);
    form.with(&format!("All {offered}"));
    let none = browser.fill(&new, &[("name", "Nothing")]).await.expect(422);
    none.with("at least one");

    // The command is one of those that the token may be used for.
    for (scope, does) in [
        ("tokens:read", Some("List the application’s tokens")),
        ("applications:read", Some("List the realm’s applications")),
        ("tokens:introspect", Some("Ask what the token is good for")),
        ("tokens:delete", None),
    ] {
        let made = create(&browser, &path, &[("name", "One"), ("scope", scope)]).await;
        let secret = made.secret();
        let shown = made.with(&format!("<li><code>{scope}</code></li>"));
        let Some(does) = does else {
            shown.without(r#"id="curl""#);
            revoke_newest(&browser, &path).await;
            continue;
        };
        let command = shown.with(does).command();
        assert!(command.contains(&secret));
        assert_eq!(paste(&command), 200, "{scope}");
        revoke_newest(&browser, &path).await;
        assert!(matches!(paste(&command), 401 | 403), "{scope} still opens");
    }
    let strange = [("name", "Strange"), ("scope", "everything")];
    let refused = browser.fill(&new, &strange).await.expect(422);
    refused.with("scope number 1 is none");
}

async fn an_application_for_people_offers_no_tokens() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, page) = application(&browser, "Demo single-page application").await;
    page.without("Create token")
        .with("Only people get its tokens");
    browser.get(&format!("{path}/tokens/new")).await.expect(404);
}

async fn a_token_is_shown_once_and_made_once() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, _) = application(&browser, "Demo team").await;
    let new = format!("{path}/tokens/new");
    let form = browser.get(&new).await;
    let (csrf, ticket) = (form.field("csrf"), form.field("ticket"));
    let form = [
        ("csrf", csrf.as_str()),
        ("ticket", &ticket),
        ("name", "Only one"),
    ];
    let (first, second) = tokio::join!(browser.post(&new, &form), browser.post(&new, &form));
    let mut both = [first, second];
    both.sort_by_key(|page| page.status);
    let [made, refused] = both;
    let secret = made.expect(201).secret();
    refused.expect(409).without(&secret);
    let again = browser.post(&new, &form).await.expect(409);
    let again = again.with("was sent before").without(&secret);
    assert_eq!(again.link("To its tokens"), path);
    let list = browser.get(&path).await.expect(200);
    assert_eq!(list.text.matches(">Only one</a>").count(), 1);
}

async fn a_token_is_revoked_from_its_own_page() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, page) = application(&browser, "Demo team").await;
    let token = page.link("demo");
    let shown = browser.get(&token).await.expect(200).with("state active");
    let done = browser.fill(&shown.link("Revoke"), &[]).await.expect(303);
    assert!(done.header("location").starts_with(&token), "{path}");
    let shown = browser.get(done.header("location")).await.expect(200);
    shown
        .with("state revoked")
        .with("The token is revoked")
        .without(">Revoke</a>");
    browser.get(&format!("{token}/revoke")).await.expect(409);
}

async fn all_tokens_of_an_owner_are_revoked() {
    let server = Server::start(Setup::default()).await;
    let browser = Browser::signed_in(&server).await;
    let (path, _) = application(&browser, "Demo team").await;
    let made = create(&browser, &path, &[("name", "Second")]).await;
    let (_, command) = (made.secret(), made.command());
    assert_eq!(paste(&command), 200);
    let done = browser
        .fill(&format!("{path}/revoke-all"), &[])
        .await
        .expect(303);
    let list = browser.get(done.header("location")).await.expect(200);
    list.with("2 tokens are revoked").without("state active");
    assert_eq!(paste(&command), 401);
}

async fn permissions_have_to_be_chosen() {
    let server = shared().await;
    let browser = Browser::signed_in(server).await;
    let (path, _) = application(&browser, "Demo organization").await;
    let new = format!("{path}/tokens/new");
    browser
        .get(&new)
        .await
        .expect(200)
        .with("Permissions")
        .with("All 8");
    let none = browser.fill(&new, &[("name", "Nothing")]).await.expect(422);
    none.with("at least one").with(r#"value="Nothing""#);
    let one = "mad.application.management.list";
    let unnamed = browser.fill(&new, &[("scope", one)]).await.expect(422);
    let kept = format!(r#"value="{one}" checked"#);
    unnamed.with("Give the token a name").with(&kept);
    let made = browser
        .fill(&new, &[("name", "Lister"), ("scope", one)])
        .await;
    let made = made
        .expect(201)
        .with(one)
        .without("mad.application.token.create");
    made.secret();
    assert_eq!(paste(&made.command()), 200);
}
