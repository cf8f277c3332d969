//! Request bodies: media type, octets, decoding.

use actix_web::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::breach::Breach;
use crate::decode::{self, Formatted, FromText, Leaf, Unread};
use crate::field_encoding::{self, FieldEncoding};
use crate::media_type;
use crate::reading;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::schemas::Schemas;
use crate::untyped::{self, Members, Node};
use crate::violation::Violation;
use crate::xml;

impl Request {
    /// Which of the documented media types the body has: an index into `supported`.
    ///
    /// # Errors
    /// [`Kind::UnsupportedMediaType`], also for a content coding or no `Content-Type`; [`Kind::Body`] where nothing was sent.
    pub fn content_type(&self, supported: &'static [&'static str]) -> Result<usize, Rejection> {
        let refused = || Rejection::from(Kind::UnsupportedMediaType { supported });
        let identity = |coding: &[u8]| coding.eq_ignore_ascii_case(b"identity");
        let coded = self.headers().get(CONTENT_ENCODING);
        if coded.is_some_and(|coding| !identity(coding.as_bytes())) {
            let coded = Violation::of_body("content", "must have no content coding");
            let kind = Kind::UnsupportedMediaType { supported };
            return Err(Rejection::with_violations(kind, vec![coded]));
        }
        let given = match self.headers().get(CONTENT_TYPE) {
            Some(given) => given.to_str().map_err(|_| refused())?,
            // What has no type can be of any (RFC 9110, section 8.3).
            None => "application/octet-stream",
        };
        let closest = media_type::closest(supported.iter().copied(), given);
        closest.map(|(place, _)| place).ok_or_else(|| {
            let has_type = self.headers().contains_key(CONTENT_TYPE);
            match has_type || reading::announced(self.headers()) {
                true => refused(),
                false => nothing(),
            }
        })
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
        let bytes = reading::read(self.http.headers(), &mut self.payload, limit);
        self.context.receive(bytes).await
    }

    /// A body that is a plain value: text in UTF-8.
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation of the schema at `schema`.
    pub async fn text<T: FromText>(
        &mut self,
        schema: &'static str,
        check: impl FnOnce(&T) -> bool,
    ) -> Result<T, Rejection> {
        let bytes = self.utf8().await?;
        let text = utf8(&bytes)?;
        T::from_text(text).filter(check).ok_or_else(|| {
            let node = Node::Texts(vec![text.into()]);
            self.unread(untyped::violations(self.operation.schemas, schema, &node))
        })
    }

    /// The octets of a body whose charset is UTF-8.
    async fn utf8(&mut self) -> Result<Bytes, Rejection> {
        let content_type = self.headers().get(CONTENT_TYPE);
        let charset = content_type.and_then(|value| media_type::charset(value.to_str().ok()?));
        let is_utf8 = |charset: &str| {
            ["utf-8", "utf8", "us-ascii"]
                .iter()
                .any(|name| charset.eq_ignore_ascii_case(name))
        };
        if charset.is_some_and(|charset| !is_utf8(&charset)) {
            return Err(Rejection::body("encoding", "must be UTF-8"));
        }
        self.bytes().await
    }

    /// A JSON body that keeps the schema at `schema` (JSON Pointer into the contract).
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation.
    pub async fn json<T: DeserializeOwned>(
        &mut self,
        schema: &'static str,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        if self.may_call_a_form_json && is_form(&bytes) {
            return self.form_of(&bytes, schema, check);
        }
        let found = read_json(self.operation.schemas, schema, &bytes, check);
        found.map_err(|found| Rejection::with_violations(Kind::Body, found))
    }

    /// [`Self::json`] of a type whose texts have one strict form, or a container of such.
    ///
    /// # Errors
    /// As [`Self::json`].
    pub async fn json_formatted<T: Formatted>(
        &mut self,
        schema: &'static str,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let leaf = self.json::<Leaf<T>>(schema, |leaf| check(&leaf.0)).await?;
        Ok(leaf.0)
    }

    /// An XML body, the element `root`, that keeps the schema at `schema` (JSON Pointer into the contract).
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation.
    pub async fn xml<T: DeserializeOwned>(
        &mut self,
        schema: &'static str,
        root: xml::Element,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let bytes = self.utf8().await?;
        let value = xml::read(utf8(&bytes)?, &root);
        let value = value.map_err(|message| Rejection::body("content", message))?;
        let schemas = self.operation.schemas;
        let read = || decode::value_unchecked::<T>(&value);
        decode::held(read, check, || schemas.is_valid(schema, &value))
            .map_err(|_| self.unread(schemas.violations(schema, &value)))
    }

    /// [`Self::xml`] of a type whose texts have one strict form, or a container of such.
    ///
    /// # Errors
    /// As [`Self::xml`].
    pub async fn xml_formatted<T: Formatted>(
        &mut self,
        schema: &'static str,
        root: xml::Element,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let check = |leaf: &Leaf<T>| check(&leaf.0);
        Ok(self.xml::<Leaf<T>>(schema, root, check).await?.0)
    }

    /// A form that keeps the schema at `schema` (JSON Pointer into the contract).
    ///
    /// # Errors
    /// As [`Self::bytes`]; [`Kind::Body`] with every violation.
    pub async fn form<T: DeserializeOwned>(
        &mut self,
        schema: &'static str,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        self.form_of(&bytes, schema, check)
    }

    fn form_of<T: DeserializeOwned>(
        &self,
        bytes: &[u8],
        schema: &'static str,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let Some(pairs) = decode::pairs(bytes) else {
            return Err(Rejection::body("content", decode::SYNTAX));
        };
        match decode::form_unchecked::<T>(&pairs) {
            Ok(value) if check(&value) => Ok(value),
            // Which asks the schema where the model cannot tell.
            _ => self.read_form(schema, untyped::nested(pairs), check),
        }
    }

    /// A form with a field that is not plain: it is read as the schema and `fields` have it.
    ///
    /// # Errors
    /// As [`Self::form`].
    pub async fn form_by_schema<T: DeserializeOwned>(
        &mut self,
        schema: &'static str,
        fields: &[FieldEncoding],
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let bytes = self.bytes().await?;
        let members = field_encoding::members(&bytes, fields);
        let members = members.map_err(|message| Rejection::body("content", message))?;
        self.read_form(schema, members, check)
    }

    fn read_form<T: DeserializeOwned>(
        &self,
        schema: &'static str,
        members: Members<'_>,
        check: impl Fn(&T) -> bool,
    ) -> Result<T, Rejection> {
        let schemas = self.operation.schemas;
        let node = Node::Members(members);
        untyped::typed(schemas, schema, &node, check).map_err(|found| self.unread(found))
    }

    #[cold]
    fn unread(&self, violations: Vec<Violation>) -> Rejection {
        match violations.is_empty() {
            true => Rejection::body("content", "has a field that cannot be read"),
            false => Rejection::with_violations(Kind::Body, violations),
        }
    }
}

