//! What a request that is sent may be answered, in words.

use crate::emit::types;
use crate::ir::{Content, Response, Status, Type};

/// The documented answers, and the models that their bodies decode into.
pub fn list(responses: &[Response]) -> String {
    let mut list = String::new();
    for response in responses {
        if list.is_empty() {
            list.push_str("It is answered:\n\n");
        }
        let status = match response.status {
            Status::Code(code) => format!("`{code}`"),
            Status::Range(class) => format!("`{class}XX`"),
            Status::Default => "any other status".to_owned(),
        };
        let content = response.content.as_ref().map(content);
        let with = content.map_or_else(String::new, |content| format!(" with {content}"));
        list.push_str(&format!("- {status}{with}\n"));
    }
    list.trim_end().to_owned()
}

fn content(content: &Content) -> String {
    match content {
        Content::Json { ty, .. } => named(ty),
        Content::Items { ty, .. } => format!("one {} after another", named(ty)),
        Content::Events { .. } => "events".to_owned(),
        Content::Text { media_type } | Content::Octets { media_type } => {
            format!("`{media_type}`")
        }
        Content::Range { range } => format!("one of `{range}`"),
    }
}

fn named(ty: &Type) -> String {
    match ty {
        Type::Model(name) => format!("[`{name}`](super::models::{name})"),
        other => format!("`{}`", types::of(other).to_string().replace(' ', "")),
    }
}
