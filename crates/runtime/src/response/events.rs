//! Server-sent events: `text/event-stream` (HTML, section 9.2).

use std::fmt;

use bytes::Bytes;
use futures_util::stream::{self, LocalBoxStream, Stream, StreamExt};
use serde::Serialize;
use serde_json::Value;

use super::Body;
use crate::plain;

/// A stream of events that stays open. `T` is [`Event`], or what the contract's `itemSchema` says of an event: an object with
/// the members `data`, `event`, `id` and `retry`, of which a `data` that is no string is sent as JSON.
pub struct Events<T = Event>(LocalBoxStream<'static, T>);

/// One event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its text; a line feed starts another `data` line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Its type; `message` where it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// What a client that comes back names in `Last-Event-ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// How long to wait before coming back, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry: Option<u64>,
}

impl Event {
    /// An event of this text.
    pub fn text(data: impl Into<String>) -> Self {
        Self {
            data: Some(data.into()),
            ..Self::default()
        }
    }

    /// An event of this value as JSON.
    ///
    /// # Errors
    /// The value has no JSON form.
    pub fn json<T: Serialize + ?Sized>(data: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(data).map(Self::text)
    }
}

impl<T: 'static> Events<T> {
    /// As they come.
    pub fn stream(stream: impl Stream<Item = T> + 'static) -> Self {
        Self(stream.boxed_local())
    }
}

impl<T: Serialize + 'static> Events<T> {
    pub(super) fn written(self) -> Body {
        Body::stream(self.0.map(|event| {
            let event = serde_json::to_value(&event)?;
            Ok::<_, serde_json::Error>(Bytes::from(text(&event)))
        }))
    }
}

/// The lines of an event, and the empty line that ends it.
fn text(event: &Value) -> String {
    let mut text = String::new();
    let members = event.as_object().into_iter().flatten();
    for (name, value) in members {
        if !matches!(name.as_str(), "data" | "event" | "id" | "retry") || value.is_null() {
            continue;
        }
        // A carriage return ends a line too; in `id` and `event` a second line would be another field.
        let value = plain::text(value).replace("\r\n", "\n").replace('\r', "\n");
        let lines: Vec<&str> = match name.as_str() {
            "data" => value.split('\n').collect(),
            _ => value.lines().take(1).collect(),
        };
        for line in lines {
            text.extend([name, ": ", line, "\n"]);
        }
    }
    text.push('\n');
    text
}

impl<T: 'static> From<Vec<T>> for Events<T> {
    fn from(events: Vec<T>) -> Self {
        Self::stream(stream::iter(events))
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_keeps_its_lines() {
        let event = json!({"event": "a\nid: forged", "data": "x\ny\r\n", "id": null, "retry": 3});
        let lines = "event: a\ndata: x\ndata: y\ndata: \nretry: 3\n\n";
        assert_eq!(text(&event), lines);
    }

    #[test]
    fn data_of_another_type_is_json() {
        assert_eq!(
            text(&json!({"data": {"a": 1}, "b": 2})),
            "data: {\"a\":1}\n\n"
        );
    }
}
