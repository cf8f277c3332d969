//! The sealed model that emitters walk: plain data with every decision taken.
//!
//! No `$ref` is left, every Rust name is final, every list is in the document's own order.

mod constraint;
mod literal;
mod model;
mod operation;
mod outgoing;
mod response;
mod route;
mod security;
mod types;
mod union;
mod xml;

pub use constraint::Constraint;
pub use literal::Literal;
pub use model::{Additional, Field, Item, Json, Model, Presence, Shape, Struct, Variant};
pub use operation::{
    Body, BodyType, BodyValue, Encoding, FieldEncoding, FieldForm, Location, MediaBody, Operation,
    OtherParts, Parameter, Part, Parts, Reading, Style,
};
pub use outgoing::{Outgoing, OutgoingModule, Payload, PayloadForm, PayloadKind};
pub use response::{Content, Header, HeaderForm, HeaderValue, Response, Status};
pub use route::{Ending, Route, When};
pub use security::{Alternative, Credential, Need, Scheme, Security};
pub use types::{JsonType, Type};
pub use union::{Choice, Union, UnionVariant};
pub use xml::{XmlContent, XmlElement, XmlMember, XmlNode, XmlObject};

/// One API: everything that is generated from one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// Rustdoc of the module's head, without the title.
    pub docs: String,
    /// Data types, named schemas first, each before the inline ones it owns.
    pub models: Vec<Model>,
    /// The distinct patterns that models and parameters check.
    pub patterns: Vec<Pattern>,
    /// How objects of bodies stand in XML.
    pub xml: Vec<XmlObject>,
    /// Security schemes that some operation asks for.
    pub schemes: Vec<Scheme>,
    /// The operations, numbered by their place here.
    pub operations: Vec<Operation>,
    /// The modules over which the operations are spread, each having those that follow the ones of the module before; none
    /// where one trait has them all.
    pub modules: Vec<Module>,
    /// Where each operation is mounted: the nodes of a tree, the root first.
    pub routes: Vec<Route>,
    /// What the server sends by itself: to webhooks and callbacks.
    pub outgoing: Vec<OutgoingModule>,
}

impl Api {
    /// Each module, the number of its first operation, and its operations.
    pub fn spread(&self) -> impl Iterator<Item = (&Module, usize, &[Operation])> {
        let mut end = 0;
        self.modules.iter().map(move |module| {
            let first = end;
            end += module.operations;
            let operations = self.operations.get(first..end).unwrap_or_default();
            (module, first, operations)
        })
    }
}

/// A module of the operations of one tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Module {
    /// Its name.
    pub name: String,
    /// Rustdoc.
    pub docs: String,
    /// How many operations it has.
    pub operations: usize,
}

/// A regular expression, checked at build time.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Name of the static that holds it.
    pub name: String,
    /// In the syntax of the engine.
    pub rust: String,
    /// As the document wrote it, in ECMA-262.
    pub source: String,
    /// What matches it.
    pub engine: Engine,
}

/// What matches a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The crate `regex`, in linear time.
    Linear,
    /// The crate `fancy-regex`, with a bound on how often it tries again: look-around and back-references.
    Backtracking,
}
