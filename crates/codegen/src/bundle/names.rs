//! What comes into `components` is named after the end of the pointer that led to it, else after its file.

use std::collections::HashSet;
use std::path::Path;

/// The names that are taken in each section of `components`.
#[derive(Default)]
pub(super) struct Names(HashSet<(&'static str, String)>);

impl Names {
    /// A name that the document itself gives.
    pub(super) fn take(&mut self, section: &'static str, name: String) {
        self.0.insert((section, name));
    }

    /// A name for what `tokens` lead to in the file at `path`: the shortest that says what it is and is free.
    pub(super) fn claim(
        &mut self,
        section: &'static str,
        path: Option<&Path>,
        tokens: &[String],
    ) -> String {
        let mut parts: Vec<String> = path
            .into_iter()
            .flat_map(|path| {
                path.with_extension("")
                    .components()
                    .map(text)
                    .collect::<Vec<_>>()
            })
            .chain(tokens.iter().cloned())
            .map(|part| clean(&part))
            .filter(|part| says_something(part))
            .collect();
        let mut name = parts.pop().unwrap_or_else(|| "Unnamed".to_owned());
        // Two parts before it tell it apart well enough.
        for _ in 0..2 {
            if self.0.insert((section, name.clone())) {
                return name;
            }
            if let Some(part) = parts.pop() {
                name = format!("{part}_{name}");
            }
        }
        let mut number = 1_usize;
        let mut free = name.clone();
        while !self.0.insert((section, free.clone())) {
            number += 1;
            free = format!("{name}_{number}");
        }
        free
    }
}

fn text(part: std::path::Component<'_>) -> String {
    part.as_os_str().to_string_lossy().into_owned()
}

/// The characters that the specification allows in the name of a component.
fn clean(part: &str) -> String {
    let allowed = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
    let cleaned = part.replace(|sign: char| !allowed(sign), "_");
    cleaned.trim_matches(['_', '.']).to_owned()
}

/// Indices, and words that stand in every document, name nothing.
fn says_something(part: &str) -> bool {
    const EVERYWHERE: &[&str] = &[
        "index",
        "schema",
        "components",
        "schemas",
        "definitions",
        "properties",
        "items",
        "responses",
        "parameters",
        "requestBodies",
        "headers",
        "examples",
        "paths",
    ];
    !part.is_empty()
        && !part.bytes().all(|byte| byte.is_ascii_digit())
        && !EVERYWHERE.contains(&part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_from_the_pointer_then_the_file_then_the_folder() {
        let mut names = Names::default();
        names.take("schemas", "Pet".to_owned());
        let mut claim = |path: &str, tokens: &[&str]| {
            let tokens: Vec<String> = tokens.iter().map(|&token| token.to_owned()).collect();
            names.claim("schemas", Some(Path::new(path)), &tokens)
        };
        assert_eq!(claim("a/cat.yaml", &[]), "cat");
        assert_eq!(claim("b/cat.yaml", &[]), "b_cat");
        assert_eq!(
            claim("b/more.yaml", &["components", "schemas", "Pet"]),
            "more_Pet"
        );
        assert_eq!(claim("b/more.yaml", &["x", "allOf", "0"]), "allOf");
        assert_eq!(claim("dogs/index.yaml", &[]), "dogs");
        assert_eq!(claim("a/wild cat.v2.yaml", &[]), "wild_cat.v2");
    }
}
