//! Requests that the server sends by itself.

use super::{FieldEncoding, Parameter, Parts, Response, Type, XmlElement};

/// A module of functions that build requests.
#[derive(Clone, Debug, PartialEq)]
pub struct OutgoingModule {
    /// Its name.
    pub name: String,
    /// Rustdoc.
    pub docs: String,
    /// In the document's order.
    pub requests: Vec<Outgoing>,
}

/// A request to a webhook, or to a callback.
#[derive(Clone, Debug, PartialEq)]
pub struct Outgoing {
    /// Name of the function that builds it.
    pub name: String,
    /// Method, as it stands in the request.
    pub method: String,
    /// Rustdoc.
    pub docs: String,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// Of a callback: the name of the constant that holds the runtime expression of its URL, and this.
    pub expression: Option<(String, String)>,
    /// Parameters in the order of the function's arguments; none is `in: path`, and none has a default.
    pub parameters: Vec<Parameter>,
    /// Name of the struct that holds the parameters, when they are too many to be arguments.
    pub parameters_type: Option<String>,
    /// What it carries.
    pub payload: Option<Payload>,
    /// The documented answers.
    pub responses: Vec<Response>,
}

/// The body of a request that is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Payload {
    /// Whether it must be there.
    pub required: bool,
    /// Rustdoc of the enum.
    pub docs: String,
    /// Name of the enum of which each form is a variant, where there are several.
    pub name: Option<String>,
    /// The forms, at least one.
    pub forms: Vec<PayloadForm>,
}

/// One form of a body.
#[derive(Clone, Debug, PartialEq)]
pub struct PayloadForm {
    /// Variant of the enum.
    pub variant: String,
    /// The media type that it is sent as.
    pub media_type: String,
    /// Those that the document names for it.
    pub documented: Vec<String>,
    /// What the caller gives.
    pub kind: PayloadKind,
}

/// What a body is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum PayloadKind {
    /// A value as JSON.
    Json(Type),
    /// A value as XML: this element.
    Xml(Type, XmlElement),
    /// The members of a value as a form.
    Form(Type, Vec<FieldEncoding>),
    /// A value as text.
    Text(Type),
    /// Octets.
    Octets,
    /// Octets, with their media type: the document leaves it open.
    File,
    /// Parts: of the enum of this name, or any at all.
    Parts(Option<(String, Parts)>),
}

impl Payload {
    /// The types of all that it carries.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        let forms = self.forms.iter_mut();
        forms
            .flat_map(|form| match &mut form.kind {
                PayloadKind::Json(ty)
                | PayloadKind::Xml(ty, _)
                | PayloadKind::Form(ty, _)
                | PayloadKind::Text(ty) => vec![ty],
                PayloadKind::Parts(Some((_, parts))) => {
                    let parts = parts.parts.iter_mut();
                    parts.filter_map(|part| part.ty.as_mut()).collect()
                }
                PayloadKind::Octets | PayloadKind::File | PayloadKind::Parts(None) => Vec::new(),
            })
            .collect()
    }

    /// The same, to look at.
    pub fn types(&self) -> Vec<&Type> {
        let forms = self.forms.iter();
        forms
            .flat_map(|form| match &form.kind {
                PayloadKind::Json(ty)
                | PayloadKind::Xml(ty, _)
                | PayloadKind::Form(ty, _)
                | PayloadKind::Text(ty) => vec![ty],
                PayloadKind::Parts(Some((_, parts))) => {
                    let parts = parts.parts.iter();
                    parts.filter_map(|part| part.ty.as_ref()).collect()
                }
                PayloadKind::Octets | PayloadKind::File | PayloadKind::Parts(None) => Vec::new(),
            })
            .collect()
    }
}
