//! OpenAPI documents in, Rust servers out
