//! `specmint overlay`.

use std::io::{Write, stdout};
use std::path::PathBuf;

use clap::Args;
use specmint_codegen::Builder;

use crate::diagnostics::Format;
use crate::failure::Failure;

#[derive(Debug, Args)]
pub(crate) struct OverlayArgs {
    /// The OpenAPI document, YAML or JSON
    #[arg(value_name = "SPEC")]
    document: PathBuf,

    /// The OpenAPI Overlays, applied in this order
    #[arg(value_name = "OVERLAY", required = true)]
    overlays: Vec<PathBuf>,

    /// Print JSON [default: YAML, unless SPEC is a .json]
    #[arg(long)]
    json: bool,

    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Prints the document with the overlays applied.
pub(crate) fn run(args: &OverlayArgs) -> Result<(), Failure> {
    let mut builder = Builder::new(&args.document);
    for overlay in &args.overlays {
        builder = builder.overlay(overlay);
    }
    let is_json = args.document.extension().is_some_and(|end| end == "json");
    let text = builder.amend().and_then(|amended| {
        if args.json || is_json {
            amended.json()
        } else {
            amended.yaml()
        }
    });
    let text = text.map_err(|found| args.format.refuse(&args.document, &found))?;
    let mut out = stdout().lock();
    // Whoever reads may have seen enough.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    Ok(())
}
