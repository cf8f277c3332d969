//! Any object of the contract, through `$ref`s: the schemas' document holds the whole tree.

use std::borrow::Cow;

use serde_json::Value;

use super::Schemas;

/// More steps than these lead in a circle.
const MAX_STEPS: usize = 32;

impl Schemas {
    /// The object at `pointer`, its `$ref` followed, and where it stands.
    pub(crate) fn object(&self, pointer: &str) -> Option<(String, &Value)> {
        let root = &self.document()?.value;
        let mut pointer = Cow::Borrowed(pointer);
        for _ in 0..MAX_STEPS {
            let object = root.pointer(&pointer)?;
            match object.get("$ref").and_then(Value::as_str) {
                Some(reference) => pointer = crate::percent::decode(reference.strip_prefix('#')?)?,
                None => return Some((pointer.into_owned(), object)),
            }
        }
        None
    }

    /// `object`, or the object that it refers to.
    pub(crate) fn follow<'s>(&'s self, object: &'s Value) -> Option<&'s Value> {
        let Some(reference) = object.get("$ref").and_then(Value::as_str) else {
            return Some(object);
        };
        let pointer = crate::percent::decode(reference.strip_prefix('#')?)?;
        self.object(&pointer).map(|(_, object)| object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn references_are_followed_and_circles_left() {
        static SCHEMAS: Schemas = Schemas::new(
            r##"{"a": {"$ref": "#/b/c~1d"}, "b": {"c/d": {"e": 1}}, "f": {"$ref": "#/f"}}"##,
        );
        let (pointer, object) = SCHEMAS.object("/a").unwrap();
        assert_eq!((pointer.as_str(), &object["e"]), ("/b/c~1d", &1.into()));
        assert!(SCHEMAS.object("/f").is_none() && SCHEMAS.object("/g").is_none());
        assert_eq!(SCHEMAS.follow(object), Some(object));
        assert_eq!(SCHEMAS.follow(&json!({"$ref": "#/a"})), Some(object));
        assert_eq!(SCHEMAS.follow(&json!({"$ref": "#/f"})), None);
    }
}
