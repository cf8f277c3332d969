//! Bodies that are handed over as they arrive, and forms that are not plain.

use futures_util::TryStreamExt;
use serde_json::Value;
use specmint_runtime::Edge::Literal;
use specmint_runtime::{
    BodyStream, FieldEncoding, FieldForm, HttpResponse, Incoming, LocalBoxFuture, Mountable,
    Multipart, Node, Operation, OtherParts, Part, PartFacts, Rejection, Reply, Request, Response,
    Schemas, Stop, Style, respond,
};

use crate::http::{Answer, serve};

static SCHEMAS: Schemas = Schemas::new(
    r##"{
        "meta": {"type": "object", "required": ["title"], "properties": {"title": {"type": "string", "maxLength": 5}}},
        "count": {"type": "integer", "maximum": 9},
        "text": {"type": "string"},
        "response": {"content": {"text/plain": {"schema": {"type": "string"}}}},
        "form": {"type": "object", "required": ["meta"], "properties": {
            "meta": {"$ref": "#/meta"}, "ids": {"type": "array", "items": {"$ref": "#/count"}},
            "filter": {"type": "object", "properties": {"from": {"$ref": "#/count"}}}}}
    }"##,
);

static UPLOAD: Operation = operation("upload", "/upload");
static LATE: Operation = operation("late", "/late");
static RAW: Operation = operation("raw", "/raw");
static FORM: Operation = operation("form", "/form");

const fn operation(id: &'static str, path: &'static str) -> Operation {
    Operation {
        id,
        method: "POST",
        path,
        challenges: &[],
        responses: &["200", "413", "422", "500"],
        produces: &["text/plain"],
        schemas: &SCHEMAS,
    }
}

enum UploadPart {
    Meta(Part<Value>),
    Count(Part<i64>),
    Tags(Part<String>),
    File(Part),
}

impl Multipart for UploadPart {
    const PARTS: &'static [PartFacts] = &[
        facts("meta", true, None, "/meta"),
        facts("count", false, None, "/count"),
        facts("tags", false, Some((0, 2)), "/text"),
        PartFacts {
            media_types: &["image/*", "text/plain"],
            ..facts("file", true, None, "/text")
        },
    ];
    const OTHERS: OtherParts = OtherParts::Skipped;

    async fn read(place: usize, part: Incoming) -> Result<Self, Rejection> {
        let valid = |value: &Value| SCHEMAS.is_valid("/meta", value);
        Ok(match place {
            0 => Self::Meta(part.json(valid).await?),
            1 => Self::Count(part.text(|count: &i64| *count <= 9).await?),
            2 => Self::Tags(part.text(|_: &String| true).await?),
            _ => Self::File(part.stream()),
        })
    }
}

const fn facts(
    name: &'static str,
    required: bool,
    items: Option<(usize, usize)>,
    schema: &'static str,
) -> PartFacts {
    PartFacts {
        name,
        required,
        items,
        media_types: &[],
        schema,
    }
}

struct Text(String);

impl Reply for Text {
    fn reply(self) -> Response {
        Response::body(200, "text/plain", self.0)
    }
}

struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for Text {
    fn from(Failure(rejection): Failure) -> Self {
        Self(format!("{} {}", rejection.status(), rejection.message()))
    }
}

async fn upload(mut request: Request) -> Result<Text, Stop<Failure>> {
    request.content_type(&["multipart/form-data"])?;
    let mut parts = request.parts::<UploadPart>()?;
    let mut all = Vec::new();
    let mut held = None;
    let failed = |rejection: Rejection| Stop::Failed(Failure(rejection));
    while let Some(part) = parts.next().await.map_err(failed)? {
        all.push(match part {
            UploadPart::Meta(part) => format!("{} {}", part.name, part.value),
            UploadPart::Count(part) => part.value.to_string(),
            UploadPart::Tags(part) => part.value,
            UploadPart::File(part) if part.filename.as_deref() == Some("held") => {
                held = Some(part);
                "held".to_owned()
            }
            UploadPart::File(part) if part.filename.is_none() => "skipped".to_owned(),
            UploadPart::File(part) => {
                let note = part.header("x-note").unwrap_or("-").to_owned();
                let head = format!("{:?} {:?} {note}", part.filename, part.content_type);
                format!("{head} {}", size(part.value).await.map_err(failed)?)
            }
        });
    }
    drop(held);
    Ok(Text(all.join("; ")))
}

