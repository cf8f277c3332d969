//! What a file calls its parts: `$id`, `$anchor` and `$dynamicAnchor` of JSON Schema 2020-12 (Core, section 8.2).

use std::collections::HashMap;

use serde_json::Value;

/// The named parts of one file, each with the tokens of its JSON Pointer.
#[derive(Default)]
pub(super) struct Resources {
    /// By URI, made absolute as far as the file says how.
    ids: HashMap<String, Vec<String>>,
    /// The same the other way round.
    uris: HashMap<Vec<String>, String>,
    /// By the URI of the resource around them (empty for the file) and by name.
    anchors: HashMap<(String, String), Vec<String>>,
    /// Every place with a `$dynamicAnchor` of this name.
    dynamic: HashMap<String, Vec<Vec<String>>>,
}

impl Resources {
    pub(super) fn of(root: &Value) -> Self {
        let mut found = Self::default();
        let base = root.get("$self").and_then(Value::as_str).unwrap_or("");
        found.ids.insert(base.to_owned(), Vec::new());
        found.uris.insert(Vec::new(), base.to_owned());
        found.collect(root, base, &mut Vec::new());
        found
    }

    fn collect(&mut self, value: &Value, base: &str, here: &mut Vec<String>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    here.push(index.to_string());
                    self.collect(item, base, here);
                    here.pop();
                }
            }
            Value::Object(members) => {
                let text = |name: &str| members.get(name).and_then(Value::as_str);
                let own = text("$id").map(|id| absolute(base, id));
                let base = own.as_deref().unwrap_or(base);
                if own.is_some() {
                    self.ids
                        .entry(base.to_owned())
                        .or_insert_with(|| here.clone());
                    self.uris.insert(here.clone(), base.to_owned());
                }
                for name in ["$anchor", "$dynamicAnchor"] {
                    if let Some(anchor) = text(name) {
                        let key = (base.to_owned(), anchor.to_owned());
                        self.anchors.entry(key).or_insert_with(|| here.clone());
                    }
                }
                if let Some(anchor) = text("$dynamicAnchor") {
                    let all = self.dynamic.entry(anchor.to_owned()).or_default();
                    all.push(here.clone());
                }
                for (name, member) in members {
                    here.push(name.clone());
                    self.collect(member, base, here);
                    here.pop();
                }
            }
            _ => {}
        }
    }

    /// The URI of the innermost resource around the node at `tokens`, and the tokens of that resource.
    pub(super) fn around(&self, tokens: &[String]) -> (&str, &[String]) {
        let parts = (0..=tokens.len())
            .rev()
            .filter_map(|length| tokens.get(..length));
        let mut around = parts.filter_map(|part| self.uris.get_key_value(part));
        around
            .next()
            .map_or(("", &[][..]), |(at, uri)| (uri.as_str(), at.as_slice()))
    }

    /// Whether the file has resources of its own inside.
    pub(super) fn is_plain(&self) -> bool {
        self.uris.len() == 1
    }

    /// The resource of this URI.
    pub(super) fn resource(&self, uri: &str) -> Option<&[String]> {
        self.ids.get(uri).map(Vec::as_slice)
    }

    /// The part with this anchor in the resource of this URI.
    pub(super) fn anchor(&self, uri: &str, name: &str) -> Option<&[String]> {
        let key = (uri.to_owned(), name.to_owned());
        self.anchors.get(&key).map(Vec::as_slice)
    }

    /// How many places a `$dynamicRef` to `name` may lead to.
    pub(super) fn dynamic(&self, name: &str) -> usize {
        self.dynamic.get(name).map_or(0, Vec::len)
    }
}

/// The URI reference `text` made absolute against `base`, without its fragment: RFC 3986, section 5.2, as far as
/// documents use it.
pub(super) fn absolute(base: &str, text: &str) -> String {
    let text = text.split('#').next().unwrap_or("");
    if text.is_empty() {
        return base.to_owned();
    }
    let Some((scheme, rest)) = base.split_once("://") else {
        return text.to_owned();
    };
    if has_scheme(text) {
        return text.to_owned();
    }
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let folder = path
        .rfind('/')
        .and_then(|end| path.get(..end))
        .unwrap_or("");
    match text.strip_prefix('/') {
        Some(text) => format!("{scheme}://{host}/{text}"),
        None => {
            let text = text.trim_start_matches("./");
            format!("{scheme}://{host}{folder}/{text}")
        }
    }
}

/// RFC 3986, section 3.1; a single letter is a drive.
pub(super) fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme.starts_with(|sign: char| sign.is_ascii_alphabetic())
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

/// Whether the text names a file that may hold a document.
pub(super) fn is_file(text: &str) -> bool {
    let ends = [".yaml", ".yml", ".json"];
    ends.iter().any(|end| text.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_are_made_absolute() {
        for (base, text, wanted) in [
            ("https://a.example/b/c", "d", "https://a.example/b/d"),
            ("https://a.example/b/c", "./d#e", "https://a.example/b/d"),
            ("https://a.example/b/c", "/d", "https://a.example/d"),
            ("https://a.example", "d", "https://a.example/d"),
            ("https://a.example/b", "urn:x:y", "urn:x:y"),
            ("https://a.example/b", "#c", "https://a.example/b"),
            ("", "d.yaml", "d.yaml"),
        ] {
            assert_eq!(absolute(base, text), wanted, "{base} {text}");
        }
    }
}
