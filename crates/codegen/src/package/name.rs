//! What a crate is called.

use heck::ToKebabCase;

/// The name of a crate for an API with this title: its words in ASCII, in lower case, with `-` between them.
pub fn package_name(title: &str) -> String {
    let plain: String = title
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let mut name = plain.to_kebab_case();
    name.truncate(LONGEST);
    let name = name.trim_matches('-');
    match name.chars().next() {
        None => "api".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("api-{name}"),
        Some(_) if is_taken(name) => format!("{name}-api"),
        Some(_) => name.to_owned(),
    }
}

/// Registries take 64 characters; a little is left for what is added.
const LONGEST: usize = 60;

/// Names that Cargo refuses or warns of, that Windows has for devices, and those of crates that the code depends on.
fn is_taken(name: &str) -> bool {
    const TAKEN: &[&str] = &[
        "alloc",
        "aux",
        "bin",
        "build",
        "con",
        "core",
        "deps",
        "examples",
        "incremental",
        "jsonschema",
        "nul",
        "prn",
        "proc-macro",
        "serde",
        "serde-json",
        "specmint-runtime",
        "std",
        "test",
        "utoipa",
    ];
    TAKEN.contains(&name) || syn::parse_str::<syn::Ident>(&name.replace('-', "_")).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_title_gives_a_name_that_cargo_takes() {
        for (title, name) in [
            (
                "Swagger Petstore - OpenAPI 3.0",
                "swagger-petstore-open-api-3-0",
            ),
            ("GitHub v3 REST API", "git-hub-v3-rest-api"),
            ("2checkout", "api-2checkout"),
            ("Größe", "gr-e"),
            ("日本", "api"),
            ("", "api"),
            ("Test", "test-api"),
            ("async", "async-api"),
            ("a".repeat(70).as_str(), "a".repeat(60).as_str()),
        ] {
            assert_eq!(package_name(title), name);
        }
    }
}
