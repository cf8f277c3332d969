//! An overlay as a snippet, and what becomes of the document.

use serde_json::{Value, json};

use super::*;

const SHOP: &str = "
openapi: 3.0.3
info: {title: Shop, version: '1'}
tags: [{name: a}, {name: b}, {name: c}]
paths:
  /pets:
    get: {summary: old, tags: [a]}
    post: {summary: other}
";

fn amended(actions: &str) -> Result<Document, Diagnostics> {
    let overlay = format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}");
    let overlay = load::text("overlay.yaml", &overlay).unwrap();
    apply(load::text("openapi.yaml", SHOP).unwrap(), &[overlay]).map(|amended| amended.0)
}

fn at(actions: &str, pointer: &str) -> Value {
    amended(actions)
        .unwrap()
        .root
        .pointer(pointer)
        .cloned()
        .unwrap_or(json!("(nothing)"))
}

fn codes(found: &Diagnostics) -> Vec<Code> {
    found.iter().map(|one| one.code).collect()
}

#[test]
fn update_merges_objects_appends_to_arrays_and_replaces_values() {
    let actions =
        "- target: $.paths['/pets'].get\n  update: {summary: new, tags: [z], deprecated: true}\n";
    assert_eq!(
        at(actions, "/paths/~1pets/get"),
        json!({"summary": "new", "tags": ["a", "z"], "deprecated": true})
    );
    let actions = "- target: $.tags\n  update: {name: d}\n";
    assert_eq!(at(actions, "/tags/3"), json!({"name": "d"}));
}

#[test]
fn update_reaches_every_node_that_the_target_selects() {
    let actions = "- target: $.paths.*.*\n  update: {x-seen: true}\n";
    assert_eq!(at(actions, "/paths/~1pets/get/x-seen"), json!(true));
    assert_eq!(at(actions, "/paths/~1pets/post/x-seen"), json!(true));
}

#[test]
fn remove_takes_members_and_items_away_and_keeps_the_order_of_the_rest() {
    let actions = "- target: $.tags[?@.name == 'a' || @.name == 'b']\n  remove: true\n";
    assert_eq!(at(actions, "/tags"), json!([{"name": "c"}]));
    let actions = "- target: $..summary\n  remove: true\n- target: $.tags\n  remove: true\n";
    assert_eq!(
        at(actions, "/paths/~1pets"),
        json!({"get": {"tags": ["a"]}, "post": {}})
    );
    assert_eq!(
        amended(actions)
            .unwrap()
            .root
            .as_object()
            .unwrap()
            .keys()
            .collect::<Vec<_>>(),
        ["openapi", "info", "paths"]
    );
}

#[test]
fn a_node_and_one_below_it_are_removed_together() {
    let actions = "- target: $['paths', 'tags']..*\n  remove: true\n";
    assert_eq!(at(actions, "/paths"), json!({}));
    assert_eq!(at(actions, "/tags"), json!([]));
}

#[test]
fn actions_apply_in_order() {
    let actions = "- target: $.tags\n  remove: true\n- target: $\n  update: {tags: [{name: q}]}\n";
    assert_eq!(at(actions, "/tags"), json!([{"name": "q"}]));
}

#[test]
fn nodes_of_the_overlay_keep_their_place() {
    let actions = "- target: $.paths['/pets'].get\n  update:\n    summary: new\n    x-more: 1\n";
    let document = amended(actions).unwrap();
    let place = |pointer| format!("{:?}", document.place(pointer));
    assert_eq!(place("/paths/~1pets/get/x-more"), "overlay.yaml:7:5");
    assert_eq!(place("/paths/~1pets/get/summary"), "overlay.yaml:6:5");
    assert_eq!(place("/paths/~1pets/get/tags"), "openapi.yaml:7:25");
}

#[test]
fn what_an_action_cannot_do_is_said_at_its_place() {
    for (actions, code, place) in [
        (
            "- target: $.nothing\n  remove: true\n",
            Code::UnmatchedTarget,
            "overlay.yaml:4:11",
        ),
        (
            "- target: pets\n  remove: true\n",
            Code::InvalidTarget,
            "overlay.yaml:4:11",
        ),
        (
            "- target: $.info.title\n  update: new\n",
            Code::UpdateMismatch,
            "overlay.yaml:5:3",
        ),
        (
            "- target: $.info\n  update: {title: {a: 1}}\n",
            Code::UpdateMismatch,
            "overlay.yaml:5:12",
        ),
        (
            "- target: $\n  remove: true\n",
            Code::UpdateMismatch,
            "overlay.yaml:4:11",
        ),
    ] {
        let found = amended(actions).unwrap_err();
        assert_eq!(codes(&found), [code], "{actions}");
        let at = found.iter().next().unwrap().place.clone().unwrap();
        assert_eq!(format!("{at:?}"), place, "{actions}");
    }
}

#[test]
fn an_overlay_is_checked_itself() {
    for overlay in [
        "[]",
        "info: {title: t, version: '1'}\nactions: [{target: $, update: {}}]",
        "overlay: 2.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $, update: {}}]",
        "overlay: 1.0.0\ninfo: {title: t}\nactions: [{target: $, update: {}}]",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: []",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $}]",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{update: {}}]",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $, update: {}, remove: true}]",
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $, updates: {}, remove: false, update: {}}]",
    ] {
        let document = load::text("overlay.yaml", overlay).unwrap();
        let found = apply(load::text("openapi.yaml", SHOP).unwrap(), &[document]).unwrap_err();
        assert_eq!(codes(&found), [Code::InvalidOverlay], "{overlay}\n{found}");
    }
}

#[test]
fn actions_that_feed_on_one_another_end() {
    let emptied = "- target: $['info', 'tags', 'paths']\n  remove: true\n- target: $\n  update: {x-a: {}}\n- target: $.openapi\n  remove: true\n";
    let doubled =
        "- target: $..*\n  update: {a: {}, b: {}, c: {}, d: {}, e: {}, f: {}, g: {}}\n".repeat(7);
    let found = amended(&format!("{emptied}{doubled}")).unwrap_err();
    assert_eq!(codes(&found), [Code::ExpansionTooLarge]);
}
