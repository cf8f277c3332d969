//! Generates one Rust module for each folder of `openapi/`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(out_dir) = std::env::var_os("OUT_DIR") else {
        eprintln!("OUT_DIR is not set: this is for Cargo to run");
        return ExitCode::FAILURE;
    };
    match specmint_codegen::build("openapi", out_dir) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
