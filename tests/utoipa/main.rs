//! The utoipa view of the generated types says nothing that the contract does not; what it leaves unsaid is listed.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod compare;

use std::collections::BTreeSet;

use serde_json::Value;
use specmint::{administration, anchorbrowser, applivery, beyond_identity, infisical, vtex};

use compare::{Comparison, compare};

struct Subject {
    name: &'static str,
    contract: &'static str,
    view: utoipa::openapi::OpenApi,
}

fn subjects() -> Vec<Subject> {
    macro_rules! subject {
        ($name:literal, $module:ident) => {
            Subject {
                name: $name,
                contract: $module::CONTRACT_JSON,
                view: $module::openapi(),
            }
        };
    }
    vec![
        subject!("specmint", administration),
        subject!("anchorbrowser", anchorbrowser),
        subject!("applivery", applivery),
        subject!("beyond-identity", beyond_identity),
        subject!("infisical", infisical),
        subject!("vtex", vtex),
    ]
}

impl Subject {
    fn comparison(&self) -> Comparison {
        let contract: Value = serde_json::from_str(self.contract).expect("a contract is JSON");
        let view = serde_json::to_value(&self.view).expect("JSON");
        compare(&view, &contract)
    }
}

#[test]
fn the_view_says_nothing_that_the_contract_does_not() {
    for subject in subjects() {
        let comparison = subject.comparison();
        assert!(comparison.compared > 0, "{} has no schemas", subject.name);
        assert!(
            comparison.added.is_empty(),
            "{}: {:#?}",
            subject.name,
            comparison.added
        );
    }
}

#[test]
fn the_view_has_every_schema_of_the_contract() {
    for subject in subjects() {
        let missing = subject.comparison().missing;
        assert!(missing.is_empty(), "{}: {missing:?}", subject.name);
    }
}

/// What the view leaves out of the contracts' schemas, keyword by keyword; all else is in it.
const LOSSES: &str = include_str!("losses.txt");

#[test]
fn what_the_view_leaves_out_is_listed() {
    let mut losses = BTreeSet::new();
    for subject in subjects() {
        for loss in subject.comparison().lost {
            losses.insert(format!("{:16} {loss}", subject.name));
        }
    }
    let losses: Vec<String> = losses.into_iter().collect();
    let listed: Vec<&str> = LOSSES
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect();
    assert_eq!(losses, listed, "the losses are:\n{}", losses.join("\n"));
}
