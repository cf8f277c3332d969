//! Operations that answer in every form. What codegen makes variants of is here the [`Response`] itself.

use std::convert::Infallible;

use bytes::Bytes;
use futures_util::stream;
use serde::Serialize;
use specmint_runtime::Edge::Literal;
use specmint_runtime::xml::{Element, Member, Object};
use specmint_runtime::{
    Body, Event, Events, HttpResponse, Items, LocalBoxFuture, Mountable, Node, Operation,
    Rejection, Reply, Request, Response, Schemas, Stop, preferred, respond,
};

static SCHEMAS: Schemas = Schemas::new(
    r##"{"paths": {
        "/json": {"get": {"responses": {
            "200": {"content": {"application/json": {"schema": {"type": "object"}}, "application/vnd.a+json": {}}},
            "4XX": {"content": {"application/json": {}}}
        }}},
        "/octets": {"get": {"responses": {"200": {"content": {"application/octet-stream": {}}}}}},
        "/image": {"get": {"responses": {"200": {"content": {"image/*": {}}}}}},
        "/lines": {"get": {"responses": {"200": {"content": {"application/x-ndjson": {}}}}}},
        "/sequence": {"get": {"responses": {"200": {"content": {"application/json-seq": {}}}}}},
        "/events": {"get": {"responses": {"200": {"content": {"text/event-stream": {}}}}}},
        "/either": {"get": {"responses": {"200": {"content": {"application/json": {}, "text/csv": {}}}}}},
        "/xml": {"get": {"responses": {"200": {"content": {"application/json": {}, "application/xml": {}}}}}},
        "/headers": {"get": {"responses": {"204": {}}}},
        "/wrong/status": {"$ref": "#/components/pathItems/wrong"},
        "/wrong/range": {"$ref": "#/components/pathItems/wrong"},
        "/wrong/schema": {"$ref": "#/components/pathItems/wrong"},
        "/wrong/none": {"$ref": "#/components/pathItems/wrong"},
        "/wrong/xml": {"$ref": "#/components/pathItems/wrong"}
    }, "components": {"pathItems": {"wrong": {"get": {"responses": {
        "202": {},
        "2XX": {"content": {"application/xml": {"schema": {"required": ["m"]}}, "application/json": {"schema": {"type": "object"}}, "image/*": {}}}
    }}}}}}"##,
);

const fn operation(
    path: &'static str,
    responses: &'static [&'static str],
    produces: &'static [&'static str],
) -> Operation {
    Operation {
        id: path,
        method: "GET",
        path,
        responses,
        produces,
        challenges: &[],
        schemas: &SCHEMAS,
    }
}

static JSON: Operation = operation(
    "/json",
    &["200", "4XX"],
    &["application/json", "application/vnd.a+json"],
);
static OCTETS: Operation = operation("/octets", &["200"], &["application/octet-stream"]);
static IMAGE: Operation = operation("/image", &["200"], &["image/*"]);
static LINES: Operation = operation("/lines", &["200"], &["application/x-ndjson"]);
static SEQUENCE: Operation = operation("/sequence", &["200"], &["application/json-seq"]);
static EVENTS: Operation = operation("/events", &["200"], &["text/event-stream"]);
static EITHER: Operation = operation("/either", &["200"], &["application/json", "text/csv"]);
static XML: Operation = operation("/xml", &["200"], &["application/json", "application/xml"]);
static HEADERS: Operation = operation("/headers", &["204"], &[]);
static WRONG_STATUS: Operation = operation("/wrong/status", &["202", "2XX"], &[]);
static WRONG_RANGE: Operation = operation("/wrong/range", &["202", "2XX"], &[]);
static WRONG_SCHEMA: Operation = operation("/wrong/schema", &["202", "2XX"], &[]);
static WRONG_NONE: Operation = operation("/wrong/none", &["202", "2XX"], &[]);
static WRONG_XML: Operation = operation("/wrong/xml", &["202", "2XX"], &[]);
static OPERATIONS: &[&Operation] = &[
    &JSON,
    &OCTETS,
    &IMAGE,
    &LINES,
    &SEQUENCE,
    &EVENTS,
    &EITHER,
    &HEADERS,
    &WRONG_STATUS,
    &WRONG_RANGE,
    &WRONG_SCHEMA,
    &WRONG_NONE,
    &XML,
    &WRONG_XML,
];

