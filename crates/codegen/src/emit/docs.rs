//! Rustdoc.

use proc_macro2::TokenStream;
use quote::quote;

/// The text as `///` lines, none if it is empty.
pub fn docs(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    quote! { #(#[doc = #lines])* }
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
