//! Where the model of a value keeps less than its schema speaks of.

use reqwest::{Client, Response};
use serde_json::{Value, json};
use specmint_wire::wire;

use crate::{refused, seen, url};

const UPPER: &str = "0199F0A0-0000-7000-8000-00000000000A";
const LOWER: &str = "0199f0a0-0000-7000-8000-00000000000a";

async fn send(path: &str, body: Value) -> Response {
    let request = Client::new().post(url(path)).body(body.to_string());
    let request = request.header("Content-Type", "application/json");
    request.send().await.unwrap()
}

#[actix_web::test]
async fn items_are_equal_as_they_were_sent() {
    let given = send(
        "/unique",
        json!({ "members": [{ "other": 1 }, { "other": 2 }, {}] }),
    )
    .await;
    assert_eq!(seen(given).await["members"], 3);
    let given = send("/unique", json!({ "ids": [UPPER, LOWER] })).await;
    assert_eq!(seen(given).await["ids"], 2);
    for same in [
        json!({ "members": [{ "other": 1 }, { "other": 1.0 }] }),
        json!({ "ids": [LOWER, LOWER] }),
    ] {
        let detail = refused(send("/unique", same).await, 422).await;
        assert!(detail.contains("no two equal items"), "{detail}");
    }
}

#[actix_web::test]
async fn a_type_is_chosen_by_items_as_they_were_sent() {
    let different = json!({ "either": [{ "other": 1 }, { "other": 2 }, { "other": 3 }] });
    let given = seen(send("/unique", different).await).await;
    assert_eq!(given["either"], json!(["unique", 3]));
    let given = seen(send("/unique", json!({ "either": [{}, {}] })).await).await;
    assert_eq!(given["either"], json!(["few", 2]));
    // Of both types, though by the model alone of one.
    let both = json!({ "either": [{ "other": 1 }, { "other": 2 }] });
    refused(send("/unique", both).await, 422).await;
}

#[actix_web::test]
async fn a_list_of_a_query_is_compared_as_it_was_sent() {
    let same_moment = "?moments=2026-01-02T03:00:00Z&moments=2026-01-02T04:00:00%2B01:00";
    let given = send(&format!("/unique{same_moment}"), json!({})).await;
    assert_eq!(seen(given).await["moments"], 2);
    let same_text = "?moments=2026-01-02T03:00:00Z&moments=2026-01-02T03:00:00Z";
    refused(send(&format!("/unique{same_text}"), json!({})).await, 400).await;
}

#[actix_web::test]
async fn limits_of_every_size_are_kept() {
    let given = seen(send("/limits", json!({})).await).await;
    assert_eq!(given["milliseconds"], 4_102_444_800_000_i64);
    assert_eq!(given["least"], i64::MIN);
    assert_eq!(given["whole"], u64::MAX);
    for good in [
        json!({ "between": 9_007_199_254_740_992_i64 }),
        json!({ "pages": 8_589_934_592_i64 }),
        json!({ "any": 3e9, "ratio": 1e300, "narrow": 16_777_216 }),
        json!({ "double": 9_007_199_254_740_992_i64 }),
        json!({ "least_narrow": 16_777_217 }),
        json!({ "step": 0.3 }),
    ] {
        seen(send("/limits", good).await).await;
    }
    for bad in [
        json!({ "milliseconds": 8_640_000_000_000_001_i64 }),
        json!({ "between": 9_007_199_254_740_993_i64 }),
        json!({ "between": 2_147_483_647 }),
        json!({ "pages": 4_294_967_297_i64 }),
        json!({ "any": 3_000_000_000.5 }),
        json!({ "narrow": 16_777_217 }),
        json!({ "double": 9_007_199_254_740_993_i64 }),
        json!({ "least_narrow": 16_777_216 }),
        json!({ "step": 0.300_000_001 }),
        json!({ "list": [3_000_000_001_i64] }),
    ] {
        let text = bad.to_string();
        assert_eq!(send("/limits", bad).await.status(), 422, "{text}");
    }
}

#[test]
fn limits_of_every_size_are_shown() {
    let view = serde_json::to_value(wire::openapi()).unwrap();
    let shown = &view["components"]["schemas"]["Limits"]["properties"];
    assert_eq!(shown["milliseconds"]["maximum"], 8_640_000_000_000_000_i64);
    assert_eq!(shown["milliseconds"]["default"], 4_102_444_800_000_i64);
    assert_eq!(shown["between"]["exclusiveMinimum"], 2_147_483_647);
    assert_eq!(
        shown["between"]["exclusiveMaximum"],
        9_007_199_254_740_993_i64
    );
    assert_eq!(shown["pages"]["multipleOf"].as_f64(), Some(4_294_967_296.0));
    assert_eq!(shown["least"]["minimum"], i64::MIN);
    assert_eq!(shown["small"]["maximum"], u32::MAX);
    assert_eq!(shown["ratio"]["maximum"].as_f64(), Some(1e300));
    assert_eq!(shown["text"]["maxLength"], 9_007_199_254_740_991_i64);
}
