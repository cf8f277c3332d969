//! Whatever the front half is given, it answers with a document or with diagnostics: it does not panic and comes back.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "what these tests stand on must be there"
)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use specmint_codegen::diagnostic::{Diagnostic, Diagnostics, Severity};
use specmint_codegen::{dialect, load, overlay};

#[path = "common/mutate.rs"]
mod mutate;
#[path = "common/survive.rs"]
mod survive;

use mutate::{Dice, mutate};
use survive::{front, whole};

/// As any document, and as an overlay of a sound one.
fn survive(text: &str) {
    survive::survive(text, SOUND);
}

const SOUND: &str = r##"openapi: 3.1.0
info: {title: Shop, version: "1"}
paths:
  /pets/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: integer, minimum: 1}}]
    get: &get
      responses:
        200: {description: "Ünïcode 😀", content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
        default: {description: "a
            b", headers: {X-A: {schema: {type: [string, "null"], const: a}}}}
    put: *get
components:
  schemas:
    Pet: {type: object, properties: {name: {type: string, pattern: '^a\.b$'}, tags: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
"##;

#[test]
fn bad_documents_are_answered() {
    let deep_flow = "[".repeat(50_000);
    let deep_block: String = (0..2_000)
        .map(|level| format!("{}a:\n", " ".repeat(level)))
        .collect();
    let deep_refs = format!(
        "{SOUND}\n    A: {{$ref: '#/components/schemas{}'}}\n",
        "/a".repeat(50_000)
    );
    for text in [
        "",
        " ",
        "\n",
        "---",
        "---\n---\n",
        "...",
        "\u{feff}",
        "\0",
        "\t",
        "a:\tb",
        "%",
        "%YAML 9.9\n---\na: 1",
        "?",
        ":",
        "-",
        "*a",
        "&a",
        "&a *a",
        "!",
        "!!",
        "!<",
        "a: !!x!y z",
        "[",
        "{",
        "]",
        "}",
        "{]",
        "\"",
        "'",
        "|",
        ">",
        "|9",
        "a: |0\n b",
        "'a",
        "\"\\",
        "\"\\u",
        "\"\\ud800\"",
        "{\"a\": \"\\ud800\"}",
        "{\"\\ud83d\\ude00\": 1}",
        "<<: *a",
        "<<: [1]",
        "a: {<<: {<<: {b: 1}}}",
        "null",
        "true",
        "1",
        "[]",
        "{}",
        "openapi: 3.1.0",
        "openapi: null",
        "openapi: {}",
        "openapi: 3.1.0\npaths: []\ninfo: 1",
        "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: {/a: null, /b: [], /c: {get: null, put: {responses: {200: {$ref: ''}}}}}",
        "openapi: 3.0.3\ninfo: {title: a, version: b}\npaths: {}\ncomponents: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}}}",
        "overlay: 1.0.0\ninfo: {title: a, version: b}\nactions: [{target: $, remove: true}, {target: '$..*', remove: true}, {target: $, update: {}}]",
        "overlay: 1.0.0\nactions: [{target: '$..', update: 1}, {target: '', update: {a: 1}}, 7]",
        deep_flow.as_str(),
        deep_block.as_str(),
        deep_refs.as_str(),
    ] {
        survive(text);
    }
}

#[test]
fn a_sound_document_passes_whole() {
    let lowered = front("sound.yaml", SOUND).unwrap_or_else(|found| panic!("{found}"));
    assert_eq!(lowered.openapi().operations().count(), 2);
}

#[test]
fn every_beginning_and_every_damage_of_a_document_is_answered() {
    const DAMAGES: [&str; 8] = ["\t", "\n", "*", "&", "{", "\"", "~", ": "];
    // A prime step meets every kind of place, in a tenth of the time.
    for (index, (at, _)) in SOUND.char_indices().enumerate().step_by(11) {
        let (before, rest) = SOUND.split_at(at);
        survive(before);
        let mut after = rest.chars();
        after.next();
        survive(&format!("{before}{}", after.as_str()));
        if let Some(damage) = DAMAGES.get(index % DAMAGES.len()) {
            survive(&format!("{before}{damage}{rest}"));
        }
    }
}

/// What once made the generator panic or hang: each file is a document.
#[test]
fn what_once_broke_it_is_answered() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/crashes");
    for path in documents(&folder) {
        survive(&std::fs::read_to_string(path).unwrap());
    }
}

/// A short run of what `fuzz/` does at length; `SPECMINT_FUZZ_SECONDS` makes it longer.
#[test]
fn damages_to_the_structure_are_answered() {
    let seconds = std::env::var("SPECMINT_FUZZ_SECONDS").ok();
    let seconds = seconds.and_then(|it| it.parse().ok()).unwrap_or(2);
    let (start, limit) = (Instant::now(), Duration::from_secs(seconds));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let sound: Vec<serde_json::Value> = documents(&folder)
        .iter()
        .map(|path| load::file(path).unwrap().root().clone())
        .collect();
    for seed in 0.. {
        if start.elapsed() > limit {
            eprintln!("{seed} damaged documents");
            break;
        }
        let mut dice = Dice::new(seed);
        let mut document = sound[dice.below(sound.len())].clone();
        mutate(&mut document, &mut dice);
        let text = document.to_string();
        let begun = Instant::now();
        if std::panic::catch_unwind(|| survive(&text)).is_err() || begun.elapsed() > SLOW {
            let file = std::env::temp_dir().join(format!("specmint-crash-{seed}.json"));
            std::fs::write(&file, text).unwrap();
            panic!("see {}", file.display());
        }
    }
}

/// Small documents take milliseconds; on a machine with much else to do, some more.
const SLOW: Duration = Duration::from_secs(20);

/// Documents from elsewhere: named by an environment variable, for they are not part of this repository.
#[test]
fn documents_from_elsewhere_are_answered() {
    for variable in ["SPECMINT_CORPUS", "SPECMINT_CORPUS_INVALID"] {
        let Some(folder) = std::env::var_os(variable) else {
            eprintln!("skipped: {variable} names no folder");
            continue;
        };
        for path in documents(Path::new(&folder)) {
            let start = Instant::now();
            let lowered = load::file(&path)
                .and_then(|document| overlay::apply(document, &[]))
                .and_then(dialect::lower);
            let said = match lowered.map(|lowered| whole(&lowered)) {
                Ok(Ok(lines)) => format!("passes, {lines} lines"),
                Ok(Err(found)) => format!("is lowered, {}", summary(&found)),
                Err(found) => summary(&found),
            };
            eprintln!(
                "{:>6} ms {}: {said}",
                start.elapsed().as_millis(),
                path.display()
            );
        }
    }
}

fn summary(found: &Diagnostics) -> String {
    assert!(!found.to_string().is_empty());
    let first = found.iter().find(|one| one.severity == Severity::Error);
    let first = first.map_or(String::new(), Diagnostic::line);
    format!("{} findings, first: {first}", found.len())
}

fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|end| ["yaml", "yml", "json"].iter().any(|one| end == *one))
        })
        .collect();
    all.sort();
    all
}
