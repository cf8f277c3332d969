//! Runtime expressions (OpenAPI 3.1.1, section 4.8.20.4): where a callback goes, by the request that asked for it.

use serde_json::Value;

use super::Fault;
use crate::plain;

/// A request, and what it was answered: what a runtime expression can name. Only what is told here is there.
///
/// ```
/// use specmint_runtime::outgoing::Exchange;
/// # use serde_json::json;
///
/// let body = json!({"sink": "https://a.example/in"});
/// let exchange = Exchange::default().body(&body).query("event", "mint");
/// let url = exchange.evaluate("{$request.body#/sink}?of={$request.query.event}");
/// assert_eq!(url.as_deref(), Ok("https://a.example/in?of=mint"));
/// ```
#[derive(Clone, Default)]
pub struct Exchange<'a> {
    url: Option<&'a str>,
    method: Option<&'a str>,
    status: Option<u16>,
    path: Vec<(&'a str, &'a str)>,
    query: Vec<(&'a str, &'a str)>,
    headers: Vec<(&'a str, &'a str)>,
    body: Option<&'a Value>,
    response_headers: Vec<(&'a str, &'a str)>,
    response_body: Option<&'a Value>,
}

impl<'a> Exchange<'a> {
    /// `$url`.
    #[must_use]
    pub fn url(mut self, url: &'a str) -> Self {
        self.url = Some(url);
        self
    }

    /// `$method`.
    #[must_use]
    pub fn method(mut self, method: &'a str) -> Self {
        self.method = Some(method);
        self
    }

    /// `$statusCode`.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = Some(status);
        self
    }

    /// `$request.path.name`.
    #[must_use]
    pub fn path(mut self, name: &'a str, value: &'a str) -> Self {
        self.path.push((name, value));
        self
    }

    /// `$request.query.name`, decoded.
    #[must_use]
    pub fn query(mut self, name: &'a str, value: &'a str) -> Self {
        self.query.push((name, value));
        self
    }

    /// `$request.header.name`.
    #[must_use]
    pub fn header(mut self, name: &'a str, value: &'a str) -> Self {
        self.headers.push((name, value));
        self
    }

    /// `$request.body`.
    #[must_use]
    pub fn body(mut self, body: &'a Value) -> Self {
        self.body = Some(body);
        self
    }

    /// `$response.header.name`.
    #[must_use]
    pub fn response_header(mut self, name: &'a str, value: &'a str) -> Self {
        self.response_headers.push((name, value));
        self
    }

    /// `$response.body`.
    #[must_use]
    pub fn response_body(mut self, body: &'a Value) -> Self {
        self.response_body = Some(body);
        self
    }

    /// The text that an expression, or a template with expressions in braces, comes to. Nothing is percent-encoded.
    ///
    /// # Errors
    /// [`Fault::Expression`] with the first that names nothing.
    pub fn evaluate(&self, template: &str) -> Result<String, Fault> {
        if template.starts_with('$') {
            return self.one(template);
        }
        let (mut text, mut rest) = (String::new(), template);
        while let Some((before, from)) = rest.split_once('{') {
            let Some((expression, behind)) = from.split_once('}') else {
                break;
            };
            text.push_str(before);
            text.push_str(&self.one(expression)?);
            rest = behind;
        }
        text.push_str(rest);
        Ok(text)
    }

    fn one(&self, expression: &str) -> Result<String, Fault> {
        let found = match expression {
            "$url" => self.url.map(str::to_owned),
            "$method" => self.method.map(str::to_owned),
            "$statusCode" => self.status.map(|status| status.to_string()),
            other => self.source(other),
        };
        found.ok_or_else(|| Fault::Expression(expression.to_owned()))
    }

    fn source(&self, expression: &str) -> Option<String> {
        let (headers, body, rest) = match expression.strip_prefix("$request.") {
            Some(rest) => (&self.headers, self.body, rest),
            None => {
                let rest = expression.strip_prefix("$response.")?;
                (&self.response_headers, self.response_body, rest)
            }
        };
        let is_request = expression.starts_with("$request.");
        let named = |all: &[(&str, &str)], name: &str| {
            let found = all.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        match rest.split_once('.') {
            Some(("header", name)) => {
                let found = headers
                    .iter()
                    .find(|(known, _)| known.eq_ignore_ascii_case(name));
                found.map(|(_, value)| (*value).to_owned())
            }
            Some(("query", name)) if is_request => named(&self.query, name),
            Some(("path", name)) if is_request => named(&self.path, name),
            _ => {
                let pointer = rest.strip_prefix("body")?;
                let pointer = match pointer {
                    "" => "",
                    pointer => pointer.strip_prefix('#')?,
                };
                Some(match body?.pointer(pointer)? {
                    Value::Null => "null".to_owned(),
                    value => plain::text(value).into_owned(),
                })
            }
        }
    }
}

/// None of the values: they may hold a secret.
impl std::fmt::Debug for Exchange<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exchange").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The examples of the specification.
    #[test]
    fn every_source_is_named() {
        let body = json!({"user": {"uuid": "u"}, "failedUrls": ["a"], "n": 3});
        let exchange = Exchange::default()
            .url("https://a.example/b")
            .method("GET")
            .status(200)
            .path("id", "p")
            .query("queryUrl", "q")
            .header("Accept", "h")
            .body(&body)
            .response_header("Server", "s")
            .response_body(&body);
        for (expression, expected) in [
            ("$method", "GET"),
            ("$url", "https://a.example/b"),
            ("$statusCode", "200"),
            ("$request.header.accept", "h"),
            ("$request.path.id", "p"),
            ("$request.query.queryUrl", "q"),
            ("$request.body#/user/uuid", "u"),
            ("$response.body#/failedUrls/0", "a"),
            ("$response.header.Server", "s"),
            ("$request.body#/n", "3"),
            (
                "{$request.query.queryUrl}/{$request.body#/n}?x={",
                "q/3?x={",
            ),
            ("plain", "plain"),
        ] {
            assert_eq!(
                exchange.evaluate(expression).as_deref(),
                Ok(expected),
                "{expression}"
            );
        }
    }

    #[test]
    fn what_is_not_there_is_named() {
        let body = json!({"a": 1});
        let exchange = Exchange::default().body(&body);
        for expression in [
            "$request.body#/b",
            "$response.body",
            "$request.query.a",
            "$response.query.a",
            "$requests",
            "id",
        ] {
            assert_eq!(
                exchange.evaluate(&format!("x/{{{expression}}}")),
                Err(Fault::Expression(expression.to_owned()))
            );
        }
    }
}
