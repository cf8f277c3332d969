//! Sequential media types of JSON: `application/jsonl`, `application/x-ndjson`, `application/json-seq`.

use std::fmt;

use bytes::Bytes;
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use serde::Serialize;

use super::Body;

/// Values that are sent one by one, as they come.
pub struct Items<T>(LocalBoxStream<'static, T>);

impl<T: 'static> Items<T> {
    /// As they come.
    pub fn stream(stream: impl Stream<Item = T> + 'static) -> Self {
        Self(stream.boxed_local())
    }
}

impl<T: Serialize + 'static> Items<T> {
    pub(super) fn written(self, media_type: &str) -> Body {
        // RFC 7464, section 2.2: a record separator before each, a line feed behind.
        let sequence = media_type.to_ascii_lowercase().contains("json-seq");
        let start: &[u8] = if sequence { b"\x1e" } else { b"" };
        Body::stream(self.0.map(move |item| {
            let mut octets = start.to_vec();
            serde_json::to_writer(&mut octets, &item)?;
            octets.push(b'\n');
            Ok::<_, serde_json::Error>(Bytes::from(octets))
        }))
    }
}

impl<T: 'static> From<Vec<T>> for Items<T> {
    fn from(items: Vec<T>) -> Self {
        Self::stream(stream::iter(items))
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
