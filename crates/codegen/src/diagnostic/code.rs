//! The names of all findings.

use std::fmt;

/// Declares [`Code`] so that a name cannot be forgotten.
macro_rules! codes {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal,)+) => {
        /// What a [`Diagnostic`](super::Diagnostic) is about; each has a stable name in kebab-case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])+ $variant,)+
        }

        impl Code {
            /// All codes.
            pub const ALL: &[Code] = &[$(Code::$variant),+];

            /// Its name, as messages show it.
            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$variant => $name,)+
                }
            }
        }
    };
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

codes! {
    /// A file is missing or cannot be read.
    UnreadableFile = "unreadable-file",
    /// A file is not UTF-8.
    NotUtf8 = "not-utf8",
    /// A file holds no document.
    EmptyDocument = "empty-document",
    /// A file holds more than one YAML document.
    SeveralDocuments = "several-documents",
    /// Text is not YAML or JSON.
    Syntax = "syntax",
    /// An object has one key twice.
    DuplicateKey = "duplicate-key",
    /// A key of a YAML mapping is itself a mapping or a sequence.
    KeyNotScalar = "key-not-scalar",
    /// A YAML alias names an anchor that is not (yet) complete.
    UnknownAnchor = "unknown-anchor",
    /// Aliases and merge keys expand to more than is sane.
    ExpansionTooLarge = "expansion-too-large",
    /// Nodes are nested too deeply.
    TooDeep = "too-deep",
    /// A YAML tag has no meaning in JSON, or its scalar does not fit it.
    InvalidTag = "invalid-tag",
    /// A YAML number has no JSON form: infinity, NaN.
    InvalidNumber = "invalid-number",
    /// What `<<` holds is neither a mapping nor a sequence of mappings.
    InvalidMergeKey = "invalid-merge-key",

    /// An overlay document does not have the form of the Overlay Specification.
    InvalidOverlay = "invalid-overlay",
    /// An overlay's target is no JSONPath of RFC 9535.
    InvalidTarget = "invalid-target",
    /// An overlay's target selects nothing.
    UnmatchedTarget = "unmatched-target",
    /// An overlay's update does not fit the node that its target selects.
    UpdateMismatch = "update-mismatch",

    /// `openapi` is missing or names a version that is not supported.
    UnsupportedVersion = "unsupported-version",
    /// A field that the object does not have in this version of OpenAPI.
    UnknownField = "unknown-field",
    /// A required field is missing.
    MissingField = "missing-field",
    /// A value has another type than its field asks for.
    WrongType = "wrong-type",
    /// A value is none of those that its field allows.
    InvalidValue = "invalid-value",
    /// A key does not have the form that its map asks for.
    InvalidKey = "invalid-key",
    /// The document does not fit the model of OpenAPI 3.0.
    InvalidDocument = "invalid-document",
    /// A `$ref` is no URI reference with a JSON Pointer.
    MalformedRef = "malformed-ref",
    /// A `$ref` points at nothing.
    DanglingRef = "dangling-ref",
    /// A `$ref` points at another kind of object than stands here.
    MismatchedRef = "mismatched-ref",
    /// `$ref`s that only lead to each other.
    CyclicRef = "cyclic-ref",
    /// A `$ref` into another document.
    ExternalRef = "external-ref",
    /// Something beside a `$ref` that changes what is valid, or that 3.0 ignores.
    RefSiblings = "ref-siblings",

    /// A construct that the generator does not take in yet, without a code of its own.
    Unsupported = "unsupported",
}
