use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::test::TestRequest;
use serde::Deserialize;
use serde_json::Value;

use super::*;
use crate::context::{Context, Limits};
use crate::operation::Operation;
use crate::schemas::Schemas;
use crate::violation::Location;

static SCHEMAS: Schemas = Schemas::new(
    r##"{
        "text": {"type": "string", "minLength": 1},
        "number": {"type": "integer"},
        "numbers": {"type": "array", "items": {"type": "integer"}, "maxItems": 3},
        "color": {"type": "object", "required": ["R"], "properties": {
            "R": {"type": "integer"}, "G": {"type": "integer"}, "tags": {"type": "array", "items": {"type": "string"}}}},
        "deep": {"type": "object", "properties": {
            "a": {"type": "object", "properties": {"b": {"type": "integer"}}},
            "list": {"type": "array", "items": {"type": "integer"}},
            "rows": {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "boolean"}}}}}},
        "open": {"type": "object", "additionalProperties": {"type": "integer"}},
        "nest": {"oneOf": [{"type": "array", "items": {"$ref": "#/nest"}}, {"type": "array", "items": {"$ref": "#/nest"}, "maxItems": 0}]},
        "ids": {"type": "array", "items": {"type": "string", "format": "uuid"}},
        "either": {"oneOf": [{"type": "integer"}, {"type": "boolean"}, {"type": "string", "pattern": "^x"},
            {"type": "array", "items": {"$ref": "#/number"}}]}
    }"##,
);

static OPERATION: Operation = Operation {
    id: "test",
    method: "GET",
    path: "/{a}",
    challenges: &[],
    responses: &[],
    produces: &[],
    schemas: &SCHEMAS,
};

/// A request to `target`, whose path is all one parameter, with these header fields.
fn request(target: &str, fields: &[(&str, &str)]) -> Request {
    let mut http = TestRequest::default().uri(target);
    for (name, value) in fields {
        http = http.append_header((*name, *value));
    }
    let http = http.to_http_request();
    let end = http.uri().path().len();
    Request {
        http,
        payload: Payload::None,
        captures: std::iter::once((1, end)).collect(),
        operation: &OPERATION,
        context: Rc::new(Context::new(&Default::default(), Limits::default(), None)),
        may_call_a_form_json: false,
    }
}

fn parameter(location: Location, style: Style, explode: bool, schema: &'static str) -> Parameter {
    Parameter {
        name: "n",
        location,
        index: 0,
        style,
        explode,
        beside: &["page"],
        allow_empty: false,
        schema,
    }
}

