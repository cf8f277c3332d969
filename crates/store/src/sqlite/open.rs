//! Opening: every check before the first byte is written, then the schema, then the key file.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::sqlite::{SqliteConnection, SqlitePool, SqlitePoolOptions};
use sqlx::{ConnectOptions, Connection};

use super::caches::Caches;
use super::command::Asker;
use super::failure::Database;
use super::location::{Location, PATIENCE};
use super::sweep::Sweeper;
use super::uses::Uses;
use super::writer::{LARGEST_BATCH, Writer};
use crate::seal::Sealer;
use crate::{Digest, OpenError, Options, key_file};

static MIGRATIONS: Migrator = sqlx::migrate!("./migrations/sqlite");

/// "spmt": what the first migration marks the file with.
const APPLICATION_ID: i64 = 1_936_747_892;

const READERS: u32 = 4;

/// The pause between two tries while another process is in the way.
const PAUSE: Duration = Duration::from_millis(20);

/// The parts of an open store.
pub(crate) struct Opened {
    pub(crate) asker: Asker,
    pub(crate) readers: SqlitePool,
    pub(crate) caches: Arc<Caches>,
    pub(crate) sealer: Arc<Sealer>,
    pub(crate) uses: Uses,
    pub(crate) sweeper: Sweeper,
    pub(crate) database: Database,
}

/// Opens the database that the options name, and starts its writer.
pub(crate) async fn open(options: Options) -> Result<Opened, OpenError> {
    let location = Location::parse(&options.url)?;
    let database = Database::new(location.path());
    if options.must_exist && !location.path().exists() {
        return Err(OpenError::MissingDatabase {
            database: location.path().to_owned(),
        });
    }
    if !location.directory().is_dir() {
        return Err(OpenError::MissingDirectory {
            directory: location.directory().to_owned(),
        });
    }
    let key_path = options
        .key_file
        .unwrap_or_else(|| location.default_key_file());
    let (db, sealer) = connect_patiently(&location, &database, &key_path).await?;

    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .connect_lazy_with(location.reader());
    let sweeper = Sweeper {
        readers: readers.clone(),
        database: database.clone(),
        clock: options.clock,
        retention: options.retention,
    };
    let caches = Arc::new(Caches::new());
    let writer = Writer::new(db, database.clone(), Arc::clone(&caches));
    let uses = Uses::default();
    let asker = start(writer, sweeper.clone(), uses.clone(), &database)?;
    Ok(Opened {
        asker,
        readers,
        caches,
        sealer: Arc::new(sealer),
        uses,
        sweeper,
        database,
    })
}

/// Connects, again and again while other processes that start at the same time are in the way: SQLite does not wait by
/// itself for whoever brings a new file into WAL mode.
async fn connect_patiently(
    location: &Location,
    database: &Database,
    key_path: &Path,
) -> Result<(SqliteConnection, Sealer), OpenError> {
    let start = Instant::now();
    loop {
        match connect(location, database, key_path).await {
            Err(OpenError::Busy { .. }) if start.elapsed() < PATIENCE => {
                tokio::time::sleep(PAUSE).await;
            }
            done => return done,
        }
    }
}

async fn connect(
    location: &Location,
    database: &Database,
    key_path: &Path,
) -> Result<(SqliteConnection, Sealer), OpenError> {
    inspect(location, database).await?;
    let connected = location.writer().connect().await;
    let mut db = connected.map_err(|error| refusal(location, database, &error))?;
    let sealer = prepare(&mut db, database, key_path).await?;
    Ok((db, sealer))
}

/// Refuses, without touching it, a file that is not ours or that a newer version wrote.
async fn inspect(location: &Location, database: &Database) -> Result<(), OpenError> {
    match std::fs::metadata(location.path()) {
        Ok(metadata) if metadata.is_file() && metadata.len() > 0 => {}
        Ok(metadata) if metadata.is_file() => return Ok(()),
        Ok(_) => {
            return Err(OpenError::NotADatabase {
                database: database.path().to_owned(),
            });
        }
        // Whether it can be made shows when it is.
        Err(_) => return Ok(()),
    }
    let refuse = |error: sqlx::Error| refusal(location, database, &error);
    let mut db = location.reader().connect().await.map_err(refuse)?;
    let found = look(&mut db).await;
    // Nothing was written through it.
    let _ = db.close().await;
    let (application_id, tables, version) = found.map_err(refuse)?;
    let path = || database.path().to_owned();
    if application_id != APPLICATION_ID && tables > 0 {
        return Err(OpenError::ForeignDatabase { database: path() });
    }
    let known = MIGRATIONS.iter().map(|migration| migration.version).max();
    match (version, known) {
        (Some(found), Some(known)) if found > known => Err(OpenError::NewerSchema {
            database: path(),
            found,
            known,
        }),
        _ => Ok(()),
    }
}

