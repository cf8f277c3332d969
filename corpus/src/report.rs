//! The table: a line for each document, and the totals.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::findings::cell;
use crate::outcome::{Checked, End, Generation, Outcome};

const HEAD: &str = "\
| document | operations | reached | diagnostics | s | MiB | lines | check | warnings | s | MiB |
| --- | ---: | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |
";

pub fn report(outcomes: &[Outcome]) -> String {
    let mut text = HEAD.to_owned();
    for outcome in outcomes {
        line(&mut text, outcome);
    }
    let corpora: Vec<&[Outcome]> = outcomes
        .chunk_by(|one, next| one.document.corpus == next.document.corpus)
        .collect();
    for corpus in &corpora {
        text.push('\n');
        if let (Some(first), true) = (corpus.first(), corpora.len() > 1) {
            let _ = write!(text, "{}: ", first.document.corpus);
        }
        totals(&mut text, corpus);
    }
    if corpora.len() > 1 {
        text += "\nTogether: ";
        totals(&mut text, outcomes);
    }
    text
}

fn line(text: &mut String, outcome: &Outcome) {
    let Generation {
        operations,
        seconds,
        mebibytes,
        lines,
        ..
    } = outcome.generation;
    let _ = write!(
        text,
        "| {} | {} | {} | {} | {seconds:.2} | {mebibytes} | {lines} |",
        cell(&outcome.document.name),
        operations.map_or_else(String::new, |count| count.to_string()),
        reached(&outcome.generation),
        cell(&diagnostics(&outcome.generation)),
    );
    let _ = match &outcome.checked {
        Some(checked) => writeln!(
            text,
            " {} | {} | {:.1} | {} |",
            cell(&verdict(checked)),
            checked.warnings.len(),
            checked.seconds,
            checked.mebibytes
        ),
        None => writeln!(text, "  |  |  |  |"),
    };
}

/// How far generation came.
fn reached(generation: &Generation) -> String {
    match generation.end {
        End::Generated => "code".to_owned(),
        End::Refused | End::Broken(_) => generation.stage.clone(),
    }
}

/// How many there are of each code, the most frequent first.
fn diagnostics(generation: &Generation) -> String {
    if let End::Broken(why) = &generation.end {
        return why.clone();
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let refused = generation.end == End::Refused;
    let counted = generation
        .findings
        .iter()
        .filter(|finding| finding.is_error() == refused);
    for finding in counted {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let kind = if refused { "" } else { "warnings: " };
    let mut all: Vec<String> = counts
        .iter()
        .take(4)
        .map(|(code, count)| format!("{code} {count}"))
        .collect();
    if counts.len() > all.len() {
        all.push(format!("{} more codes", counts.len() - all.len()));
    }
    if all.is_empty() {
        String::new()
    } else {
        format!("{kind}{}", all.join(", "))
    }
}

fn verdict(checked: &Checked) -> String {
    match checked.errors.first() {
        None => "passes".to_owned(),
        Some(first) => format!(
            "{} errors: {} {}",
            checked.errors.len(),
            first.code,
            first.message
        ),
    }
}

fn totals(text: &mut String, outcomes: &[Outcome]) {
    let count =
        |test: &dyn Fn(&Outcome) -> bool| outcomes.iter().filter(|outcome| test(outcome)).count();
    let generated = count(&|outcome| outcome.generation.end == End::Generated);
    let broken = count(&|outcome| matches!(outcome.generation.end, End::Broken(_)));
    let checked: Vec<&Checked> = outcomes
        .iter()
        .filter_map(|outcome| outcome.checked.as_ref())
        .collect();
    let passes = checked
        .iter()
        .filter(|checked| checked.errors.is_empty())
        .count();
    let clean = count(&Outcome::is_clean);
    let most = |values: &mut dyn Iterator<Item = u64>| values.max().unwrap_or(0);
    let slowest = outcomes
        .iter()
        .map(|outcome| outcome.generation.seconds)
        .fold(0.0, f64::max);
    let lines: usize = outcomes
        .iter()
        .map(|outcome| outcome.generation.lines)
        .sum();
    let _ = writeln!(
        text,
        "{} documents: {generated} generated, {} refused with diagnostics, {broken} broken; at most {slowest:.2} s and {} MiB; {lines} lines \
         (the generator was built {}).",
        outcomes.len(),
        outcomes.len() - generated - broken,
        most(&mut outcomes.iter().map(|outcome| outcome.generation.mebibytes)),
        if cfg!(debug_assertions) {
            "without optimisation"
        } else {
            "optimised"
        },
    );
    if !checked.is_empty() {
        let seconds: f64 = checked.iter().map(|checked| checked.seconds).sum();
        let _ = writeln!(
            text,
            "{} compiled: {passes} pass `cargo check`, {clean} of them without warnings; {seconds:.0} s of rustc in all, at most {} MiB.",
            checked.len(),
            most(&mut checked.iter().map(|checked| checked.mebibytes)),
        );
    }
}
