//! Folders of small files, and what becomes of them.

use std::fs;

use serde_json::json;

use crate::diagnostic::{Diagnostics, Place};
use crate::dialect::{self, Lowered};
use crate::{load, overlay};

/// The document of a folder with these files, the first of which is the document's.
fn bundled(files: &[(&str, &str)]) -> Result<Lowered, Diagnostics> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let document = load::file(&folder.join(files[0].0))?;
    dialect::lower(overlay::apply(document, &[])?)
}

/// The same, of one document of 3.1 with these fields.
fn alone(fields: &str) -> Result<Lowered, Diagnostics> {
    let text = format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\n{fields}\n");
    bundled(&[("openapi.yaml", &text)])
}

fn codes(found: Result<Lowered, Diagnostics>) -> Vec<&'static str> {
    let found = match found {
        Ok(lowered) => lowered.warnings().clone(),
        Err(found) => found,
    };
    found.iter().map(|one| one.code.name()).collect()
}

const ROOT: &str = "
openapi: 3.0.3
info: {title: t, version: '1'}
paths:
  /pets/{id}: {$ref: 'paths/pet.yaml'}
components:
  schemas:
    Pet: {$ref: 'schemas/pet.yaml'}
";

const PATH: &str = "
parameters:
  - $ref: '../shared.yaml#/parameters/id'
get:
  responses:
    '200':
      description: d
      content: {application/json: {schema: {$ref: '../schemas/pet.yaml'}}}
    default: {$ref: '../shared.yaml#/responses/Error'}
";

const PET: &str = "
type: object
properties:
  owner: {$ref: 'owner.json'}
  kind: {$ref: '#/$defs/kind'}
  self: {$ref: '../openapi.yaml#/components/schemas/Pet'}
$defs: {kind: {type: string}}
";

const OWNER: &str = r##"{"type": "object", "properties": {"pets": {"type": "array", "items": {"$ref": "pet.yaml"}}}}"##;

const SHARED: &str = "
parameters:
  id: {name: id, in: path, required: true, schema: {type: string}}
responses:
  Error: {description: e, content: {application/json: {schema: {$ref: '#/definitions/Fault'}}}}
definitions:
  Fault: {type: object, properties: {more: {$ref: '#/definitions/Fault'}}}
";

#[test]
fn many_files_become_one_document() {
    let lowered = bundled(&[
        ("api/openapi.yaml", ROOT),
        ("api/paths/pet.yaml", PATH),
        ("api/schemas/pet.yaml", PET),
        ("api/schemas/owner.json", OWNER),
        ("api/shared.yaml", SHARED),
    ]);
    let lowered = lowered.unwrap_or_else(|found| panic!("{found}"));
    let at = |pointer: &str| lowered.schemas().pointer(pointer).cloned();
    let reference = |text: &str| Some(json!({"$ref": text}));
    let get = "/paths/~1pets~1{id}/get/responses";
    assert_eq!(
        at(&format!("{get}/200/content/application~1json/schema")),
        reference("#/components/schemas/Pet")
    );
    assert_eq!(
        at(&format!("{get}/default")),
        reference("#/components/responses/Error")
    );
    assert_eq!(
        at("/paths/~1pets~1{id}/parameters/0"),
        reference("#/components/parameters/id")
    );
    let pet = "/components/schemas/Pet/properties";
    assert_eq!(
        at(&format!("{pet}/owner")),
        reference("#/components/schemas/owner")
    );
    assert_eq!(
        at(&format!("{pet}/kind")),
        reference("#/components/schemas/kind")
    );
    assert_eq!(
        at(&format!("{pet}/self")),
        reference("#/components/schemas/Pet")
    );
    assert_eq!(
        at("/components/schemas/owner/properties/pets/items"),
        reference("#/components/schemas/Pet")
    );
    assert_eq!(
        at("/components/schemas/Fault/properties/more"),
        reference("#/components/schemas/Fault")
    );
    let place: Place = lowered.place("/components/schemas/owner/properties/pets");
    assert!(
        place.file().ends_with("api/schemas/owner.json"),
        "{place:?}"
    );
    let files: Vec<_> = lowered
        .files()
        .iter()
        .map(|path| path.file_name().unwrap())
        .collect();
    assert_eq!(files.len(), 5, "{files:?}");
}

