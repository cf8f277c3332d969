//! How the values of parameters are written: `style` and `explode`, or a media type.

use super::declared::Declared;
use super::written::Written;
use super::{media_types, refs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Location, Reading, Style};

/// How a parameter's value is written.
pub(super) struct How {
    pub(super) style: Style,
    pub(super) explode: bool,
    /// JSON Pointer of the schema.
    pub(super) schema: Option<String>,
    /// JSON, or what the type will tell.
    pub(super) reading: Reading,
}

/// What `style` is where nothing is said of it.
pub(super) fn default_style(location: Location) -> Style {
    match location {
        Location::Path(_) | Location::Header => Style::Simple,
        Location::Query | Location::Cookie => Style::Form,
    }
}

/// How `declared` says that its value is written.
pub(super) fn how(
    lowered: &Lowered,
    declared: &Declared<'_>,
    found: &mut Diagnostics,
) -> Result<How, Diagnostic> {
    let object = &declared.object;
    let media_type = object.keys("content").next();
    // How a value is written, its media type says where there is one.
    let by_style = media_type.is_none();
    let style = match (declared.place, object.text("style").filter(|_| by_style)) {
        ("querystring", _) => Style::Whole,
        (_, Some("label")) => Style::Label,
        (_, Some("matrix")) => Style::Matrix,
        (_, Some("cookie")) => Style::Cookie,
        (_, Some("spaceDelimited")) => Style::SpaceDelimited,
        (_, Some("pipeDelimited")) => Style::PipeDelimited,
        (_, Some("deepObject")) => Style::DeepObject,
        ("path" | "header", _) => Style::Simple,
        _ => Style::Form,
    };
    let spreads = matches!(style, Style::Form | Style::Cookie | Style::DeepObject);
    let explode = object.flag("explode").filter(|_| by_style);
    let explode = explode.unwrap_or(spreads);
    let mut how = How {
        style,
        explode,
        schema: None,
        reading: Reading::Text,
    };
    let Some(media_type) = media_type else {
        let schema = object.value.get("schema").map(|_| object.below("schema"));
        how.schema = schema;
        return Ok(how);
    };
    let content = refs::join(&object.below("content"), media_type);
    let content = Written::at(lowered, &content)?;
    let schema = content.filter(|content| content.value.get("schema").is_some());
    let schema = schema.map(|content| content.below("schema"));
    let essence = media_types::essence(media_type);
    if media_types::is_json(essence) {
        how.reading = Reading::Json;
        how.schema = schema;
    } else if media_types::is_form(essence) || media_types::is_text(essence) {
        how.schema = schema;
    } else {
        let message = format!("the parameter `{}` is given as text", declared.name);
        let help = format!("what `{media_type}` means is left to the handler");
        let code = Code::ParameterContent;
        found.push(
            lowered
                .error(code, &object.pointer, message, help)
                .warning(),
        );
    }
    Ok(how)
}
