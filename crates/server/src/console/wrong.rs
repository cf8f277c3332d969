//! What is wrong with a form that was filled in.

/// What is wrong, and with which field.
pub(super) struct Wrong {
    /// The name and the id of the field; empty, where it is none of them.
    pub(super) field: &'static str,
    /// What would be right.
    pub(super) said: String,
}

impl Wrong {
    /// Something about `field`.
    pub(super) fn at(field: &'static str, said: impl Into<String>) -> Self {
        let said = said.into();
        Self { field, said }
    }

    /// What is wrong at a JSON Pointer into what the form stands for, where that is one of its `fields`.
    pub(super) fn at_pointer(pointer: &str, fields: &[&'static str], said: String) -> Self {
        let name = pointer.strip_prefix('/').unwrap_or_default();
        let field = fields.iter().find(|field| **field == name);
        Self::at(field.copied().unwrap_or_default(), said)
    }
}

/// Whether that is about `field`.
pub(super) fn is_at(wrong: Option<&Wrong>, field: &str) -> bool {
    wrong.is_some_and(|wrong| wrong.field == field)
}
