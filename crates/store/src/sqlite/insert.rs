//! Inserting tokens, many rows a statement: a statement costs a change of threads, a row does not.

use std::collections::BTreeMap;
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

/// So many rows, and fewer, have a statement for each number: most transactions are then one statement.
const FEW: usize = 32;

/// The most rows of a statement. Between [`FEW`] and this its rows are a multiple of `FEW`, so that there are not too
/// many statements to keep prepared.
const MANY: usize = 256;

const ONE: &str = "INSERT INTO tokens (id, api, kind, owner, parent, hash, indexed, name, scopes, attributes, created_at, \
                   expires_at, uses_limit, minted_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const MORE: &str = ", (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

/// The statements, by how many rows they insert.
pub(super) struct Inserts(BTreeMap<usize, Arc<str>>);

impl Inserts {
    pub(super) fn new() -> Self {
        let sizes = (1..FEW).chain((FEW..=MANY).step_by(FEW));
        Self(sizes.map(|rows| (rows, statement(rows))).collect())
    }

    /// Inserts them all by a statement that is a transaction by itself, if there is one of so many rows, and none of
    /// them breaks a rule; says whether it did.
    pub(super) async fn insert_at_once(
        &self,
        db: &mut SqliteConnection,
        mints: &[Mint],
    ) -> sqlx::Result<bool> {
        let Some(sql) = self.0.get(&mints.len()) else {
            return Ok(false);
        };
        match insert_rows(db, sql, mints).await {
            Ok(()) => Ok(true),
            Err(error) if conflict(&error, RULES).is_some() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Inserts them all, within the writer's transaction. One that breaks a rule is refused alone; an error ends the
    /// whole transaction.
    pub(super) async fn insert(
        &self,
        db: &mut SqliteConnection,
        mints: &mut [Mint],
    ) -> sqlx::Result<()> {
        let mut rest = mints;
        while let Some((&rows, sql)) = self.0.range(..=rest.len()).next_back() {
            let (chunk, after) = rest.split_at_mut(rows);
            insert_chunk(db, sql, chunk).await?;
            rest = after;
        }
        Ok(())
    }
}

async fn insert_chunk(
    db: &mut SqliteConnection,
    sql: &Arc<str>,
    chunk: &mut [Mint],
) -> sqlx::Result<()> {
    let Err(error) = insert_rows(db, sql, chunk).await else {
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

/// Inserts all, or none if one breaks a rule.
async fn insert_rows(
    db: &mut SqliteConnection,
    sql: &Arc<str>,
    mints: &[Mint],
) -> sqlx::Result<()> {
    let mut query = sqlx::query(AssertSqlSafe(Arc::clone(sql)));
    for mint in mints {
        query = bind(query, &mint.token);
    }
    query.execute(db).await.map(drop)
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
        .bind(shared(&token.api))
        .bind(shared(&token.kind))
        .bind(token.owner.as_bytes().to_vec())
        .bind(bytes_of(token.parent.as_ref()).map(<[u8]>::to_vec))
        .bind(token.hash.as_bytes().to_vec())
        .bind(token.indexed)
        .bind(token.name.as_deref().map(shared))
        .bind(token.scopes.as_deref().map(shared))
        .bind(token.attributes.as_deref().map(shared))
        .bind(token.created_at.timestamp_millis())
        .bind(millis(token.expires_at))
        .bind(token.uses_limit)
        .bind(token.minted_by.as_deref().map(shared))
}

/// A text to bind: of all forms the one that takes a single allocation.
fn shared(text: &str) -> Arc<str> {
    Arc::from(text)
}

fn statement(rows: usize) -> Arc<str> {
    format!("{ONE}{}", MORE.repeat(rows.saturating_sub(1))).into()
}
