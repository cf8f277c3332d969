//! How many durable mints a second the store answers, beside a connection with one `INSERT` a request.
//!
//! `cargo run --release -p specmint-store --example mints [SECONDS [DIRECTORY]]`

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;
use specmint_store::{Digest, Listing, NewOwner, NewToken, Options, OwnerId, Store, split};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, SqliteConnection};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// What all callers got.
struct Measured {
    latencies: Vec<Duration>,
    elapsed: Duration,
    cpu: Duration,
}

#[tokio::main]
async fn main() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().map_or(Ok(3.0), |text| text.parse())?;
    let span = Duration::try_from_secs_f64(seconds)?;
    let directory = arguments
        .next()
        .map_or_else(std::env::temp_dir, PathBuf::from);
    println!(
        "{:<24} {:>7} {:>10} {:>10} {:>10} {:>10} {:>12}",
        "", "callers", "mints/s", "p50 ms", "p99 ms", "max ms", "CPU us/mint"
    );
    for callers in [1, 32, 256] {
        let place = tempfile::tempdir_in(&directory)?;
        report(
            "one insert a request",
            callers,
            inserts(place.path(), callers, span).await?,
        );
        let place = tempfile::tempdir_in(&directory)?;
        report("store", callers, mints(place.path(), callers, span).await?);
    }
    Ok(())
}

async fn mints(place: &Path, callers: usize, span: Duration) -> Outcome<Measured> {
    let url = format!("sqlite:{}/store.db", place.display());
    let store = Store::open(Options::new(url)).await?;
    let owner = NewOwner {
        api: "example",
        kind: "team",
        parent: None,
        keys: Vec::new(),
        attributes: Value::Null,
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    let owner = store.create_owner(owner).await?.id;
    let minting = store.clone();
    let measured = measure(callers, span, move || {
        let store = minting.clone();
        async move { store.mint(token(owner)).await.map(drop).map_err(Into::into) }
    })
    .await?;
    let kept = store
        .tokens_of(owner, &Listing::of(&["access"]))
        .await?
        .len();
    assert_eq!(
        kept,
        measured.latencies.len(),
        "all that was answered is there"
    );
    store.close().await;
    Ok(measured)
}

fn token(owner: OwnerId) -> NewToken {
    let (id, _, hash) = split::mint("sm_");
    NewToken {
        id: Some(id),
        attributes: Some("https://example.com/callback".to_owned()),
        expires_at: Some(chrono::Utc::now()),
        ..NewToken::new("example", "access", owner, hash)
    }
}

async fn inserts(place: &Path, callers: usize, span: Duration) -> Outcome<Measured> {
    let mut db = SqliteConnectOptions::new()
        .filename(place.join("plain.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .disable_statement_logging()
        .connect()
        .await?;
    sqlx::query("CREATE TABLE tokens (hash BLOB PRIMARY KEY, owner BLOB, url TEXT, created_at INTEGER, expires_at INTEGER)")
        .execute(&mut db)
        .await?;
    let db = Arc::new(Mutex::new(db));
    let owner = OwnerId::new();
    measure(callers, span, move || insert(Arc::clone(&db), owner)).await
}

async fn insert(db: Arc<Mutex<SqliteConnection>>, owner: OwnerId) -> Outcome<()> {
    let hash = Digest::of(split::mint("sm_").1);
    let now = chrono::Utc::now().timestamp_millis();
    sqlx::query("INSERT INTO tokens VALUES (?, ?, ?, ?, ?)")
        .bind(hash.as_bytes().as_slice())
        .bind(owner.as_bytes().as_slice())
        .bind("https://example.com/callback")
        .bind(now)
        .bind(now)
        .execute(&mut *db.lock().await)
        .await?;
    Ok(())
}

/// Lets so many callers ask, each again when it was answered.
async fn measure<F, Ask>(callers: usize, span: Duration, ask: F) -> Outcome<Measured>
where
    F: Fn() -> Ask + Clone + Send + 'static,
    Ask: Future<Output = Outcome<()>> + Send,
{
    let cpu = cpu_time()?;
    let start = Instant::now();
    let mut asking = JoinSet::new();
    for _ in 0..callers {
        let ask = ask.clone();
        asking.spawn(async move {
            let mut latencies = Vec::new();
            while start.elapsed() < span {
                let asked = Instant::now();
                ask().await?;
                latencies.push(asked.elapsed());
            }
            Outcome::Ok(latencies)
        });
    }
    let mut latencies = Vec::new();
    while let Some(of_caller) = asking.join_next().await {
        latencies.extend(of_caller??);
    }
    let elapsed = start.elapsed();
    latencies.sort_unstable();
    Ok(Measured {
        latencies,
        elapsed,
        cpu: cpu_time()?.saturating_sub(cpu),
    })
}

/// What the process has used of the processors, from the kernel's count of 10 ms ticks.
fn cpu_time() -> Outcome<Duration> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let fields = stat.rsplit_once(") ").map_or("", |(_, fields)| fields);
    let ticks: u64 = fields
        .split(' ')
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>())
        .sum::<Result<_, _>>()?;
    Ok(Duration::from_millis(10 * ticks))
}

fn report(name: &str, callers: usize, measured: Measured) {
    let count = measured.latencies.len();
    let at = |part: f64| {
        let latency = measured.latencies.get((count as f64 * part) as usize);
        latency
            .or(measured.latencies.last())
            .map_or(0.0, |latency| latency.as_secs_f64() * 1e3)
    };
    let rate = count as f64 / measured.elapsed.as_secs_f64();
    let cpu = measured.cpu.as_secs_f64() * 1e6 / count as f64;
    println!(
        "{name:<24} {callers:>7} {rate:>10.0} {:>10.2} {:>10.2} {:>10.2} {cpu:>12.1}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}