#[test]
fn sections_and_maps_may_stand_elsewhere() {
    let root = "
openapi: 3.1.0
info: {$ref: 'info.yaml'}
paths: {$ref: 'paths/index.yaml'}
components:
  schemas: {$ref: 'schemas.yaml'}
";
    let lowered = bundled(&[
        ("openapi.yaml", root),
        ("info.yaml", "title: Shop\nversion: '1'"),
        ("paths/index.yaml", "/a: {get: {$ref: 'get.yaml'}}"),
        (
            "paths/get.yaml",
            "responses: {200: {description: d, content: {a/b: {schema: {$ref: '../b.yaml'}}}}}",
        ),
        ("schemas.yaml", "A: {type: string}\nB: {$ref: 'b.yaml'}"),
        ("b.yaml", "type: array\nitems: {$ref: 'schemas.yaml#/A'}"),
    ]);
    let lowered = lowered.unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(lowered.openapi().info.title, "Shop");
    assert_eq!(
        lowered.schemas().get("components"),
        Some(&json!({"schemas": {
            "A": {"type": "string"},
            "B": {"type": "array", "items": {"$ref": "#/components/schemas/A"}},
        }}))
    );
    assert_eq!(
        lowered
            .schemas()
            .pointer("/paths/~1a/get/responses/200/content/a~1b/schema/$ref"),
        Some(&json!("#/components/schemas/B"))
    );
}

#[test]
fn what_leads_nowhere_is_found() {
    let schema = |text: &str| alone(&format!("components: {{schemas: {{A: {text}}}}}"));
    for (text, code) in [
        ("{$ref: 'https://a.example/b.yaml'}", "external-ref"),
        ("{$ref: 'nowhere.yaml'}", "unreadable-file"),
        ("{$ref: 'openapi.yaml#/nothing'}", "dangling-ref"),
        ("{$ref: '#nobody'}", "dangling-ref"),
        ("{$ref: '#/a~2'}", "malformed-ref"),
        ("{$ref: '%zz.yaml'}", "malformed-ref"),
    ] {
        assert_eq!(codes(schema(text)), [code], "{text}");
    }
    let cycle = bundled(&[
        (
            "a.yaml",
            "openapi: 3.1.0\ninfo: {title: t, version: '1'}\ncomponents: {schemas: {A: {type: array, items: {$ref: 'b.yaml'}}}}",
        ),
        ("b.yaml", "$ref: c.yaml"),
        ("c.yaml", "$ref: b.yaml"),
    ]);
    assert_eq!(codes(cycle), ["cyclic-ref"]);
    let cycle = alone("paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}");
    assert!(codes(cycle).iter().all(|code| *code == "cyclic-ref"));
}

#[test]
fn path_items_are_written_out_with_what_stands_beside() {
    let lowered = alone(
        "paths: {/a: {$ref: '#/components/pathItems/i', summary: own, post: {}}}
components: {pathItems: {i: {summary: there, get: {}}}}
webhooks: {w: {$ref: '#/components/pathItems/i'}}",
    );
    let lowered = lowered.unwrap_or_else(|found| panic!("{found}"));
    let at = |pointer: &str| lowered.contract().pointer(pointer).cloned();
    assert_eq!(
        at("/paths/~1a"),
        Some(json!({"summary": "own", "get": {}, "post": {}}))
    );
    assert_eq!(at("/webhooks/w/get"), Some(json!({})));
}

