//! Request bodies: media type, octets, decoding.

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::check::Check;
use crate::decode;
use crate::media_type;
use crate::reading;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::violation::Violation;

impl Request {
    /// Which of the documented media types the body has: an index into `supported`.
    ///
    /// # Errors
    /// [`Kind::UnsupportedMediaType`], also for a content coding or no `Content-Type`.
    pub fn content_type(&self, supported: &'static [&'static str]) -> Result<usize, Rejection> {
        let refused = || Rejection::from(Kind::UnsupportedMediaType { supported });
        let identity = |coding: &[u8]| coding.eq_ignore_ascii_case(b"identity");
        let coded = self.headers().get(CONTENT_ENCODING);
        if coded.is_some_and(|coding| !identity(coding.as_bytes())) {
            let coded = Violation::of_body("content", "must have no content coding");
            let kind = Kind::UnsupportedMediaType { supported };
            return Err(Rejection::with_violations(kind, vec![coded]));
        }
        let given = self.headers().get(CONTENT_TYPE).ok_or_else(refused)?;
        let given = given.to_str().map_err(|_| refused())?;
        let exact = |documented: &&str| media_type::same(documented, given);
        let fits = |documented: &&str| media_type::matches(documented, given);
        let best = supported.iter().position(exact);
        best.or_else(|| supported.iter().position(fits))
            .ok_or_else(refused)
    }

    /// [`Self::content_type`] of a body that need not be there; `None` where none is.
    ///
    /// # Errors
    /// [`Kind::UnsupportedMediaType`].
    pub fn content_type_option(
        &self,
        supported: &'static [&'static str],
    ) -> Result<Option<usize>, Rejection> {
        if !reading::announced(self.headers()) {
            return Ok(None);
        }
        self.content_type(supported).map(Some)
    }

    /// The body's octets.
    ///
    /// # Errors
    /// [`Kind::PayloadTooLarge`]; [`Kind::Body`] where the body breaks off or does not arrive in time.
    pub async fn bytes(&mut self) -> Result<Bytes, Rejection> {
        let limit = self.context.limits.body_bytes;
        self.context.reading.set(true);
        let bytes = reading::read(self.http.headers(), &mut self.payload, limit).await;
        self.context.reading.set(false);
        bytes
    }

    /// The body as UTF-8.
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] where it isn't UTF-8.
    pub async fn text(&mut self) -> Result<String, Rejection> {
        let bytes = self.bytes().await?;
        String::from_utf8(bytes.into()).map_err(|_| Rejection::body("encoding", "must be UTF-8"))
    }

    /// A JSON body that keeps the schema at `schema` (JSON Pointer into the contract).
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation.
    pub async fn json<T: DeserializeOwned + Check>(
        &mut self,
        schema: &'static str,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        match decode::json_unchecked::<T>(&bytes) {
            Ok(value) if value.check() => Ok(value),
            hot => Err(self.json_violations(schema, &bytes, hot.err())),
        }
    }

    /// A form that keeps the schema at `schema` (JSON Pointer into the contract).
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation.
    pub async fn form<T: DeserializeOwned + Check>(
        &mut self,
        schema: &'static str,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        let Some(pairs) = decode::pairs(&bytes) else {
            return Err(Rejection::body("content", decode::SYNTAX));
        };
        match decode::form_unchecked::<T>(&pairs) {
            Ok(value) if value.check() => Ok(value),
            hot => Err(self.form_violations(schema, &pairs, hot.err().is_some())),
        }
    }

    #[cold]
    fn json_violations(
        &self,
        schema: &'static str,
        bytes: &[u8],
        hot: Option<serde_json::Error>,
    ) -> Rejection {
        let value = match serde_json::from_slice::<Value>(bytes) {
            Ok(value) => value,
            Err(error) => {
                let (line, column) = (error.line(), error.column());
                return Rejection::body(
                    "content",
                    format!("is not JSON: line {line}, column {column}"),
                );
            }
        };
        let violations = self.operation.schemas.violations(schema, &value);
        match (violations.is_empty(), hot) {
            (false, _) => Rejection::with_violations(Kind::Body, violations),
            // serde's own message may repeat a value.
            (true, Some(error)) => {
                let (line, column) = (error.line(), error.column());
                let what = "has a member twice, or a number out of range";
                Rejection::body("content", format!("{what}: line {line}, column {column}"))
            }
            (true, None) => Rejection::body("content", "breaks its schema"),
        }
    }

    #[cold]
    fn form_violations(
        &self,
        schema: &'static str,
        pairs: &decode::Pairs<'_>,
        undecoded: bool,
    ) -> Rejection {
        let violations = crate::untyped::form_violations(self.operation.schemas, schema, pairs);
        if !violations.is_empty() {
            return Rejection::with_violations(Kind::Body, violations);
        }
        Rejection::body(
            "content",
            match undecoded {
                true => "has a field that cannot be read",
                false => "breaks its schema",
            },
        )
    }
}
