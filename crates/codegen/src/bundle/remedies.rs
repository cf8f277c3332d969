//! What to do about a `$ref` that leads nowhere.

use serde_json::Value;

use crate::diagnostic::nearest;
use crate::overlay::remedy;
use crate::pointer::{self, percent_decode, reference, tokens};

/// Behind how many findings no name is looked for any more that may have been meant: each takes a look at all there are.
const OFFERS: usize = 100;

/// Where nothing better can be said.
pub(crate) const CORRECT: &str = "correct the reference, or add what it points at";

/// Of references that lead only to one another.
pub(crate) const CIRCLE: &str = "give one of them a definition of its own";

/// Of a reference `text` into the document `root` with nothing at its end, where one to a component of `section` should stand;
/// `here` is where the object with the reference stands in it, if it does, and `told` how many findings were told before.
pub(crate) fn dangling(
    root: &Value,
    text: &str,
    section: Option<&str>,
    here: Option<&[String]>,
    told: usize,
) -> String {
    if told >= OFFERS {
        return CORRECT.to_owned();
    }
    let fragment = text.strip_prefix('#').and_then(percent_decode);
    let Some(wanted) = fragment.as_deref().and_then(tokens) else {
        return CORRECT.to_owned();
    };
    if let Some(near) = near(root, &wanted, section) {
        let near = reference(&near);
        return format!(
            "did you mean `{near}`?{}",
            instead(root, &near, here, " Write it here")
        );
    }
    match wanted.as_slice() {
        [components, schemas, name] if components == "components" && schemas == "schemas" => {
            let name = Value::from(name.as_str());
            let any = format!("{{ components: {{ schemas: {{ {name}: {{}} }} }} }}");
            format!(
                "correct the reference, or add the schema; the overlay action `{}` adds one that allows any value",
                remedy(root, &[], &any)
            )
        }
        _ => CORRECT.to_owned(),
    }
}

/// Of a reference `text` into the network.
pub(super) fn network(root: &Value, text: &str, here: Option<&[String]>) -> String {
    let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
    let path = uri.split(['?']).next().unwrap_or_default();
    let name = match path.rsplit('/').next() {
        Some(name) if name.contains('.') && path.matches('/').count() > 2 => name,
        _ => "remote.yaml",
    };
    let local = match fragment {
        "" => name.to_owned(),
        fragment => format!("{name}#{fragment}"),
    };
    let write = format!(" and write `{local}` here");
    format!(
        "download it beside this file, as by `curl -fo {name} {uri}`,{}",
        instead(root, &local, here, &write)
    )
}

/// `write`, or the overlay action that does it.
fn instead(root: &Value, text: &str, here: Option<&[String]>, write: &str) -> String {
    let Some(here) = here else {
        return write.to_owned();
    };
    let update = format!("{{ $ref: {} }}", Value::from(text));
    format!(
        "{write}, or by the overlay action `{}`",
        remedy(root, here, &update)
    )
}

/// Where something stands that the reference may mean: under a name like the wanted one, beside it or where such things are.
fn near(root: &Value, wanted: &[String], section: Option<&str>) -> Option<Vec<String>> {
    let (name, above) = wanted.split_last()?;
    let components = section.map(|section| vec!["components".to_owned(), section.to_owned()]);
    [Some(above.to_vec()), components]
        .into_iter()
        .flatten()
        .find_map(|mut above| {
            let members = pointer::at(root, &above);
            let names = members?.as_object()?.keys().map(String::as_str);
            let near = nearest(name, names)?;
            above.push(near.to_owned());
            Some(above)
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_name_like_it_is_offered() {
        let root = json!({ "a": { "$ref": "x" }, "components": { "schemas": { "Thing": {} } } });
        let here = ["a".to_owned()];
        for text in ["#/components/schemas/Thingy", "#/definitions/Thing"] {
            assert_eq!(
                dangling(&root, text, Some("schemas"), Some(&here), 0),
                "did you mean `#/components/schemas/Thing`? Write it here, or by the overlay action \
                 `{ target: \"$.a\", update: { $ref: \"#/components/schemas/Thing\" } }`"
            );
            assert_eq!(
                dangling(&root, text, Some("schemas"), None, OFFERS),
                CORRECT
            );
        }
        let other = dangling(
            &root,
            "#/components/schemas/Other",
            Some("schemas"),
            None,
            0,
        );
        assert!(
            other.contains(
                "{ target: \"$\", update: { components: { schemas: { \"Other\": {} } } } }"
            ),
            "{other}"
        );
    }

    #[test]
    fn names_are_looked_for_below_lists_too() {
        let root = json!({ "list": [{ "Thing": {} }] });
        let help = dangling(&root, "#/list/0/Thingy", None, None, 0);
        assert!(help.starts_with("did you mean `#/list/0/Thing`?"), "{help}");
    }

    #[test]
    fn what_is_in_the_network_is_brought_here() {
        let of = |text| network(&json!({}), text, None);
        assert_eq!(
            of("https://a.example/b/c.yaml?d#/e"),
            "download it beside this file, as by `curl -fo c.yaml https://a.example/b/c.yaml?d`, and write `c.yaml#/e` here"
        );
        assert!(of("https://a.example").contains("curl -fo remote.yaml "));
    }
}
