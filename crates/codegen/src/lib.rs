//! OpenAPI documents in, Rust servers out

mod build;
mod builder;
mod bundle;
pub mod diagnostic;
pub mod dialect;
pub mod emit;
mod files;
mod generated;
pub mod ir;
pub mod load;
pub mod naming;
pub mod overlay;
pub mod package;
mod pointer;
pub mod project;
pub mod resolve;
mod stage;

pub use build::{BuildError, build};
pub use builder::Builder;
pub use generated::Generated;
pub use stage::Stage;