/// What `take` makes of the request, or its violations.
fn taken<T: fmt::Debug>(
    request: &Request,
    take: impl FnOnce(&mut Parameters<'_>) -> Option<T>,
) -> String {
    let mut parameters = request.parameters("");
    match take(&mut parameters) {
        Some(value) => format!("{value:?}"),
        None => {
            let rejection = parameters.rejection();
            let all = rejection.violations().iter();
            let all = all.map(|one| format!("{} {}", one.pointer, one.keyword));
            all.collect::<Vec<_>>().join(", ")
        }
    }
}

/// One value, a list and an object as they stand in a path.
fn in_path(style: Style, explode: bool, texts: [&str; 3]) -> [String; 3] {
    let of = |schema| parameter(Location::Path, style, explode, schema);
    let [one, list, object] = texts.map(|text| request(&format!("/{text}"), &[]));
    [
        taken(&one, |all| all.required::<String>(&of("/text"), |_| true)),
        taken(&list, |all| {
            all.required_list::<i64>(&of("/numbers"), |_| true)
        }),
        taken(&object, |all| {
            all.required_object(&of("/color"), |_: &Color| true)
        }),
    ]
}

#[derive(Debug, PartialEq, Deserialize)]
struct Color {
    #[serde(rename = "R")]
    r: i64,
    #[serde(rename = "G")]
    g: Option<i64>,
    #[serde(default)]
    tags: Vec<String>,
}

const GOOD: [&str; 3] = [
    "\"a,b;c\"",
    "[1, 2]",
    "Color { r: 1, g: Some(2), tags: [] }",
];

#[test]
fn paths_have_three_styles() {
    for (style, explode, texts) in [
        (Style::Simple, false, ["a%2Cb;c", "1,2", "R,1,G,2"]),
        (Style::Simple, true, ["a,b;c", "1,2", "R=1,G=2"]),
        (Style::Label, false, [".a%2Cb;c", ".1,2", ".R,1,G,2"]),
        (Style::Label, true, [".a,b%3bc", ".1.2", ".R=1.G=2"]),
        (Style::Matrix, false, [";n=a,b%3Bc", ";n=1,2", ";n=R,1,G,2"]),
        (Style::Matrix, true, [";n=a,b;c", ";n=1;n=2", ";R=1;G=2"]),
    ] {
        assert_eq!(in_path(style, explode, texts), GOOD, "{style:?} {explode}");
    }
}

#[test]
fn what_is_not_in_style_is_named() {
    let wrong = in_path(Style::Label, true, ["a", "1.2", ".R.1"]);
    assert_eq!(wrong, ["/n style"; 3]);
    let wrong = in_path(Style::Matrix, true, [";m=1", ";n=1;m=2", "R=1"]);
    assert_eq!(wrong, ["/n style"; 3]);
    let wrong = in_path(Style::Simple, false, ["%ff", "1,%f", "R,1,G"]);
    assert_eq!(wrong, ["/n encoding", "/n encoding", "/n style"]);
    let wrong = in_path(Style::Simple, true, ["", "1,x", "R=x"]);
    assert_eq!(wrong, ["\"\"", "/n/1 type", "/n/R type"]);
}

#[test]
fn what_is_percent_encoded_is_no_separator() {
    let ids = parameter(Location::Query, Style::Form, false, "/text");
    let request = request("/?n=a%2Cb,c+d&m=%ff", &[]);
    let list = taken(&request, |all| all.required_list::<String>(&ids, |_| true));
    assert_eq!(list, r#"["a,b", "c d"]"#);
}

#[test]
fn queries_have_lists_and_objects_in_every_style() {
    for (style, explode, list, object) in [
        (Style::Form, true, "n=1&m=7&n=2", "R=1&n=x&G=2"),
        (Style::Form, false, "n=1,2", "n=R,1,G,2"),
        (Style::SpaceDelimited, false, "n=1%202", "n=R+1%20G+2"),
        (Style::PipeDelimited, false, "n=1%7C2", "n=R|1|G|2"),
        (Style::DeepObject, true, "", "n[R]=1&n%5BG%5D=2&n=3&nR]=4"),
    ] {
        let list = request(&format!("/?{list}"), &[]);
        let object = request(&format!("/?{object}"), &[]);
        let of = |schema| parameter(Location::Query, style, explode, schema);
        let object = taken(&object, |all| {
            all.required_object(&of("/color"), |_: &Color| true)
        });
        assert_eq!(object, GOOD[2], "{style:?} {explode}");
        if style != Style::DeepObject {
            let list = taken(&list, |all| {
                all.optional_list::<i64>(&of("/numbers"), |_| true)
            });
            assert_eq!(list, "Some([1, 2])", "{style:?} {explode}");
        }
    }
}

#[test]
fn deep_objects_have_lists_and_objects_within() {
    let flat = parameter(Location::Query, Style::DeepObject, true, "/color");
    let query = request("/?n[R]=1&n[tags][]=a&n[tags][]=b", &[]);
    let color = taken(&query, |all| all.optional_object(&flat, |_: &Color| true));
    let expected = r#"Some(Color { r: 1, g: None, tags: ["a", "b"] })"#;
    assert_eq!(color, expected);
    let deep = parameter(Location::Query, Style::DeepObject, true, "/deep");
    let target = "/?n[a][b]=1&n[list][0]=1&n[list][1]=2&n[rows][0][n]=true&n[rows][1][n]=";
    let query = request(&format!("{target}false"), &[]);
    let value = |query: &Request, check: fn(&Value) -> bool| {
        taken(query, |all| all.optional_value(&deep, check))
    };
    let good = value(&query, |_| true);
    assert_eq!(
        good,
        r#"Some(Object {"a": Object {"b": Number(1)}, "list": Array [Number(1), Number(2)], "rows": Array [Object {"n": Bool(true)}, Object {"n": Bool(false)}]})"#
    );
    let query = request(&format!("{target}x"), &[]);
    assert_eq!(value(&query, |_| true), "/n/rows/1/n type");
    let names = "[a]".repeat(30);
    let query = request(&format!("/?n{names}=1"), &[]);
    assert_eq!(value(&query, |_| true), "/n style");
    assert_eq!(value(&request("/?m[a]=1", &[]), |_| true), "None");
}

#[test]
fn an_open_object_takes_what_is_no_other_parameter() {
    let open = parameter(Location::Query, Style::Form, true, "/open");
    let take = |target: &str| {
        taken(&request(target, &[]), |all| {
            all.optional_value(&open, |_: &Value| true)
        })
    };
    let expected = r#"Some(Object {"a": Number(1), "b": Number(2)})"#;
    assert_eq!(take("/?a=1&page=x&b=2"), expected);
    assert_eq!(take("/?page=1"), "None");
    assert_eq!(take("/?q=x"), "/n type");
}

#[test]
fn header_fields_and_cookies() {
    let fields = [
        ("n", "1, 2"),
        ("N", "3,,"),
        ("o", "R,1,G,2"),
        ("cookie", "a=x; l=1,2; e=1&e=2; s=a%20b"),
        ("cookie", "l2=3; R=1; G=2; q=a&b"),
    ];
    let request = request("/", &fields);
    let named = |name, location, style, explode| Parameter {
        name,
        schema: "/numbers",
        ..parameter(location, style, explode, "")
    };
    let list = |one: Parameter| taken(&request, |all| all.optional_list::<i64>(&one, |_| true));
    let object = |one: Parameter| {
        let one = Parameter {
            schema: "/color",
            ..one
        };
        taken(&request, |all| all.required_object(&one, |_: &Color| true))
    };
    let text = |one: Parameter| taken(&request, |all| all.required::<String>(&one, |_| true));
    let (header, cookie) = (Location::Header, Location::Cookie);
    assert_eq!(
        list(named("N", header, Style::Simple, false)),
        "Some([1, 2, 3])"
    );
    assert_eq!(object(named("o", header, Style::Simple, false)), GOOD[2]);
    assert_eq!(list(named("l", cookie, Style::Form, false)), "Some([1, 2])");
    assert_eq!(list(named("e", cookie, Style::Form, true)), "Some([1, 2])");
    assert_eq!(object(named("c", cookie, Style::Cookie, true)), GOOD[2]);
    assert_eq!(text(named("s", cookie, Style::Form, true)), "\"a b\"");
    assert_eq!(text(named("s", cookie, Style::Cookie, true)), "\"a%20b\"");
    assert_eq!(text(named("q", cookie, Style::Form, true)), "\"a&b\"");
    assert_eq!(text(named("z", cookie, Style::Form, true)), "/z required");
}

#[test]
fn content_is_json_or_text() {
    let json = parameter(Location::Query, Style::Form, true, "/color");
    let take = |target: &str| {
        taken(&request(target, &[]), |all| {
            all.required_json(&json, |_: &Color| true)
        })
    };
    assert_eq!(take("/?n=%7B%22R%22:1,%22G%22:2%7D"), GOOD[2]);
    assert_eq!(take("/?n={}"), "/n/R required");
    assert_eq!(take("/?n=R"), "/n content");
    assert_eq!(take("/"), "/n required");
    let whole = parameter(Location::Query, Style::Whole, true, "/color");
    let take = |target: &str| {
        taken(&request(target, &[]), |all| {
            all.required_object(&whole, |_: &Color| true)
        })
    };
    assert_eq!(take("/?R=1&G=2&other=3"), GOOD[2]);
    let json = taken(&request("/?%7B%22R%22:1,%22G%22:2%7D", &[]), |all| {
        all.required_json(&whole, |_: &Color| true)
    });
    assert_eq!(json, GOOD[2]);
}

/// Two alternatives that each take a list of themselves.
#[derive(Debug)]
enum Nest {
    Any(Vec<Nest>),
    Empty(Vec<Nest>),
}
crate::union! { Nest by exactly_one {
    Any(Vec<Nest>): plain |_| true,
    Empty(Vec<Nest>): plain Vec::is_empty,
} }

#[test]
fn what_is_read_too_often_says_nothing_of_the_next() {
    let nest = parameter(Location::Query, Style::Form, true, "/nest");
    let page = Parameter::query("page", "/number");
    let (open, closed) = ("[".repeat(30), "]".repeat(30));
    let take = |target: &str| {
        let request = request(target, &[]);
        let first = taken(&request, |all| {
            all.optional_json::<Nest>(&nest, |_| true).map(|_| ())
        });
        let next = taken(&request, |all| all.optional::<i64>(&page, |_| true));
        [first, next]
    };
    let whole = take(&format!("/?n={open}{closed}&page=x"));
    assert_eq!(whole, ["/n oneOf", "/page type"]);
    let broken = take(&format!("/?n={open}{closed}x&page=x"));
    assert_eq!(broken, ["/n content", "/page type"]);
}

#[test]
fn an_empty_value_may_stand_for_none() {
    let empty = |allow_empty, schema| Parameter {
        allow_empty,
        ..parameter(Location::Query, Style::Form, true, schema)
    };
    let query = request("/?n", &[]);
    let number = |one: Parameter| taken(&query, |all| all.optional::<i64>(&one, |_| true));
    assert_eq!(number(empty(true, "/number")), "None");
    assert_eq!(number(empty(false, "/number")), "/n type");
    let text = |one: Parameter| taken(&query, |all| all.optional::<String>(&one, |_| true));
    assert_eq!(text(empty(true, "/text")), "Some(\"\")");
}

#[test]
fn json_has_the_strict_forms_of_its_texts() {
    let ids = parameter(Location::Query, Style::Form, true, "/ids");
    let take = |text: &str| {
        taken(&request(&format!("/?n=[%22{text}%22]"), &[]), |all| {
            all.required_json_formatted::<Vec<crate::types::Uuid>>(&ids, |_| true)
        })
    };
    let id = "0199f0a0-0000-7000-8000-000000000001";
    assert_eq!(take(id), format!("[{id}]"));
    assert_eq!(take(&id.replace('-', "")), "/n/0 format");
}

#[test]
fn the_schema_decides_where_no_type_does() {
    let either = parameter(Location::Query, Style::Form, true, "/either");
    let take = |target: &str| {
        taken(&request(target, &[]), |all| {
            let keeps = |value: &Value| SCHEMAS.is_valid("/either", value);
            all.required_value::<Value>(&either, keeps)
        })
    };
    assert_eq!(take("/?n=1"), "Number(1)");
    assert_eq!(take("/?n=true"), "Bool(true)");
    assert_eq!(take("/?n=x1"), "String(\"x1\")");
    assert_eq!(take("/?n=1&n=2"), "Array [Number(1), Number(2)]");
    assert_eq!(
        take("/?n=y"),
        "/n pattern",
        "it is no number, so a text was meant"
    );
}
