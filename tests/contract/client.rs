//! An HTTP client that holds every answer it gets against the contracts.

use std::net::IpAddr;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use crate::check::check;
use crate::exchange::Exchange;
use crate::{ledger, secrets};

/// Sends requests to one server. Follows no redirect: a redirect is an answer to look at.
#[derive(Clone)]
pub struct Client {
    base: String,
    http: reqwest::Client,
}

/// A request under construction.
pub struct Call {
    http: reqwest::Client,
    base: String,
    method: reqwest::Method,
    path: String,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

/// An answer that the contract allows.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Client {
    /// A client of the server at `base`, such as `http://127.0.0.1:8080`.
    pub fn new(base: impl Into<String>) -> Self {
        Self::of(base, reqwest::Client::builder())
    }

    /// The same client of the same server, at another address of this machine.
    pub fn at(&self, address: IpAddr) -> Self {
        Self::of(
            &self.base,
            reqwest::Client::builder().local_address(address),
        )
    }

    fn of(base: impl Into<String>, http: reqwest::ClientBuilder) -> Self {
        let http = http.redirect(reqwest::redirect::Policy::none());
        Self {
            base: base.into(),
            http: http.build().expect("a client"),
        }
    }

    /// Where the server is.
    pub fn base(&self) -> &str {
        &self.base
    }

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub fn post(&self, path: &str) -> Call {
        self.call("POST", path)
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        Call {
            http: self.http.clone(),
            base: self.base.clone(),
            method: method.parse().expect("a method"),
            path: path.to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
        }
    }
}

impl Call {
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        self.headers.append(name, value);
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header(AUTHORIZATION.as_str(), &format!("Bearer {token}"))
    }

    /// HTTP Basic as RFC 6749, section 2.3.1 has it: both parts form-encoded first.
    pub fn basic(self, user: &str, password: &str) -> Self {
        use base64::Engine as _;
        let encode =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encode(user), encode(password));
        let text = base64::engine::general_purpose::STANDARD.encode(pair);
        self.header(AUTHORIZATION.as_str(), &format!("Basic {text}"))
    }

    /// A header field as another client wrote it.
    pub fn forwarded_header(mut self, name: &str, value: &[u8]) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        let value = HeaderValue::from_bytes(value).expect("a header's value");
        self.headers.append(name, value);
        self
    }

    /// A query as it stands in the request target.
    pub fn raw_query(mut self, query: &str) -> Self {
        self.query = form_urlencoded::parse(query.as_bytes())
            .into_owned()
            .collect();
        self
    }

    pub fn query(mut self, pairs: &[(&str, &str)]) -> Self {
        self.query.extend(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    pub fn form(self, pairs: &[(&str, &str)]) -> Self {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(pairs);
        self.body("application/x-www-form-urlencoded", form.finish())
    }

    pub fn body(self, content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        self.untyped(body).header("content-type", content_type)
    }

    /// A body that does not say what it is.
    pub fn untyped(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Some(body.into());
        self
    }

    /// Sends it; panics unless the answer has this status and is what the contract says.
    pub async fn expect(self, status: u16) -> Answer {
        let line = format!("{} {}", self.method, self.path);
        let answer = self.send().await;
        assert_eq!(answer.status, status, "{line}: {}", answer.text());
        answer
    }

    /// Sends it; panics unless the answer is what the contract says.
    pub async fn send(self) -> Answer {
        self.try_send()
            .await
            .unwrap_or_else(|fault| panic!("{fault}"))
    }

    /// Sends it; an answer that breaks the contract is an error that says how.
    pub async fn try_send(self) -> Result<Answer, String> {
        let exchange = self.exchange().await?;
        secrets::seen(&exchange);
        let line = format!(
            "{} {} -> {}",
            exchange.method, exchange.path, exchange.status
        );
        match check(&exchange) {
            Ok(pair) => pair.into_iter().for_each(ledger::reached),
            Err(faults) => {
                let body = String::from_utf8_lossy(&exchange.body).into_owned();
                return Err(format!(
                    "{line} breaks its contract:\n  {}\n  {body}",
                    faults.join("\n  ")
                ));
            }
        }
        Ok(Answer {
            status: exchange.status,
            headers: exchange.headers,
            body: exchange.body,
        })
    }

    async fn exchange(self) -> Result<Exchange, String> {
        let mut raw_query = form_urlencoded::Serializer::new(String::new());
        raw_query.extend_pairs(&self.query);
        let raw_query = raw_query.finish();
        let mut url = format!("{}{}", self.base, self.path);
        if !raw_query.is_empty() {
            url = format!("{url}?{raw_query}");
        }
        let request_body = self.body.clone().unwrap_or_default();
        let mut request = self
            .http
            .request(self.method.clone(), &url)
            .headers(self.headers.clone());
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let response = request
            .send()
            .await
            .map_err(|error| format!("{} {}: {error:?}", self.method, self.path))?;
        Ok(Exchange {
            method: self.method.to_string(),
            path: self.path,
            raw_query,
            request_headers: pairs(&self.headers),
            request_body,
            status: response.status().as_u16(),
            headers: pairs(response.headers()),
            body: response
                .bytes()
                .await
                .map_err(|error| format!("{url}: {error:?}"))?
                .to_vec(),
        })
    }
}

impl Answer {
    /// A body that another client got.
    pub fn of_body(body: Vec<u8>) -> Self {
        Self {
            status: 200,
            headers: Vec::new(),
            body,
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    /// The text at a JSON Pointer of the body.
    pub fn string(&self, pointer: &str) -> String {
        self.json()
            .pointer(pointer)
            .and_then(Value::as_str)
            .unwrap_or_else(|| panic!("no text at {pointer}: {}", self.text()))
            .to_owned()
    }

    /// The header field of this lower-case name; panics where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers_of(name)
            .first()
            .copied()
            .unwrap_or_else(|| panic!("no header {name}: {:?}", self.headers))
    }

    /// All header fields of this lower-case name.
    pub fn headers_of(&self, name: &str) -> Vec<&str> {
        self.headers
            .iter()
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
            .collect()
    }

    /// A parameter of the query in the `Location` header.
    pub fn location_parameter(&self, name: &str) -> Option<String> {
        let location = self.header("location");
        let (_, query) = location.split_once('?')?;
        let query = query.split('#').next().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }
}

fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect()
}
