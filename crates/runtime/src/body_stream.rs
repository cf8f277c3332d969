//! A request body that is handed to the handler as it arrives.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as Task, Poll};

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap};
use bytes::{Bytes, BytesMut};
use futures_util::stream::LocalBoxStream;
use futures_util::{Stream, StreamExt, TryStreamExt};

use crate::context::Context;
use crate::operation::Operation;
use crate::reading;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;

/// The octets of a body, or of a part of one, as they arrive: never more of them in memory than the transport holds.
///
/// What goes wrong underway is a [`Rejection`] at the documented status; nothing follows it.
pub struct BodyStream {
    source: LocalBoxStream<'static, Result<Bytes, Rejection>>,
    content_type: Option<String>,
    pub(crate) whose: Whose,
    ended: bool,
}

/// The request that something arrives with.
#[derive(Clone)]
pub(crate) struct Whose {
    pub(crate) operation: &'static Operation,
    pub(crate) context: Rc<Context>,
}

impl Whose {
    /// `rejection` at the status that the contract documents for it, since a handler passes it on as it is.
    pub(crate) fn documented(&self, rejection: Rejection) -> Rejection {
        match self.operation.refusal(rejection.kind()) {
            Some(status) => rejection.with_status(status),
            None => rejection,
        }
    }
}

impl BodyStream {
    pub(crate) fn new(
        source: impl Stream<Item = Result<Bytes, Rejection>> + 'static,
        content_type: Option<String>,
        whose: Whose,
    ) -> Self {
        Self {
            source: source.boxed_local(),
            content_type,
            whose,
            ended: false,
        }
    }

    /// The value of `Content-Type`.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// All octets, no more than [`crate::Limits::body_bytes`].
    ///
    /// # Errors
    /// [`Kind::PayloadTooLarge`]; [`Kind::Body`] where the body breaks off.
    pub async fn bytes(mut self) -> Result<Bytes, Rejection> {
        let limit = self.whose.context.limits.body_bytes;
        let mut all = BytesMut::new();
        while let Some(chunk) = self.try_next().await? {
            if all.len().saturating_add(chunk.len()) > limit {
                let too_large = Rejection::from(Kind::PayloadTooLarge { limit });
                return Err(self.whose.documented(too_large));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, Rejection>;

    fn poll_next(mut self: Pin<&mut Self>, task: &mut Task<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        // While this waits, what takes too long is the client.
        self.whose.context.reading.set(true);
        let Poll::Ready(next) = self.source.poll_next_unpin(task) else {
            return Poll::Pending;
        };
        self.whose.context.reading.set(false);
        self.ended = !matches!(next, Some(Ok(_)));
        Poll::Ready(next.map(|next| next.map_err(|error| self.whose.documented(error))))
    }
}

impl fmt::Debug for BodyStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BodyStream")
    }
}

impl Request {
    /// The body as it arrives, no more than [`crate::Limits::stream_bytes`].
    ///
    /// # Errors
    /// [`Kind::PayloadTooLarge`] where the header announces more.
    pub fn stream(&mut self) -> Result<BodyStream, Rejection> {
        let limit = self.context.limits.stream_bytes;
        let limited = limited(
            self.http.headers(),
            std::mem::replace(&mut self.payload, Payload::None),
            limit,
        )?;
        let source = limited.map_err(move |error| refused(&error, limit));
        let content_type = content_type(self.http.headers());
        Ok(BodyStream::new(source, content_type, self.whose()))
    }

    pub(crate) fn whose(&self) -> Whose {
        Whose {
            operation: self.operation,
            context: Rc::clone(&self.context),
        }
    }
}

pub(crate) fn content_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    Some(value.to_owned())
}

/// `payload`, which overflows after `limit` octets.
pub(crate) fn limited(
    headers: &HeaderMap,
    payload: Payload,
    limit: usize,
) -> Result<impl Stream<Item = Result<Bytes, PayloadError>> + use<>, Rejection> {
    if reading::length(headers).is_some_and(|length| length > limit) {
        return Err(Rejection::from(Kind::PayloadTooLarge { limit }));
    }
    let mut size = 0_usize;
    Ok(payload.map(move |chunk| {
        let chunk = chunk?;
        size = size.saturating_add(chunk.len());
        match size > limit {
            true => Err(PayloadError::Overflow),
            false => Ok(chunk),
        }
    }))
}

pub(crate) fn refused(error: &PayloadError, limit: usize) -> Rejection {
    match error {
        PayloadError::Overflow => Rejection::from(Kind::PayloadTooLarge { limit }),
        error => reading::unreadable(error),
    }
}
