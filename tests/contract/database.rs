//! A second hand on a server's database file, as an operator with a shell would have it.

use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, Row, SqliteConnection};

/// Renames every table of the server's own, so that nothing in it can be read or written.
pub async fn rename_tables(database: &Path) {
    let mut connection = open(database).await;
    for table in tables(&mut connection).await {
        let rename = format!("ALTER TABLE \"{table}\" RENAME TO \"{table}_gone\"");
        sqlx::query(AssertSqlSafe(rename))
            .execute(&mut connection)
            .await
            .expect("a table renamed");
    }
    connection.close().await.expect("closed");
}

/// Whether any value of any table has this text in it.
pub async fn holds(database: &Path, text: &str) -> bool {
    let mut connection = open(database).await;
    let mut found = false;
    for table in tables(&mut connection).await {
        for column in columns(&mut connection, &table).await {
            let count = format!(
                "SELECT count(*) FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS BLOB), CAST(? AS BLOB))"
            );
            let row = sqlx::query(AssertSqlSafe(count))
                .bind(text)
                .fetch_one(&mut connection)
                .await
                .expect("a count");
            found |= row.get::<i64, _>(0) > 0;
        }
    }
    connection.close().await.expect("closed");
    found
}

async fn open(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new()
        .filename(database)
        .create_if_missing(false);
    SqliteConnection::connect_with(&options)
        .await
        .expect("the server's database")
}

async fn tables(connection: &mut SqliteConnection) -> Vec<String> {
    let names = sqlx::query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\'",
    );
    let rows = names.fetch_all(connection).await.expect("the tables");
    assert!(!rows.is_empty(), "the database has no tables");
    rows.iter().map(|row| row.get(0)).collect()
}

async fn columns(connection: &mut SqliteConnection, table: &str) -> Vec<String> {
    let names = sqlx::query("SELECT name FROM pragma_table_info(?)").bind(table);
    let rows = names.fetch_all(connection).await.expect("the columns");
    rows.iter().map(|row| row.get(0)).collect()
}
