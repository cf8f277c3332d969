//! All of a document but its schemas.

use serde_json::json;

use super::{found, lowered, with_schema};
use crate::diagnostic::Code;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

#[test]
fn what_the_rest_of_a_document_cannot_have_is_found() {
    for (text, expected) in [
        ("paths: {pets: {}}", "invalid-key:3"),
        (
            "paths: {/p: {get: {responses: {20: {description: d}}}}}",
            "invalid-key:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {}}}}}",
            "missing-field:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {description: 1}}}}}",
            "wrong-type:3",
        ),
        (
            "paths: {/p: {get: {responses: {200: {description: d, content: {json: {}}}}}}}",
            "invalid-key:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: body, schema: {}}]}}}",
            "invalid-value:3",
        ),
        (
            "paths: {/p: {get: {parameters: [{name: a, in: header, style: deepObject, schema: {}}]}}}",
            "invalid-value:3",
        ),
        ("paths: {/p: {query: {}}}", "unknown-field:3"),
        ("components: {schemas: {'a b': {}}}", "invalid-key:3"),
        (
            "components: {securitySchemes: {a: {type: oauth2, flows: {implicit: {scopes: {}}}}}}",
            "missing-field:3",
        ),
        ("security: [{a: b}]\npaths: {}", "wrong-type:3"),
        ("security: {a: []}\npaths: {}", "wrong-type:3"),
        ("foo: 1\npaths: {}", "unknown-field:3"),
        (
            "components: {responses: {a: {$ref: '#/components/schemas/S'}}, schemas: {S: {}}}",
            "mismatched-ref:3",
        ),
    ] {
        assert_eq!(
            found(lowered(&format!("{HEAD}{text}\n"))),
            [expected],
            "{text}"
        );
    }
}

#[test]
fn a_field_of_the_other_version_says_so() {
    let text = "openapi: 3.0.3\ninfo: {title: t, version: '1', summary: s}\npaths: {}\n";
    let said = lowered(text).unwrap().warnings().to_string();
    assert!(said.contains("OpenAPI 3.1"), "{said}");
}

#[test]
fn documentation_and_extensions_are_kept() {
    let text = format!(
        "{HEAD}  \nx-mine: [1]\ntags: [{{name: a, externalDocs: {{url: u}}}}]\nsecurity: [{{x-key: []}}]\npaths: {{x-p: 1, /p: {{get: {{}}}}}}\n"
    );
    let text = text.replace("title: t,", "title: t, summary: s,");
    let lowered = lowered(&text).unwrap_or_else(|found| panic!("{found}"));
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    assert_eq!(openapi.pointer("/x-mine"), Some(&json!([1])));
    assert_eq!(
        openapi.pointer("/info/x-specmint-summary"),
        Some(&json!("s"))
    );
    assert_eq!(
        openapi.pointer("/paths/~1p/get/responses"),
        Some(&json!({}))
    );
    assert_eq!(openapi.pointer("/security/0/x-key"), Some(&json!([])));
    assert_eq!(openapi.pointer("/openapi"), Some(&json!("3.0.3")));
    assert_eq!(
        lowered.contract().pointer("/openapi"),
        Some(&json!("3.1.0"))
    );
    assert_eq!(
        lowered.contract().pointer("/info/summary"),
        Some(&json!("s"))
    );
}

#[test]
fn callbacks_and_links_without_content_are_no_matter() {
    let text = format!(
        "{HEAD}webhooks: {{}}\npaths: {{/p: {{get: {{callbacks: {{}}, responses: {{200: {{description: d, links: {{}}}}}}}}}}}}\n"
    );
    assert_eq!(found(lowered(&text)), [""; 0]);
}

#[test]
fn an_error_finds_the_place_of_a_pointer() {
    let lowered = with_schema("3.0.3", "{type: string}").unwrap();
    let error = lowered.error(Code::Unsupported, "/components/schemas/T/type", "m", "h");
    assert_eq!(format!("{:?}", error.place.unwrap()), "openapi.yaml:7:9");
}

#[test]
fn the_deepest_documents_pass_on_a_small_stack() {
    let levels = 100;
    let schema = format!(
        "{}{{type: string}}{}",
        "{type: array, items: ".repeat(levels),
        "}".repeat(levels)
    );
    assert_eq!(found(with_schema("3.0.3", &schema)), [""; 0]);
}

