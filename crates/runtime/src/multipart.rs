//! Bodies of several parts (RFC 2046, section 5.1; RFC 7578), handed to the handler part by part as they arrive.

mod incoming;

use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

use actix_multipart::{Field, Multipart as Source, MultipartError};
use actix_web::dev::Payload;
use actix_web::http::header::HeaderMap;
use futures_util::StreamExt;

use crate::body_stream::{BodyStream, Whose, limited, refused};
use crate::media_type;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::untyped;
use crate::violation::{Violation, escaped};

pub use incoming::Incoming;

/// The parts that a contract documents: an enum with a variant for each.
pub trait Multipart: Sized {
    /// What the contract says of each part.
    const PARTS: &'static [PartFacts];
    /// What becomes of parts that it does not name.
    const OTHERS: OtherParts;

    /// Reads the part at that place in [`Self::PARTS`]; one that the contract does not name has the place after the last.
    ///
    /// # Errors
    /// What is wrong with the part.
    fn read(place: usize, part: Incoming) -> impl Future<Output = Result<Self, Rejection>>;
}

/// A property of the body's schema, as far as finding its parts needs it.
#[derive(Debug)]
pub struct PartFacts {
    /// The property, which is the parameter `name` of `Content-Disposition`.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: bool,
    /// Of an array, each item of which is a part: how many there may be.
    pub items: Option<(usize, usize)>,
    /// The media types that `contentType` of its Encoding Object names; empty where it has none.
    pub media_types: &'static [&'static str],
    /// JSON Pointer of its Schema Object; of an array, of its items'.
    pub schema: &'static str,
}

impl PartFacts {
    /// A part that need not be there, once, of any media type.
    #[must_use]
    pub const fn new(name: &'static str, schema: &'static str) -> Self {
        Self {
            name,
            required: false,
            items: None,
            media_types: &[],
            schema,
        }
    }

    /// One that must be there.
    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    /// One for each item of an array, of which there may be so many.
    #[must_use]
    pub const fn items(self, least: usize, most: usize) -> Self {
        Self {
            items: Some((least, most)),
            ..self
        }
    }

    /// One of these media types.
    #[must_use]
    pub const fn media_types(self, media_types: &'static [&'static str]) -> Self {
        Self {
            media_types,
            ..self
        }
    }
}

/// What becomes of parts that the contract does not name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherParts {
    /// They are handed over.
    Kept,
    /// They are skipped over.
    Skipped,
    /// They are violations: `additionalProperties: false`.
    Refused,
}

/// One part: its header and its value.
#[derive(Clone, Debug)]
pub struct Part<T = BodyStream> {
    /// The parameter `name` of `Content-Disposition`; empty where it has none, which only other types than `form-data` allow.
    pub name: String,
    /// The parameter `filename`, as the client chose it: no path to write to.
    pub filename: Option<String>,
    /// The value of `Content-Type`.
    pub content_type: Option<String>,
    /// What it carries.
    pub value: T,
    headers: HeaderMap,
}

impl<T> Part<T> {
    /// The first header field of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn with<U>(self, value: U) -> Part<U> {
        self.map(|_| value)
    }

    fn map<U>(self, change: impl FnOnce(T) -> U) -> Part<U> {
        Part {
            name: self.name,
            filename: self.filename,
            content_type: self.content_type,
            value: change(self.value),
            headers: self.headers,
        }
    }
}

/// Any part, whatever the contract says.
impl Multipart for Part {
    const PARTS: &'static [PartFacts] = &[];
    const OTHERS: OtherParts = OtherParts::Kept;

    async fn read(_place: usize, part: Incoming) -> Result<Self, Rejection> {
        Ok(part.stream())
    }
}

/// The parts of a body, one after another.
///
/// A part that is streamed has to be let go before the next one is asked for; what is left of it is skipped over. Which parts
/// are missing is known when the last one was taken.
pub struct Parts<P> {
    source: Source,
    whose: Whose,
    /// How many there were of each documented part.
    counts: Vec<usize>,
    total: usize,
    /// What may yet be kept in memory.
    left: usize,
    /// Held by the part that is being read.
    open: Rc<()>,
    ended: bool,
    part: PhantomData<fn() -> P>,
}

impl Request {
    /// The body part by part: no more than [`crate::Limits::stream_bytes`] altogether and [`crate::Limits::parts`] parts, those
    /// that are not streamed no more than [`crate::Limits::body_bytes`] together.
    ///
    /// # Errors
    /// [`Kind::PayloadTooLarge`] where the header announces more.
    pub fn parts<P: Multipart>(&mut self) -> Result<Parts<P>, Rejection> {
        let limits = self.context.limits;
        let headers = self.http.headers();
        let payload = limited(
            headers,
            std::mem::replace(&mut self.payload, Payload::None),
            limits.stream_bytes,
        )?;
        Ok(Parts {
            source: Source::new(headers, payload),
            whose: self.whose(),
            counts: vec![0; P::PARTS.len()],
            total: 0,
            left: limits.body_bytes,
            open: Rc::new(()),
            ended: false,
            part: PhantomData,
        })
    }
}

