//! Forms whose fields are not all plain: `encoding` of a Media Type Object for `application/x-www-form-urlencoded`
//! (OpenAPI 3.2, Encoding Object).

use std::borrow::Cow;

use crate::decode::{self, SYNTAX};
use crate::parameters::Style;
use crate::percent;
use crate::untyped::{Members, Node, Tree};

/// An Encoding Object, as far as reading a field needs it.
#[derive(Debug)]
pub struct FieldEncoding {
    /// The property.
    pub name: &'static str,
    /// How it is written.
    pub form: FieldForm,
}

/// How a field is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldForm {
    /// `contentType` is JSON.
    Json,
    /// `style`, with `explode: false`.
    Joined(Style),
    /// `style: deepObject`.
    Deep,
    /// `style: form` with `explode: true` of an object: its members, which have these names, stand as fields of their own.
    Spread(&'static [&'static str]),
}

impl FieldForm {
    /// Whether a field of this name is a member of the object.
    fn spreads(self, name: &str) -> bool {
        matches!(self, Self::Spread(names) if names.contains(&name))
    }
}

/// The fields of a form.
pub(crate) fn members<'b>(
    bytes: &'b [u8],
    encodings: &[FieldEncoding],
) -> Result<Members<'b>, &'static str> {
    let text = std::str::from_utf8(bytes).map_err(|_| SYNTAX)?;
    let fields = decode::fields(text).ok_or(SYNTAX)?;
    let mut tree = Tree::default();
    for (name, value) in fields {
        let (head, path) = match name.split_once('[') {
            Some((head, path)) => (head, path.strip_suffix(']')),
            None => (&*name, None),
        };
        let holder = encodings.iter().find(|one| one.form.spreads(&name));
        let encoding = encodings.iter().find(|one| one.name == head);
        match (holder, encoding.map(|one| one.form), path) {
            (Some(holder), ..) => insert(&mut tree, [holder.name, &name].into_iter(), value)?,
            (None, Some(FieldForm::Deep), Some(path)) => {
                let path = std::iter::once(head).chain(path.split("]["));
                insert(&mut tree, path, value)?;
            }
            (None, Some(FieldForm::Joined(style)), None) => {
                for item in split(value, style)? {
                    tree.push(name.clone(), item);
                }
            }
            _ => tree.push(name, percent::decode_form(value).ok_or(SYNTAX)?),
        }
    }
    let members = tree.into_members().into_iter();
    Ok(members
        .map(|(name, node)| {
            let is_json = |one: &FieldEncoding| one.name == name && one.form == FieldForm::Json;
            match encodings.iter().any(is_json) {
                true => (name, parsed(node)),
                false => (name, node),
            }
        })
        .collect())
}

fn insert<'b, 'n>(
    tree: &mut Tree<'b>,
    path: impl Iterator<Item = &'n str>,
    value: &'b str,
) -> Result<(), &'static str> {
    let value = percent::decode_form(value).ok_or(SYNTAX)?;
    match tree.insert(path, value) {
        true => Ok(()),
        false => Err("has too many names within names"),
    }
}

fn split<'b>(value: &'b str, style: Style) -> Result<Vec<Cow<'b, str>>, &'static str> {
    let owned = |text: &str, separator| {
        let items = text.split(separator);
        items.map(|item| Cow::Owned(item.to_owned())).collect()
    };
    let decoded = || percent::decode_form(value).ok_or(SYNTAX);
    match style {
        Style::SpaceDelimited => Ok(owned(&decoded()?, ' ')),
        Style::PipeDelimited => Ok(owned(&decoded()?, '|')),
        // What is percent-encoded is no separator.
        _ => value
            .split(',')
            .map(|item| percent::decode_form(item).ok_or(SYNTAX))
            .collect(),
    }
}

/// JSON, where the one text is that; what is no JSON stays text, and breaks the schema.
fn parsed(node: Node<'_>) -> Node<'_> {
    match &node {
        Node::Texts(texts) => match texts.as_slice() {
            [text] => serde_json::from_str(text).map_or(node, Node::Json),
            _ => node,
        },
        _ => node,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_their_encoding_says() {
        let encodings = [
            ("a", FieldForm::Json),
            ("b", FieldForm::Joined(Style::Form)),
            ("c", FieldForm::Deep),
            ("d", FieldForm::Joined(Style::PipeDelimited)),
            ("f", FieldForm::Spread(&["g", "h"])),
        ];
        let encodings = encodings.map(|(name, form)| FieldEncoding { name, form });
        let form = b"g=1&h=2&h=3&a=%7B%22x%22:1%7D&b=1,2%2C3&c[x][y]=1&c[z]=2&d=x%7Cy&e=1,2&e=3";
        let members = members(form, &encodings).unwrap();
        let shown: Vec<String> = members.iter().map(|one| format!("{one:?}")).collect();
        assert_eq!(
            shown,
            [
                r#"("a", Json(Object {"x": Number(1)}))"#,
                r#"("b", Texts(["1", "2,3"]))"#,
                r#"("c", Members([("x", Members([("y", Texts(["1"]))])), ("z", Texts(["2"]))]))"#,
                r#"("d", Texts(["x", "y"]))"#,
                r#"("e", Texts(["1,2", "3"]))"#,
                r#"("f", Members([("g", Texts(["1"])), ("h", Texts(["2", "3"]))]))"#,
            ]
        );
    }
}