#[test]
fn every_construct_of_an_operation_is_taken_in() {
    let text = format!(
        r##"{HEAD}
webhooks: {{ w: {{ post: {{ responses: {{ 200: {{ description: d }} }} }} }} }}
paths:
  /p/{{id}}:
    servers: [{{ url: "https://{{h}}/b", variables: {{ h: {{ default: a }} }} }}]
    post:
      parameters:
        - {{ name: id, in: path, required: true, style: matrix, explode: true, schema: {{ type: string }} }}
        - {{ name: a, in: cookie, schema: {{ type: string }} }}
        - {{ name: b, in: query, style: deepObject, allowEmptyValue: true, schema: {{ type: object }} }}
        - {{ name: c, in: query, content: {{ application/json: {{ schema: {{ type: object }} }} }} }}
      requestBody:
        content:
          multipart/form-data:
            schema: {{ type: object }}
            encoding: {{ a: {{ contentType: image/png, headers: {{ X-A: {{ schema: {{ type: string }} }} }} }} }}
      callbacks:
        done: {{ "{{$request.body#/url}}": {{ post: {{ responses: {{ 200: {{ description: d }} }} }} }} }}
        other: {{ $ref: "#/components/callbacks/c" }}
      responses:
        200: {{ description: d, links: {{ l: {{ operationId: x }} }} }}
components:
  callbacks: {{ c: {{ "{{$url}}": {{ x-p: 1, get: {{}} }} }} }}
  pathItems: {{ i: {{ get: {{}} }} }}
  securitySchemes:
    m: {{ type: mutualTLS }}
    o: {{ type: openIdConnect, openIdConnectUrl: "https://a.example" }}
"##
    );
    let lowered = lowered(&text).unwrap_or_else(|found| panic!("{found}"));
    assert!(lowered.warnings().is_empty(), "{}", lowered.warnings());
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    for pointer in [
        "/x-specmint-webhooks/w/post",
        "/paths/~1p~1{id}/post/x-specmint-callbacks/other/$ref",
        "/paths/~1p~1{id}/post/responses/200/x-specmint-links/l",
        "/components/x-specmint-callbacks/c",
        "/components/x-specmint-pathItems/i",
        "/components/securitySchemes/m/x-specmint-type",
    ] {
        assert!(openapi.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn what_3_2_adds_is_taken_in() {
    let text = r##"openapi: 3.2.0
$self: https://a.example/openapi
info: {title: t, version: '1'}
tags: [{name: a, summary: s, parent: b, kind: nav}, {name: b}]
servers: [{url: /, name: n}]
paths:
  /p:
    query:
      parameters: [{name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object}}}}, {name: c, in: cookie, style: cookie, schema: {type: string}}]
      responses: {200: {summary: s, content: {application/jsonl: {itemSchema: {type: object}, itemEncoding: {contentType: a/b}}}}}
    additionalOperations: {LINK: {responses: {204: {}}}}
components:
  mediaTypes: {m: {schema: {type: string}}}
  examples: {e: {dataValue: 1, serializedValue: '1'}}
  securitySchemes: {o: {type: oauth2, deprecated: true, flows: {deviceAuthorization: {deviceAuthorizationUrl: /u, tokenUrl: /t, scopes: {}}}}}
  schemas: {S: {type: object, discriminator: {propertyName: a, defaultMapping: S}, xml: {nodeType: element}}}
"##;
    let lowered = lowered(text).unwrap_or_else(|found| panic!("{found}"));
    assert!(lowered.warnings().is_empty(), "{}", lowered.warnings());
    let openapi = serde_json::to_value(lowered.openapi()).unwrap();
    let item = openapi.pointer("/paths/~1p").unwrap();
    assert!(
        item.pointer("/x-specmint-additionalOperations/LINK")
            .is_some()
    );
    let parameter = item.pointer("/x-specmint-query/parameters/0").unwrap();
    assert_eq!(parameter.get("in"), Some(&json!("query")));
    assert_eq!(parameter.get("x-specmint-in"), Some(&json!("querystring")));
}
