//! `Cargo.toml`.

use std::fmt::Write;

/// What generated code can name beside the runtime: the crate, and how it is depended on.
const CRATES: &[(&str, &str)] = &[
    (
        "jsonschema",
        r#"{ version = "0.60", default-features = false, features = ["macros"] }"#,
    ),
    ("serde", r#"{ version = "1", features = ["derive"] }"#),
    ("serde_json", r#""1""#),
    ("utoipa", r#""6""#),
];

/// The text of the manifest; `runtime` is the path of the runtime crate, where it is not the published one.
pub fn manifest(
    head: &str,
    name: &str,
    version: &str,
    runtime: Option<&str>,
    code: &str,
) -> String {
    let mut text = format!(
        "{head}\n[package]\nname = {}\nversion = \"{version}\"\nedition = \"2024\"\nrust-version = \"{}\"\npublish = false\n\n[dependencies]\n",
        quoted(name),
        env!("CARGO_PKG_RUST_VERSION"),
    );
    let runtime = match runtime {
        Some(path) => format!("{{ path = {} }}", quoted(path)),
        None => format!("\"{}\"", env!("CARGO_PKG_VERSION")),
    };
    let used = CRATES.iter().filter(|(name, _)| names(code, name));
    let mut lines: Vec<String> = used
        .map(|(name, requirement)| format!("{name} = {requirement}\n"))
        .collect();
    lines.push(format!("specmint-runtime = {runtime}\n"));
    lines.sort();
    text.extend(lines);
    text
}

/// The version of the crate: the contract's own where it is one of Cargo's, `MAJOR.MINOR.PATCH`.
pub fn version(of_contract: &str) -> &str {
    let parts: Vec<&str> = of_contract.split('.').collect();
    let is_number = |part: &&str| part.parse::<u64>().is_ok_and(|it| it.to_string() == **part);
    if parts.len() == 3 && parts.iter().all(is_number) {
        of_contract
    } else {
        "0.1.0"
    }
}

/// Whether a path of `code` begins with the crate `name`; comments are not code.
fn names(code: &str, name: &str) -> bool {
    let head = format!("{name}::");
    code.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .any(|line| {
            line.match_indices(&head).any(|(at, _)| {
                let before = line.get(..at).unwrap_or("");
                !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            })
        })
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            control if control.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_code_names_is_depended_on() {
        let code = "/// `utoipa::ToSchema`\nuse serde::Serialize;\nmy_jsonschema::x();";
        let text = manifest("# Head.\n", "shop", "1.2.3", Some("../it's \"here\""), code);
        assert_eq!(
            text,
            "# Head.\n\n[package]\nname = \"shop\"\nversion = \"1.2.3\"\nedition = \"2024\"\nrust-version = \"1.95\"\n\
             publish = false\n\n[dependencies]\nserde = { version = \"1\", features = [\"derive\"] }\n\
             specmint-runtime = { path = \"../it's \\\"here\\\"\" }\n"
        );
    }

    #[test]
    fn the_versions_are_those_that_the_generator_itself_is_tested_with() {
        let workspace = include_str!("../../../../Cargo.toml");
        for (name, requirement) in CRATES {
            let version = requirement.split('"').nth(1).unwrap();
            let line = workspace
                .lines()
                .find(|line| line.starts_with(&format!("{name} = ")))
                .unwrap();
            assert_eq!(line.split('"').nth(1), Some(version), "{name}");
        }
    }

    #[test]
    fn a_version_that_cargo_does_not_know_is_not_taken_over() {
        assert_eq!(version("1.0.17"), "1.0.17");
        for other in ["", "v1", "1.0", "2024-01-01", "2024.01.02", "1.0.0-rc 1"] {
            assert_eq!(version(other), "0.1.0", "{other}");
        }
    }
}
