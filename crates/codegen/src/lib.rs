//! OpenAPI documents in, Rust servers out

mod builder;
pub mod diagnostic;
pub mod dialect;
pub mod emit;
pub mod ir;
pub mod load;
pub mod naming;
pub mod overlay;
pub mod project;
pub mod resolve;

pub use builder::{BuildError, Builder, Generated, build};
