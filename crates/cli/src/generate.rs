//! `specmint generate`.

use std::path::PathBuf;

use clap::Args;
use specmint_codegen::Builder;
use specmint_codegen::package::{Package, Written};

use crate::diagnostics::Format;
use crate::failure::Failure;
use crate::output::{note, say};

#[derive(Debug, Args)]
pub(crate) struct GenerateArgs {
    /// The OpenAPI document, YAML or JSON; what it refers to in other files is read as well
    #[arg(value_name = "SPEC")]
    document: PathBuf,

    /// Apply this OpenAPI Overlay first; may be repeated
    #[arg(long = "overlay", value_name = "FILE")]
    overlays: Vec<PathBuf>,

    /// Generate these operations only: those of a tag, of an operationId, of `METHOD /path`, or of a webhook; may be repeated
    #[arg(long, value_name = "SELECTOR")]
    only: Vec<String>,

    /// Leave out operations that cannot be generated, selected as by `--only`; may be repeated
    #[arg(long, value_name = "SELECTOR")]
    skip: Vec<String>,

    /// The folder of the crate: a new one, an empty one, or one that specmint wrote before
    #[arg(long, value_name = "DIR")]
    out: PathBuf,

    /// The crate's name [default: the document's title]
    #[arg(long)]
    name: Option<String>,

    /// A local copy of the crate specmint-runtime, which is not published yet
    #[arg(long, value_name = "PATH")]
    runtime: Option<PathBuf>,

    /// Write nothing; fail where DIR is not what would be written
    #[arg(long)]
    check: bool,

    /// How diagnostics are printed
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// Writes the crate, or compares it.
pub(crate) fn run(args: &GenerateArgs) -> Result<(), Failure> {
    let mut builder = Builder::new(&args.document);
    for overlay in &args.overlays {
        builder = builder.overlay(overlay);
    }
    for selector in &args.only {
        builder = builder.only(selector);
    }
    for selector in &args.skip {
        builder = builder.skip(selector);
    }
    let generated = builder
        .generate()
        .map_err(|found| args.format.refuse(&args.document, &found))?;
    args.format.print(&generated.warnings);
    let mut package = Package::new(&generated);
    if let Some(name) = &args.name {
        package = package.name(name);
    }
    if let Some(runtime) = &args.runtime {
        package = package.runtime(runtime);
    }
    if args.check {
        return compare(args, &package);
    }
    let written = package.write_to(&args.out)?;
    tell(args, &written);
    Ok(())
}

fn compare(args: &GenerateArgs, package: &Package<'_>) -> Result<(), Failure> {
    let out = args.out.display();
    let differences = package
        .differences(&args.out)
        .map_err(|error| Failure::new(error.to_string()))?;
    if differences.is_empty() {
        return Ok(());
    }
    for difference in differences {
        note(format_args!("in `{out}`, {difference}"));
    }
    Err(Failure::new(format!(
        "`{out}` is not what `{}` gives; without --check, it is written",
        args.document.display()
    )))
}

fn tell(args: &GenerateArgs, written: &Written) {
    // Standard output belongs to the diagnostics where programs read it.
    if args.format == Format::Json {
        return;
    }
    say(format_args!(
        "`{}`: {} files written, {} as they were, {} removed",
        args.out.display(),
        written.written.len(),
        written.unchanged,
        written.removed.len(),
    ));
    if args.runtime.is_none() {
        note(format_args!(
            "the crate depends on specmint-runtime {}, which is not on crates.io yet: \
             name a copy by --runtime, or patch it in",
            env!("CARGO_PKG_VERSION")
        ));
    }
}
