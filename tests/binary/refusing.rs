//! What does not work: one clear line on standard error, a status that is not 0, and nothing harmed.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Output;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection as _, SqliteConnection};

use crate::process::{Place, content, text};

/// Panics unless the command failed with one line that has all these words.
fn assert_refused(output: &Output, words: &[&str]) {
    let complaint = text(&output.stderr);
    assert!(!output.status.success(), "succeeded: {complaint}");
    assert!(
        output.status.code().is_some_and(|code| code > 0),
        "{:?}",
        output.status
    );
    let lines: Vec<&str> = complaint
        .lines()
        .filter(|line| line.contains("error"))
        .collect();
    assert_eq!(lines.len(), 1, "{complaint}");
    for word in words {
        assert!(
            complaint.contains(word),
            "does not say `{word}`: {complaint}"
        );
    }
    for fault in [
        "panicked",
        "RUST_BACKTRACE",
        "StoreError",
        "OpenError",
        "Os {",
    ] {
        assert!(!complaint.contains(fault), "{complaint}");
    }
}

#[test]
fn bad_flags() {
    let place = Place::new();
    for (arguments, word) in [
        (&["serve", "--listen", "nowhere"][..], "--listen"),
        (&["serve", "--listen", "127.0.0.1:99999"], "--listen"),
        (&["serve", "--listen"], "--listen"),
        (&["serve", "--api", "nobody"], "nobody"),
        (&["serve", "--unheard-of"], "--unheard-of"),
        (&["destroy"], "destroy"),
        (&["demo", "--listen", "127.0.0.1:0"], "--listen"),
    ] {
        let output = place.run(arguments);
        assert_refused(&output, &[word]);
        assert_eq!(output.status.code(), Some(2));
    }
    assert_eq!(
        fs::read_dir(place.path(".")).expect("a directory").count(),
        0
    );
}

#[test]
fn bad_databases() {
    let place = Place::new();
    fs::create_dir(place.path("folder")).expect("a folder");
    fs::write(
        place.path("text.db"),
        "this is no database, and should stay as it is\n".repeat(40),
    )
    .expect("a file");
    let before = content(&place.path("text.db"));
    for (url, words) in [
        ("sqlite:nowhere/specmint.db", &["nowhere", "directory"][..]),
        ("sqlite:folder", &["folder"]),
        ("sqlite:text.db", &["text.db", "not a SQLite database"]),
        ("postgres://localhost/specmint", &["sqlite:"]),
        ("folder", &["folder"]),
        ("", &["sqlite:"]),
        ("sqlite:", &["sqlite:"]),
        ("sqlite:/proc/specmint.db", &["/proc/specmint.db"]),
    ] {
        for command in ["serve", "demo"] {
            assert_refused(&place.run(&[command, "--database", url]), words);
        }
    }
    assert_eq!(content(&place.path("text.db")), before);
}

#[test]
fn no_database_is_made_by_what_looks_after_one() {
    let place = Place::new();
    let owner = "01890000-0000-7000-8000-000000000000";
    for command in [
        &["keys", "rotate"][..],
        &["admin", "key"],
        &["admin", "counts"],
        &["admin", "owners"],
        &["admin", "create", "anchorbrowser", "team", "--name", "x"],
        &["admin", "delete", owner],
        &["admin", "tokens"],
        &["admin", "mint", owner, "--name", "x"],
        &["admin", "revoke", owner],
        &["admin", "events"],
    ] {
        let typo = [command, &["--database", "sqlite:mistyped.db"]].concat();
        let words = ["no database", "mistyped.db", "--database", "specmint serve"];
        assert_refused(&place.run(&typo), &words);
    }
    assert_eq!(
        fs::read_dir(place.path(".")).expect("a directory").count(),
        0
    );
}

#[test]
fn a_port_that_is_taken() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let place = Place::new();
    assert_refused(
        &place.run(&["serve", "--listen", &address]),
        &[&address, "port"],
    );
    // TEST-NET-1 (RFC 5737) is nobody's own address.
    assert_refused(
        &place.run(&["serve", "--listen", "192.0.2.1:0"]),
        &["192.0.2.1"],
    );
}

#[test]
fn a_foreign_or_lost_key_file() {
    let (place, other) = (Place::new(), Place::new());
    place.demo();
    other.demo();
    let key = place.path("specmint.db.key");
    let own = content(&key);
    fs::remove_file(&key).expect("removed");
    assert_refused(
        &place.run(&["demo", "--json"]),
        &["specmint.db.key", "missing"],
    );
    assert!(!key.exists(), "made a new key for an old database");
    fs::write(&key, content(&other.path("specmint.db.key"))).expect("copied");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("a mode");
    assert_refused(
        &place.run(&["demo", "--json"]),
        &["specmint.db.key", "does not belong"],
    );
    fs::write(&key, "no key at all").expect("written");
    assert_refused(&place.run(&["demo", "--json"]), &["specmint.db.key"]);
    fs::write(&key, own).expect("put back");
    place.demo();
}

#[test]
fn a_key_file_that_others_may_read() {
    let place = Place::new();
    place.demo();
    let key = place.path("specmint.db.key");
    for mode in [0o644, 0o640, 0o602] {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).expect("a mode");
        assert_refused(&place.run(&["demo", "--json"]), &["chmod 600"]);
    }
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).expect("a mode");
    place.demo();
}

#[test]
fn a_newer_schema_and_a_foreign_database() {
    let place = Place::new();
    place.demo();
    let statements = [
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (99990101000000, 'from the future', 1, x'00', 0)",
    ];
    execute(&place, "specmint.db", &statements);
    let output = place.run(&["demo", "--json"]);
    assert_refused(&output, &["specmint.db", "newer version"]);
    assert_refused(
        &place.run(&["serve", "--listen", "127.0.0.1:0"]),
        &["newer version"],
    );

    execute(
        &place,
        "foreign.db",
        &["CREATE TABLE tokens (a)", "INSERT INTO tokens VALUES (1)"],
    );
    let before = content(&place.path("foreign.db"));
    let output = place.run(&["demo", "--database", "sqlite:foreign.db"]);
    assert_refused(&output, &["foreign.db", "another program"]);
    assert_eq!(content(&place.path("foreign.db")), before);
}

fn execute(place: &Place, database: &str, statements: &[&str]) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let options = SqliteConnectOptions::new()
            .filename(place.path(database))
            .create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&options)
            .await
            .expect("a database");
        for statement in statements {
            sqlx::query(AssertSqlSafe((*statement).to_owned()))
                .execute(&mut connection)
                .await
                .expect("executed");
        }
        connection.close().await.expect("closed");
    });
}
