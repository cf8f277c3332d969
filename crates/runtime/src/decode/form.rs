//! `application/x-www-form-urlencoded` (URL Standard, section 5.1), read strictly.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::de::value::MapDeserializer;

use super::Unread;
use super::scalar::Texts;
use crate::check::Check;
use crate::percent;

/// Names with all their values, sorted by name.
pub(crate) type Pairs<'a> = Vec<(Cow<'a, str>, Vec<Cow<'a, str>>)>;

/// More fields than these are refused: each costs many times its octets.
const MAX_FIELDS: usize = 4096;

/// Decodes a form and checks it; `None` where anything is wrong.
#[must_use]
pub fn form<T: DeserializeOwned + Check>(bytes: &[u8]) -> Option<T> {
    form_unchecked(&pairs(bytes)?).ok().filter(Check::check)
}

pub(crate) fn form_unchecked<T: DeserializeOwned>(pairs: &Pairs<'_>) -> Result<T, Unread> {
    let fields = pairs.iter().map(|(name, values)| (&**name, Texts(values)));
    Unread::or(|| T::deserialize(MapDeserializer::new(fields)))
}

/// What [`pairs`] takes.
pub(crate) const SYNTAX: &str = "must be percent-encoded UTF-8 of at most 4096 fields";

/// Names, decoded and sorted, each with a value as it stands; those of one name are in the order in which they are given.
pub(crate) type Fields<'a> = Vec<(Cow<'a, str>, &'a str)>;

/// Splits; `None` where a name's escape or its UTF-8 is broken, or there are too many fields.
pub(crate) fn fields(text: &str) -> Option<Fields<'_>> {
    let mut fields = Vec::new();
    for field in text.split('&').filter(|field| !field.is_empty()) {
        if fields.len() == MAX_FIELDS {
            return None;
        }
        let (name, value) = field.split_once('=').unwrap_or((field, ""));
        fields.push((percent::decode_form(name)?, value));
    }
    fields.sort_by(|(a, _), (b, _)| a.cmp(b));
    Some(fields)
}

/// Splits and decodes; `None` where an escape or the UTF-8 is broken, or there are too many fields.
pub(crate) fn pairs(bytes: &[u8]) -> Option<Pairs<'_>> {
    let fields = fields(std::str::from_utf8(bytes).ok()?)?;
    let mut pairs: Pairs<'_> = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        let value = percent::decode_form(value)?;
        match pairs.last_mut() {
            Some((last, values)) if *last == name => values.push(value),
            _ => pairs.push((name, vec![value])),
        }
    }
    Some(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Fields {
        name: String,
        count: Option<i64>,
        flag: Option<bool>,
        #[serde(default)]
        tags: Vec<String>,
    }

    impl Check for Fields {
        fn check(&self) -> bool {
            true
        }
    }

    #[test]
    fn fields_take_the_types_they_have() {
        let fields: Option<Fields> = form(b"tags=a&name=x+y%2B&count=12&tags=b&flag=true&other=1");
        assert_eq!(
            fields,
            Some(Fields {
                name: "x y+".to_owned(),
                count: Some(12),
                flag: Some(true),
                tags: vec!["a".to_owned(), "b".to_owned()],
            })
        );
    }

    #[test]
    fn what_is_broken_is_refused() {
        for text in [
            "",
            "name=a&name=b",
            "name=%ff",
            "name=%4",
            "name=a&count=x",
            "name=a&count=",
            "name=a&flag=1",
        ] {
            assert_eq!(form::<Fields>(text.as_bytes()), None, "{text}");
        }
        assert_eq!(form::<Fields>(b"name=\xff"), None);
    }

    #[test]
    fn fields_are_counted() {
        assert!(pairs("a&".repeat(MAX_FIELDS).as_bytes()).is_some());
        assert!(pairs("a&".repeat(MAX_FIELDS + 1).as_bytes()).is_none());
        assert!(SYNTAX.contains(&MAX_FIELDS.to_string()));
    }
}
