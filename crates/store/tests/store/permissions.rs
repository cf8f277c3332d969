//! Read-only files and directories. The system's superuser may write them all the same, so the store is opened by a child
//! process that is an ordinary user.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use specmint_store::{OpenError, Options, Store};

use crate::place::Place;

/// An id that is nobody's.
const NOBODY: u32 = 65534;

/// Not a test of its own: prints how a store opens.
#[tokio::test]
#[ignore = "runs as a child process of other tests"]
async fn child_that_opens() {
    let Ok(url) = std::env::var("STORE_TEST_CHILD_URL") else {
        return;
    };
    match Store::open(Options::new(url)).await {
        Ok(_) => println!("outcome: opened"),
        Err(OpenError::ReadOnly { .. }) => println!("outcome: read-only"),
        Err(other) => println!("outcome: {other}"),
    }
}

/// How an ordinary user's store opens in `place`.
fn open_as_nobody(place: &Place) -> String {
    // The test itself may lie where an ordinary user may not go.
    let program = Place::new();
    let copy = program.path("test");
    fs::copy(std::env::current_exe().expect("this test"), &copy).expect("copied");
    let directory = copy.parent().expect("its directory");
    fs::set_permissions(directory, Permissions::from_mode(0o755)).expect("set");
    let mut command = Command::new(&copy);
    if is_superuser(directory) {
        command.uid(NOBODY).gid(NOBODY);
    }
    let output = command
        .args([
            "--exact",
            "permissions::child_that_opens",
            "--ignored",
            "--nocapture",
        ])
        .env("STORE_TEST_CHILD_URL", place.options().url)
        .current_dir(directory)
        .output()
        .expect("started");
    let output = String::from_utf8_lossy(&output.stdout).into_owned();
    let outcome = output.lines().find_map(|line| line.split_once("outcome: "));
    outcome.unwrap_or_else(|| panic!("{output}")).1.to_owned()
}

fn is_superuser(own: &Path) -> bool {
    fs::metadata(own).expect("there").uid() == 0
}

/// Makes all files of `place` an ordinary user's, with these permissions.
fn hand_over(place: &Place, directory: u32, file: u32) {
    let root = place.database().parent().expect("its directory").to_owned();
    let superuser = is_superuser(&root);
    let files = fs::read_dir(&root)
        .expect("listed")
        .map(|file| file.expect("a file").path());
    for path in files.collect::<Vec<_>>() {
        let key = path.extension().is_some_and(|extension| extension == "key");
        fs::set_permissions(
            &path,
            Permissions::from_mode(if key { 0o600 } else { file }),
        )
        .expect("set");
        if superuser {
            chown(&path, Some(NOBODY), Some(NOBODY)).expect("given");
        }
    }
    fs::set_permissions(&root, Permissions::from_mode(directory)).expect("set");
    if superuser {
        chown(&root, Some(NOBODY), Some(NOBODY)).expect("given");
    }
}

#[tokio::test]
async fn a_read_only_file_is_refused() {
    let place = Place::new();
    place.open().await.close().await;
    hand_over(&place, 0o755, 0o644);
    assert_eq!(open_as_nobody(&place), "opened");
    hand_over(&place, 0o755, 0o444);
    assert_eq!(open_as_nobody(&place), "read-only");
}

#[tokio::test]
async fn a_read_only_directory_is_refused() {
    let place = Place::new();
    hand_over(&place, 0o555, 0o644);
    assert_eq!(open_as_nobody(&place), "read-only", "a new database");
    hand_over(&place, 0o755, 0o644);
    place.open().await.close().await;
    hand_over(&place, 0o555, 0o644);
    assert_eq!(open_as_nobody(&place), "read-only", "one that is there");
    hand_over(&place, 0o755, 0o644);
}

#[tokio::test]
async fn a_url_that_asks_for_reading_only_is_refused() {
    let place = Place::new();
    place.open().await.close().await;
    let before = fs::read(place.database()).expect("read");
    let options = Options::new(format!("{}?mode=ro", place.options().url));
    let refusal = Store::open(options).await.expect_err("it does not open");
    assert!(matches!(refusal, OpenError::ReadOnly { .. }), "{refusal}");
    assert_eq!(fs::read(place.database()).expect("read"), before);
}
