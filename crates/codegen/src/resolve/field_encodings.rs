//! Encoding Objects of forms.

use super::media_types;
use super::properties::{self, Properties};
use super::refs;
use super::written::Written;
use crate::diagnostic::Diagnostic;
use crate::dialect::Lowered;
use crate::ir::{FieldEncoding, FieldForm, Style};

/// The fields of a form that are not written as they are by default.
///
/// # Errors
/// A reference that leads nowhere.
pub fn of(
    lowered: &Lowered,
    media: &Written<'_>,
    schema: Option<&str>,
) -> Result<Vec<FieldEncoding>, Diagnostic> {
    let mut fields = Vec::new();
    let properties = schema.map(|schema| properties::of(lowered, schema));
    for name in media.keys("encoding") {
        let known = properties.as_ref().is_none_or(|all| all.has(name));
        let pointer = refs::join(&media.below("encoding"), name);
        // An Encoding Object of no property is ignored (OpenAPI 3.2, Media Type Object, `encoding`).
        let Some(encoding) = Written::at(lowered, &pointer)?.filter(|_| known) else {
            continue;
        };
        let spread = || spread(lowered, properties.as_ref()?, name);
        fields.extend(form(&encoding, spread).map(|form| FieldEncoding {
            name: name.to_owned(),
            form,
        }));
    }
    Ok(fields)
}

/// The members of a property that is an object, which stand as fields beside those of other properties.
fn spread(lowered: &Lowered, form: &Properties, name: &str) -> Option<FieldForm> {
    let (_, pointer) = form.all.iter().find(|(known, _)| known == name)?;
    let members = properties::of(lowered, pointer).all.into_iter();
    let names: Vec<String> = members
        .map(|(name, _)| name)
        // A property of the form itself is that.
        .filter(|name| !form.has(name))
        .collect();
    (!names.is_empty()).then_some(FieldForm::Spread(names))
}

/// `contentType` counts only where none of the others is there (Encoding Object, "Fixed Fields for RFC6570-style Serialization").
fn form(encoding: &Written<'_>, spread: impl FnOnce() -> Option<FieldForm>) -> Option<FieldForm> {
    let explode = encoding.flag("explode");
    match (encoding.text("style"), explode) {
        (Some("deepObject"), _) => Some(FieldForm::Deep),
        (Some("spaceDelimited"), _) => Some(FieldForm::Joined(Style::SpaceDelimited)),
        (Some("pipeDelimited"), _) => Some(FieldForm::Joined(Style::PipeDelimited)),
        (_, Some(false)) => Some(FieldForm::Joined(Style::Form)),
        (Some("form"), _) | (None, Some(true)) => spread(),
        (Some(_), _) => None,
        (None, None) => {
            let is_json = |text: &str| media_types::is_json(media_types::essence(text));
            let content_type = encoding.text("contentType");
            content_type.is_some_and(is_json).then_some(FieldForm::Json)
        }
    }
}