impl<P: Multipart> Parts<P> {
    /// The next part; `None` after the last.
    ///
    /// # Errors
    /// [`Kind::Body`] where the part, or the set of parts, breaks its schema; [`Kind::PayloadTooLarge`]; [`Kind::Internal`] where
    /// the handler still holds the part before.
    pub async fn next(&mut self) -> Result<Option<P>, Rejection> {
        let next = self.advance().await;
        self.ended = !matches!(next, Ok(Some(_)));
        next.map_err(|rejection| self.whose.documented(rejection))
    }

    async fn advance(&mut self) -> Result<Option<P>, Rejection> {
        while let Some(field) = self.field().await? {
            self.total += 1;
            let most = self.whose.context.limits.parts;
            if self.total > most {
                return Err(Rejection::body(
                    "content",
                    format!("has more than {most} parts"),
                ));
            }
            let name = field.name().unwrap_or_default();
            let place = P::PARTS.iter().position(|facts| facts.name == name);
            let place = match (place, P::OTHERS) {
                (Some(place), _) => place,
                (None, OtherParts::Kept) => P::PARTS.len(),
                (None, OtherParts::Skipped) => continue,
                (None, OtherParts::Refused) => {
                    let message = "has a part that is not documented";
                    return Err(Rejection::body("additionalProperties", message));
                }
            };
            let incoming = self.incoming(place, field)?;
            let size = Rc::clone(&incoming.kept);
            let part = P::read(place, incoming).await?;
            self.left = self.left.saturating_sub(size.get());
            return Ok(Some(part));
        }
        if !self.ended {
            self.missing()?;
        }
        Ok(None)
    }

    async fn field(&mut self) -> Result<Option<Field>, Rejection> {
        if self.ended {
            return Ok(None);
        }
        if Rc::strong_count(&self.open) > 1 {
            tracing::error!(
                operation = self.whose.operation.id,
                "the handler asks for the next part while it holds one that is streamed"
            );
            return Err(Rejection::from(Kind::Internal));
        }
        let field = self.whose.context.receive(self.source.next()).await;
        let limit = self.whose.context.limits.stream_bytes;
        field.transpose().map_err(|error| broken(&error, limit))
    }

    fn incoming(&mut self, place: usize, field: Field) -> Result<Incoming, Rejection> {
        let facts = P::PARTS.get(place);
        let mut pointer = String::new();
        if let (Some(facts), Some(count)) = (facts, self.counts.get_mut(place)) {
            pointer = format!("/{}", escaped(facts.name));
            let wrong = |keyword, message: String| Violation {
                pointer: pointer.clone(),
                ..Violation::of_body(keyword, message)
            };
            let wrong = match facts.items {
                None if *count > 0 => Some(wrong("type", untyped::ONCE.to_owned())),
                Some((_, most)) if *count >= most => {
                    Some(wrong("maxItems", format!("must have at most {most} items")))
                }
                _ => None,
            };
            if let Some(wrong) = wrong {
                return Err(Rejection::with_violations(Kind::Body, vec![wrong]));
            }
            if facts.items.is_some() {
                pointer = format!("{pointer}/{count}");
            }
            *count += 1;
        }
        let incoming = Incoming::new(self, field, facts, pointer);
        let given = incoming.content_type();
        let media_types = facts.map_or(&[][..], |facts| facts.media_types);
        let fits = |given: &str| {
            media_types
                .iter()
                .any(|one| media_type::matches(one, given))
        };
        match given {
            Some(given) if !media_types.is_empty() && !fits(given) => Err(incoming.wrong(
                "contentType",
                format!("must be {}", media_types.join(" or ")),
            )),
            _ => Ok(incoming),
        }
    }

    /// Refuses a body without all parts that must be there.
    fn missing(&self) -> Result<(), Rejection> {
        let counted = P::PARTS.iter().zip(&self.counts);
        let missing = counted.filter_map(|(facts, count)| {
            let (keyword, message) = match facts.items {
                None if facts.required && *count == 0 => ("required", "is required".to_owned()),
                Some((least, _)) if *count < least && (facts.required || *count > 0) => {
                    ("minItems", format!("must have at least {least} items"))
                }
                _ => return None,
            };
            Some(Violation {
                pointer: format!("/{}", escaped(facts.name)),
                ..Violation::of_body(keyword, message)
            })
        });
        let missing: Vec<Violation> = missing.collect();
        match missing.is_empty() {
            true => Ok(()),
            false => Err(Rejection::with_violations(Kind::Body, missing)),
        }
    }
}

/// What is wrong with the syntax.
fn broken(error: &MultipartError, limit: usize) -> Rejection {
    let message = match error {
        MultipartError::Payload(error) => return refused(error, limit),
        MultipartError::BoundaryMissing => "must have a boundary, and parts between it",
        MultipartError::ContentDispositionMissing
        | MultipartError::ContentDispositionNameMissing => "has a part without a name",
        MultipartError::Incomplete => "could not be read to its end",
        _ => "must be parts of a header and a body each",
    };
    Rejection::body("content", message)
}

impl<P> fmt::Debug for Parts<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts")
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