/// The application id, the number of tables, and the schema's version if there is one.
async fn look(db: &mut SqliteConnection) -> sqlx::Result<(i64, i64, Option<i64>)> {
    let application_id = sqlx::query_scalar("PRAGMA application_id")
        .fetch_one(&mut *db)
        .await?;
    let tables = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema")
        .fetch_one(&mut *db)
        .await?;
    if application_id != APPLICATION_ID {
        return Ok((application_id, tables, None));
    }
    let version = sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations")
        .fetch_one(db)
        .await?;
    Ok((application_id, tables, version))
}

/// Brings the schema up to date and finds or makes the key file, in one transaction, so that of several processes that
/// start at once one does it.
async fn prepare(
    db: &mut SqliteConnection,
    database: &Database,
    key_path: &Path,
) -> Result<Sealer, OpenError> {
    let refuse = |error: sqlx::Error| database.open_error(&error);
    let mut transaction = db.begin_with("BEGIN IMMEDIATE").await.map_err(refuse)?;
    let migrated = MIGRATIONS.run_direct(None, &mut *transaction, false).await;
    migrated.map_err(|error| migration_refusal(database, error))?;
    let sealer = sealer(&mut transaction, database, key_path).await?;
    transaction.commit().await.map_err(refuse)?;
    Ok(sealer)
}

async fn sealer(
    db: &mut SqliteConnection,
    database: &Database,
    key_path: &Path,
) -> Result<Sealer, OpenError> {
    let refuse = |error: sqlx::Error| database.open_error(&error);
    let kept: Option<Vec<u8>> = sqlx::query_scalar("SELECT fingerprint FROM key_file")
        .fetch_optional(&mut *db)
        .await
        .map_err(refuse)?;
    let key = match (key_file::read(key_path)?, &kept) {
        (Some(key), _) => key,
        (None, None) => key_file::make(key_path)?,
        (None, Some(_)) => {
            return Err(OpenError::KeyLost {
                key_file: key_path.to_owned(),
                database: database.path().to_owned(),
            });
        }
    };
    let sealer = Sealer::new(&key).map_err(|_| OpenError::KeyMalformed {
        key_file: key_path.to_owned(),
    })?;
    if kept.is_some_and(|kept| kept != sealer.fingerprint().as_bytes()) {
        return Err(OpenError::KeyForeign {
            key_file: key_path.to_owned(),
            database: database.path().to_owned(),
        });
    }
    keep_fingerprint(db, sealer.fingerprint())
        .await
        .map_err(refuse)?;
    Ok(sealer)
}

/// Written at each start: SQLite opens a read-only file without complaint until something is written.
async fn keep_fingerprint(db: &mut SqliteConnection, fingerprint: &Digest) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO key_file (one, fingerprint) VALUES (1, ?) \
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint",
    )
    .bind(fingerprint.as_bytes().as_slice())
    .execute(db)
    .await
    .map(drop)
}

/// What an error at connecting means, where SQLite itself only says that it cannot open the file.
fn refusal(location: &Location, database: &Database, error: &sqlx::Error) -> OpenError {
    let refused = database.open_error(error);
    let there = location.path().exists();
    match refused {
        OpenError::Unreadable { database, .. }
            if read_only(location.directory()) || there && read_only(location.path()) =>
        {
            OpenError::ReadOnly { database }
        }
        other => other,
    }
}

/// Whether nobody may write to what is at `path`, by its permissions.
fn read_only(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| metadata.permissions().readonly())
}

fn migration_refusal(database: &Database, error: MigrateError) -> OpenError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            database.open_error(&error)
        }
        other => OpenError::Corrupt {
            database: database.path().to_owned(),
            what: other.to_string(),
        },
    }
}

/// Starts the writer on a thread and a runtime of its own, which no request's work can hold up.
fn start(
    writer: Writer,
    sweeper: Sweeper,
    uses: Uses,
    database: &Database,
) -> Result<Asker, OpenError> {
    let failed = |error: std::io::Error| OpenError::Other {
        database: database.path().to_owned(),
        reason: format!("its writer does not start: {error}"),
    };
    let (asker, commands) = Asker::new(4 * LARGEST_BATCH);
    let (weak, weaker) = (asker.downgrade(), asker.downgrade());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(failed)?;
    std::thread::Builder::new()
        .name("store".to_owned())
        .spawn(move || {
            runtime.spawn(sweeper.run(weak));
            runtime.spawn(uses.run(weaker));
            runtime.block_on(writer.run(commands));
        })
        .map_err(failed)?;
    Ok(asker)
}
