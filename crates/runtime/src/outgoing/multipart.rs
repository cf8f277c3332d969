//! `multipart` bodies (RFC 2046, section 5.1; RFC 7578).

use std::fmt;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::media_type;
use crate::plain;

/// A `multipart` body that is being written, part by part.
#[derive(Clone, PartialEq, Eq)]
pub struct Multipart {
    boundary: String,
    octets: Vec<u8>,
    broken: bool,
}

/// A part that is a file, or other octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// What the receiver may call it.
    pub filename: Option<String>,
    /// Its media type.
    pub content_type: Option<String>,
    /// What it holds.
    pub octets: Bytes,
}

impl Default for Multipart {
    fn default() -> Self {
        Self::new()
    }
}

impl Multipart {
    /// A body of no parts yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            boundary: format!("specmint-{}", Uuid::new_v4()),
            octets: Vec::new(),
            broken: false,
        }
    }

    /// A part that is a value: JSON where its media type is, or where none is given and it is an object or a list; else text.
    pub fn value(&mut self, name: &str, media_type: Option<&str>, value: impl Serialize) {
        let Ok(value) = serde_json::to_value(value) else {
            self.broken = true;
            return;
        };
        let is_json = media_type.is_some_and(media_type::is_json);
        let media_type = match value {
            Value::Array(_) | Value::Object(_) => media_type.or(Some("application/json")),
            _ => media_type,
        };
        match is_json {
            true => self.part(name, None, media_type, value.to_string().as_bytes()),
            false => self.part(name, None, media_type, plain::text(&value).as_bytes()),
        }
    }

    /// A part that is a file.
    pub fn file(&mut self, name: &str, file: &File) {
        let (filename, content_type) = (file.filename.as_deref(), file.content_type.as_deref());
        self.part(name, filename, content_type, &file.octets);
    }

    fn part(
        &mut self,
        name: &str,
        filename: Option<&str>,
        content_type: Option<&str>,
        octets: &[u8],
    ) {
        let legal = |text: &str| !text.contains(|c: char| c.is_control());
        self.broken |= !content_type.is_none_or(legal);
        let mut head = format!(
            "--{}\r\ncontent-disposition: form-data; name=\"{}\"",
            self.boundary,
            quoted(name)
        );
        if let Some(filename) = filename {
            head.push_str(&format!("; filename=\"{}\"", quoted(filename)));
        }
        if let Some(content_type) = content_type {
            head.push_str(&format!("\r\ncontent-type: {content_type}"));
        }
        self.octets.extend_from_slice(head.as_bytes());
        self.octets.extend_from_slice(b"\r\n\r\n");
        self.octets.extend_from_slice(octets);
        self.octets.extend_from_slice(b"\r\n");
    }

    /// The boundary and all octets; `None` where a part could not be written.
    pub(super) fn finish(&self) -> Option<(&str, Vec<u8>)> {
        let end = format!("--{}--\r\n", self.boundary);
        let octets = [self.octets.as_slice(), end.as_bytes()].concat();
        (!self.broken).then_some((&self.boundary, octets))
    }
}

/// Its length only: it may hold a secret.
impl fmt::Debug for Multipart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Multipart")
            .field("length", &self.octets.len())
            .finish_non_exhaustive()
    }
}

/// What browsers write within quotes (HTML, "multipart/form-data encoding algorithm").
fn quoted(text: &str) -> String {
    text.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_stand_between_boundaries() {
        let mut body = Multipart::new();
        body.value("note", None, "a\"b");
        body.value("meta", None, [1]);
        let file = File {
            filename: Some("a\".png\r\nx: y".to_owned()),
            content_type: Some("image/png".to_owned()),
            octets: Bytes::from_static(b"\x89"),
        };
        body.file("file", &file);
        let (boundary, octets) = body.finish().unwrap();
        let mut expected = format!(
            "--{boundary}\r\ncontent-disposition: form-data; name=\"note\"\r\n\r\na\"b\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"meta\"\r\ncontent-type: application/json\r\n\r\n[1]\r\n\
             --{boundary}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a%22.png%0D%0Ax: y\"\r\ncontent-type: image/png\r\n\r\n"
        )
        .into_bytes();
        expected.extend_from_slice(format!("\u{0}\r\n--{boundary}--\r\n").as_bytes());
        let place = expected.iter().position(|octet| *octet == 0).unwrap();
        expected[place] = 0x89;
        assert_eq!(octets, expected);
    }
}
