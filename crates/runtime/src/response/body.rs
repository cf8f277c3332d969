//! Bodies that are sent as they are.

use std::fmt;

use actix_web::body::{BodyStream, BoxBody, MessageBody, SizedStream};
use bytes::Bytes;
use futures_util::stream::{LocalBoxStream, Stream, StreamExt, TryStreamExt};

type Fault = Box<dyn std::error::Error>;

/// A body of any media type: octets at hand, or a stream of them.
pub struct Body(Content);

enum Content {
    Octets(Bytes),
    Stream {
        length: Option<u64>,
        stream: LocalBoxStream<'static, Result<Bytes, Fault>>,
    },
}

impl Body {
    /// Octets as they come. Where the stream fails, the connection breaks off, so that the client knows.
    pub fn stream<E: Into<Fault> + 'static>(
        stream: impl Stream<Item = Result<Bytes, E>> + 'static,
    ) -> Self {
        Self::of(None, stream)
    }

    /// [`Self::stream`] of this many octets, so that `Content-Length` can tell.
    pub fn sized_stream<E: Into<Fault> + 'static>(
        length: u64,
        stream: impl Stream<Item = Result<Bytes, E>> + 'static,
    ) -> Self {
        Self::of(Some(length), stream)
    }

    fn of<E: Into<Fault> + 'static>(
        length: Option<u64>,
        stream: impl Stream<Item = Result<Bytes, E>> + 'static,
    ) -> Self {
        Self(Content::Stream {
            length,
            stream: stream.map_err(Into::into).boxed_local(),
        })
    }

    /// The octets, where they are at hand.
    #[cfg(debug_assertions)]
    pub(crate) fn octets(&self) -> Option<&[u8]> {
        match &self.0 {
            Content::Octets(octets) => Some(octets),
            Content::Stream { .. } => None,
        }
    }

    pub(crate) fn into_message(self) -> BoxBody {
        match self.0 {
            Content::Octets(octets) => octets.boxed(),
            Content::Stream {
                length: Some(length),
                stream,
            } => SizedStream::new(length, stream).boxed(),
            Content::Stream {
                length: None,
                stream,
            } => BodyStream::new(stream).boxed(),
        }
    }
}

impl Default for Body {
    fn default() -> Self {
        Self(Content::Octets(Bytes::new()))
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(octets: T) -> Self {
        Self(Content::Octets(octets.into()))
    }
}

/// Its length only: it may hold a secret.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = match &self.0 {
            Content::Octets(octets) => u64::try_from(octets.len()).ok(),
            Content::Stream { length, .. } => *length,
        };
        f.debug_struct("Body")
            .field("length", &length)
            .finish_non_exhaustive()
    }
}
