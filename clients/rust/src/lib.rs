//! What the drivers share: the demo's objects, the browser's part, and how steps are told.

use std::error::Error;
use std::fmt::Debug;

use oauth2::reqwest::{self, Client, Url};
use serde_json::{Value, json};

/// What ends a driver early.
pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// Where applications of people have the browser sent.
pub const REDIRECT_URI: &str = "https://rp.example.com/callback";

/// Tells which client is driven.
pub fn client(name: &str) {
    let locked = include_str!("../Cargo.lock");
    let version = locked
        .split("[[package]]")
        .find(|package| package.contains(&format!("\nname = \"{name}\"\n")))
        .and_then(|package| package.split('"').nth(3));
    println!("client  {name} {}", version.unwrap_or("?"));
}

/// Tells of a step; the run ends at the first that is wrong.
pub fn ok(what: &str, right: bool) -> Outcome {
    if !right {
        println!("WRONG  {what}");
        return Err(what.into());
    }
    println!("ok  {what}");
    Ok(())
}

/// A step that is right if two things are the same.
pub fn same<T: PartialEq<U> + Debug, U: Debug>(what: &str, seen: T, expected: U) -> Outcome {
    if seen != expected {
        println!("WRONG  {what}: {seen:?}");
        return Err(what.into());
    }
    ok(what, true)
}

/// A step that is right if it failed; the failure.
pub fn refused<T, E: Debug>(what: &str, result: Result<T, E>) -> Outcome<E> {
    let failed = result.err();
    ok(what, failed.is_some())?;
    failed.ok_or_else(|| what.into())
}

/// The demo's objects, and how to reach the server.
pub struct Demo {
    known: Value,
    realm: String,
    /// A client of HTTP that follows nothing, as the clients' documentation asks for.
    pub http: Client,
}

impl Demo {
    pub fn read() -> Outcome<Self> {
        let known: Value =
            serde_json::from_str(&std::fs::read_to_string(std::env::var("CLIENTS_DEMO")?)?)?;
        let known = known["beyond_identity"].clone();
        let text = |name: &str| known[name].as_str().unwrap_or_default().to_owned();
        let url = std::env::var("CLIENTS_URL")?;
        let realm = format!(
            "{url}/v1/tenants/{}/realms/{}",
            text("tenant_id"),
            text("realm_id")
        );
        let http = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        Ok(Self { known, realm, http })
    }

    /// A member of Beyond Identity's part.
    pub fn get(&self, name: &str) -> String {
        self.known[name].as_str().unwrap_or_default().to_owned()
    }

    /// An application is the issuer of its tokens.
    pub fn issuer(&self, application_id: &str) -> String {
        format!("{}/applications/{application_id}", self.realm)
    }

    /// The management application.
    pub fn management(&self) -> String {
        self.issuer(&self.get("application_id"))
    }

    pub fn introspect(&self) -> String {
        format!("{}/introspect", self.realm)
    }

    /// Sends to the management API with an access token.
    pub async fn post(&self, token: &str, path: &str, body: Value) -> Outcome<Value> {
        let request = self
            .http
            .post(format!("{}/{path}", self.realm))
            .bearer_auth(token);
        let request = request
            .header("content-type", "application/json")
            .body(body.to_string());
        let answer = request.send().await?;
        same(
            &format!("POST /{path} is answered"),
            answer.status().as_u16(),
            200,
        )?;
        Ok(serde_json::from_slice(&answer.bytes().await?)?)
    }

    /// The status of a GET with an access token.
    pub async fn opens(&self, token: &str, url: &str) -> Outcome<u16> {
        Ok(self
            .http
            .get(url)
            .bearer_auth(token)
            .send()
            .await?
            .status()
            .as_u16())
    }

    /// Makes a resource server and an application by the management API.
    pub async fn relying_party(&self, token: &str) -> Outcome<RelyingParty> {
        let scopes = json!(["orders:read", "orders:create"]);
        let server = json!({ "display_name": "Orders", "identifier": "https://orders.example.com", "scopes": scopes });
        let server = self
            .post(
                token,
                "resource-servers",
                json!({ "resource_server": server }),
            )
            .await?;
        let config = json!({
            "type": "oidc",
            "confidentiality": "confidential",
            "token_endpoint_auth_method": "client_secret_basic",
            "grant_type": ["authorization_code"],
            "redirect_uris": [REDIRECT_URI],
            "allowed_scopes": scopes,
            "token_configuration": { "expires_after": 3600, "token_signing_algorithm": "RS256", "subject_field": "id" },
            "pkce": "s256",
            "token_format": "self_contained",
            "enable_refresh_tokens": true,
        });
        let application = json!({
            "display_name": "Driven by a client",
            "resource_server_id": server["id"],
            "protocol_config": config,
        });
        let made = self
            .post(token, "applications", json!({ "application": application }))
            .await?;
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Ok(RelyingParty {
            issuer: self.issuer(&text(&made["id"])),
            client_id: text(&made["protocol_config"]["client_id"]),
            client_secret: text(&made["protocol_config"]["client_secret"]),
        })
    }

    /// Goes to the authorization endpoint as a browser does, approves there if a page asks, and returns the members of
    /// the query that the browser comes back with.
    pub async fn browse(&self, url: &Url) -> Outcome<Back> {
        let mut answer = self.http.get(url.clone()).send().await?;
        if answer.status() == 200 {
            let page = answer.text().await?;
            let value = |name: &str| {
                let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
                rest.split('"').next()
            };
            let fields = ["ticket", "identity_id", "decision"];
            let fields = fields
                .into_iter()
                .filter_map(|name| Some((name, value(name)?)));
            let body = Url::parse_with_params("http://form/", fields)?;
            let request = self
                .http
                .post(url.join("authorize/decision")?)
                .body(body.query().unwrap_or_default().to_owned());
            let form = "application/x-www-form-urlencoded";
            answer = request.header("content-type", form).send().await?;
        }
        let location = answer
            .headers()
            .get("location")
            .ok_or("the browser is not sent back")?;
        Ok(Back(Url::parse(location.to_str()?)?))
    }
}

/// An application that people sign in to.
pub struct RelyingParty {
    pub issuer: String,
    pub client_id: String,
    pub client_secret: String,
}

/// Where the browser comes back to.
pub struct Back(pub Url);

impl Back {
    /// A member of its query.
    pub fn get(&self, name: &str) -> Option<String> {
        let mut members = self.0.query_pairs();
        members.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
    }
}
