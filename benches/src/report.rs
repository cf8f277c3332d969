//! The table that a run prints: both sides, and what the one is to the other.

use crate::load::Round;
use crate::signing::Signing;

/// The middle one of each quantity over the rounds of one side.
pub fn median(rounds: &[Round]) -> Round {
    let middle = |field: fn(&Round) -> f64| {
        let mut values: Vec<f64> = rounds.iter().map(field).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
    };
    Round {
        rate: middle(|round| round.rate),
        p50: middle(|round| round.p50),
        p99: middle(|round| round.p99),
        cpu: middle(|round| round.cpu),
        resident: middle(|round| round.resident),
        errors: rounds.iter().map(|round| round.errors).sum(),
    }
}

/// Prints the head of a table.
pub fn head(title: &str) {
    println!("\n### {title}\n");
    println!(
        "| connections | side | requests/s | p50 ms | p99 ms | CPU µs/request | resident MiB | errors |"
    );
    println!("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |");
}

/// Prints one side's row.
pub fn row(connections: u32, side: &str, round: &Round) {
    println!(
        "| {connections} | {side} | {:.0} | {:.2} | {:.2} | {:.1} | {:.0} | {} |",
        round.rate, round.p50, round.p99, round.cpu, round.resident, round.errors
    );
}

/// Prints what the first side is to the second.
pub fn ratio(connections: u32, ours: &Round, theirs: &Round) {
    println!(
        "| {connections} | **ratio** | **{:.2}** | {:.2} | {:.2} | {:.2} | {:.2} | |",
        ours.rate / theirs.rate,
        ours.p50 / theirs.p50,
        ours.p99 / theirs.p99,
        ours.cpu / theirs.cpu,
        ours.resident / theirs.resident
    );
}

/// Prints the head of the table of [`signing`].
pub fn signing_head() {
    println!(
        "\n| connections | threads | signatures/s | CPU µs/signature | ratio of rates | ratio of CPU |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
}

/// Prints what the tokens are to signing with no server around it: how much of its rate they reach, and how much of
/// their processor time it is.
pub fn signing(connections: u32, tokens: &Round, threads: u32, alone: &Signing) {
    println!(
        "| {connections} | {threads} | {:.0} | {:.0} | **{:.2}** | {:.2} |",
        alone.rate,
        alone.cpu,
        tokens.rate / alone.rate,
        alone.cpu / tokens.cpu
    );
}
