//! What a client must accept, so that an operation can succeed.

use crate::ir::{Content, Response, Status};

/// The media types of the answers that succeed; none where one of them may have no content, or may be of any kind.
///
/// `default` succeeds where nothing else does. A redirection has no content that matters, so that who follows it need not
/// accept any.
pub fn produces(responses: &[Response]) -> Vec<String> {
    let succeeds = |response: &&Response| match response.status {
        Status::Code(code) => matches!(code, 200..=303 | 305..=399),
        Status::Range(class) => matches!(class, 2 | 3),
        Status::Default => false,
    };
    let fails = |response: &&Response| match response.status {
        Status::Code(code) => code >= 400,
        Status::Range(class) => class >= 4,
        Status::Default => false,
    };
    let mut all: Vec<&Response> = responses.iter().filter(succeeds).collect();
    if all.is_empty() {
        let rest = responses.iter().filter(|response| !fails(response));
        all = rest.collect();
    }
    let mut media_types: Vec<String> = Vec::new();
    for response in all {
        let own: Vec<&str> = match &response.content {
            None => return Vec::new(),
            Some(Content::Json { media_types, .. } | Content::Xml { media_types, .. }) => {
                media_types.iter().map(String::as_str).collect()
            }
            Some(
                Content::Text { media_type }
                | Content::Octets { media_type }
                | Content::Items { media_type, .. },
            ) => vec![media_type],
            Some(Content::Range { range }) if range == "*/*" => return Vec::new(),
            Some(Content::Range { range }) => vec![range],
            Some(Content::Events { .. }) => vec!["text/event-stream"],
        };
        for media_type in own {
            if !media_types.iter().any(|known| known == media_type) {
                media_types.push(media_type.to_owned());
            }
        }
    }
    media_types
}
