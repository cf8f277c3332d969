//! The page as a browser without scripts has it.

use serde_json::{Value, json};

use super::operations::{application, auth_flow, below, call, identity_token, new_site};
use crate::client::{Answer, Call};
use crate::server::Server;

pub const CALLBACK: &str = "https://app.example.com/linked";

/// The page for a token.
pub fn page(server: &Server, token: &str) -> Call {
    server
        .client
        .get("/identity/create")
        .query(&[("token", token)])
}

/// Sends the page's form.
pub fn submit(server: &Server, form: &[(&str, &str)]) -> Call {
    server.client.post("/identity/create").form(form)
}

/// An attribute of each tag that has all of `marks`, as it was before it was escaped.
pub fn attributes(html: &str, marks: &[&str], name: &str) -> Vec<String> {
    let tags = html.split('<').filter_map(|tag| tag.split('>').next());
    let marked = tags.filter(|tag| marks.iter().all(|mark| tag.contains(mark)));
    let value = |tag: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(unescaped(rest.split('"').next()?))
    };
    marked.filter_map(value).collect()
}

fn unescaped(text: &str) -> String {
    let entities = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#38;", "&"),
    ];
    entities
        .iter()
        .fold(text.to_owned(), |text, (entity, character)| {
            text.replace(entity, character)
        })
}

/// The fields that a person sees, in order.
pub fn fields(page: &Answer) -> Vec<String> {
    let html = page.text();
    let mut names = attributes(&html, &["input type=\"text\""], "name");
    names.extend(attributes(&html, &["input type=\"password\""], "name"));
    names.sort();
    names
}

/// What the form sends by itself.
pub fn hidden(page: &Answer, name: &str) -> String {
    let name = format!("name=\"{name}\"");
    let values = attributes(&page.text(), &["type=\"hidden\"", &name], "value");
    values.into_iter().next().expect("a hidden field")
}

/// A new application with one flow, and a token for it: the application, the flow, the token.
pub async fn with_flow(server: &Server, flow: Value) -> (String, String, String) {
    let application = application(server, &new_site()).await;
    let flow = auth_flow(server, &application, &flow).await;
    let token = identity_token(server, &application, CALLBACK).await;
    (application, flow, token)
}

pub fn plain() -> Value {
    json!({"name": "Plain", "methods": ["username_password"]})
}

pub async fn identities(server: &Server, application: &str) -> Vec<Value> {
    let list = call(server, "GET", &below(application, "/identities"))
        .expect(200)
        .await;
    list.json()["identities"]
        .as_array()
        .expect("a list")
        .clone()
}
