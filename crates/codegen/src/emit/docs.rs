//! Rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::ir::Operation;

/// The text as `///` lines, none if it is empty.
pub fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {}", visible(line))
        }
    });
    quote! { #(#[doc = #lines])* }
}

/// The line without what nobody sees: a comment may hold neither a bare carriage return nor what turns the direction of text.
fn visible(line: &str) -> String {
    let is_turn = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let shown = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() || is_turn(c) => '\u{fffd}',
        c => c,
    };
    line.chars().map(shown).collect()
}

/// A link to the method of an operation.
pub fn method(operation: &Operation) -> String {
    format!("[`Api::{}`]", spelled(&operation.name))
}

/// A name as rustdoc wants it in a link: as in code, but never raw.
pub fn spelled(name: &str) -> String {
    let name = ident(name).to_string();
    name.trim_start_matches("r#").to_owned()
}

/// A text as code within a line, for which it may hold no backtick.
pub fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', ""))
}

/// Of a form of a body, the media types that it has.
pub fn as_media_types<'a>(media_types: impl Iterator<Item = &'a String>) -> TokenStream {
    let all: Vec<String> = media_types.map(|one| code(one)).collect();
    docs(&format!("As {}.", all.join(", ")))
}

/// These texts as paragraphs.
pub fn paragraphs(texts: &[&str]) -> TokenStream {
    let texts: Vec<&str> = texts
        .iter()
        .copied()
        .filter(|text| !text.is_empty())
        .collect();
    docs(&texts.join("\n\n"))
}

/// One more paragraph, if the document says so. Rust's own attribute would warn in the code that is generated.
pub fn deprecated(is: bool) -> TokenStream {
    if is {
        docs("\n**Deprecated.**")
    } else {
        TokenStream::new()
    }
}

#[cfg(test)]
mod tests {
    use super::{code, spelled, visible};

    #[test]
    fn names_are_linked_as_they_stand_in_code() {
        assert_eq!(
            ["token", "type", "self"].map(spelled),
            ["token", "type", "self_"]
        );
    }

    #[test]
    fn code_ends_where_it_should() {
        assert_eq!(code("a`b"), "`ab`");
    }

    #[test]
    fn what_nobody_sees_is_shown() {
        assert_eq!(
            visible("a\tb\rc\u{202e}d\u{0}"),
            "a b\u{fffd}c\u{fffd}d\u{fffd}"
        );
    }
}
