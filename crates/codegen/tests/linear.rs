//! Generation is linear in the document, whatever it is that there is much of. What is allocated is counted and not the time,
//! so that another machine, or a busy one, gives the same numbers.

mod common;

/// How much more there is of it in the larger document.
const TIMES: usize = 8;

/// A document with so many of something.
type Document = fn(usize) -> String;

/// Octets that all stages allocate for a document with `count` of these.
fn octets(document: Document, count: usize) -> u64 {
    let text = document(count);
    let counted = allocation_counter::measure(|| {
        common::code(&text);
    });
    counted.bytes_total
}

fn repeated(count: usize, one: impl Fn(usize) -> String) -> String {
    (0..count).map(one).collect()
}

fn with_schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.1.0
info: {{ title: a, version: '1' }}
paths:
  /all:
    post:
      requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/All' }} }} }} }}
      responses: {{ '204': {{ description: a }} }}
components:
  schemas:
{schemas}"
    )
}

fn operations(count: usize) -> String {
    let paths = repeated(count, |one| {
        format!(
            "  /a{one}/{{b}}:
    get:
      tags: [t{}]
      parameters:
        - {{ name: b, in: path, required: true, schema: {{ type: string, maxLength: 3 }} }}
      responses: {{ '200': {{ description: a, content: {{ application/json: {{ schema: {{ type: object, properties: {{ c: {{ type: string }} }} }} }} }} }} }}
",
            one % 7
        )
    });
    format!("openapi: 3.1.0\ninfo: {{ title: a, version: '1' }}\npaths:\n{paths}")
}

fn schemas(count: usize) -> String {
    let schemas = repeated(count, |one| {
        let next = (one + 1) % count;
        format!(
            "    S{one}: {{ type: object, properties: {{ next: {{ $ref: '#/components/schemas/S{next}' }} }} }}\n"
        )
    });
    with_schemas(&format!(
        "    All: {{ $ref: '#/components/schemas/S0' }}\n{schemas}"
    ))
}

fn properties(count: usize) -> String {
    let all = repeated(count, |one| {
        format!("        p{one}: {{ type: integer, maximum: 9 }}\n")
    });
    with_schemas(&format!(
        "    All:\n      type: object\n      properties:\n{all}"
    ))
}

fn values(count: usize) -> String {
    let all = repeated(count, |one| format!("        - v{one}\n"));
    with_schemas(&format!("    All:\n      type: string\n      enum:\n{all}"))
}

fn variants(count: usize) -> String {
    let all = repeated(count, |one| {
        format!(
            "        - {{ type: object, required: [kind], properties: {{ kind: {{ const: k{one} }} }} }}\n"
        )
    });
    with_schemas(&format!("    All:\n      oneOf:\n{all}"))
}

fn parts(count: usize) -> String {
    let all = repeated(count, |one| {
        format!("        - {{ type: object, properties: {{ p{one}: {{ type: string }} }} }}\n")
    });
    with_schemas(&format!("    All:\n      allOf:\n{all}"))
}

fn parameters(count: usize) -> String {
    let all = repeated(count, |one| {
        format!("        - {{ name: p{one}, in: query, schema: {{ type: integer }} }}\n")
    });
    format!(
        "openapi: 3.1.0
info: {{ title: a, version: '1' }}
paths:
  /all:
    get:
      parameters:
{all}      responses: {{ '204': {{ description: a }} }}
"
    )
}

#[test]
fn twice_the_document_is_twice_the_work() {
    let kinds: [(&str, Document); 7] = [
        ("operations", operations),
        ("schemas", schemas),
        ("properties", properties),
        ("values of an enum", values),
        ("variants", variants),
        ("parts of an allOf", parts),
        ("parameters", parameters),
    ];
    // What is made once, such as compiled patterns, is no document's.
    octets(operations, 1);
    let mut wrong = Vec::new();
    for (name, document) in kinds {
        let small = octets(document, 100);
        let large = octets(document, 100 * TIMES);
        let ratio = large as f64 / small as f64;
        // A square would be eight times as much again.
        if ratio > 1.5 * TIMES as f64 {
            wrong.push(format!("{name}: {small} octets, then {large}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
