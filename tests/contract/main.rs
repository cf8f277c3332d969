//! The contract tests: a real server on a real socket with a real database file, driven over HTTP, and every answer
//! held against the contract. At the end the documented answers that nothing reached are listed, and fail the suite.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

#[macro_use]
mod scenario;

mod administration;
mod anchorbrowser;
mod applivery;
mod beyond_identity;
mod bodies;
mod check;
mod client;
mod client_lifecycles;
mod clients;
mod console;
mod contract;
mod database;
mod exchange;
mod fixture;
mod forged;
mod framework;
mod harness;
mod infisical;
mod ledger;
mod logs;
mod proxy;
mod secrecy;
mod secrets;
mod server;
mod vtex;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    logs::capture();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(administration::trials());
    trials.extend(anchorbrowser::trials());
    trials.extend(infisical::trials());
    trials.extend(applivery::trials());
    trials.extend(beyond_identity::trials());
    trials.extend(vtex::trials());
    trials.extend(harness::trials());
    trials.extend(framework::trials());
    trials.extend(client_lifecycles::trials());
    trials.extend(clients::trials());
    trials.extend(console::trials());
    trials.extend(secrecy::trials());
    let names: Vec<String> = trials.iter().map(|trial| trial.name().to_owned()).collect();
    beyond_identity::checklist::assert_ticked(&names);

    let all = arguments.filter.is_none() && arguments.skip.is_empty() && !arguments.ignored;
    let conclusion = libtest_mimic::run(&arguments, trials);
    if arguments.list || !all {
        return conclusion.exit_code();
    }
    let faults = afterwards();
    for fault in &faults {
        eprintln!("{fault}");
    }
    if faults.is_empty() {
        conclusion.exit_code()
    } else {
        ExitCode::from(101)
    }
}

/// What can only be judged when all scenarios have run.
fn afterwards() -> Vec<String> {
    let mut faults = ledger::breaches();
    for (operation, status) in ledger::unreached() {
        faults.push(format!("no scenario reached {operation} {status}"));
    }
    for secret in secrets::found_in(&logs::captured()) {
        faults.push(format!("a secret is in the logs: {secret}"));
    }
    for found in server::secrets_on_disk() {
        faults.push(format!("a secret is on disk: {found}"));
    }
    server::clean_up();
    if faults.is_empty() {
        println!(
            "{} documented answers reached, {} secrets found neither in logs nor on disk\n",
            ledger::count(),
            secrets::count()
        );
    }
    faults
}
