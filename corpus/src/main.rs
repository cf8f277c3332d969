//! `make corpus`: the generator on folders of real OpenAPI documents.
//!
//! Each document is generated in a process of its own, under limits of time and memory, and what comes out is compiled by
//! one `cargo check` for all, which builds what they depend on once. The report is Markdown.

mod check;
mod documents;
mod findings;
mod generate;
mod limits;
mod outcome;
mod report;
mod role;

use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use outcome::Outcome;
use role::Role;

/// Generates every document of the given folders, compiles what comes out, and reports as Markdown.
#[derive(Debug, Parser)]
struct Arguments {
    /// Folders of documents, or documents.
    #[arg(required = true)]
    corpora: Vec<PathBuf>,
    /// Only documents whose name holds this.
    #[arg(long, value_name = "TEXT")]
    name: Option<String>,
    /// Generate, but do not compile.
    #[arg(long)]
    generate_only: bool,
    /// Report what was found by code, with an example of each, instead of by document.
    #[arg(long)]
    codes: bool,
    /// Fail unless every document is generated and passes `cargo check` without a warning.
    #[arg(long, conflicts_with = "generate_only")]
    strict: bool,
    /// Where generated crates, logs and results are kept.
    #[arg(long, value_name = "FOLDER", default_value = "target/corpus")]
    work: PathBuf,
    /// The runtime crate that generated code is compiled with.
    #[arg(long, value_name = "FOLDER", default_value = "crates/runtime")]
    runtime: PathBuf,
}

fn main() -> ExitCode {
    let done = match Role::of_this_process() {
        Some(Role::Generate) => generate::within(),
        Some(Role::Rustc) => return check::rustc::run(),
        None => run(&Arguments::parse()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("specmint-corpus: error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let mut documents = Vec::new();
    for corpus in &arguments.corpora {
        documents.extend(documents::of(corpus)?);
    }
    if let Some(name) = &arguments.name {
        documents.retain(|document| document.name.contains(name));
    }
    let work = std::path::absolute(&arguments.work)?;
    std::fs::create_dir_all(&work)?;
    let runtime = arguments.runtime.canonicalize().map_err(|error| {
        let runtime = arguments.runtime.display();
        io::Error::new(
            error.kind(),
            format!("no runtime crate in `{runtime}`: {error}"),
        )
    })?;
    let generations = generate::all(&documents, &work, &runtime)?;
    let mut outcomes: Vec<Outcome> = documents
        .into_iter()
        .zip(generations)
        .map(|(document, generation)| Outcome {
            document,
            generation,
            checked: None,
        })
        .collect();
    if !arguments.generate_only {
        check::all(&mut outcomes, &work, &runtime)?;
    }
    if arguments.codes {
        print!("{}", findings::report(&outcomes));
    } else {
        print!("{}", report::report(&outcomes));
    }
    if arguments.strict && !outcomes.iter().all(Outcome::is_clean) {
        return Err(io::Error::other(
            "not every document became a crate without a warning",
        ));
    }
    Ok(())
}
