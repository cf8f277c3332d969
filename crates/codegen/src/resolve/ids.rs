//! `operationId`s, each used once: of operations, and of what is sent to webhooks and callbacks (OpenAPI 3.1.1, section 4.8.10).

use std::collections::HashMap;

use super::refs;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;

/// The ids that were met, and where.
#[derive(Default)]
pub struct Ids(HashMap<String, String>);

impl Ids {
    /// Whether the operation that has the id is the one at `pointer`: what is referred to twice is written once.
    pub fn is_of(&self, lowered: &Lowered, id: &str, pointer: &str) -> bool {
        let place = |pointer: &str| {
            let place = lowered.place(pointer);
            (place.file().to_owned(), place.range())
        };
        let first = self.0.get(id);
        first.is_some_and(|first| place(first) == place(pointer))
    }

    /// Takes note of the id of the operation at `pointer`.
    ///
    /// # Errors
    /// Another operation has it: a warning, since names of functions are made of other things too.
    pub fn claim(&mut self, lowered: &Lowered, id: &str, pointer: &str) -> Result<(), Diagnostic> {
        match self.0.get(id) {
            Some(first) => Err(duplicate(lowered, id, pointer, first)),
            None => {
                self.0.insert(id.to_owned(), pointer.to_owned());
                Ok(())
            }
        }
    }
}

fn duplicate(lowered: &Lowered, id: &str, pointer: &str, first: &str) -> Diagnostic {
    lowered
        .error(
            Code::DuplicateOperationId,
            &refs::join(pointer, "operationId"),
            format!(
                "the operationId `{id}` is used twice: this operation is called by where it stands"
            ),
            "give each operation an id of its own, here or through an overlay",
        )
        .warning()
        .with(
            lowered.place(&refs::join(first, "operationId")),
            "first used here",
        )
}
