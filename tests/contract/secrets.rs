//! Every secret that went over the wire in this run, so that logs and files can be searched for them.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use base64::Engine as _;
use serde_json::Value;

use crate::beyond_identity::flow::CHALLENGE;
use crate::exchange::Exchange;

/// Members of bodies and forms, and parameters of redirects, whose values are secrets.
const NAMES: [&str; 16] = [
    "token",
    "bearer",
    "accessToken",
    "access_token",
    "refresh_token",
    "id_token",
    "client_secret",
    "code",
    "code_verifier",
    "ticket",
    "secret",
    "password",
    "otp",
    "value",
    "appToken",
    "authorizationCode",
];

/// Shorter texts are made-up words of a test, and would be found anywhere.
const LENGTH: usize = 20;

/// What tests send in a secret's place although everyone may know it.
const PUBLIC: [&str; 1] = [CHALLENGE];

/// The ends of the secrets, by which they are found: of a JWT that is the signature, without which the rest opens
/// nothing.
static SEEN: Mutex<BTreeSet<Vec<u8>>> = Mutex::new(BTreeSet::new());

/// Notes a secret.
pub fn keep(secret: &str) {
    let bytes = secret.as_bytes();
    // Long texts of one character are what tests send to be too long.
    let varied = bytes.iter().any(|byte| Some(byte) != bytes.first());
    if bytes.len() >= LENGTH && varied && !PUBLIC.contains(&secret) {
        let end = bytes[bytes.len() - LENGTH..].to_vec();
        SEEN.lock().expect("no panic while noting").insert(end);
    }
}

/// Notes the secrets in a request and its answer.
pub fn seen(exchange: &Exchange) {
    if let Some(key) = exchange.request_header("anchor-api-key") {
        keep(&key);
    }
    if let Some(authorization) = exchange.request_header("authorization") {
        credential(&authorization);
    }
    for body in [&exchange.request_body, &exchange.body] {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => within(&value),
            Err(_) => form(&String::from_utf8_lossy(body)),
        }
    }
    if let Some((_, query)) = exchange
        .header("location")
        .and_then(|text| text.split_once('?'))
    {
        form(query);
    }
}

/// The secrets noted whose ends `text` holds.
pub fn found_in(text: &[u8]) -> BTreeSet<String> {
    let seen = SEEN.lock().expect("no panic while noting");
    text.windows(LENGTH)
        .filter(|window| seen.contains(*window))
        .map(|secret| String::from_utf8_lossy(secret).into_owned())
        .collect()
}

/// The secrets noted that the files of a directory hold, each with its file.
pub fn found_under(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        let bytes = std::fs::read(&path).expect("a file");
        for secret in found_in(&bytes) {
            found.push(format!("{}: {secret}", path.display()));
        }
    }
    found
}

/// How many secrets were noted.
pub fn count() -> usize {
    SEEN.lock().expect("no panic while noting").len()
}

fn credential(authorization: &str) {
    let Some((scheme, text)) = authorization.split_once(' ') else {
        return;
    };
    keep(text);
    if scheme.eq_ignore_ascii_case("basic")
        && let Ok(bytes) = base64::engine::general_purpose::STANDARD.decode(text)
        && let Some((_, password)) = String::from_utf8_lossy(&bytes).split_once(':')
    {
        keep(password);
    }
}

fn within(value: &Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::String(text) if NAMES.contains(&name.as_str()) => keep(text),
                    _ => within(value),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(within),
        _ => {}
    }
}

fn form(text: &str) {
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        if NAMES.contains(&name.as_ref()) {
            keep(&value);
        }
    }
}
