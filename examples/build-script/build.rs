fn main() -> Result<(), specmint_codegen::BuildError> {
    specmint_codegen::Builder::new("greeter.yaml").build()
}
