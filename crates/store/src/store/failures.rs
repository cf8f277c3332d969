//! A disk that fills up and a database that turns read-only under an open store.

use tempfile::TempDir;

use crate::sqlite::change::{Change, Touched};
use crate::{Digest, NewOwner, NewToken, Options, OwnerId, Redemption, Store, StoreError};

/// Sets something of the writer's own connection.
struct Set(&'static str);

impl Change for Set {
    type Output = ();

    async fn apply(&self, db: &mut sqlx::SqliteConnection, _: &mut Touched) -> sqlx::Result<()> {
        sqlx::query(self.0).execute(db).await.map(drop)
    }
}

async fn open() -> (TempDir, Store, OwnerId) {
    let directory = tempfile::tempdir().expect("a directory");
    let url = format!("sqlite:{}/store.db", directory.path().display());
    let store = Store::open(Options::new(url)).await.expect("it opens");
    let owner = NewOwner {
        api: "example",
        kind: "team",
        parent: None,
        keys: Vec::new(),
        attributes: serde_json::Value::Null,
        secret_hash: None,
        sealed: None,
        by: "test",
    };
    let owner = store.create_owner(owner).await.expect("made").id;
    (directory, store, owner)
}

fn large(owner: OwnerId) -> NewToken {
    NewToken {
        attributes: Some("x".repeat(1000)),
        ..NewToken::new("example", "access", owner, Digest::of("secret"))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_and_what_was_answered_stays() {
    let (_directory, store, owner) = open().await;
    let code = store.mint(large(owner)).await.expect("minted");
    store
        .inner
        .asker
        .change(Set("PRAGMA max_page_count = 200"))
        .await
        .expect("set");
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..2000 {
        let store = store.clone();
        callers.spawn(async move { store.mint(large(owner)).await });
    }
    let mut answered = Vec::new();
    let mut full = 0;
    for outcome in callers.join_all().await {
        match outcome {
            Ok(token) => answered.push(token),
            Err(StoreError::Full { .. }) => full += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert!(full > 0);
    while store.mint(large(owner)).await.is_ok() {}
    let refused = store
        .redeem(code.id, "test", vec![large(owner)])
        .await
        .expect_err("no room");
    assert!(refused.to_string().contains("no room left"), "{refused}");

    store
        .inner
        .asker
        .change(Set("PRAGMA max_page_count = 100000"))
        .await
        .expect("set");
    for token in &answered {
        let kept = store
            .token(token.id)
            .await
            .expect("read")
            .expect("what was answered stays");
        assert_eq!(*kept, *token);
    }
    let redeemed = store
        .redeem(code.id, "test", vec![large(owner)])
        .await
        .expect("room again");
    assert!(
        matches!(redeemed, Redemption::Redeemed(_)),
        "the code was left unused"
    );
    store.mint(large(owner)).await.expect("room again");
}

#[tokio::test]
async fn a_database_that_turns_read_only_is_told() {
    let (_directory, store, owner) = open().await;
    let minted = store.mint(large(owner)).await.expect("minted");
    store
        .inner
        .asker
        .change(Set("PRAGMA query_only = 1"))
        .await
        .expect("set");
    let refused = store.mint(large(owner)).await.expect_err("read-only");
    assert!(matches!(refused, StoreError::ReadOnly { .. }), "{refused}");
    assert!(store.token(minted.id).await.expect("still read").is_some());
}

#[tokio::test]
async fn a_database_that_another_process_keeps_locked_is_told() {
    use sqlx::Connection;
    let (directory, store, owner) = open().await;
    store
        .inner
        .asker
        .change(Set("PRAGMA busy_timeout = 50"))
        .await
        .expect("set");
    let url = format!("sqlite:{}/store.db", directory.path().display());
    let mut other = sqlx::SqliteConnection::connect(&url).await.expect("opened");
    sqlx::query("BEGIN IMMEDIATE")
        .execute(&mut other)
        .await
        .expect("locked");
    let refused = store.mint(large(owner)).await.expect_err("locked");
    assert!(matches!(refused, StoreError::Busy { .. }), "{refused}");
    sqlx::query("ROLLBACK")
        .execute(&mut other)
        .await
        .expect("unlocked");
    store.mint(large(owner)).await.expect("minted");
}
