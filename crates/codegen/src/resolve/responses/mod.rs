//! Response Objects (OpenAPI 3.1.1, sections 4.8.16 and 4.8.17): one variant for each status, and for each form of its content
//! where there are several.

mod contents;
mod headers;
mod produces;

use std::collections::HashMap;

use openapiv3::{ReferenceOr, Response as Object, StatusCode};

use super::operations::Place;
use super::refs::At;
use super::schemas::{Schemas, Unfit};
use super::{docs, media_types, refs, statuses};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Content, Response, Status, Type};
use crate::naming::{self, Scope};

pub use contents::is_sequence;
pub use produces::produces;

/// The documented answers of an operation.
pub struct Answers {
    /// The statuses in the document's order, `default` last.
    pub responses: Vec<Response>,
    /// The keys of `responses` in the same order.
    pub keys: Vec<String>,
}

/// The responses of a document. Those in `components` are resolved where they are first referred to, and known from then on.
#[derive(Default)]
pub struct Responses {
    types: Types,
}

/// Types and what is said of them, by the JSON Pointer of their schema.
type Types = HashMap<String, (Type, Option<String>)>;

impl Responses {
    /// The documented answers of the operation at `place`.
    pub fn of<'a>(
        &mut self,
        lowered: &'a Lowered,
        place: &Place<'a>,
        type_name: &str,
        schemas: &mut Schemas<'a>,
        found: &mut Diagnostics,
    ) -> Answers {
        let declared = &place.operation.responses;
        let statuses = declared
            .responses
            .iter()
            .map(|(code, response)| match code {
                StatusCode::Code(code) => (code.to_string(), Status::Code(*code), response),
                StatusCode::Range(class) => (format!("{class}XX"), Status::Range(*class), response),
            });
        let default = declared
            .default
            .iter()
            .map(|response| ("default".to_owned(), Status::Default, response));
        let mut scope = Scope::reserving(&["Self"]);
        let mut answers = Answers {
            responses: Vec::new(),
            keys: Vec::new(),
        };
        for (key, status, response) in statuses.chain(default) {
            let mut builder = Builder {
                lowered,
                place,
                type_name,
                schemas,
                types: &mut self.types,
                scope: &mut scope,
                found: &mut *found,
            };
            let variants = builder.variants(&key, status, response);
            answers
                .responses
                .extend(found.take(variants).into_iter().flatten());
            answers.keys.push(key);
        }
        answers
    }
}

struct Builder<'b, 'a> {
    lowered: &'a Lowered,
    place: &'b Place<'a>,
    type_name: &'b str,
    schemas: &'b mut Schemas<'a>,
    types: &'b mut Types,
    scope: &'b mut Scope,
    found: &'b mut Diagnostics,
}

impl<'a> Builder<'_, 'a> {
    fn variants(
        &mut self,
        key: &str,
        status: Status,
        response: &'a ReferenceOr<Object>,
    ) -> Result<Vec<Response>, Diagnostic> {
        let pointer = refs::join(&format!("{}/responses", self.place.pointer), key);
        let response = refs::follow(self.lowered, response, &pointer)?;
        let name = match status {
            Status::Code(code) => statuses::variant(code),
            Status::Range(class) => statuses::range(class),
            Status::Default => "Default".to_owned(),
        };
        let documented = format!("{key}: {}", response.node.description);
        let forms = contents::forms(self.lowered, self.schemas, &response);
        if statuses::has_no_content(status) || forms.is_empty() {
            if !forms.is_empty() {
                self.ignored_content(key, &response.pointer);
            }
            return Ok(vec![Response {
                docs: docs::or(Some(&documented), String::new),
                variant: self.scope.claim(name),
                status,
                content: None,
                headers: self.headers(&response)?,
            }]);
        }
        let several = forms.len() > 1;
        let mut variants = Vec::with_capacity(forms.len());
        for form in forms {
            let suffix = if several {
                form.suffix()
            } else {
                String::new()
            };
            let variant = self.scope.claim(format!("{name}{suffix}"));
            let content = self.content(&form, &response, &variant, several)?;
            variants.push(Response {
                docs: docs::or(Some(&documented), String::new) + &described(&content, form.unfit),
                variant,
                status,
                content: Some(content),
                headers: self.headers(&response)?,
            });
        }
        Ok(variants)
    }

    fn ignored_content(&mut self, key: &str, pointer: &str) {
        let ignored = self.lowered.error(
            Code::IgnoredContent,
            &format!("{pointer}/content"),
            format!("a response of status {key} cannot carry content, says HTTP: it is not sent"),
            "remove it, or document another status",
        );
        self.found.push(ignored.warning());
    }

    /// The name of the response in `components`, which names its types.
    fn component(&self, response: &At<'_, Object>) -> Option<String> {
        let name = refs::component(&format!("#{}", response.pointer), "responses")?;
        Some(naming::upper_camel(&name))
    }
}

/// What the variant's type does not tell of its content.
fn described(content: &Content, unfit: Option<Unfit>) -> String {
    let quoted = |media_types: &[String]| {
        let quoted: Vec<String> = media_types.iter().map(|one| format!("`{one}`")).collect();
        quoted.join(" or ")
    };
    match content {
        Content::Json { media_types, .. } | Content::Xml { media_types, .. } => {
            match media_types.as_slice() {
                [one] if one == "application/json" => String::new(),
                [one] => format!("\n\nAs `{one}`."),
                all => format!("\n\nAs {}, as the client prefers.", quoted(all)),
            }
        }
        Content::Text { media_type } if media_types::is_xml(media_types::essence(media_type)) => {
            let why = unfit.map_or_else(String::new, |unfit| format!(": {}", unfit.reason()));
            format!("\n\nAs `{media_type}`, which the handler writes itself{why}.")
        }
        Content::Text { media_type }
        | Content::Octets { media_type }
        | Content::Items { media_type, .. } => format!("\n\nAs `{media_type}`."),
        Content::Range { range } => format!("\n\nAs one of `{range}`."),
        Content::Events { .. } => "\n\nAs `text/event-stream`.".to_owned(),
    }
}

#[cfg(test)]
mod tests;
