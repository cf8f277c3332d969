//! A part as it arrives, before it is read as what the contract says it is.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use actix_multipart::Field;
use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt, TryStreamExt};
use serde::de::DeserializeOwned;

use super::{Part, PartFacts, Parts, broken};
use crate::body;
use crate::body_stream::{BodyStream, Whose, content_type};
use crate::context::Limits;
use crate::decode::{Formatted, FromText, Leaf};
use crate::media_type;
use crate::rejection::{Kind, Rejection};
use crate::untyped::{self, Node};
use crate::violation::Violation;

/// A part that waits to be read; every way of reading it is by the schema that the contract has for it.
pub struct Incoming {
    field: Field,
    head: Part<()>,
    whose: Whose,
    schema: &'static str,
    /// Where violations stand.
    pointer: String,
    /// How many octets may yet be kept in memory, and how many of them this part takes.
    left: usize,
    pub(super) kept: Rc<Cell<usize>>,
    open: Rc<()>,
}

impl Incoming {
    pub(super) fn new<P>(
        parts: &Parts<P>,
        field: Field,
        facts: Option<&PartFacts>,
        pointer: String,
    ) -> Self {
        let disposition = field.content_disposition();
        let head = Part {
            name: field.name().unwrap_or_default().to_owned(),
            filename: disposition
                .and_then(|disposition| disposition.get_filename())
                .map(str::to_owned),
            content_type: content_type(field.headers()),
            value: (),
            headers: field.headers().clone(),
        };
        Self {
            field,
            head,
            whose: parts.whose.clone(),
            schema: facts.map_or("", |facts| facts.schema),
            pointer,
            left: parts.left,
            kept: Rc::default(),
            open: Rc::clone(&parts.open),
        }
    }

    pub(super) fn content_type(&self) -> Option<&str> {
        self.head.content_type.as_deref()
    }

    /// The part as it arrives.
    #[must_use]
    pub fn stream(self) -> Part<BodyStream> {
        let limit = self.whose.context.limits.stream_bytes;
        let open = self.open;
        let source = self.field.map(move |chunk| {
            // The part is open as long as its stream is.
            let _open = &open;
            chunk.map_err(|error| broken(&error, limit))
        });
        let stream = BodyStream::new(source, self.head.content_type.clone(), self.whose);
        self.head.with(stream)
    }

    /// JSON.
    ///
    /// # Errors
    /// [`Kind::Body`] with every violation; [`Kind::PayloadTooLarge`].
    pub async fn json<T: DeserializeOwned>(
        mut self,
        check: impl Fn(&T) -> bool,
    ) -> Result<Part<T>, Rejection> {
        let bytes = self.bytes().await?;
        let schemas = self.whose.operation.schemas;
        match body::read_json(schemas, self.schema, &bytes, check) {
            Ok(value) => Ok(self.head.with(value)),
            Err(found) => Err(self.refused(found)),
        }
    }

    /// JSON of texts that have one strict form.
    ///
    /// # Errors
    /// As [`Self::json`].
    pub async fn json_formatted<T: Formatted>(
        self,
        check: impl Fn(&T) -> bool,
    ) -> Result<Part<T>, Rejection> {
        let part = self.json::<Leaf<T>>(|leaf| check(&leaf.0)).await?;
        Ok(part.map(|leaf| leaf.0))
    }

    /// A plain value.
    ///
    /// # Errors
    /// As [`Self::json`].
    pub async fn text<T: FromText>(
        mut self,
        check: impl FnOnce(&T) -> bool,
    ) -> Result<Part<T>, Rejection> {
        let bytes = self.bytes().await?;
        let text = self.utf8(&bytes)?;
        match T::from_text(text).filter(check) {
            Some(value) => Ok(self.head.with(value)),
            None => {
                let node = Node::Texts(vec![Cow::Borrowed(text)]);
                let schemas = self.whose.operation.schemas;
                Err(self.unread(untyped::violations(schemas, self.schema, &node)))
            }
        }
    }

    /// What the schema makes of it: of JSON, where it says that it is, else of its text.
    ///
    /// # Errors
    /// As [`Self::json`].
    pub async fn value<T: DeserializeOwned>(
        mut self,
        check: impl Fn(&T) -> bool,
    ) -> Result<Part<T>, Rejection> {
        if self.content_type().is_some_and(media_type::is_json) {
            return self.json(check).await;
        }
        let bytes = self.bytes().await?;
        let node = Node::Texts(vec![Cow::Borrowed(self.utf8(&bytes)?)]);
        let schemas = self.whose.operation.schemas;
        match untyped::typed(schemas, self.schema, &node, check) {
            Ok(value) => Ok(self.head.with(value)),
            Err(found) => Err(self.unread(found)),
        }
    }

    async fn bytes(&mut self) -> Result<Bytes, Rejection> {
        let context = &self.whose.context;
        let all = all(&mut self.field, self.left, context.limits);
        let bytes = context.receive(all).await?;
        self.kept.set(bytes.len());
        Ok(bytes)
    }

    fn utf8<'b>(&self, bytes: &'b Bytes) -> Result<&'b str, Rejection> {
        std::str::from_utf8(bytes).map_err(|_| self.wrong("encoding", "must be UTF-8"))
    }

    pub(super) fn wrong(&self, keyword: &str, message: impl Into<String>) -> Rejection {
        self.refused(vec![Violation::of_body(keyword, message)])
    }

    #[cold]
    fn unread(&self, found: Vec<Violation>) -> Rejection {
        match found.is_empty() {
            true => self.wrong("content", "cannot be read"),
            false => self.refused(found),
        }
    }

    fn refused(&self, found: Vec<Violation>) -> Rejection {
        let found = found.into_iter().map(|inner| Violation {
            pointer: format!("{}{}", self.pointer, inner.pointer),
            ..inner
        });
        Rejection::with_violations(Kind::Body, found.collect())
    }
}

/// All octets of a part, of which `left` may be kept.
async fn all(field: &mut Field, left: usize, limits: Limits) -> Result<Bytes, Rejection> {
    let broken = |error| broken(&error, limits.stream_bytes);
    let mut all = BytesMut::new();
    while let Some(chunk) = field.try_next().await.map_err(broken)? {
        if all.len().saturating_add(chunk.len()) > left {
            let limit = limits.body_bytes;
            return Err(Rejection::from(Kind::PayloadTooLarge { limit }));
        }
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

impl std::fmt::Debug for Incoming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Incoming")
            .field("pointer", &self.pointer)
            .finish_non_exhaustive()
    }
}
