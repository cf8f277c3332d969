//! What both sides agree on, so that one script drives either.

/// The key that the servers without a store accept.
pub const API_KEY: &str = "anchor_benchmark_key_of_a_usual_length_0123456789";
/// The application that the servers without a store know.
pub const APPLICATION: &str = "0192f5a4-7b3c-7def-8abc-1234567890ab";

/// A wrk script that posts `body` with `headers`.
pub fn script(body: &str, headers: &[(&str, String)]) -> String {
    let headers: String = headers
        .iter()
        .map(|(name, value)| format!("wrk.headers[{name:?}] = {value:?}\n"))
        .collect();
    format!("wrk.method = \"POST\"\nwrk.body = {body:?}\n{headers}")
}