#[test]
fn schemas_are_found_by_every_name_they_have() {
    let lowered = alone(
        "components:
  schemas:
    A: {type: object, properties: {
      a: {$ref: '#there'}, b: {$ref: 'https://a.example/tree'}, c: {$ref: '#/definitions/Old'},
      d: {$ref: '#/components/schemas/%54'}, e: {$dynamicRef: '#node'}}}
    T: {$anchor: there, type: string}
    N: {$dynamicAnchor: node, type: object}
    Tree: {$id: 'https://a.example/tree', $defs: {leaf: {type: string}}, properties: {l: {$ref: '#/$defs/leaf'}, t: {$ref: tree}}}
definitions: {Old: {type: integer}}",
    );
    let lowered = lowered.unwrap_or_else(|found| panic!("{found}"));
    let at = |pointer: &str| {
        let pointer = format!("/components/schemas/{pointer}/$ref");
        let text = lowered
            .schemas()
            .pointer(&pointer)
            .and_then(|text| text.as_str());
        text.unwrap_or("").to_owned()
    };
    assert_eq!(at("A/properties/a"), "#/components/schemas/T");
    assert_eq!(at("A/properties/b"), "#/components/schemas/Tree");
    assert_eq!(at("A/properties/c"), "#/components/schemas/Old");
    assert_eq!(at("A/properties/d"), "#/components/schemas/T");
    assert_eq!(at("A/properties/e"), "#/components/schemas/N");
    assert_eq!(
        at("Tree/properties/l"),
        "#/components/schemas/Tree/$defs/leaf"
    );
    assert_eq!(at("Tree/properties/t"), "#/components/schemas/Tree");
    let tree = lowered
        .schemas()
        .pointer("/components/schemas/Tree")
        .unwrap();
    assert!(tree.get("$id").is_none());
}

#[test]
fn a_discriminator_may_name_files() {
    let lowered = bundled(&[
        (
            "openapi.yaml",
            "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents: {schemas: {A: {oneOf: [{$ref: 'cat.yaml'}], discriminator: {propertyName: p, mapping: {c: 'cat.yaml', d: Dog}}}}}",
        ),
        ("cat.yaml", "type: object"),
    ]);
    let lowered = lowered.unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(
        lowered
            .schemas()
            .pointer("/components/schemas/A/discriminator/mapping"),
        Some(&json!({"c": "#/components/schemas/cat", "d": "Dog"}))
    );
}

#[test]
fn what_multiplies_is_refused() {
    let mut fields = "paths:\n".to_owned();
    for level in 0..40 {
        let callback =
            |name: &str| format!("{name}: {{ x: {{ $ref: '#/paths/~1p{}' }} }}", level + 1);
        fields += &format!(
            "  /p{level}: {{ get: {{ callbacks: {{ {}, {} }} }} }}\n",
            callback("a"),
            callback("b")
        );
    }
    fields += "  /p40: { get: {} }\n";
    let codes = codes(alone(&fields));
    assert!(codes.contains(&"expansion-too-large"), "{codes:?}");
}

#[test]
fn a_scheme_named_by_its_uri_is_found() {
    let root = "
openapi: 3.2.0
info: {title: t, version: '1'}
security: [{'#/components/securitySchemes/own': [], 'schemes.yaml#/key': [a]}, {./basic.yaml: []}, {own: []}]
paths: {}
components:
  securitySchemes:
    own: {type: http, scheme: bearer}
";
    let key = "key: {type: apiKey, in: header, name: X-Key}\n";
    let basic = "{type: http, scheme: basic}\n";
    let files = [
        ("openapi.yaml", root),
        ("schemes.yaml", key),
        ("basic.yaml", basic),
    ];
    let lowered = bundled(&files).unwrap_or_else(|found| panic!("{found}"));
    let at = |name: &str| format!("#/components/securitySchemes/{name}");
    assert_eq!(
        lowered.contract()["security"],
        json!([{ at("own"): [], at("key"): ["a"] }, { at("basic"): [] }, { "own": [] }])
    );
    let schemes = &lowered.contract()["components"]["securitySchemes"];
    assert_eq!(schemes["key"]["name"], "X-Key");
    assert_eq!(
        codes(alone("paths: {}\nsecurity: [{'none.yaml#/a': []}]")),
        ["unreadable-file"]
    );
}