async fn size(mut stream: BodyStream) -> Result<usize, Rejection> {
    let mut size = 0;
    while let Some(chunk) = stream.try_next().await? {
        size += chunk.len();
    }
    Ok(size)
}

/// Works on after a part that it cannot take, for too long.
async fn late(mut request: Request) -> Result<Text, Stop<Failure>> {
    request.content_type(&["multipart/form-data"])?;
    let refused = request.parts::<UploadPart>()?.next().await.is_err();
    actix_web::rt::time::sleep(std::time::Duration::from_secs(5)).await;
    Ok(Text(refused.to_string()))
}

async fn raw(mut request: Request) -> Result<Text, Stop<Failure>> {
    let which = request.content_type(&["image/*", "*/*", "text/x-whole"])?;
    let stream = request.stream()?;
    let head = format!("{which} {:?}", stream.content_type());
    let size = match which {
        2 => stream.bytes().await.map(|bytes| bytes.len()),
        _ => size(stream).await,
    };
    let size = size.map_err(|rejection| Stop::Failed(Failure(rejection)))?;
    Ok(Text(format!("{head} {size}")))
}

async fn form(mut request: Request) -> Result<Text, Stop<Failure>> {
    request.content_type(&["application/x-www-form-urlencoded"])?;
    let fields = [
        ("ids", FieldForm::Joined(Style::Form)),
        ("filter", FieldForm::Deep),
    ];
    let fields = fields.map(|(name, form)| FieldEncoding { name, form });
    let valid = |value: &Value| SCHEMAS.is_valid("/form", value);
    let value = request.form_by_schema("/form", &fields, valid).await?;
    Ok(Text(value.to_string()))
}

pub struct Service;

static ROUTES: &[Node] = &[
    Node::new(
        &[
            Literal("form", 1),
            Literal("late", 4),
            Literal("raw", 2),
            Literal("upload", 3),
        ],
        &[],
    ),
    Node::new(&[], &[("POST", 2)]),
    Node::new(&[], &[("POST", 1)]),
    Node::new(&[], &[("POST", 0)]),
    Node::new(&[], &[("POST", 3)]),
];

impl Mountable for Service {
    fn routes(&self) -> &'static [Node] {
        ROUTES
    }

    fn operations(&self) -> &'static [&'static Operation] {
        static ALL: &[&Operation] = &[&UPLOAD, &RAW, &FORM, &LATE];
        ALL
    }

    fn call(&self, operation: usize, request: Request) -> LocalBoxFuture<'static, HttpResponse> {
        match operation {
            0 => Box::pin(respond(&UPLOAD, upload(request))),
            1 => Box::pin(respond(&RAW, raw(request))),
            2 => Box::pin(respond(&FORM, form(request))),
            _ => Box::pin(respond(&LATE, late(request))),
        }
    }
}

fn post(parts: &[(&str, &str)]) -> Answer {
    post_to("/upload", parts)
}

/// A body of parts, each a header and a body.
fn post_to(path: &str, parts: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (head, value) in parts {
        body.push_str(&format!(
            "--x\r\nContent-Disposition: form-data; name={head}\r\n\r\n{value}\r\n"
        ));
    }
    body.push_str("--x--\r\n");
    let fields = [("content-type", "multipart/form-data; boundary=x")];
    serve().send("POST", path, &fields, &body)
}

