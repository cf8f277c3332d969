//! A value that is decoded and held against the checks of its model.

use super::Unread;
use crate::check::doubt;

/// What `read` gives, if it keeps `check`. Where the model cannot tell, `is_valid` does: by the schema, of the value as it
/// was sent.
///
/// # Errors
/// Why nothing could be read; `None` where a check is broken.
pub(crate) fn held<T, E: Into<Option<Unread>>>(
    read: impl Fn() -> Result<T, E>,
    check: impl Fn(&T) -> bool,
    is_valid: impl FnOnce() -> bool,
) -> Result<T, Option<Unread>> {
    let checked = || match read() {
        Ok(value) if check(&value) => Ok(value),
        other => Err(other.err().and_then(Into::into)),
    };
    match doubt::told(checked) {
        (hot, false) => hot,
        (hot, true) if is_too_much(&hot) || !is_valid() => Err(hot.err().flatten()),
        (Ok(value), true) => Ok(value),
        (Err(_), true) => doubt::overlooked(checked),
    }
}

/// What is too much for the alternatives' types is too much for their schemas.
fn is_too_much<T>(hot: &Result<T, Option<Unread>>) -> bool {
    matches!(hot, Err(Some(Unread { is_spent: true, .. })))
}
