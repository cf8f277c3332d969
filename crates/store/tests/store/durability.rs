//! What was answered is on the disk.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use specmint_store::{Options, Store, TokenId};

use crate::place::{Place, team, token};

#[tokio::test]
async fn another_connection_sees_what_was_answered() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await;
    let other = place.open().await;
    for _ in 0..20 {
        let minted = store.mint(token(owner.id)).await.expect("minted");
        let seen = other.token(minted.id).await.expect("read").expect("there");
        assert_eq!(*seen, minted);
    }
}

#[tokio::test]
async fn closing_leaves_one_whole_file() {
    let place = Place::new();
    let store = place.open().await;
    let owner = team(&store).await;
    let minted = store.mint(token(owner.id)).await.expect("minted");
    let clone = store.clone();
    store.close().await;
    assert!(
        !place.path("store.db-wal").exists(),
        "the log was folded in"
    );
    let refused = clone.mint(token(owner.id)).await.expect_err("closed");
    assert_eq!(refused.to_string(), "the store is closed");
    assert!(clone.token(minted.id).await.is_err());
    assert!(clone.ping().await.is_err());
    let again = place.open().await;
    assert_eq!(
        *again.token(minted.id).await.expect("read").expect("there"),
        minted
    );
    assert!(again.ping().await.is_ok());
}

/// Not a test of its own: the process that [`a_killed_process_loses_nothing_that_it_answered`] kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "runs as a child process of another test"]
async fn child_that_mints_until_it_is_killed() {
    let Ok(url) = std::env::var("STORE_TEST_CHILD_URL") else {
        return;
    };
    let store = Store::open(Options::new(url)).await.expect("it opens");
    let owner = store
        .find_owner(crate::place::API, "team", None, "acme")
        .await
        .expect("read")
        .expect("the parent process made it")
        .id;
    let mut minting = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let store = store.clone();
        minting.spawn(async move {
            loop {
                let minted = store.mint(token(owner)).await.expect("minted");
                println!("minted {}", minted.id);
            }
        });
    }
    minting.join_all().await;
}

#[tokio::test]
async fn a_killed_process_loses_nothing_that_it_answered() {
    let place = Place::new();
    let store = place.open().await;
    team(&store).await;
    store.close().await;

    let mut child = Command::new(std::env::current_exe().expect("this test"))
        .args([
            "--exact",
            "durability::child_that_mints_until_it_is_killed",
            "--ignored",
            "--nocapture",
        ])
        .env("STORE_TEST_CHILD_URL", place.options().url)
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut answered: Vec<TokenId> = Vec::new();
    let id = |line: String| line.strip_prefix("minted ")?.parse::<TokenId>().ok();
    while answered.len() < 3000 {
        let line = lines.next().expect("it goes on").expect("read");
        answered.extend(id(line));
    }
    child.kill().expect("killed with SIGKILL");
    child.wait().expect("gone");
    // What it had printed before it died counts as well; the last line may be cut.
    let cut = |line: &String| line.len() == "minted ".len() + 36;
    answered.extend(lines.map_while(Result::ok).filter(cut).filter_map(id));

    let store = place.open().await;
    for id in &answered {
        assert!(
            store.token(*id).await.expect("read").is_some(),
            "{id} is lost"
        );
    }
    assert!(answered.len() >= 3000);
}
