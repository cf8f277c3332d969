//! What keeps a store from opening, and that it is left as it was.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use specmint_store::{OpenError, Options, Store};
use sqlx::{Connection, SqliteConnection};

use crate::place::{Place, team};

async fn refused(options: Options) -> OpenError {
    Store::open(options).await.expect_err("it does not open")
}

async fn execute(database: &Path, sql: &'static str) {
    let url = format!("sqlite:{}?mode=rwc", database.display());
    let mut db = SqliteConnection::connect(&url).await.expect("opened");
    sqlx::query(sql).execute(&mut db).await.expect("done");
    db.close().await.expect("closed");
}

#[tokio::test]
async fn a_new_store_has_a_database_and_a_private_key_file() {
    let place = Place::new();
    let store = place.open().await;
    let mode = fs::metadata(place.path("store.db.key"))
        .expect("made")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    store.close().await;
    let named = Place::new();
    let options = named.options().key_file(named.path("elsewhere"));
    Store::open(options).await.expect("it opens").close().await;
    assert!(named.path("elsewhere").exists());
    assert!(!named.path("store.db.key").exists());
}

#[tokio::test]
async fn the_key_file_must_be_there_and_be_the_right_one_and_private() {
    let place = Place::new();
    place.open().await.close().await;
    let key_file = place.path("store.db.key");
    let other = Place::new();
    other.open().await.close().await;

    let foreign = refused(place.options().key_file(other.path("store.db.key"))).await;
    assert!(matches!(foreign, OpenError::KeyForeign { .. }), "{foreign}");

    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o644)).expect("set");
    let open = refused(place.options()).await;
    assert!(
        matches!(open, OpenError::KeyTooOpen { mode: 0o644, .. }),
        "{open}"
    );
    assert!(open.to_string().contains("chmod 600"));
    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).expect("set");

    let aside = place.path("aside");
    fs::rename(&key_file, &aside).expect("moved");
    let lost = refused(place.options()).await;
    assert!(matches!(lost, OpenError::KeyLost { .. }), "{lost}");
    assert!(!key_file.exists(), "no other is made in its place");

    fs::write(&key_file, "something else").expect("written");
    fs::set_permissions(&key_file, fs::Permissions::from_mode(0o600)).expect("set");
    let malformed = refused(place.options()).await;
    assert!(
        matches!(malformed, OpenError::KeyMalformed { .. }),
        "{malformed}"
    );

    fs::rename(&aside, &key_file).expect("moved back");
    place.open().await.close().await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_kept() {
    let place = Place::new();
    place.open().await.close().await;
    execute(
        &place.database(),
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'of tomorrow', TRUE, x'00', 0)",
    )
    .await;
    let before = fs::read(place.database()).expect("read");
    let newer = refused(place.options()).await;
    assert!(
        matches!(
            newer,
            OpenError::NewerSchema {
                found: 9999,
                known: 2,
                ..
            }
        ),
        "{newer}"
    );
    assert_eq!(fs::read(place.database()).expect("read"), before);
}

#[tokio::test]
async fn another_programs_database_is_refused_and_kept() {
    let place = Place::new();
    execute(&place.database(), "CREATE TABLE recipes (name TEXT)").await;
    let before = fs::read(place.database()).expect("read");
    let foreign = refused(place.options()).await;
    assert!(
        matches!(foreign, OpenError::ForeignDatabase { .. }),
        "{foreign}"
    );
    assert_eq!(fs::read(place.database()).expect("read"), before);
    assert!(!place.path("store.db.key").exists());
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_kept() {
    let place = Place::new();
    let letter = "Dear reader, this is a letter. ".repeat(200);
    fs::write(place.database(), &letter).expect("written");
    let refusal = refused(place.options()).await;
    assert!(
        matches!(refusal, OpenError::NotADatabase { .. }),
        "{refusal}"
    );
    assert_eq!(fs::read_to_string(place.database()).expect("read"), letter);

    fs::remove_file(place.database()).expect("removed");
    fs::create_dir(place.database()).expect("made");
    let refusal = refused(place.options()).await;
    assert!(
        matches!(refusal, OpenError::NotADatabase { .. }),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_missing_directory_is_named_and_not_made() {
    let place = Place::new();
    let url = format!("sqlite:{}/sub/store.db", place.path("missing").display());
    let refusal = refused(Options::new(url)).await;
    assert!(
        matches!(refusal, OpenError::MissingDirectory { .. }),
        "{refusal}"
    );
    assert!(refusal.to_string().contains("missing/sub"));
    assert!(!place.path("missing").exists());
}

#[tokio::test]
async fn an_empty_file_is_a_new_store() {
    let place = Place::new();
    fs::write(place.database(), "").expect("written");
    let store = place.open().await;
    team(&store).await;
    store.close().await;
    assert!(
        !place
            .open()
            .await
            .is_empty_but_for("another")
            .await
            .expect("read")
    );
}
