//! From names of a document to names of Rust.
//!
//! The theory, in order, of the name in its compatibility form (NFKC): Rust takes `é` of one character for `é` of two, and
//! warns of `ａ`.
//! 1. A name is split into words at case changes and at everything that is neither letter nor digit (`heck`).
//! 2. A sign that carries the meaning is spelled out first: `+1` is `plus 1`, `<=` is `less than equal`. That is so where a
//!    sign stands before a digit, and where there is neither letter nor digit at all.
//! 3. Words are joined in the case that Rust wants at the place: `UpperCamel` for types and variants, `snake` for fields,
//!    arguments and methods, `SHOUTY` for statics.
//! 4. What is left must be an identifier: nothing becomes `empty`, a leading digit gets `Value` or `_` before it, and a number `value_`.
//! 5. A keyword is written raw (`r#type`), or with `_` behind it where Rust has no raw form. So is a `snake` name without a letter
//!    that has case (`日本_`): it would hide a type or a static of the same name.
//! 6. Two names of one scope that meet are told apart by a number. The first in the document keeps its name, so that adding to the
//!    end of a document renames nothing; of schemas, the one whose name is Rust's already. What a document calls its own comes
//!    before names that are made for it, and names that every Rust module has are taken from the start.
//!
//! The obstacle course is `tests/documents/names.yaml`.

mod scope;
mod signs;

pub use scope::Scope;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use unicode_normalization::UnicodeNormalization;

/// The name of a type or of a variant.
pub fn upper_camel(source: &str) -> String {
    let name = identifier(&words(source).to_upper_camel_case());
    finish(name, "Value", "Empty")
}

/// The name of a field, of an argument or of a method. Keywords are left to [`escaped`].
pub fn snake(source: &str) -> String {
    let name = identifier(&words(source).to_snake_case());
    let is_number = name.chars().all(|c| c == '_' || c.is_ascii_digit());
    let before_digit = if is_number { "value_" } else { "_" };
    let name = finish(name, before_digit, "empty");
    if name.chars().any(char::is_lowercase) {
        name
    } else {
        format!("{name}_")
    }
}

/// The name of a static.
pub fn shouty(source: &str) -> String {
    let name = identifier(&words(source).to_shouty_snake_case());
    finish(name, "_", "EMPTY")
}

/// The name as it stands in code: keywords are raw, or have `_` behind them.
pub fn escaped(name: &str) -> String {
    // A keyword since the edition of 2024, which `syn` does not know of.
    if name != "gen" && syn::parse_str::<syn::Ident>(name).is_ok() {
        return name.to_owned();
    }
    let raw = format!("r#{name}");
    match name {
        "self" | "Self" | "super" | "crate" | "_" => format!("{name}_"),
        _ => raw,
    }
}

/// The name as its words are found in.
fn words(source: &str) -> String {
    if source.is_ascii() {
        return signs::spelled(source).into_owned();
    }
    signs::spelled(&source.nfkc().collect::<String>()).into_owned()
}

/// Leaves only what an identifier may hold.
fn identifier(name: &str) -> String {
    name.chars()
        .filter(|&c| c == '_' || syn::parse_str::<syn::Ident>(&format!("xx{c}")).is_ok())
        .collect()
}

fn finish(name: String, before_digit: &str, empty: &str) -> String {
    match name.chars().next() {
        None => empty.to_owned(),
        Some('_') if name.chars().all(|c| c == '_') => empty.to_owned(),
        Some(first) if syn::parse_str::<syn::Ident>(&format!("{first}xx")).is_err() => {
            format!("{before_digit}{name}")
        }
        Some(_) => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_split_at_case_and_signs() {
        assert_eq!(snake("accessTokenMaxTTL"), "access_token_max_ttl");
        assert_eq!(snake("anchor-api-key"), "anchor_api_key");
        assert_eq!(
            upper_camel("identity_token.response"),
            "IdentityTokenResponse"
        );
        assert_eq!(shouty("createIdentityToken"), "CREATE_IDENTITY_TOKEN");
    }

    #[test]
    fn what_is_no_identifier_becomes_one() {
        assert_eq!(upper_camel("400"), "Value400");
        assert_eq!(snake("3d"), "_3d");
        assert_eq!(upper_camel(""), "Empty");
        assert_eq!(snake("___"), "empty");
        assert_eq!(snake("größe"), "größe");
        assert_eq!(
            (upper_camel("日本"), snake("日本")),
            ("日本".into(), "日本_".into())
        );
        assert_eq!((shouty("1"), snake("1")), ("_1".into(), "value_1".into()));
        assert_eq!(upper_camel("👍"), "U1f44d");
        assert_eq!(snake("e\u{301}te\u{301}"), "été");
        assert_eq!(upper_camel("ａｂ"), "Ab");
    }

    #[test]
    fn signs_that_carry_the_meaning_are_spelled() {
        assert_eq!(upper_camel("+1"), "Plus1");
        assert_eq!(upper_camel("-1"), "Minus1");
        assert_eq!(upper_camel("<="), "LessEqual");
        assert_eq!(snake("$ref"), "ref");
        assert_eq!(snake("-created-at"), "created_at");
    }

    #[test]
    fn keywords_are_raw_where_rust_allows() {
        assert_eq!(escaped("type"), "r#type");
        assert_eq!(escaped("gen"), "r#gen");
        assert_eq!(escaped("self"), "self_");
        assert_eq!(escaped("Self"), "Self_");
        assert_eq!(escaped("token"), "token");
    }
}
