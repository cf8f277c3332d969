//! OpenAPI documents in, Rust servers out

pub mod diagnostic;
pub mod dialect;
pub mod load;
pub mod overlay;
