//! Generates what is measured: one operation of AnchorBrowser's contract.

fn main() -> Result<(), specmint_codegen::BuildError> {
    specmint_codegen::Builder::new("../openapi/anchorbrowser/openapi.yaml")
        .overlay("../openapi/anchorbrowser/overlay.yaml")
        .only("createIdentityToken")
        .build()
}
