//! The `specmint` command.

mod admin;
mod args;
mod demo;
mod diagnostics;
mod explain;
mod failure;
mod generate;
mod invocation;
mod keys;
mod log;
mod output;
mod overlay;
mod serve;
mod signals;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    log::start();
    let outcome = match cli.command {
        None => serve::run(cli.serve).await,
        Some(Command::Serve(args)) => serve::run(args).await,
        Some(Command::Demo(args)) => demo::run(args).await,
        Some(Command::Keys(command)) => keys::run(command).await,
        Some(Command::Admin(args)) => admin::run(args).await,
        Some(Command::Generate(args)) => generate::run(&args),
        Some(Command::Overlay(args)) => overlay::run(&args),
        Some(Command::Explain(args)) => explain::run(&args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            output::complain(&failure);
            ExitCode::FAILURE
        }
    }
}
