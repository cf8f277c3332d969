//! What the README shows is what a user gets: its commands are run, and what they print is compared with what it says
//! that they print.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod console;
mod edit;
mod mask;
mod session;

use std::fs;
use std::path::{Path, PathBuf};

use console::{Step, steps};
use edit::Copy;
use mask::{masked, without_lines};
use session::Session;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// What needs the network: `clients/python/drive_readme.py` runs it, when `make clients` does.
const SDK: [&str; 2] = ["python3 -m venv ", "sdk/bin/python "];

/// The README's steps before (`false`) or after (`true`) its first edit of a contract.
fn readme(edits: bool) -> Vec<Step> {
    let mut steps = steps(&fs::read_to_string(workspace().join("README.md")).unwrap());
    let first = steps
        .iter()
        .position(|step| step.command.starts_with("sed -i"))
        .unwrap();
    let rest = steps.split_off(first);
    if edits { rest } else { steps }
}

/// Keys, ids and times differ from run to run and are compared as such.
#[test]
fn the_commands_of_the_readme_print_what_it_says() {
    let mut session = Session::start();
    let (sdk, steps): (Vec<_>, Vec<_>) = readme(false)
        .into_iter()
        .partition(|step| SDK.iter().any(|start| step.command.starts_with(start)));
    assert_eq!(sdk.len(), SDK.len());
    assert!(
        steps.len() >= 6,
        "the README shows only {} commands",
        steps.len()
    );
    for Step { command, output } in steps {
        let printed = session.run(&command);
        let (printed, shown) = (masked(&printed), masked(&output));
        match shown.trim_end().strip_suffix("...") {
            Some(start) => {
                assert!(
                    printed.starts_with(start.trim_end()),
                    "$ {command}\nprints\n{printed}\nnot\n{shown}"
                );
            }
            None => assert_eq!(printed.trim_end(), shown.trim_end(), "$ {command}"),
        }
    }
}

/// Of what a build says, the README shows the part that matters. Lines move as the source is edited.
#[test]
fn an_edit_of_a_contract_is_told_by_the_compiler_and_a_wrong_one_by_a_diagnostic() {
    let copy = Copy::make();
    let mut built = 0;
    for Step { command, output } in readme(true) {
        if command != "cargo build" {
            copy.run(&command);
            continue;
        }
        let said = without_lines(&copy.build());
        for line in output
            .lines()
            .filter(|line| !line.is_empty() && *line != "...")
        {
            assert!(
                said.contains(&without_lines(line)),
                "`{line}` is not in\n{said}"
            );
        }
        built += 1;
    }
    assert_eq!(built, 2);
}
