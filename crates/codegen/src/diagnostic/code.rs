//! The names of all findings.

use std::fmt;

/// Declares [`Code`] so that a name cannot be forgotten.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// What a [`Diagnostic`](super::Diagnostic) is about; each has a stable name in kebab-case.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
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

            /// What it means, in Markdown.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Code::$variant => concat!($($doc,)+).trim_ascii(),)+
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
    /// A list has an entry twice that should be there once.
    DuplicateItem = "duplicate-item",
    /// A keyword of a schema that has no effect on values of its `type`.
    IneffectiveKeyword = "ineffective-keyword",
    /// `jsonSchemaDialect` or `$schema` names a dialect that is not read: schemas are read as JSON Schema 2020-12 and OpenAPI
    /// have it.
    UnknownDialect = "unknown-dialect",
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

    /// The `$ref` of a Path Item leads to none.
    PathItemRef = "path-item-ref",
    /// `callbacks` of a webhook or of another callback: whoever gets that request sends them, so that nothing is generated.
    Callbacks = "callbacks",
    /// A path parameter that is not `required: true`.
    OptionalPathParameter = "optional-path-parameter",
    /// The `content` of a parameter or a header has not one media type, has beside it what goes with a `schema`, or is given
    /// as text because its media type is not read.
    ParameterContent = "parameter-content",
    /// `encoding` of a Media Type Object.
    Encoding = "encoding",

    /// `discriminator`.
    Discriminator = "discriminator",
    /// `nullable` beside an `enum` that does not list null, so that null is not valid.
    NullableEnum = "nullable-enum",

    /// A construct that the generator does not take in yet, without a code of its own.
    Unsupported = "unsupported",

    /// Two operations have one operationId. The second is called by its method and path.
    DuplicateOperationId = "duplicate-operation-id",
    /// Nothing that a request carries tells two operations apart: their path templates differ only in the names of
    /// variables, or in a fragment, which is never sent. The first is served, and the other left out, with a warning.
    EqualPaths = "equal-paths",
    /// Some paths fit two path templates, of which neither is the more concrete one.
    AmbiguousPaths = "ambiguous-paths",
    /// A path has a fragment (`#`), which clients never send.
    PathFragment = "path-fragment",
    /// Nothing tells where the variables of a path template's segment begin and end: its operations are left out, with a
    /// warning.
    UnsupportedPath = "unsupported-path",
    /// A variable of a path template or of a server's URL is not declared. One of a path is taken as text, with a warning.
    UndeclaredVariable = "undeclared-variable",
    /// A path parameter is no variable of its path template: it is ignored, with a warning.
    UnknownVariable = "unknown-variable",
    /// Two parameters of an operation have one name and one place: a warning where both say the same.
    DuplicateParameter = "duplicate-parameter",
    /// A header field that the specification says to ignore.
    IgnoredHeader = "ignored-header",
    /// Content of a response whose status forbids it.
    IgnoredContent = "ignored-content",
    /// A request body names no media type.
    NoMediaType = "no-media-type",
    /// A body has a media type, or a media type a schema, that cannot be read or written yet.
    UnsupportedMediaType = "unsupported-media-type",
    /// The generator itself failed.
    Internal = "internal",
    /// A selector selects no operation.
    UnknownSelector = "unknown-selector",
    /// An operation is skipped that can be generated.
    NeedlessSkip = "needless-skip",
    /// A folder of contracts has no document.
    MissingDocument = "missing-document",
    /// A `default` that its own schema does not allow.
    InvalidDefault = "invalid-default",
    /// A schema without `type` speaks of values of some types, and allows those of all others.
    UntypedSchema = "untyped-schema",
    /// By a schema no value is valid, though it does not say `false`.
    UnsatisfiableSchema = "unsatisfiable-schema",
    /// A pattern is no regular expression, or cannot be matched in linear time.
    UnsupportedPattern = "unsupported-pattern",
    /// A document describes no operation, so that nothing is served.
    NoOperation = "no-operation",
    /// An operation documents no response, so that its handler may answer anything.
    NoResponse = "no-response",
    /// A keyword about the parts of a `multipart` body together: they go to the handler as they arrive, and nothing checks it.
    UncheckedKeyword = "unchecked-keyword",
    /// A security requirement names a scheme that is not declared. Where one like it is, that is an error; otherwise the
    /// implementer decides who is let in, by the head of the request.
    UnknownSecurityScheme = "unknown-security-scheme",
    /// A security requirement names a scope that no flow of the scheme has.
    UnknownScope = "unknown-scope",
    /// A security scheme is of a kind that cannot be checked.
    UnsupportedSecurityScheme = "unsupported-security-scheme",
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_distinct_and_in_kebab_case() {
        let mut names = HashSet::new();
        for code in Code::ALL {
            let name = code.name();
            assert!(names.insert(name), "{name}");
            let of_words = name.split('-').all(|word| {
                !word.is_empty()
                    && word
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
            assert!(of_words, "{name}");
        }
    }
}
