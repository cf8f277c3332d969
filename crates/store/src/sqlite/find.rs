//! Looking through all owners, tokens and events.

use chrono::{DateTime, Utc};
use sqlx::sqlite::{SqlitePool, SqliteRow};
use sqlx::{QueryBuilder, Row, Sqlite};

use super::row::{self, owner_columns, token_columns};
use crate::event::Action;
use crate::{
    Event, EventFilter, Owner, OwnerCount, OwnerFilter, OwnerId, State, Token, TokenCount,
    TokenFilter,
};

type Query = QueryBuilder<Sqlite>;

/// Whether a token was revoked, by itself or with its owner.
const REVOKED: &str = "(revoked_at IS NOT NULL OR EXISTS \
                       (SELECT 1 FROM owners WHERE owners.id = tokens.owner AND deleted_at IS NOT NULL))";

/// The tokens that the filter lets through, newest first.
pub(crate) async fn tokens(
    pool: &SqlitePool,
    filter: &TokenFilter,
    limit: u32,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<Token>> {
    let mut query = Query::new(concat!(
        "SELECT ",
        token_columns!(),
        " FROM tokens WHERE TRUE"
    ));
    equal(&mut query, " AND api = ", filter.api.as_ref());
    equal(&mut query, " AND api <> ", filter.except_api.as_ref());
    among(&mut query, &filter.kinds);
    owned(&mut query, filter.owner.as_ref(), &filter.and_below);
    bytes(
        &mut query,
        " AND id < ",
        filter.before.as_ref().map(|id| id.as_bytes()),
    );
    if let Some(state) = filter.state {
        in_state(&mut query, state, now);
    }
    if let Some(search) = &filter.search {
        query.push(" AND (instr(lower(name), lower(");
        query.push_bind(search.clone());
        query.push(")) OR instr('/' || lower(hex(id)) || '/', '/' || replace(lower(");
        query.push_bind(search.clone());
        query.push("), '-', '')) OR instr('/' || lower(hex(id)) || '/', replace(lower(");
        query.push_bind(search.clone());
        query.push("), '-', '') || '/'))");
    }
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    let found = query.build().fetch_all(pool).await?;
    found.iter().map(row::token).collect()
}

/// As [`Token::state`] judges.
fn in_state(query: &mut Query, state: State, now: DateTime<Utc>) {
    let now = now.timestamp_millis();
    if state == State::Revoked {
        query.push(" AND ").push(REVOKED);
        return;
    }
    query.push(" AND NOT ").push(REVOKED);
    if state == State::Expired {
        query.push(" AND expires_at <= ").push_bind(now);
        return;
    }
    query.push(" AND (expires_at IS NULL OR expires_at > ");
    query.push_bind(now);
    query.push(match state {
        State::Exhausted => ") AND uses_limit <= uses",
        State::Active | State::Expired | State::Revoked => {
            ") AND (uses_limit IS NULL OR uses_limit > uses)"
        }
    });
}

/// The owners that the filter lets through, newest first.
pub(crate) async fn owners(
    pool: &SqlitePool,
    filter: &OwnerFilter,
    limit: u32,
) -> sqlx::Result<Vec<Owner>> {
    let mut query = Query::new(concat!(
        "SELECT ",
        owner_columns!(),
        " FROM owners WHERE deleted_at IS NULL"
    ));
    equal(&mut query, " AND api = ", filter.api.as_ref());
    among(&mut query, &filter.kinds);
    bytes(
        &mut query,
        " AND parent = ",
        filter.parent.as_ref().map(|id| id.as_bytes()),
    );
    bytes(
        &mut query,
        " AND id < ",
        filter.before.as_ref().map(|id| id.as_bytes()),
    );
    if let Some(search) = &filter.search {
        query.push(
            " AND (EXISTS (SELECT 1 FROM json_tree(attributes) WHERE instr(lower(atom), lower(",
        );
        query.push_bind(search.clone());
        query.push("))) OR EXISTS (SELECT 1 FROM owner_keys WHERE owner = owners.id AND instr(lower(key), lower(");
        query.push_bind(search.clone());
        query.push("))))");
    }
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    let found = query.build().fetch_all(pool).await?;
    found.iter().map(row::owner).collect()
}

/// The events that the filter lets through, newest first: those that were kept, and the minting of each token.
pub(crate) async fn events(
    pool: &SqlitePool,
    filter: &EventFilter,
    limit: u32,
) -> sqlx::Result<Vec<Event>> {
    let mut query = Query::new(
        "SELECT id, at, api, action, actor, owner, token, times FROM \
         (SELECT id, at, api, action, actor, owner, token, times FROM events WHERE TRUE",
    );
    narrow(&mut query, filter, "token", "at");
    if !filter.token_kinds.is_empty() {
        query.push(
            " AND NOT EXISTS (SELECT 1 FROM tokens WHERE tokens.id = events.token AND NOT (TRUE",
        );
        among(&mut query, &filter.token_kinds);
        query.push("))");
    }
    if let Some(action) = filter.action {
        query.push(" AND action = ").push_bind(action.name());
    }
    if filter.action.is_none_or(|action| action == Action::Minted) {
        query.push(
            " UNION ALL SELECT id, created_at, api, 'minted', coalesce(minted_by, ''), owner, id, 1 FROM tokens WHERE TRUE",
        );
        narrow(&mut query, filter, "id", "created_at");
        among(&mut query, &filter.token_kinds);
    }
    query.push(") WHERE TRUE");
    if let Some(search) = &filter.search {
        acted(&mut query, search, &filter.or_actors);
    }
    query.push(" ORDER BY id DESC LIMIT ").push_bind(limit);
    let found = query.build().fetch_all(pool).await?;
    found.iter().map(event).collect()
}

/// By an actor that contains `search`, that acted by a token whose name does, or that is one of `actors`.
fn acted(query: &mut Query, search: &str, actors: &[String]) {
    query.push(" AND (instr(lower(replace(actor, '_', ' ')), lower(replace(");
    query.push_bind(search.to_owned());
    query.push(
        ", '_', ' '))) OR EXISTS (SELECT 1 FROM tokens WHERE tokens.id = \
         unhex(replace(substr(actor, instr(actor, ':') + 1), '-', '')) AND instr(lower(name), lower(",
    );
    query.push_bind(search.to_owned());
    query.push("))) OR actor IN (");
    let mut list = query.separated(", ");
    for actor in actors {
        list.push_bind(actor.clone());
    }
    query.push("))");
}

fn narrow(query: &mut Query, filter: &EventFilter, token: &'static str, at: &'static str) {
    equal(query, " AND api = ", filter.api.as_ref());
    equal(query, " AND api <> ", filter.except_api.as_ref());
    for (moment, comparison) in [(filter.since, " >= "), (filter.until, " < ")] {
        if let Some(moment) = moment {
            query.push(" AND ").push(at).push(comparison);
            query.push_bind(moment.timestamp_millis());
        }
    }
    owned(query, filter.owner.as_ref(), &filter.and_below);
    bytes(
        query,
        " AND id < ",
        filter.before.as_ref().map(|id| id.as_bytes()),
    );
    if let Some(id) = &filter.token {
        query.push(" AND ").push(token);
        bytes(query, " = ", Some(id.as_bytes()));
    }
}

fn event(row: &SqliteRow) -> sqlx::Result<Event> {
    let action: &str = row.try_get(3)?;
    Ok(Event {
        id: row::id(row, 0)?,
        at: row::time(row.try_get(1)?)?,
        api: row.try_get(2)?,
        action: Action::of_name(action).ok_or_else(|| row::damaged("an unknown action"))?,
        actor: row.try_get(4)?,
        owner: row::optional_id(row, 5)?,
        token: row::optional_id(row, 6)?,
        times: row.try_get(7)?,
    })
}

/// How many tokens there are, by API and kind: all, for which the whole table is read, once, or those of an owner and of
/// all below it.
pub(crate) async fn token_counts(
    pool: &SqlitePool,
    of: Option<&OwnerId>,
    now: DateTime<Utc>,
) -> sqlx::Result<Vec<TokenCount>> {
    let mut query = Query::new(
        "SELECT api, kind, count(*) FILTER (WHERE state = 'active'), count(*) FILTER (WHERE state = 'expired'), \
         count(*) FILTER (WHERE state = 'exhausted'), count(*) FILTER (WHERE state = 'revoked') FROM \
         (SELECT tokens.api, tokens.kind, CASE WHEN revoked_at IS NOT NULL OR deleted_at IS NOT NULL THEN 'revoked' \
          WHEN expires_at <= ",
    );
    query.push_bind(now.timestamp_millis());
    query.push(
        " THEN 'expired' WHEN uses_limit <= uses THEN 'exhausted' ELSE 'active' END AS state \
         FROM tokens LEFT JOIN owners ON owners.id = tokens.owner",
    );
    if let Some(owner) = of {
        query.push(" WHERE owner IN (");
        tree(&mut query, owner);
        query.push(")");
    }
    query.push(") GROUP BY api, kind ORDER BY api, kind");
    let found = query.build().fetch_all(pool).await?;
    let count = |row: &SqliteRow| {
        Ok(TokenCount {
            api: row.try_get(0)?,
            kind: row.try_get(1)?,
            active: row.try_get(2)?,
            expired: row.try_get(3)?,
            exhausted: row.try_get(4)?,
            revoked: row.try_get(5)?,
        })
    };
    found.iter().map(count).collect()
}

/// How many owners there are, by API and kind: all, or those below one.
pub(crate) async fn owner_counts(
    pool: &SqlitePool,
    below: Option<&OwnerId>,
) -> sqlx::Result<Vec<OwnerCount>> {
    let mut query = Query::new("SELECT api, kind, count(*) FROM owners WHERE deleted_at IS NULL");
    if let Some(owner) = below {
        bytes(&mut query, " AND id <> ", Some(owner.as_bytes()));
        query.push(" AND id IN (");
        tree(&mut query, owner);
        query.push(")");
    }
    query.push(" GROUP BY api, kind ORDER BY api, kind");
    let found = query.build().fetch_all(pool).await?;
    let count = |row: &SqliteRow| {
        Ok(OwnerCount {
            api: row.try_get(0)?,
            kind: row.try_get(1)?,
            count: row.try_get(2)?,
        })
    };
    found.iter().map(count).collect()
}

/// The ids of `owner` and of all below it.
fn tree(query: &mut Query, owner: &OwnerId) {
    bytes(
        query,
        "WITH RECURSIVE below (id) AS (SELECT ",
        Some(owner.as_bytes()),
    );
    query.push(
        " UNION ALL SELECT owners.id FROM owners JOIN below ON owners.parent = below.id WHERE deleted_at IS NULL) \
         SELECT id FROM below",
    );
}

/// Of `owner`, or of one of these kinds right below it.
fn owned(query: &mut Query, owner: Option<&OwnerId>, and_below: &[String]) {
    let Some(owner) = owner.map(|id| id.as_bytes()) else {
        return;
    };
    if and_below.is_empty() {
        bytes(query, " AND owner = ", Some(owner));
        return;
    }
    query.push(" AND owner IN (SELECT ");
    query.push_bind(owner.to_vec());
    bytes(
        query,
        " UNION ALL SELECT id FROM owners WHERE parent = ",
        Some(owner),
    );
    among(query, and_below);
    query.push(")");
}

fn equal(query: &mut Query, condition: &'static str, value: Option<&String>) {
    if let Some(value) = value {
        query.push(condition).push_bind(value.clone());
    }
}

fn bytes(query: &mut Query, condition: &'static str, id: Option<&[u8; 16]>) {
    if let Some(id) = id {
        query.push(condition).push_bind(id.to_vec());
    }
}

fn among(query: &mut Query, kinds: &[String]) {
    if kinds.is_empty() {
        return;
    }
    query.push(" AND kind IN (");
    let mut list = query.separated(", ");
    for kind in kinds {
        list.push_bind(kind.clone());
    }
    query.push(")");
}
