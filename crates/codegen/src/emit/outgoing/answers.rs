//! What a request that is sent may be answered, in words.

use proc_macro2::{TokenStream, TokenTree};

use crate::emit::{docs, types};
use crate::ir::{Content, Response, Status, Type};

/// The documented answers, and the models that their bodies decode into.
pub fn list(responses: &[Response]) -> String {
    let mut list = String::new();
    for response in responses {
        if list.is_empty() {
            list.push_str("It is answered:\n\n");
        }
        let status = match response.status {
            Status::Code(code) => docs::code(&code.to_string()),
            Status::Range(class) => docs::code(&format!("{class}XX")),
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
        Content::Json { ty, .. } | Content::Xml { ty, .. } => named(ty),
        Content::Items { ty, .. } => format!("one {} after another", named(ty)),
        Content::Events { .. } => "events".to_owned(),
        Content::Text { media_type } | Content::Octets { media_type } => docs::code(media_type),
        Content::Range { range } => format!("one of {}", docs::code(range)),
    }
}

/// The type, each of its names without its path, and a link to the model that it is made of.
fn named(ty: &Type) -> String {
    let text = docs::code(&short(types::of(ty)));
    match model(ty) {
        Some(name) => format!("[{text}](super::models::{})", docs::spelled(name)),
        None => text,
    }
}

fn model(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            model(inner)
        }
        _ => None,
    }
}

/// The text of a type, as [`imports`](crate::emit::imports) would shorten it where no names meet.
fn short(ty: TokenStream) -> String {
    let mut text = String::new();
    let mut name = None;
    for tree in ty {
        match tree {
            TokenTree::Ident(last) => name = Some(last),
            TokenTree::Punct(sign) if sign.as_char() == ':' => name = None,
            other => {
                text.extend(name.take().map(|name| name.to_string()));
                text += &other.to_string();
                if text.ends_with(',') {
                    text.push(' ');
                }
            }
        }
    }
    text.extend(name.map(|name| name.to_string()));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_named_as_they_stand_in_code() {
        let list = |ty| Type::Array(Box::new(ty));
        let map = |ty| Type::Map(Box::new(ty));
        for (ty, wanted) in [
            (Type::Null, "`()`"),
            (list(Type::Uuid), "`Vec<Uuid>`"),
            (
                map(list(Type::Model("Self".to_owned()))),
                "[`BTreeMap<String, Vec<Self_>>`](super::models::Self_)",
            ),
        ] {
            assert_eq!(named(&ty), wanted);
        }
    }
}
