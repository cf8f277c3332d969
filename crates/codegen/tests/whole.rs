//! The whole output of one small contract.

mod common;

#[test]
fn a_small_contract() {
    let code = common::code(include_str!("small.yaml"));
    insta::assert_snapshot!(code);
}

#[test]
fn the_same_contract_gives_the_same_code() {
    let contract = include_str!("small.yaml");
    assert_eq!(common::code(contract), common::code(contract));
}
