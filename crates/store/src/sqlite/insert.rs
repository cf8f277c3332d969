//! Inserting tokens, many rows a statement: a statement costs a change of threads, a row does not.

use std::sync::Arc;

use sqlx::query::Query;
use sqlx::sqlite::SqliteArguments;
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection};

use super::command::Mint;
use super::failure::{Rules, conflict};
use super::row::{bytes_of, millis};
use crate::Token;

/// What broken rules mean for an insert.
pub(crate) const RULES: Rules = Rules {
    taken: "a token has that id or that hash already",
    missing: "the token's owner does not exist",
};

/// How many rows a statement may have: few sizes, so that each is prepared once.
const SIZES: [usize; 5] = [256, 64, 16, 4, 1];

const ONE: &str = "INSERT INTO tokens (id, api, kind, owner, parent, hash, indexed, name, scopes, attributes, created_at, \
                   expires_at, uses_limit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const MORE: &str = ", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// The statements, one for each size.
pub(super) struct Inserts(Vec<(usize, Arc<str>)>);

impl Inserts {
    pub(super) fn new() -> Self {
        Self(SIZES.iter().map(|&rows| (rows, statement(rows))).collect())
    }

    /// Whether so many rows take only one statement, which is a transaction by itself.
    pub(super) fn is_one_statement(rows: usize) -> bool {
        SIZES.contains(&rows)
    }

    /// Inserts them all. One that breaks a rule is refused alone; an error ends the whole transaction.
    pub(super) async fn insert(
        &self,
        db: &mut SqliteConnection,
        mints: &mut [Mint],
    ) -> sqlx::Result<()> {
        let mut rest = mints;
        for (rows, sql) in &self.0 {
            let mut chunks = rest.chunks_exact_mut(*rows);
            for chunk in &mut chunks {
                insert_chunk(db, sql, chunk).await?;
            }
            rest = chunks.into_remainder();
        }
        Ok(())
    }
}

async fn insert_chunk(
    db: &mut SqliteConnection,
    sql: &Arc<str>,
    chunk: &mut [Mint],
) -> sqlx::Result<()> {
    let mut query = sqlx::query(AssertSqlSafe(Arc::clone(sql)));
    for mint in &*chunk {
        query = bind(query, &mint.token);
    }
    let Err(error) = query.execute(&mut *db).await else {
        return Ok(());
    };
    if conflict(&error, RULES).is_none() {
        return Err(error);
    }
    // None of the rows is in: each is tried by itself, to find those to refuse.
    for mint in chunk {
        if let Err(error) = insert_one(db, &mint.token).await {
            mint.refused = Some(conflict(&error, RULES).ok_or(error)?);
        }
    }
    Ok(())
}

/// Inserts one token.
pub(super) async fn insert_one(db: &mut SqliteConnection, token: &Token) -> sqlx::Result<()> {
    bind(sqlx::query(ONE), token).execute(db).await.map(drop)
}

fn bind<'q>(
    query: Query<'q, Sqlite, SqliteArguments>,
    token: &Token,
) -> Query<'q, Sqlite, SqliteArguments> {
    query
        .bind(token.id.as_bytes().to_vec())
        .bind(token.api.to_string())
        .bind(token.kind.to_string())
        .bind(token.owner.as_bytes().to_vec())
        .bind(bytes_of(token.parent.as_ref()).map(<[u8]>::to_vec))
        .bind(token.hash.as_bytes().to_vec())
        .bind(token.indexed)
        .bind(token.name.clone())
        .bind(token.scopes.clone())
        .bind(token.attributes.clone())
        .bind(token.created_at.timestamp_millis())
        .bind(millis(token.expires_at))
        .bind(token.uses_limit)
}

fn statement(rows: usize) -> Arc<str> {
    format!("{ONE}{}", MORE.repeat(rows.saturating_sub(1))).into()
}
