//! Generates a client for each folder of `openapi/`, by progenitor.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use progenitor::{GenerationSettings, Generator, InterfaceStyle};
use specmint_codegen::Builder;
use specmint_codegen::project::{self, Projection};

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Box<dyn Error>> {
    // Cargo runs a build script in its package's folder.
    let contracts = Path::new("../../openapi");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    println!("cargo::rerun-if-changed={}", contracts.display());
    let mut folders = fs::read_dir(contracts)?.collect::<Result<Vec<_>, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for folder in folders {
        let contract = folder.path().join("openapi.yaml");
        if contract.is_file() {
            let name = folder.file_name().to_string_lossy().replace('-', "_");
            fs::write(out.join(format!("{name}.rs")), client(&contract)?)?;
        }
    }
    Ok(())
}

fn client(contract: &Path) -> Result<String, Box<dyn Error>> {
    let mut builder = Builder::new(contract);
    let amendment = contract.with_file_name("overlay.yaml");
    if amendment.is_file() {
        builder = builder.overlay(amendment);
    }
    let projection = project::down(&builder.lower()?);
    let mut settings = GenerationSettings::new();
    settings.with_interface(InterfaceStyle::Builder);
    let tokens = Generator::new(&settings).generate_tokens(&projection.openapi)?;
    Ok(prettyplease::unparse(&syn::parse2(tokens)?) + &left_out(&projection))
}

/// The notes of the projection, as documentation and as a constant.
fn left_out(projection: &Projection) -> String {
    let mut code = String::from(
        "\n/// What this client leaves out of its contract, and what stands in its place",
    );
    code.push_str(if projection.notes.is_empty() {
        ": nothing.\n"
    } else {
        ".\n///\n"
    });
    for note in &projection.notes {
        let _ = writeln!(code, "/// - {note}");
    }
    code.push_str("pub const LEFT_OUT: &[&str] = &[\n");
    for note in &projection.notes {
        let _ = writeln!(code, "    {:?},", note.to_string());
    }
    code + "];\n"
}