const META: (&str, &str) = ("meta", r#"{"title":"a"}"#);
const FILE: (&str, &str) = ("file; filename=a.txt\r\nContent-Type: text/plain", "a\r\nb");

#[test]
fn parts_arrive_one_after_another() {
    let note = ("file; filename=\"b c\"\r\nX-Note: n", "");
    let answer = post(&[META, ("count", "3"), ("tags", "a"), ("other", "x"), note]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.body,
        r#"meta {"title":"a"}; 3; a; Some("b c") None n 0"#
    );
    let answer = post(&[FILE, META]);
    let expected = r#"Some("a.txt") Some("text/plain") - 4; meta {"title":"a"}"#;
    assert_eq!(answer.body, expected);
    // What is left of a file that nobody reads is skipped over.
    let answer = post(&[("file", &"x".repeat(3000)), META]);
    assert_eq!(answer.body, r#"skipped; meta {"title":"a"}"#);
}

#[test]
fn parts_keep_their_schemas() {
    let secret = r#"{"title":"secret"}"#;
    let png = ("file; filename=a\r\nContent-Type: application/pdf", "");
    for (parts, message) in [
        (&[META][..], "`file` is required"),
        (&[("tags", "a")], "`meta` is required; `file` is required"),
        (
            &[("meta", secret)],
            "`meta/title` must have at most 5 characters",
        ),
        (&[("meta", "{")], "`meta` is not JSON: line 1, column 1"),
        (&[("count", "10")], "`count` must be at most 9"),
        (&[("count", "x")], "`count` must be of type integer"),
        (&[META, META], "`meta` may be given only once"),
        (
            &[("tags", "a"), ("tags", "b"), ("tags", "c")],
            "`tags` must have at most 2 items",
        ),
        (
            &[("tags", "a"), ("tags", "\u{e9}"), png],
            "`file` must be image/* or text/plain",
        ),
        (
            &[("other", "1"); 6],
            "the request body has more than 5 parts",
        ),
        (&[("", "1")], "the request body has a part without a name"),
    ] {
        let answer = post(parts);
        assert_eq!(answer.body, format!("422 {message}"), "{parts:?}");
    }
}

#[test]
fn parts_have_limits() {
    // A file may be larger than what is kept in memory, all together may not be larger than the limit of streams.
    let large = "x".repeat(1500);
    let answer = post(&[("file; filename=a", &large), META]);
    assert!(
        answer.body.starts_with("Some(\"a\") None - 1500"),
        "{}",
        answer.body
    );
    let answer = post(&[("tags", &large)]);
    assert_eq!(
        answer.body,
        "413 the request body is larger than 1000 bytes"
    );
    let half = "x".repeat(600);
    let answer = post(&[("tags", &half), ("tags", &half)]);
    assert_eq!(
        answer.body,
        "413 the request body is larger than 1000 bytes"
    );
    let answer = post(&[("file; filename=a", &"x".repeat(5000))]);
    assert_eq!(
        answer.body,
        "413 the request body is larger than 4000 bytes"
    );
    let answer = post(&[("file; filename=held", "x"), META]);
    assert!(answer.body.starts_with("500 "), "{}", answer.body);
}

#[test]
fn a_part_that_is_refused_is_waited_for_no_longer() {
    let answer = post_to("/late", &[("tags", &"x".repeat(1500))]);
    assert_eq!(answer.body, "500 the server took too long to answer");
}

#[test]
fn streams_have_any_size_up_to_their_limit() {
    let server = serve();
    let send = |media_type: &str, body: &str| {
        server.send("POST", "/raw", &[("content-type", media_type)], body)
    };
    assert_eq!(send("image/png", "abc").body, r#"0 Some("image/png") 3"#);
    let large = "x".repeat(3000);
    assert_eq!(send("a/b", &large).body, r#"1 Some("a/b") 3000"#);
    assert_eq!(server.send("POST", "/raw", &[], "abc").body, "1 None 3");
    let answer = send("a/b", &large.repeat(2));
    assert_eq!(
        answer.body,
        "413 the request body is larger than 4000 bytes"
    );
    let answer = send("text/x-whole", &large);
    assert_eq!(
        answer.body,
        "413 the request body is larger than 1000 bytes"
    );
    let chunk = format!("bb8\r\n{large}\r\n");
    let head = "POST /raw HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: a/b\r\n";
    let answer = server.raw(&format!(
        "{head}transfer-encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"
    ));
    assert_eq!(
        answer.body,
        "413 the request body is larger than 4000 bytes"
    );
    let answer = server.half(&format!("{head}content-length: 9\r\n\r\nabc"));
    assert_eq!(
        answer.body,
        "422 the request body could not be read to its end"
    );
}

#[test]
fn forms_have_encodings() {
    let send = |body: &str| {
        let fields = [("content-type", "application/x-www-form-urlencoded")];
        serve().send("POST", "/form", &fields, body).body
    };
    let meta = "meta=%7B%22title%22:%22a%22%7D";
    assert_eq!(
        send(&format!("{meta}&ids=1,2&filter[from]=3")),
        r#"{"filter":{"from":3},"ids":[1,2],"meta":{"title":"a"}}"#
    );
    assert_eq!(
        send("ids=1,x"),
        "422 `meta` is required; `ids/1` must be of type integer"
    );
}
