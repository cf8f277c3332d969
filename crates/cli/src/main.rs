//! The `specmint` command.

fn main() {}
