//! Logs, on standard error: lines for people on a terminal, JSON for programs elsewhere.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;

/// From INFO on, without the web server's own account of its threads.
const USUAL: &str = "info,actix_server=warn";

/// Starts logging, as `SPECMINT_LOG` says, or else `RUST_LOG`, or else as is usual.
pub(crate) fn start() {
    let directives = ["SPECMINT_LOG", "RUST_LOG"]
        .into_iter()
        .find_map(|variable| std::env::var(variable).ok())
        .filter(|directives| !directives.is_empty());
    let filter = EnvFilter::builder().parse_lossy(directives.as_deref().unwrap_or(USUAL));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(stderr);
    if stderr().is_terminal() {
        logs.with_target(false).init();
    } else {
        logs.json().flatten_event(true).init();
    }
}
