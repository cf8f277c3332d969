//! The steps of the flow, as VTEX and a merchant's browser take them.

use serde_json::json;
use uuid::Uuid;

use crate::beyond_identity::flow;
use crate::client::{Answer, Call, Client};
use crate::secrets;
use crate::server::Server;

pub const RETURN_URL: &str = "https://admin.store.example/provider-return?authorizationCode=";

pub const REDIRECT: &str = "/authorization/redirect";
pub const SIGN_IN: &str = "/authorization/redirect/sign-in";
pub const SIGN_UP: &str = "/authorization/redirect/sign-up";
pub const CONSENT: &str = "/authorization/redirect/consent";
pub const CREDENTIALS: &str = "/authorization/credentials";
pub const MANIFEST: &str = "/manifest";

/// The two pairs of header fields in which VTEX sends credentials.
pub const PAIRS: [(&str, &str); 2] = [
    ("x-vtex-api-appkey", "x-vtex-api-apptoken"),
    ("x-provider-api-appkey", "x-provider-api-apptoken"),
];

/// Someone with an account, or without one yet.
pub struct Merchant {
    pub email: String,
    pub password: String,
}

/// The credentials of a merchant.
pub struct Pair {
    pub key: String,
    pub token: String,
}

impl Merchant {
    /// One whom nobody knows.
    pub fn new() -> Self {
        let password = format!("password {}", Uuid::new_v4());
        secrets::keep(&password);
        Self {
            email: format!("{}@merchant.example", Uuid::new_v4()),
            password,
        }
    }

    /// Sends the form of one of the pages.
    pub fn send(&self, server: &Server, path: &str, token: &str) -> Call {
        self.send_by(&server.client, path, token)
    }

    /// The same from where that client is.
    pub fn send_by(&self, client: &Client, path: &str, token: &str) -> Call {
        let form = [
            ("token", token),
            ("email", &self.email),
            ("password", &self.password),
        ];
        client.post(path).form(&form)
    }

    /// Signs up: the ticket of the page that asks for a decision.
    pub async fn sign_up(&self, server: &Server, token: &str) -> String {
        ticket(&self.send(server, SIGN_UP, token).expect(200).await)
    }

    /// Signs in: the ticket of the page that asks for a decision.
    pub async fn sign_in(&self, server: &Server, token: &str) -> String {
        ticket(&self.send(server, SIGN_IN, token).expect(200).await)
    }

    /// Signs in and approves: the code.
    pub async fn code(&self, server: &Server) -> String {
        let token = token(server, RETURN_URL).await;
        let ticket = self.sign_in(server, &token).await;
        code(&approve(server, &ticket).expect(303).await)
    }

    /// Signs in, approves, and lets VTEX have the credentials.
    pub async fn connect(&self, server: &Server) -> Pair {
        let code = self.code(server).await;
        Pair::of(&redeem(server, &code).expect(200).await)
    }
}

/// A merchant with an account.
pub async fn merchant(server: &Server) -> Merchant {
    let merchant = Merchant::new();
    let token = token(server, RETURN_URL).await;
    merchant.sign_up(server, &token).await;
    merchant
}

/// VTEX's first step.
pub async fn token(server: &Server, return_url: &str) -> String {
    let body = json!({ "applicationId": "vtex", "returnUrl": return_url });
    let answer = server.client.post("/authorization/token").json(&body);
    answer.expect(200).await.string("/token")
}

/// The merchant's browser comes.
pub fn open(server: &Server, token: &str) -> Call {
    let query = [("token", token), ("applicationId", "vtex")];
    server.client.get(REDIRECT).query(&query)
}

/// The ticket in a page.
pub fn ticket(page: &Answer) -> String {
    let ticket = flow::ticket(page);
    secrets::keep(&ticket);
    ticket
}

pub fn decide(server: &Server, ticket: &str, decision: &str) -> Call {
    let form = [("ticket", ticket), ("decision", decision)];
    server.client.post(CONSENT).form(&form)
}

pub fn approve(server: &Server, ticket: &str) -> Call {
    decide(server, ticket, "approve")
}

/// The code that a browser is sent back with.
pub fn code(answer: &Answer) -> String {
    let code = answer.location_parameter("authorizationCode");
    code.expect("a code")
}

/// VTEX's last step.
pub fn redeem(server: &Server, code: &str) -> Call {
    let query = [("authorizationCode", code), ("applicationId", "vtex")];
    server.client.get(CREDENTIALS).query(&query)
}

impl Pair {
    /// What was answered to the last step.
    pub fn of(answer: &Answer) -> Self {
        Self {
            key: answer.string("/appKey"),
            token: answer.string("/appToken"),
        }
    }

    /// A call under the first pair of header fields.
    pub fn call(&self, server: &Server) -> Call {
        let (key, token) = PAIRS[0];
        let call = server.client.get(MANIFEST);
        call.header(key, &self.key).header(token, &self.token)
    }
}
