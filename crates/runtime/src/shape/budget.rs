//! How often a value may be read again, where alternatives stand within alternatives.
//!
//! Each alternative of a union is tried by itself, and tries those of the unions in it: in a value of depth `d` that would be
//! `k` to the power of `d` readings. So the outermost union has a budget in proportion to its value, and what is read again
//! within it is paid for by its size. A value that uses it up is refused, by the alternatives and by its schema.

use std::cell::Cell;

use serde_json::Value;

/// How many times a value's size may be read; an honest one of depth 100 needs half of it.
const TIMES: usize = 100;

/// What any value may use, however small.
const LEAST: usize = 1000;

thread_local! {
    /// What is left, while a union is read.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
    /// Whether the value that is read used it up.
    static SPENT: Cell<bool> = const { Cell::new(false) };
}

/// What is said of a value that was read too often.
pub(crate) const SPENT_UP: &str =
    "has alternatives within alternatives that leave too many ways to read it";

/// A union that is read.
#[derive(Debug)]
pub struct Reading {
    is_outermost: bool,
}

impl Reading {
    /// Pays for one more reading of `value`; `None` where nothing is left.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        let size = size(value);
        let is_outermost = LEFT.get().is_none();
        let left = match LEFT.get() {
            None => {
                SPENT.set(false);
                Some(size.saturating_mul(TIMES).saturating_add(LEAST))
            }
            Some(left) => left.checked_sub(size),
        };
        if left.is_none() {
            SPENT.set(true);
            return None;
        }
        LEFT.set(left);
        Some(Self { is_outermost })
    }
}

impl Drop for Reading {
    fn drop(&mut self) {
        if self.is_outermost {
            LEFT.set(None);
        }
    }
}

/// Whether a union is read.
pub(crate) fn is_reading() -> bool {
    LEFT.get().is_some()
}

/// Whether the value that is read used its budget up.
pub(crate) fn is_spent() -> bool {
    SPENT.get()
}

/// What `read` gives, and whether that used its budget up: told here and then forgotten, so that it is said of no other value.
/// What is read within a union is part of its value.
pub(crate) fn told<T>(read: impl FnOnce() -> T) -> (T, bool) {
    if is_reading() {
        return (read(), is_spent());
    }
    SPENT.set(false);
    let read = read();
    (read, SPENT.take())
}

/// How many values it is made of.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Object(members) => 1 + members.values().map(size).sum::<usize>(),
        _ => 1,
    }
}
