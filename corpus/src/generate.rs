//! Generating one document, in a process of its own: whatever becomes of it, the others go on.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::{Value, json};
use specmint_codegen::Builder;
use specmint_codegen::package::Package;

use crate::documents::Document;
use crate::limits::{self, Limits};
use crate::outcome::{End, Finding, Generation};
use crate::role::Role;

const LIMITS: Limits = Limits {
    time: Duration::from_secs(60),
    mebibytes: 4096,
};

/// Where the crate of a document is written.
pub fn folder(work: &Path, document: &Document) -> PathBuf {
    work.join("crates").join(document.slug())
}

/// Generates all documents, as many at once as there are cores; the results are in the documents' order.
pub fn all(documents: &[Document], work: &Path, runtime: &Path) -> io::Result<Vec<Generation>> {
    for folder in ["crates", "logs"] {
        fs::create_dir_all(work.join(folder))?;
    }
    let results = Mutex::new(Vec::new());
    let queue = Mutex::new(documents.iter().enumerate());
    thread::scope(|scope| {
        let cores = thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..cores {
            scope.spawn(|| {
                while let Some((index, document)) = locked(&queue).next() {
                    let generation = one(document, work, runtime);
                    locked(&results).push((index, generation));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(index, _)| *index);
    results
        .into_iter()
        .map(|(_, generation)| generation)
        .collect()
}

fn locked<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn one(document: &Document, work: &Path, runtime: &Path) -> io::Result<Generation> {
    let log = |end: &str| work.join("logs").join(document.slug() + end);
    let (said, cried) = (log(".jsonl"), log(".stderr"));
    let child = Role::Generate
        .command()?
        .args([
            document.path.as_os_str(),
            folder(work, document).as_os_str(),
            runtime.as_os_str(),
        ])
        .arg(document.slug())
        .stdin(Stdio::null())
        .stdout(File::create(&said)?)
        .stderr(File::create(&cried)?)
        .spawn()?;
    let ended = limits::watch(child, LIMITS)?;
    let mut generation = read(&fs::read_to_string(&said)?);
    generation.mebibytes = generation.mebibytes.max(ended.mebibytes);
    if let Some(why) = ended.overrun(LIMITS) {
        generation.end = End::Broken(why);
        generation.seconds = ended.seconds;
    } else if !ended.status.is_some_and(|status| status.success()) {
        let cry = fs::read_to_string(&cried)?;
        generation.end = End::Broken(last_words(&cry));
    }
    Ok(generation)
}

/// The panic's place and message, or else the last line.
fn last_words(cry: &str) -> String {
    let mut lines = cry.lines().skip_while(|line| !line.contains("panicked at"));
    match (lines.next(), lines.next()) {
        (Some(at), Some(message)) => format!("{at} {message}"),
        _ => cry.lines().last().unwrap_or("ended by a signal").to_owned(),
    }
}

/// A line that the process writes.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Stage(String),
    Diagnostic(Finding),
    End {
        operations: Option<usize>,
        generated: bool,
        lines: usize,
        seconds: f64,
        mebibytes: u64,
    },
}

fn read(said: &str) -> Generation {
    let mut generation = Generation::default();
    for line in said
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
    {
        match line {
            Line::Stage(stage) => generation.stage = stage,
            Line::Diagnostic(finding) => generation.findings.push(finding),
            Line::End {
                operations,
                generated,
                lines,
                seconds,
                mebibytes,
            } => {
                generation.end = if generated {
                    End::Generated
                } else {
                    End::Refused
                };
                generation.operations = operations;
                generation.lines = lines;
                generation.seconds = seconds;
                generation.mebibytes = mebibytes;
            }
        }
    }
    generation
}

/// The process that generates: its arguments are the document, the crate's folder, the runtime and the crate's name.
pub fn within() -> io::Result<()> {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let [document, folder, runtime, name] = arguments.as_slice() else {
        return Err(io::Error::other("not called by itself"));
    };
    let start = Instant::now();
    let builder = Builder::new(document);
    let result = builder.generate_in(|stage| say(&json!({ "stage": stage.name() })));
    let seconds = start.elapsed().as_secs_f64();
    let (found, lines) = match &result {
        Ok(generated) => (&generated.warnings, generated.code.lines().count()),
        Err(found) => (found, 0),
    };
    for diagnostic in found {
        say(&json!({ "diagnostic": diagnostic.json() }));
    }
    // What a person would read has to come out as well.
    let _ = found.to_string();
    if let Ok(generated) = &result {
        let package = Package::new(generated)
            .name(name.to_string_lossy())
            .runtime(runtime);
        package
            .write_to(Path::new(folder))
            .map_err(io::Error::other)?;
    }
    let mebibytes = limits::peak(std::process::id());
    let contract = match &result {
        Ok(generated) => serde_json::from_str(&generated.contract_json).ok(),
        Err(_) => written(&builder),
    };
    say(&json!({ "end": {
        "operations": contract.as_ref().map(operations),
        "generated": result.is_ok(),
        "lines": lines,
        "seconds": seconds,
        "mebibytes": mebibytes,
    } }));
    Ok(())
}

fn say(line: &Value) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// A document of which nothing came: brought together, or else as it stands.
fn written(builder: &Builder) -> Option<Value> {
    let lowered = builder.lower().map(|lowered| lowered.contract().clone());
    lowered
        .ok()
        .or_else(|| serde_json::from_str(&builder.amend().ok()?.json().ok()?).ok())
}

/// The fields of a Path Item Object that hold an operation.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// How many operations the `paths` of a document have.
fn operations(contract: &Value) -> usize {
    let items = contract.get("paths").and_then(Value::as_object);
    let count = |item: &Value| {
        let fixed = METHODS.iter().filter(|name| item.get(**name).is_some());
        let others = item.get("additionalOperations").and_then(Value::as_object);
        fixed.count() + others.map_or(0, serde_json::Map::len)
    };
    items
        .into_iter()
        .flatten()
        .map(|(_, item)| count(item))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_those_of_paths() {
        let contract = json!({
            "paths": {
                "/a": { "get": {}, "parameters": [], "query": {} },
                "/b": { "additionalOperations": { "COPY": {}, "MOVE": {} }, "summary": "b" },
            },
            "webhooks": { "w": { "post": {} } },
        });
        assert_eq!(operations(&contract), 4);
        assert_eq!(operations(&json!([])), 0);
    }
}
