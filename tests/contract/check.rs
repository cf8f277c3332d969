//! Holds one request and its answer against the contract.

use serde_json::{Value, json};

use crate::contract::{self, Found, members, token};
use crate::exchange::Exchange;

/// The server's own paths, which are in no contract.
const OWN: [&str; 4] = ["/healthz", "/readyz", "/openapi/", "/docs"];

/// What the contract says against this exchange; `Ok` names the operation and the documented status, if it is one.
pub fn check(exchange: &Exchange) -> Result<Option<(String, String)>, Vec<String>> {
    let mut faults = Vec::new();
    if exchange.header("x-request-id").is_none_or(str::is_empty) {
        faults.push("no x-request-id".to_owned());
    }
    if exchange.method == "HEAD" && !exchange.body.is_empty() {
        faults.push("HEAD was answered with a body".to_owned());
    }
    let own = OWN.iter().any(|path| exchange.path.starts_with(path));
    let found = contract::find(&exchange.method, &exchange.path);
    let pair = match found {
        Some(found) => {
            let status = answered(&found, exchange, &mut faults);
            if exchange.status < 400 {
                accepted(&found, exchange, &mut faults);
            }
            status.map(|status| (found.id, status))
        }
        None => {
            if !own {
                outside(exchange, &mut faults);
            }
            None
        }
    };
    if faults.is_empty() {
        Ok(pair)
    } else {
        Err(faults)
    }
}

/// The answer is one that the contract documents: status, content type, headers, body.
fn answered(found: &Found, exchange: &Exchange, faults: &mut Vec<String>) -> Option<String> {
    let responses = format!(
        "/paths/{}/{}/responses",
        token(&found.template),
        found.method
    );
    let class = format!("{}XX", exchange.status / 100);
    let documented = [exchange.status.to_string(), class, "default".to_owned()]
        .into_iter()
        .find_map(|status| {
            let (pointer, node) = found.contract.resolve(&format!("{responses}/{status}"))?;
            Some((status, pointer, node))
        });
    let Some((status, pointer, response)) = documented else {
        faults.push(format!(
            "{} does not document the status {}",
            found.id, exchange.status
        ));
        return None;
    };
    headers(found, exchange, &pointer, response, faults);
    if exchange.status == 401 && exchange.header("www-authenticate").is_none() {
        faults.push("a 401 without WWW-Authenticate".to_owned());
    }
    let content = members(&response["content"]);
    if content.is_empty() {
        if !exchange.body.is_empty() {
            faults.push(format!("{status} documents no body, but one was sent"));
        }
        return Some(status);
    }
    let media_type = exchange.media_type();
    if !content.contains_key(&media_type) {
        faults.push(format!(
            "{status} does not document the content type `{media_type}`"
        ));
    } else if exchange.method != "HEAD" {
        let schema = format!("{pointer}/content/{}/schema", token(&media_type));
        match body_value(&media_type, &exchange.body) {
            Ok(body) => faults.extend(found.contract.violations(&schema, &body)),
            Err(fault) => faults.push(fault),
        }
    }
    Some(status)
}

/// Documented header fields are there where they must be, and are what their schemas say.
fn headers(
    found: &Found,
    exchange: &Exchange,
    pointer: &str,
    response: &Value,
    faults: &mut Vec<String>,
) {
    for name in members(&response["headers"]).keys() {
        let Some((at, header)) = found
            .contract
            .resolve(&format!("{pointer}/headers/{}", token(name)))
        else {
            faults.push(format!("the header {name} is documented nowhere"));
            continue;
        };
        match exchange.header(&name.to_lowercase()) {
            None if header["required"] == json!(true) => {
                faults.push(format!("the required header {name} is missing"));
            }
            None => {}
            Some(text) => {
                let schema = format!("{at}/schema");
                let value = found.text_value(&schema, text);
                for fault in found.contract.violations(&schema, &value) {
                    faults.push(format!("header {name}: {fault}"));
                }
            }
        }
    }
}

/// The one operation whose vendor's sample sends a form and calls it JSON.
const FORM_CALLED_JSON: &str = "beyond-identity revokeToken";

const FORM: &str = "application/x-www-form-urlencoded";

/// What was accepted is what the contract allows: parameters and body.
fn accepted(found: &Found, exchange: &Exchange, faults: &mut Vec<String>) {
    let item = format!("/paths/{}", token(&found.template));
    let operation = format!("{item}/{}", found.method);
    for owner in [&item, &operation] {
        let Some(parameters) = found
            .contract
            .document
            .pointer(&format!("{owner}/parameters"))
        else {
            continue;
        };
        for index in 0..parameters.as_array().map_or(0, Vec::len) {
            parameter(
                found,
                exchange,
                &format!("{owner}/parameters/{index}"),
                faults,
            );
        }
    }
    let Some((pointer, body)) = found.contract.resolve(&format!("{operation}/requestBody")) else {
        return;
    };
    if body["required"] != json!(true) && exchange.request_body.is_empty() {
        return;
    }
    let media_type = exchange.request_media_type();
    if !members(&body["content"]).contains_key(&media_type) {
        faults.push(format!(
            "a body of the undocumented type `{media_type}` was accepted"
        ));
        return;
    }
    let schema = format!("{pointer}/content/{}/schema", token(&media_type));
    let is_form = found.id == FORM_CALLED_JSON && exchange.request_body.starts_with(b"token=");
    let read_as = if is_form { FORM } else { media_type.as_str() };
    match body_value(read_as, &exchange.request_body) {
        Ok(body) => faults.extend(
            found
                .contract
                .violations(&schema, &body)
                .into_iter()
                .map(|fault| format!("an invalid body was accepted: {fault}")),
        ),
        Err(fault) => faults.push(format!("a malformed body was accepted: {fault}")),
    }
}

