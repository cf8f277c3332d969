//! Whether the model can tell what a keyword asks.
//!
//! Items may differ in what their model does not keep: a member that it ignores, the offset of a date-time, the case of a
//! UUID; and a float may stand for another number than was sent. So where items are equal by their model, or a float is at
//! its limit, the schema has the last word: the value is held against it as it was sent, and where it is valid it is read
//! again, without these checks.

use std::cell::Cell;

thread_local! {
    /// Whether a doubt was raised since somebody asked.
    static RAISED: Cell<bool> = const { Cell::new(false) };
    /// Whether what is in doubt is let pass.
    static OVERLOOKED: Cell<bool> = const { Cell::new(false) };
}

/// Says that the model cannot tell; whether that is let pass.
pub(super) fn raise() -> bool {
    RAISED.set(true);
    OVERLOOKED.get()
}

/// What `read` gives, and whether a doubt was raised.
pub(crate) fn told<T>(read: impl FnOnce() -> T) -> (T, bool) {
    RAISED.set(false);
    let read = read();
    (read, RAISED.take())
}

/// What `read` gives where what is in doubt is let pass.
pub(crate) fn overlooked<T>(read: impl FnOnce() -> T) -> T {
    let _restored = Restored(OVERLOOKED.replace(true));
    read()
}

/// What `choose` gives where what is in doubt is let pass only if nothing is found without that: of several types, one that
/// is beyond doubt is the right one.
pub(crate) fn last<T>(choose: impl Fn() -> Option<T>) -> Option<T> {
    if !OVERLOOKED.get() {
        return choose();
    }
    let first = {
        let _restored = Restored(OVERLOOKED.replace(false));
        choose()
    };
    first.or_else(choose)
}

/// Sets the old state again, also where reading panics.
struct Restored(bool);

impl Drop for Restored {
    fn drop(&mut self) {
        OVERLOOKED.set(self.0);
    }
}
