//! Bodies that no operation takes.

use serde_json::Value;

/// Media types that are not JSON, whatever the bytes are.
pub const NOT_JSON: [&str; 4] = [
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/jsonp",
];

/// Bytes sent as JSON that are no JSON object, near-misses of a valid body among them.
pub fn no_objects(valid: &Value) -> Vec<Vec<u8>> {
    let text = valid.to_string();
    let (first_name, first_value) = valid
        .as_object()
        .and_then(|members| members.iter().next())
        .expect("a valid body has a member");
    let twice = format!(
        "{{\"{first_name}\":{first_value},{}",
        text.trim_start_matches('{')
    );
    let positional: Vec<&Value> = valid
        .as_object()
        .into_iter()
        .flat_map(|members| members.values())
        .collect();
    vec![
        b"".to_vec(),
        b" ".to_vec(),
        b"{".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"\"text\"".to_vec(),
        b"42".to_vec(),
        b"\xff\xfe".to_vec(),
        text.as_bytes()[..text.len() - 1].to_vec(),
        format!("{text}{text}").into_bytes(),
        format!("{text},").into_bytes(),
        format!("[{text}]").into_bytes(),
        format!("\u{feff}{text}").into_bytes(),
        twice.into_bytes(),
        serde_json::to_vec(&positional).expect("JSON"),
        "[".repeat(100_000).into_bytes(),
    ]
}
