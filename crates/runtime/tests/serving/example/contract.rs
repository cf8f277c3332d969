//! The example's contract as data.

use specmint_runtime::Edge::{Literal, Pattern, Variable};
use specmint_runtime::{Location, Node, Operation, Parameter, Schemas, Style, When};

pub const ITEM_BODY: &str = "/components/schemas/Item";
pub const REVOCATION_BODY: &str = "/components/schemas/Revocation";

pub static SCHEMAS: Schemas = Schemas::new(
    r##"{
  "parameters": {
    "itemId": {"type": "string", "format": "uuid"},
    "limit": {"type": "integer", "minimum": 1, "maximum": 10},
    "tag": {"type": "string", "maxLength": 3},
    "mode": {"$ref": "#/components/schemas/Mode"},
    "text": {"type": "string"},
    "ids": {"type": "array", "items": {"type": "integer"}},
    "names": {"type": "array", "items": {"type": "string"}},
    "filter": {"type": "object", "required": ["from"], "properties": {"from": {"type": "integer"}, "to": {"type": "integer"}}}
  },
  "paths": {
    "/items/{itemId}": {"post": {"responses": {
      "201": {"$ref": "#/components/responses/item"},
      "4XX": {"$ref": "#/components/responses/error"},
      "default": {"$ref": "#/components/responses/error"}
    }}},
    "/fail/{text}": {"get": {"responses": {
      "201": {"$ref": "#/components/responses/item"},
      "4XX": {"$ref": "#/components/responses/error"},
      "500": {"$ref": "#/components/responses/error"}
    }}},
    "/echo/{text}/end": {"get": {"responses": {"200": {"$ref": "#/components/responses/text"}}}},
    "/echo/literal/other": {"get": {"responses": {"200": {"$ref": "#/components/responses/text"}}}},
    "/bare/{text}": {"get": {"responses": {"200": {"$ref": "#/components/responses/text"}}}},
    "/list": {"get": {"responses": {"200": {"$ref": "#/components/responses/text"}}}},
    "/note": {"post": {"responses": {"200": {"$ref": "#/components/responses/text"}}}},
    "/revoke": {"post": {"responses": {
      "200": {"$ref": "#/components/responses/text"},
      "422": {"$ref": "#/components/responses/error"}
    }}}
  },
  "components": {"responses": {
    "item": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}},
    "error": {"content": {"application/json": {"schema": {"type": "object", "required": ["code"]}}}},
    "text": {"content": {"text/plain": {"schema": {"type": "string"}}}}
  }, "schemas": {
    "Mode": {"type": "string", "enum": ["fast", "slow"]},
    "Item": {
      "type": "object", "additionalProperties": false, "required": ["name", "note"],
      "properties": {
        "name": {"type": "string", "minLength": 2, "maxLength": 5, "pattern": "^[a-z]"},
        "kind": {"$ref": "#/components/schemas/Mode"},
        "note": {"type": ["string", "null"]},
        "count": {"type": "integer", "maximum": 100},
        "id": {"type": "string", "format": "uuid"},
        "at": {"type": "string", "format": "date-time"},
        "link": {"type": ["string", "null"], "format": "uri"}
      }
    },
    "Revocation": {
      "type": "object", "required": ["token"],
      "properties": {
        "token": {"type": "string", "maxLength": 10},
        "mode": {"$ref": "#/components/schemas/Mode"},
        "count": {"type": "integer"}
      }
    }
  }}
}"##,
);

const fn parameter(name: &'static str, location: Location, schema: &'static str) -> Parameter {
    Parameter {
        name,
        location,
        index: 0,
        style: Style::Form,
        explode: true,
        beside: &[],
        allow_empty: false,
        schema,
    }
}

