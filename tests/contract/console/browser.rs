//! A browser without a window: it keeps cookies, reads pages and sends their forms.

use std::collections::BTreeMap;
use std::sync::Mutex;

use regex::Regex;

use crate::secrets;
use crate::server::Server;

/// One person's browser, on one server's console.
pub struct Browser {
    http: reqwest::Client,
    base: String,
    cookies: Mutex<BTreeMap<String, String>>,
    /// Whom a proxy before the console would say that it comes from.
    from: Option<&'static str>,
}

/// What the browser got.
#[derive(Debug)]
pub struct Page {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// As one reads it, without marks that only tell how names are set.
    pub text: String,
    /// As it was sent.
    pub html: String,
}

impl Browser {
    /// One that never saw the console.
    pub fn new(server: &Server) -> Self {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Self {
            http,
            base: server.admin.base().to_owned(),
            cookies: Mutex::default(),
            from: None,
        }
    }

    /// The same at an address, as a proxy tells it.
    pub fn from(self, address: &'static str) -> Self {
        Self {
            from: Some(address),
            ..self
        }
    }

    /// One that is signed in.
    pub async fn signed_in(server: &Server) -> Self {
        // All come from one address, whose tries count until they turn out right.
        static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let browser = Self::new(server);
        let turn = ONE_AT_A_TIME.lock().await;
        browser.sign_in(&server.admin_key).await.expect(303);
        drop(turn);
        browser
    }

    /// Tries a key.
    pub async fn sign_in(&self, key: &str) -> Page {
        let form = self.get("/console/sign-in").await;
        let csrf = form.field("csrf");
        self.post("/console/sign-in", &[("csrf", &csrf), ("key", key)])
            .await
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[], None).await
    }

    /// Sends a form.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Page {
        self.ask("POST", path, &[], Some(form)).await
    }

    /// Opens the page with a form, and sends that with `fields` filled in.
    pub async fn fill(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.get(path).await.expect(200);
        let hidden = page.hidden();
        let mut form: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        form.extend_from_slice(fields);
        let path = path.split('?').next().unwrap_or(path);
        self.post(path, &form).await
    }

    /// Sends a request with header fields of one's own.
    pub async fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<&[(&str, &str)]>,
    ) -> Page {
        let method = method.parse().expect("a method");
        let mut request = self.http.request(method, format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(from) = self.from {
            request = request.header("x-forwarded-for", from);
        }
        let cookies = self.cookies();
        if !cookies.is_empty() {
            request = request.header("cookie", cookies);
        }
        if let Some(form) = form {
            request = request.form(form);
        }
        let response = request.send().await.expect("an answer");
        let status = response.status().as_u16();
        let headers: Vec<_> = response
            .headers()
            .iter()
            .map(|(name, value)| {
                let value = value.to_str().expect("a text");
                (name.as_str().to_owned(), value.to_owned())
            })
            .collect();
        let text = response.text().await.expect("a text");
        // Where a long word may be broken does not matter to who reads it.
        let html = text;
        let text = html
            .replace("<wbr>", "")
            .replace("<bdi>", "")
            .replace("</bdi>", "");
        let page = Page {
            status,
            headers,
            text,
            html,
        };
        self.keep(&page);
        page
    }

    /// The cookies as they are sent.
    pub fn cookies(&self) -> String {
        let cookies = self.cookies.lock().expect("no panic while reading");
        let cookies = cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"));
        cookies.collect::<Vec<_>>().join("; ")
    }

    /// What is kept under a name.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let cookies = self.cookies.lock().expect("no panic while reading");
        cookies.get(&self.named(name)).cloned()
    }

    /// Puts a cookie, as if the console had set it.
    pub fn set_cookie(&self, name: &str, value: &str) {
        let mut cookies = self.cookies.lock().expect("no panic while keeping");
        cookies.insert(self.named(name), value.to_owned());
    }

    /// A cookie's name has the console's port in it.
    fn named(&self, name: &str) -> String {
        let (_, port) = self.base.rsplit_once(':').expect("a port");
        format!("{name}_{port}")
    }

    fn keep(&self, page: &Page) {
        for cookie in page.headers_of("set-cookie") {
            let (pair, attributes) = cookie.split_once(';').expect("attributes");
            let (name, value) = pair.split_once('=').expect("a value");
            let mut cookies = self.cookies.lock().expect("no panic while keeping");
            if attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                secrets::keep(value);
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    /// The same, of that status.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The same, with this in it.
    pub fn with(self, text: &str) -> Self {
        assert!(self.text.contains(text), "no {text:?} in {}", self.text);
        self
    }

    /// The same, without this in it.
    pub fn without(self, text: &str) -> Self {
        assert!(!self.text.contains(text), "{text:?} is in {}", self.text);
        self
    }

    /// The header field of this lower-case name; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers_of(name).first().copied().unwrap_or_default()
    }

    /// All header fields of this lower-case name.
    pub fn headers_of(&self, name: &str) -> Vec<&str> {
        let named = self.headers.iter().filter(|(key, _)| key == name);
        named.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a hidden field; panics where there is none.
    pub fn field(&self, name: &str) -> String {
        let hidden = self.hidden();
        let found = hidden.into_iter().find(|(key, _)| key == name);
        found
            .unwrap_or_else(|| panic!("no {name} in {}", self.text))
            .1
    }

    /// The hidden fields of the form in the page's main part.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let (_, main) = self.text.split_once("<main").expect("a main part");
        let field = Regex::new(r#"<input type="hidden" name="([^"]*)" value="([^"]*)">"#);
        let field = field.expect("an expression");
        let fields = field.captures_iter(main);
        fields
            .map(|found| (found[1].to_owned(), found[2].to_owned()))
            .collect()
    }

    /// The secret that the page shows.
    pub fn secret(&self) -> String {
        let (_, rest) = self
            .text
            .split_once(r#"<code id="secret">"#)
            .unwrap_or_else(|| panic!("no secret in {}", self.text));
        let (secret, _) = rest.split_once("</code>").expect("an end");
        secrets::keep(secret);
        secret.to_owned()
    }

    /// The command that the page shows, as it is pasted.
    pub fn command(&self) -> String {
        let (_, rest) = self
            .text
            .split_once(r#"<code id="curl">"#)
            .expect("a command");
        let (command, _) = rest.split_once("</code>").expect("an end");
        [
            ("&#39;", "'"),
            ("&#34;", "\""),
            ("&quot;", "\""),
            ("&amp;", "&"),
        ]
        .iter()
        .fold(command.to_owned(), |text, (escaped, plain)| {
            text.replace(escaped, plain)
        })
    }

    /// The link whose text begins so.
    pub fn link(&self, text: &str) -> String {
        let link = format!(r#"<a [^>]*href="([^"]*)"[^>]*>{}"#, regex::escape(text));
        let link = Regex::new(&link).expect("an expression");
        let found = link.captures(&self.text);
        let found = found.unwrap_or_else(|| panic!("no link {text} in {}", self.text));
        found[1].replace("&amp;", "&").replace("&#38;", "&")
    }
}
