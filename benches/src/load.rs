//! One round of load: `wrk` against a server in a process of its own, and what both of them spent.

use std::fs;
use std::io::{Error, ErrorKind, Result};
use std::path::Path;
use std::process::{Child, Command};
use std::time::Duration;

/// What one round of load measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Round {
    /// Answers a second.
    pub rate: f64,
    /// Median time to an answer, in milliseconds.
    pub p50: f64,
    /// 99th percentile of the time to an answer, in milliseconds.
    pub p99: f64,
    /// The server's processor time for each answer, in microseconds.
    pub cpu: f64,
    /// The server's resident memory at the end of the round, in MiB.
    pub resident: f64,
    /// Answers other than 2xx or 3xx, and socket errors.
    pub errors: u64,
}

/// Drives `url` with the requests that `script` makes, over `connections`, for `seconds`.
pub fn drive(
    server: &Child,
    url: &str,
    script: &Path,
    connections: u32,
    seconds: u64,
) -> Result<Round> {
    let before = processor_seconds(server.id())?;
    let output = Command::new("wrk")
        .arg(format!("--connections={connections}"))
        .arg(format!("--threads={}", connections.min(2)))
        .arg(format!("--duration={seconds}s"))
        .args(["--timeout=10s", "--latency", "--script"])
        .arg(script)
        .arg(url)
        .output()?;
    let spent = processor_seconds(server.id())? - before;
    let text = String::from_utf8_lossy(&output.stdout);
    let total = number_before(&text, " requests in ").unwrap_or(0.0);
    let rate = after(&text, "Requests/sec:").and_then(|word| word.parse().ok());
    let (Some(rate), true) = (rate, total > 0.0) else {
        return Err(Error::new(
            ErrorKind::InvalidData,
            format!("wrk said:\n{text}"),
        ));
    };
    // Before its latency distribution wrk prints other percentages.
    let latencies = text
        .split_once("Latency Distribution")
        .map_or("", |(_, rest)| rest);
    Ok(Round {
        rate,
        p50: after(latencies, "50%")
            .and_then(milliseconds)
            .unwrap_or(f64::NAN),
        p99: after(latencies, "99%")
            .and_then(milliseconds)
            .unwrap_or(f64::NAN),
        cpu: spent * 1e6 / total,
        resident: resident_mib(server.id())?,
        errors: refused(&text),
    })
}

/// Resident memory of a process, in MiB (`VmRSS` of proc(5)).
pub fn resident_mib(pid: u32) -> Result<f64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    let kib: f64 = after(&status, "VmRSS:")
        .and_then(|word| word.parse().ok())
        .unwrap_or(f64::NAN);
    Ok(kib / 1024.0)
}

/// User and system time that a process has spent, in seconds (fields 14 and 15 of proc(5)'s stat, in hundredths).
pub fn processor_seconds(pid: u32) -> Result<f64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))?;
    let fields = stat
        .rsplit(')')
        .next()
        .unwrap_or_default()
        .split_whitespace();
    let ticks: f64 = fields
        .skip(11)
        .take(2)
        .filter_map(|field| field.parse::<f64>().ok())
        .sum();
    Ok(ticks / 100.0)
}

/// Waits until `url` answers, or says that the server did not start.
pub fn await_ready(address: &str) -> Result<()> {
    for _ in 0..200 {
        if std::net::TcpStream::connect(address).is_ok() {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(Error::new(
        ErrorKind::TimedOut,
        format!("nothing listens on {address}"),
    ))
}

fn refused(text: &str) -> u64 {
    let status = after(text, "Non-2xx or 3xx responses:").and_then(|word| word.parse::<u64>().ok());
    let sockets = text
        .lines()
        .find(|line| line.contains("Socket errors:"))
        .map(|line| {
            line.split([' ', ','])
                .filter_map(|word| word.parse::<u64>().ok())
                .sum::<u64>()
        });
    status.unwrap_or(0) + sockets.unwrap_or(0)
}

fn after<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    text.split_once(label)?.1.split_whitespace().next()
}

fn number_before(text: &str, label: &str) -> Option<f64> {
    text.split_once(label)?
        .0
        .split_whitespace()
        .last()?
        .parse()
        .ok()
}

fn milliseconds(word: &str) -> Option<f64> {
    let split = word.find(|c: char| c.is_alphabetic())?;
    let (number, unit) = word.split_at(split);
    let number: f64 = number.parse().ok()?;
    match unit {
        "us" => Some(number / 1e3),
        "ms" => Some(number),
        "s" => Some(number * 1e3),
        _ => None,
    }
}