pub static ITEM_ID: Parameter = parameter("itemId", Location::Path, "/parameters/itemId");
pub static LIMIT: Parameter = parameter("limit", Location::Query, "/parameters/limit");
pub static TAG: Parameter = parameter("tag", Location::Query, "/parameters/tag");
pub static MODE: Parameter = parameter("x-mode", Location::Header, "/parameters/mode");
pub static TEXT: Parameter = parameter("text", Location::Path, "/parameters/text");
pub static IDS: Parameter = parameter("ids", Location::Query, "/parameters/ids");
pub static NAMES: Parameter = Parameter {
    style: Style::PipeDelimited,
    explode: false,
    ..parameter("names", Location::Query, "/parameters/names")
};
pub static FILTER: Parameter = Parameter {
    style: Style::DeepObject,
    ..parameter("filter", Location::Query, "/parameters/filter")
};
pub static RANGE: Parameter = parameter("range", Location::Query, "/parameters/filter");
pub static SESSION: Parameter = parameter("session", Location::Cookie, "/parameters/text");

pub static CREATE_ITEM: Operation = Operation {
    id: "createItem",
    method: "POST",
    path: "/items/{itemId}",
    challenges: &[
        r#"ApiKey realm="Example", in="header", name="x-key""#,
        r#"Bearer realm="Example", scope="items:write""#,
    ],
    responses: &["201", "4XX", "default"],
    produces: &["application/json"],
    schemas: &SCHEMAS,
};
pub static ECHO: Operation = text("echo", "/echo/{text}/end");
pub static OTHER: Operation = text("other", "/echo/literal/other");
pub static BARE: Operation = text("bare", "/bare/{text}");
pub static LIST: Operation = text("list", "/list");
pub static REVOKE: Operation = Operation {
    id: "revoke",
    method: "POST",
    path: "/revoke",
    challenges: &["Basic realm=\"Example\""],
    responses: &["200", "422"],
    produces: &["text/plain"],
    schemas: &SCHEMAS,
};
pub static FAIL: Operation = Operation {
    id: "fail",
    method: "GET",
    path: "/fail/{text}",
    challenges: &["Bearer"],
    responses: &["201", "4XX", "500"],
    produces: &["application/json"],
    schemas: &SCHEMAS,
};

const fn text(id: &'static str, path: &'static str) -> Operation {
    Operation {
        id,
        method: "GET",
        path,
        challenges: &[],
        responses: &["200"],
        produces: &["text/plain"],
        schemas: &SCHEMAS,
    }
}

pub static NOTE: Operation = Operation {
    method: "POST",
    ..text("note", "/note")
};

pub static WHOAMI: Operation = Operation {
    challenges: &["Digest realm=\"Example\""],
    ..text("whoami", "/whoami")
};

pub static NAMED: Operation = text("named", "/named");

pub static OPERATIONS: &[&Operation] = &[
    &CREATE_ITEM,
    &ECHO,
    &OTHER,
    &REVOKE,
    &FAIL,
    &BARE,
    &LIST,
    &NOTE,
    &WHOAMI,
    &NAMED,
];

pub static ROUTES: &[Node] = &[
    Node::new(
        &[
            Literal("bare", 1),
            Literal("echo", 3),
            Literal("fail", 8),
            Literal("items", 10),
            Literal("list", 12),
            Literal("named", 15),
            Literal("note", 13),
            Literal("revoke", 14),
            Literal("whoami", 17),
        ],
        &[],
    ),
    Node::new(&[Variable(2)], &[]),
    Node::new(&[], &[("GET", 5)]),
    Node::new(&[Literal("literal", 4), Variable(6)], &[]),
    Node::new(&[Literal("other", 5)], &[]),
    Node::new(&[], &[("GET", 2)]),
    Node::new(&[Literal("end", 7)], &[]),
    Node::new(&[], &[("GET", 1)]),
    Node::new(&[Variable(9)], &[]),
    Node::new(&[], &[("GET", 4)]),
    Node::new(&[Variable(11)], &[]),
    Node::new(&[], &[("POST", 0)]),
    Node::new(&[], &[("GET", 6)]),
    Node::new(&[], &[("POST", 7)]),
    Node::new(&[], &[("POST", 3)]),
    Node::new(&[Pattern(&["", ".", ""], 16)], &[]).variants(&[
        ("GET", &[When::Query("by", "query")], 9),
        ("GET", &[When::Header("x-by", "header")], 9),
        ("GET", &[When::QueryHas("list")], 9),
    ]),
    Node::new(&[], &[("GET", 1)]),
    Node::new(&[], &[("GET", 8)]),
];
