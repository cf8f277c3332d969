//! Text as a snippet, and the tree or the finding that comes of it.

use serde_json::{Value, json};

use super::*;

fn yaml(text: &str) -> Value {
    self::text("a.yaml", text)
        .unwrap_or_else(|found| panic!("{text}\n{found}"))
        .root
}

/// The codes and places of what is found.
fn found(name: &str, text: &str) -> Vec<String> {
    let found = self::text(name, text)
        .map(|document| document.root)
        .unwrap_err();
    found
        .iter()
        .map(|one| {
            format!(
                "{} {:?}",
                one.code,
                one.place.as_ref().map(|at| (at.line(), at.column()))
            )
        })
        .collect()
}

#[test]
fn yaml_becomes_json() {
    for (text, value) in [
        (
            "a: 1\nb: [x, 'y', \"z\"]\n",
            json!({"a": 1, "b": ["x", "y", "z"]}),
        ),
        (
            "200: ok\ntrue: yes\n~: n\n1.50: v\n",
            json!({"200": "ok", "true": "yes", "~": "n", "1.50": "v"}),
        ),
        (
            "a: '12'\nb: |\n  two\n  lines\nc: >-\n  one\n  line\n",
            json!({"a": "12", "b": "two\nlines\n", "c": "one line"}),
        ),
        ("a: !!str 12\nb: ! 13\n", json!({"a": "12", "b": "13"})),
        ("a:\nb: {}\nc: []\n", json!({"a": null, "b": {}, "c": []})),
        ("\u{feff}a: 1\r\nb: 2\r\n", json!({"a": 1, "b": 2})),
        ("--- # one\na: 1\n...\n", json!({"a": 1})),
        ("{\n\t\"a\": \"\\ud83d\\ude00\\/\"\n}", json!({"a": "😀/"})),
        ("? a\n: b\n", json!({"a": "b"})),
    ] {
        assert_eq!(yaml(text), value, "{text}");
    }
}

#[test]
fn aliases_and_merge_keys_expand() {
    let text = "base: &base {a: 1, b: 2}\none: *base\ntwo:\n  <<: *base\n  b: 3\n  c: 4\nthree:\n  <<: [*base, {d: 5, a: 9}]\n";
    let base = json!({"a": 1, "b": 2});
    assert_eq!(
        yaml(text),
        json!({"base": base, "one": base, "two": {"b": 3, "c": 4, "a": 1}, "three": {"a": 1, "b": 2, "d": 5}})
    );
    assert_eq!(yaml("'<<': {a: 1}\n"), json!({"<<": {"a": 1}}));
    assert_eq!(yaml("&k a: 1\nb: *k\n"), json!({"a": 1, "b": "a"}));
}

#[test]
fn every_node_has_its_place() {
    let document = self::text("a.yaml", "a:\n  - x\n  - é: {b: yes}\n").unwrap();
    for (pointer, line, column) in [
        ("", 1, 1),
        ("/a", 1, 1),
        ("/a/0", 2, 5),
        ("/a/1/é", 3, 5),
        ("/a/1/é/b", 3, 9),
        ("/a/7/q", 1, 1),
    ] {
        let place = document.place(pointer);
        assert_eq!((place.line(), place.column()), (line, column), "{pointer}");
    }
    let document = self::text("a.json", "{\n  \"a\": [1, {\"b/c\": null}]\n}").unwrap();
    for (pointer, line, column) in [
        ("", 1, 1),
        ("/a", 2, 3),
        ("/a/0", 2, 9),
        ("/a/1/b~1c", 2, 13),
    ] {
        let place = document.place(pointer);
        assert_eq!((place.line(), place.column()), (line, column), "{pointer}");
    }
}

#[test]
fn bad_yaml_is_named_and_placed() {
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    for (text, expected) in [
        ("", "empty-document Some((1, 1))"),
        ("# nothing\n", "empty-document Some((1, 1))"),
        ("a: 1\n---\nb: 2\n", "several-documents Some((2, 1))"),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key Some((3, 1))"),
        ("{a: 1, b: 2}: 3\n", "key-not-scalar Some((1, 1))"),
        ("a: &a [*a]\n", "unknown-anchor Some((1, 8))"),
        ("a: .inf\n", "invalid-number Some((1, 4))"),
        ("a: !!binary aGk=\n", "invalid-tag Some((1, 4))"),
        ("a: !!set {b}\n", "invalid-tag Some((1, 4))"),
        ("a: !!int x\n", "invalid-tag Some((1, 4))"),
        ("<<: 1\n", "invalid-merge-key Some((1, 1))"),
        (deep.as_str(), "too-deep Some((1, 122))"),
    ] {
        assert_eq!(found("a.yaml", text), [expected], "{text:.80}");
    }
    assert!(found("a.yaml", "a: [1\nb: 2\n")[0].starts_with("syntax"));
    assert!(found("a.yaml", "a: *b\n")[0].starts_with("syntax"));
}

#[test]
fn bad_json_is_named_and_placed() {
    let deep = format!("{}1{}", "[".repeat(125), "]".repeat(125));
    let deeper = "[".repeat(100_000);
    for (text, expected) in [
        (" ", "empty-document Some((1, 1))"),
        ("{\"a\": 1,\n \"a\": 2}", "duplicate-key Some((2, 2))"),
        ("{\"a\": 1,}", "syntax Some((1, 9))"),
        ("{\"a\": 1}\n{}", "syntax Some((2, 1))"),
        ("{\"a\": \"\\ud83d\"}", "syntax Some((1, 7))"),
        ("{\"a\": 1e999}", "syntax Some((1, 7))"),
        (deep.as_str(), "too-deep Some((1, 122))"),
        (deeper.as_str(), "syntax Some((1, 100000))"),
    ] {
        assert_eq!(found("a.json", text), [expected], "{text:.80}");
    }
}

#[test]
fn a_duplicate_key_shows_both_places() {
    let found = self::text("a.yaml", "a: 1\nb: 2\na: 3\n").unwrap_err();
    let first = &found.iter().next().unwrap().related[0];
    assert_eq!((first.0.line(), first.1.as_str()), (1, "first here"));
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut text = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 9].join(", ");
        text += &format!("a{level}: &a{level} [{items}]\n");
    }
    assert!(found("a.yaml", &text)[0].starts_with("expansion-too-large"));
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("openapi.yaml");
    let missing = file(&path).unwrap_err();
    assert_eq!(
        missing.iter().map(|one| one.code).collect::<Vec<_>>(),
        [Code::UnreadableFile]
    );
    std::fs::write(&path, b"a: 1\nb: \xff\n").unwrap();
    let bad = file(&path).unwrap_err();
    let place = bad.iter().next().unwrap().place.clone().unwrap();
    assert_eq!(
        (
            bad.iter().next().unwrap().code,
            place.line(),
            place.column()
        ),
        (Code::NotUtf8, 2, 4)
    );
}
