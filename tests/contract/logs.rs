//! All that this process logs, from the first line on.

use std::io;
use std::sync::Mutex;

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());

struct Lines;

impl io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        LINES
            .lock()
            .expect("no panic while writing")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Lines {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        Self
    }
}

/// Begins to keep what is logged, far below the level a server runs at; the tests' own HTTP client is left out.
pub fn capture() {
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::new(
            "debug,specmint=trace,specmint_server=trace,specmint_store=trace,specmint_runtime=trace,hyper=off,hyper_util=off,reqwest=off,h2=off,mio=off",
        ))
        .with_writer(Lines)
        .init();
}

/// What was logged so far.
pub fn captured() -> Vec<u8> {
    LINES.lock().expect("no panic while writing").clone()
}
