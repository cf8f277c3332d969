//! Generates the server of `wire.yaml`.

fn main() -> Result<(), specmint_codegen::BuildError> {
    specmint_codegen::Builder::new("wire.yaml")
        .utoipa(true)
        .build()
}