fn parameter(found: &Found, exchange: &Exchange, pointer: &str, faults: &mut Vec<String>) {
    let Some((at, node)) = found.contract.resolve(pointer) else {
        faults.push(format!("no parameter at {pointer}"));
        return;
    };
    let name = node["name"].as_str().unwrap_or_default();
    let values = match node["in"].as_str() {
        Some("path") => found
            .variables
            .iter()
            .filter(|(variable, _)| variable == name)
            .map(|(_, text)| percent_decoded(text))
            .collect(),
        Some("query") => exchange.query(name),
        Some("header") => exchange.request_header(name).into_iter().collect(),
        other => panic!("a parameter in {other:?} is not understood by this harness"),
    };
    if values.is_empty() && node["required"] == json!(true) {
        faults.push(format!("accepted without the required parameter {name}"));
    }
    if values.len() > 1 {
        faults.push(format!("the parameter {name} was accepted twice"));
    }
    let json = node["content"].get("application/json").is_some();
    for text in values {
        let invalid = match json {
            true => {
                let schema = format!("{at}/content/application~1json/schema");
                match serde_json::from_str(&text) {
                    Ok(value) => found.contract.violations(&schema, &value),
                    Err(error) => vec![error.to_string()],
                }
            }
            false => {
                let schema = format!("{at}/schema");
                let value = found.text_value(&schema, &text);
                found.contract.violations(&schema, &value)
            }
        };
        for fault in invalid {
            faults.push(format!(
                "the parameter {name} was accepted, but it is invalid: {fault}"
            ));
        }
    }
}

/// What no operation answers: problem details (RFC 9457) for 404 and 405, `Allow` with 405 and OPTIONS.
fn outside(exchange: &Exchange, faults: &mut Vec<String>) {
    let methods = contract::methods_of(&exchange.path);
    let expected = match (methods.is_empty(), exchange.method.as_str()) {
        (true, _) => 404,
        (false, "OPTIONS") => 204,
        (false, _) => 405,
    };
    if exchange.status != expected {
        faults.push(format!("expected {expected}, answered {}", exchange.status));
    }
    if expected != 404 {
        allow(exchange, &methods, faults);
    }
    if expected != 204 && exchange.method != "HEAD" {
        problem(exchange, faults);
    }
}

fn allow(exchange: &Exchange, methods: &[String], faults: &mut Vec<String>) {
    let allow: Vec<&str> = exchange
        .header("allow")
        .unwrap_or_default()
        .split(',')
        .map(str::trim)
        .collect();
    for method in methods {
        if !allow.contains(&method.as_str()) {
            faults.push(format!("Allow does not name {method}: {allow:?}"));
        }
    }
    for method in allow {
        let implied = method == "OPTIONS" || method == "HEAD" && methods.iter().any(|m| m == "GET");
        if !implied && !methods.iter().any(|documented| documented == method) {
            faults.push(format!("Allow names `{method}`, which no contract has"));
        }
    }
}

fn problem(exchange: &Exchange, faults: &mut Vec<String>) {
    if exchange.media_type() != "application/problem+json" {
        faults.push(format!(
            "`{}` instead of problem details",
            exchange.media_type()
        ));
        return;
    }
    match serde_json::from_slice::<Value>(&exchange.body) {
        Ok(body) => {
            if body["status"] != json!(exchange.status) {
                faults.push(format!("problem details of another status: {body}"));
            }
            if !body["title"].is_string() {
                faults.push("problem details without a title".to_owned());
            }
        }
        Err(error) => faults.push(format!("problem details that are no JSON: {error}")),
    }
}

impl Found {
    /// A parameter's or header's text as the value its schema's type asks for.
    fn text_value(&self, schema: &str, text: &str) -> Value {
        let kind = self
            .contract
            .resolve(schema)
            .and_then(|(_, node)| node["type"].as_str());
        match kind {
            Some("integer" | "number" | "boolean") => {
                serde_json::from_str(text).unwrap_or_else(|_| json!(text))
            }
            _ => json!(text),
        }
    }
}

/// A body's bytes as the value its schema describes.
fn body_value(media_type: &str, body: &[u8]) -> Result<Value, String> {
    match media_type {
        "application/json" | "application/problem+json" => serde_json::from_slice(body)
            .map_err(|error| format!("a JSON body that is not JSON: {error}")),
        FORM => form_value(body),
        _ => String::from_utf8(body.to_vec())
            .map(Value::String)
            .map_err(|_| "a text body that is not UTF-8".to_owned()),
    }
}

/// A form as an object of strings: the contracts' forms have no other members.
fn form_value(body: &[u8]) -> Result<Value, String> {
    let mut form = serde_json::Map::new();
    for (name, value) in form_urlencoded::parse(body) {
        if form.insert(name.to_string(), json!(value)).is_some() {
            return Err(format!("the form's `{name}` is there twice"));
        }
    }
    Ok(Value::Object(form))
}

fn percent_decoded(text: &str) -> String {
    // A form's decoding is percent-decoding once `+` stands for itself.
    form_urlencoded::parse(format!("v={}", text.replace('+', "%2B")).as_bytes())
        .next()
        .map_or_else(String::new, |(_, value)| value.into_owned())
}