static ROUTES: &[Node] = &[
    Node::new(
        &[
            Literal("either", 1),
            Literal("events", 2),
            Literal("headers", 3),
            Literal("image", 4),
            Literal("json", 5),
            Literal("lines", 6),
            Literal("octets", 7),
            Literal("sequence", 8),
            Literal("wrong", 9),
            Literal("xml", 14),
        ],
        &[],
    ),
    Node::new(&[], &[("GET", 6)]),
    Node::new(&[], &[("GET", 5)]),
    Node::new(&[], &[("GET", 7)]),
    Node::new(&[], &[("GET", 2)]),
    Node::new(&[], &[("GET", 0)]),
    Node::new(&[], &[("GET", 3)]),
    Node::new(&[], &[("GET", 1)]),
    Node::new(&[], &[("GET", 4)]),
    Node::new(
        &[
            Literal("none", 10),
            Literal("range", 11),
            Literal("schema", 12),
            Literal("status", 13),
            Literal("xml", 15),
        ],
        &[],
    ),
    Node::new(&[], &[("GET", 11)]),
    Node::new(&[], &[("GET", 9)]),
    Node::new(&[], &[("GET", 10)]),
    Node::new(&[], &[("GET", 8)]),
    Node::new(&[], &[("GET", 12)]),
    Node::new(&[], &[("GET", 13)]),
];

static NUMBER: Object = Object(&[Member::element("n", Element::number("n"))]);

pub struct Service;

struct Answer(Response);

impl Reply for Answer {
    fn reply(self) -> Response {
        self.0
    }
}

struct Failure(Rejection);

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Failure> for Answer {
    fn from(failure: Failure) -> Self {
        let code = failure.0.status();
        Self(Response::json(code, &serde_json::json!({ "code": code })))
    }
}

#[derive(Serialize)]
struct Number {
    n: u8,
}

impl Mountable for Service {
    fn routes(&self) -> &'static [Node] {
        ROUTES
    }

    fn operations(&self) -> &'static [&'static Operation] {
        OPERATIONS
    }

    fn call(&self, index: usize, _request: Request) -> LocalBoxFuture<'static, HttpResponse> {
        let operation = OPERATIONS[index];
        let answer = async move { Ok::<_, Stop<Failure>>(Answer(answer(index))) };
        Box::pin(respond(operation, answer))
    }
}

fn answer(index: usize) -> Response {
    match index {
        0 => Response::json_as(
            200,
            &["application/json", "application/vnd.a+json"],
            &Number { n: 1 },
        ),
        1 => Response::body(200, "application/octet-stream", vec![0, 159, 146, 150]),
        2 => {
            let octets = ["one", "two"].map(|text| Ok::<_, Infallible>(Bytes::from(text)));
            Response::body(
                200,
                "image/png".to_owned(),
                Body::stream(stream::iter(octets)),
            )
        }
        3 => Response::items(
            200,
            "application/x-ndjson",
            Items::from(vec![Number { n: 1 }, Number { n: 2 }]),
        ),
        4 => Response::items(200, "application/json-seq", Items::from(vec![1, 2])),
        5 => {
            let tick = Event {
                event: Some("tick".to_owned()),
                ..Event::text("1")
            };
            let events = vec![tick, Event::json(&Number { n: 2 }).unwrap()];
            Response::events(200, Events::from(events))
        }
        6 => match preferred(&["application/json", "text/csv"]) {
            Some("text/csv") => Response::body(200, "text/csv", "a,b\n"),
            _ => Response::json(200, &[1]),
        },
        7 => Response::json(204, "not sent")
            .header("x-list", [1, 2])
            .header_exploded("x-object", Number { n: 1 })
            .header_json("x-json", Number { n: 1 })
            .header("x-none", None::<u8>)
            .headers("set-cookie", ["a=1", "b=2"]),
        8 => Response::empty(404),
        9 => Response::body(200, "text/html", "x"),
        10 => Response::json(200, &1),
        12 => number(&["application/json", "application/xml"]),
        13 => number(&["application/xml"]),
        _ => Response::empty(202),
    }
}

fn number(media_types: &[&'static str]) -> Response {
    let root = Element::object("number", &NUMBER);
    Response::xml(200, media_types, root, &Number { n: 1 })
}
