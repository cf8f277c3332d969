//! The steps of the flows, as a well-behaved client takes them.

use crate::client::{Answer, Call};
use crate::server::Server;

/// RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// RFC 7636, appendix B.
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The scope by which a token may revoke others.
pub const DELETE: &str = "tokens:delete";

/// An application and its client's credentials.
#[derive(Clone, Debug)]
pub struct Application {
    pub tenant: String,
    pub realm: String,
    pub id: String,
    pub client_id: String,
    /// `None` for a public client.
    pub secret: Option<String>,
    pub redirect_uri: String,
}

impl Application {
    /// The path of one of its endpoints.
    pub fn path(&self, endpoint: &str) -> String {
        format!(
            "/v1/tenants/{}/realms/{}/applications/{}/{endpoint}",
            self.tenant, self.realm, self.id
        )
    }

    /// The client's secret; panics for a public client.
    pub fn secret(&self) -> &str {
        self.secret.as_deref().expect("a confidential client")
    }

    /// A request to its token endpoint without any client authentication.
    pub fn token(&self, server: &Server, form: &[(&str, &str)]) -> Call {
        server.client.post(&self.path("token")).form(form)
    }

    /// A request to its token endpoint by HTTP Basic.
    pub fn token_by_basic(&self, server: &Server, form: &[(&str, &str)]) -> Call {
        self.token(server, form)
            .basic(&self.client_id, self.secret())
    }

    /// An access token by the client credentials grant.
    pub async fn access_token(&self, server: &Server, scope: &str) -> String {
        self.token_by_basic(
            server,
            &[("grant_type", "client_credentials"), ("scope", scope)],
        )
        .expect(200)
        .await
        .string("/access_token")
    }

    /// What this application's authorization request always has, with `more` behind it.
    pub fn authorize(&self, server: &Server, more: &[(&str, &str)]) -> Call {
        server
            .client
            .get(&self.path("authorize"))
            .query(&[
                ("response_type", "code"),
                ("client_id", &self.client_id),
                ("redirect_uri", &self.redirect_uri),
            ])
            .query(more)
    }

    /// The same with a code challenge.
    pub fn authorize_with_pkce(&self, server: &Server, more: &[(&str, &str)]) -> Call {
        self.authorize(
            server,
            &[
                ("code_challenge", CHALLENGE),
                ("code_challenge_method", "S256"),
            ],
        )
        .query(more)
    }

    /// Sends the page's form.
    pub fn decide(&self, server: &Server, form: &[(&str, &str)]) -> Call {
        server
            .client
            .post(&self.path("authorize/decision"))
            .form(form)
    }

    /// Approves on the page of an authorization request, as its first identity.
    pub async fn approve(&self, server: &Server, page: &Answer) -> Answer {
        let ticket = ticket(page);
        let identities = identities(page);
        let identity = identities.first().expect("an identity to pick");
        self.decide(
            server,
            &[
                ("ticket", &ticket),
                ("identity_id", identity),
                ("decision", "approve"),
            ],
        )
        .expect(302)
        .await
    }

    /// A code for an authorization request with PKCE.
    pub async fn code(&self, server: &Server) -> String {
        let page = self.authorize_with_pkce(server, &[]).expect(200).await;
        let answer = self.approve(server, &page).await;
        answer.location_parameter("code").expect("a code")
    }

    /// A code for an authorization request without PKCE.
    pub async fn plain_code(&self, server: &Server) -> String {
        let page = self.authorize(server, &[]).expect(200).await;
        let answer = self.approve(server, &page).await;
        answer.location_parameter("code").expect("a code")
    }

    /// A code for an authorization request with PKCE and `more`, approved as the page's first identity.
    pub async fn code_with(&self, server: &Server, more: &[(&str, &str)]) -> String {
        let page = self.authorize_with_pkce(server, more).expect(200).await;
        let answer = self.approve(server, &page).await;
        answer.location_parameter("code").expect("a code")
    }

    /// What the token endpoint answers when a person approved `scope`.
    pub async fn tokens(&self, server: &Server, scope: &str) -> Answer {
        let code = self.code_with(server, &[("scope", scope)]).await;
        self.redeem(server, &code).expect(200).await
    }

    /// A request to the token endpoint with a refresh token, as the client that this is.
    pub fn refresh(&self, server: &Server, token: &str, more: &[(&str, &str)]) -> Call {
        let mut form = vec![("grant_type", "refresh_token"), ("refresh_token", token)];
        form.extend_from_slice(more);
        match &self.secret {
            Some(secret) => self.token(server, &form).basic(&self.client_id, secret),
            None => {
                form.push(("client_id", &self.client_id));
                self.token(server, &form)
            }
        }
    }