/// Whether a body begins with a name and `=`, as no JSON text does.
fn is_form(bytes: &[u8]) -> bool {
    let of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let rest = bytes.iter().position(|byte| !of_name(byte));
    rest.is_some_and(|at| at > 0 && bytes.get(at) == Some(&b'='))
}

/// There is no body, where there has to be one.
fn nothing() -> Rejection {
    let missing = Violation {
        breach: Breach::Missing {
            expected: Vec::new(),
        },
        ..Violation::of_body("required", "is required")
    };
    Rejection::with_violations(Kind::Body, vec![missing])
}

fn utf8(bytes: &[u8]) -> Result<&str, Rejection> {
    std::str::from_utf8(bytes).map_err(|_| Rejection::body("encoding", "must be UTF-8"))
}

/// A JSON text that keeps the schema at `schema`.
///
/// # Errors
/// Every violation.
pub(crate) fn read_json<T: DeserializeOwned>(
    schemas: &Schemas,
    schema: &str,
    bytes: &[u8],
    check: impl Fn(&T) -> bool,
) -> Result<T, Vec<Violation>> {
    let is_valid = || {
        let value = serde_json::from_slice::<Value>(bytes);
        value.is_ok_and(|value| schemas.is_valid(schema, &value))
    };
    decode::held(|| decode::json_unchecked(bytes), check, is_valid)
        .map_err(|hot| json_violations(schemas, schema, bytes, hot))
}

/// Every violation of the schema at `schema` by a JSON text that could not be decoded, or is not valid.
#[cold]
fn json_violations(
    schemas: &Schemas,
    schema: &str,
    bytes: &[u8],
    hot: Option<Unread>,
) -> Vec<Violation> {
    let one = |message: String| vec![Violation::of_body("content", message)];
    let value = match serde_json::from_slice::<Value>(bytes) {
        Ok(value) => value,
        Err(error) => {
            let (line, column) = (error.line(), error.column());
            let is_deep = error.to_string().starts_with("recursion limit");
            let what = if is_deep {
                "is nested too deeply"
            } else {
                "is not JSON"
            };
            return one(format!("{what}: line {line}, column {column}"));
        }
    };
    let violations = decode::unless_spent(hot.as_ref(), || match schema {
        "" => Vec::new(),
        schema => schemas.violations(schema, &value),
    });
    match (violations.is_empty(), hot) {
        (false, _) => violations,
        // serde's own message may repeat a value.
        (true, Some(Unread { error, .. })) => {
            let (line, column) = (error.line(), error.column());
            let what = "has a member twice, or a number out of range";
            one(format!("{what}: line {line}, column {column}"))
        }
        (true, None) => one("breaks its schema".to_owned()),
    }
}
