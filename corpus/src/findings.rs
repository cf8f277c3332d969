//! What was found, by code: what to cure first.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::outcome::{End, Outcome};

/// All findings of one code.
#[derive(Default)]
struct Group<'a> {
    count: usize,
    documents: BTreeSet<&'a str>,
    example: String,
}

/// Diagnostics by code, what the compiler says by code, and what broke; the most frequent first.
pub fn report(outcomes: &[Outcome]) -> String {
    let mut diagnostics = Groups::default();
    let mut compiler = Groups::default();
    let mut broken = String::new();
    for outcome in outcomes {
        let name = outcome.document.name.as_str();
        for finding in &outcome.generation.findings {
            let code = format!("{}: {}", finding.severity, finding.code);
            diagnostics.add(code, name, || {
                format!("{}: {}", finding.place(), finding.message)
            });
        }
        if let End::Broken(why) = &outcome.generation.end {
            let _ = writeln!(broken, "- {name}, in {}: {why}", outcome.generation.stage);
        }
        let Some(checked) = &outcome.checked else {
            continue;
        };
        let errors = checked.errors.iter().map(|message| ("error", message));
        for (severity, message) in
            errors.chain(checked.warnings.iter().map(|message| ("warning", message)))
        {
            let code = format!("{severity}: {}", message.code);
            compiler.add(code, name, || {
                format!("{name}: {}: {}", message.message, message.place)
            });
        }
    }
    let mut text = diagnostics.table("diagnostic");
    if !compiler.0.is_empty() {
        text += "\n";
        text += &compiler.table("rustc");
    }
    if !broken.is_empty() {
        let _ = write!(text, "\nBroken:\n\n{broken}");
    }
    text
}

#[derive(Default)]
struct Groups<'a>(BTreeMap<String, Group<'a>>);

impl<'a> Groups<'a> {
    fn add(&mut self, code: String, document: &'a str, example: impl FnOnce() -> String) {
        let group = self.0.entry(code).or_insert_with(|| Group {
            example: example(),
            ..Group::default()
        });
        group.count += 1;
        group.documents.insert(document);
    }

    fn table(&self, head: &str) -> String {
        let mut groups: Vec<_> = self.0.iter().collect();
        groups.sort_by_key(|(_, group)| std::cmp::Reverse((group.documents.len(), group.count)));
        let mut text =
            format!("| {head} | documents | findings | for example |\n| --- | --- | --- | --- |\n");
        for (code, group) in groups {
            let example = cell(&group.example);
            let _ = writeln!(
                text,
                "| {code} | {} | {} | {example} |",
                group.documents.len(),
                group.count
            );
        }
        text
    }
}

/// `text` as one cell of a table.
pub fn cell(text: &str) -> String {
    let line = text.replace(char::is_control, " ").replace('|', "\\|");
    match line.char_indices().nth(200) {
        Some((end, _)) => line.get(..end).unwrap_or("").to_owned() + "…",
        None => line,
    }
}