    /// What introspection says of `token`, to this application's client.
    pub async fn introspect(&self, server: &Server, token: &str) -> Answer {
        self.introspection(server, token)
            .basic(&self.client_id, self.secret())
            .expect(200)
            .await
    }

    /// A request to introspect `token`, without a credential.
    pub fn introspection(&self, server: &Server, token: &str) -> Call {
        let path = format!(
            "/v1/tenants/{}/realms/{}/introspect",
            self.tenant, self.realm
        );
        server.client.post(&path).form(&[("token", token)])
    }

    /// Redeems a code with PKCE, as the client that this is.
    pub fn redeem(&self, server: &Server, code: &str) -> Call {
        self.redeem_with(server, code, &[("code_verifier", VERIFIER)])
    }

    /// Redeems a code with `more` in the form.
    pub fn redeem_with(&self, server: &Server, code: &str, more: &[(&str, &str)]) -> Call {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.redirect_uri),
        ];
        form.extend_from_slice(more);
        match &self.secret {
            Some(secret) => self.token(server, &form).basic(&self.client_id, secret),
            None => {
                form.push(("client_id", &self.client_id));
                self.token(server, &form)
            }
        }
    }

    /// A request to revoke `token`, without a credential.
    pub fn revoke(&self, server: &Server, token: &str) -> Call {
        server
            .client
            .post(&self.path("revoke"))
            .form(&[("token", token)])
    }

    /// Whether an access token with the scope `tokens:delete` opens the door that it is for.
    pub async fn opens(&self, server: &Server, token: &str) -> bool {
        let answer = self.revoke(server, "of no one").bearer(token).send().await;
        match answer.status {
            200 => true,
            401 => false,
            other => panic!("{other}: {}", answer.text()),
        }
    }
}

/// The management application that `specmint demo` makes.
pub fn demo(server: &Server) -> Application {
    Application {
        tenant: server.demo("/beyond_identity/tenant_id").to_owned(),
        realm: server.demo("/beyond_identity/realm_id").to_owned(),
        id: server.demo("/beyond_identity/application_id").to_owned(),
        client_id: server.demo("/beyond_identity/client_id").to_owned(),
        secret: Some(server.demo("/beyond_identity/client_secret").to_owned()),
        redirect_uri: server.demo("/beyond_identity/redirect_uri").to_owned(),
    }
}

/// The public application that `specmint demo` makes.
pub fn public_demo(server: &Server) -> Application {
    Application {
        id: server
            .demo("/beyond_identity/public_application_id")
            .to_owned(),
        client_id: server.demo("/beyond_identity/public_client_id").to_owned(),
        secret: None,
        ..demo(server)
    }
}

/// The ticket in a page's form.
pub fn ticket(page: &Answer) -> String {
    values(&page.text(), "ticket")
        .into_iter()
        .next()
        .expect("a ticket in the form")
}

/// The identities that a page offers.
pub fn identities(page: &Answer) -> Vec<String> {
    values(&page.text(), "identity_id")
}

/// The values of a page's tags that have this name.
fn values(html: &str, name: &str) -> Vec<String> {
    html.split('<')
        .filter(|tag| attribute(tag, "name").as_deref() == Some(name))
        .filter_map(|tag| attribute(tag, "value"))
        .collect()
}

/// An attribute of the tag that `text` begins with.
pub fn attribute(text: &str, name: &str) -> Option<String> {
    let tag = text.split('>').next()?;
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(
        value
            .replace("&amp;", "&")
            .replace("&#38;", "&")
            .replace("&#x2B;", "+"),
    )
}

/// Panics unless the answer is this OAuth error, told by RFC 6749, section 5.2's rules.
pub fn assert_error(answer: &Answer, error: &str) {
    assert_eq!(answer.string("/error"), error, "{}", answer.text());
    if let Some(description) = answer.json()["error_description"].as_str() {
        assert_printable(description);
    }
}

/// Panics unless the answer goes back to `redirect_uri` with this error (RFC 6749, section 4.1.2.1).
pub fn assert_redirected_error(answer: &Answer, redirect_uri: &str, error: &str) {
    assert_eq!(answer.status, 302, "{}", answer.text());
    assert!(
        answer.header("location").starts_with(redirect_uri),
        "{}",
        answer.header("location")
    );
    assert_eq!(answer.location_parameter("error").as_deref(), Some(error));
    assert_eq!(answer.location_parameter("code"), None);
    if let Some(description) = answer.location_parameter("error_description") {
        assert_printable(&description);
    }
}

/// `error_description` has neither quotes nor backslashes nor anything but printable ASCII.
fn assert_printable(description: &str) {
    assert!(
        description
            .bytes()
            .all(|byte| matches!(byte, 0x20..=0x21 | 0x23..=0x5b | 0x5d..=0x7e)),
        "{description}"
    );
}
