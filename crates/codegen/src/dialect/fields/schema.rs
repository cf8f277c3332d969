//! The keywords of Schema Objects: OpenAPI 3.0.4, 4.7.24 and 3.1.1, 4.8.24 with JSON Schema 2020-12.

use super::document::EXTERNAL_DOCS;
use super::{Holds, Keys, Object, Rest, kept, supported};
use crate::dialect::version::Version;

const SCHEMAS: Holds = Holds::List(&Holds::Schema);
const SCHEMA_MAP: Holds = Holds::Map(Keys::Any, &Holds::Schema);

/// A Schema Object that is neither a boolean nor a reference.
pub(in crate::dialect) static SCHEMA: Object = Object {
    name: "Schema Object",
    fields: &[
        // Validation, section 6.
        supported("type", Holds::SchemaType),
        supported("enum", Holds::List(&Holds::Anything)),
        supported("const", Holds::Anything).from(Version::V31),
        supported("multipleOf", Holds::Number),
        supported("maximum", Holds::Number),
        supported("exclusiveMaximum", Holds::ExclusiveBound),
        supported("minimum", Holds::Number),
        supported("exclusiveMinimum", Holds::ExclusiveBound),
        supported("maxLength", Holds::Count),
        supported("minLength", Holds::Count),
        supported("pattern", Holds::Text),
        supported("maxItems", Holds::Count),
        supported("minItems", Holds::Count),
        supported("uniqueItems", Holds::Boolean),
        supported("maxProperties", Holds::Count),
        supported("minProperties", Holds::Count),
        supported("required", Holds::List(&Holds::Text)),
        supported("format", Holds::Text),
        supported("maxContains", Holds::Count).from(Version::V31),
        supported("minContains", Holds::Count).from(Version::V31),
        supported(
            "dependentRequired",
            Holds::Map(Keys::Any, &Holds::List(&Holds::Text)),
        )
        .from(Version::V31),
        // Core, section 10: applicators.
        supported("properties", SCHEMA_MAP),
        supported("additionalProperties", Holds::SchemaOrBoolean),
        supported("items", Holds::Schema),
        supported("allOf", SCHEMAS),
        supported("oneOf", SCHEMAS),
        supported("anyOf", SCHEMAS),
        supported("not", Holds::Schema),
        supported("if", Holds::Schema).from(Version::V31),
        supported("then", Holds::Schema).from(Version::V31),
        supported("else", Holds::Schema).from(Version::V31),
        supported("dependentSchemas", SCHEMA_MAP).from(Version::V31),
        supported("prefixItems", SCHEMAS).from(Version::V31),
        supported("contains", Holds::Schema).from(Version::V31),
        supported("patternProperties", SCHEMA_MAP).from(Version::V31),
        supported("propertyNames", Holds::Schema).from(Version::V31),
        supported("unevaluatedItems", Holds::Schema).from(Version::V31),
        supported("unevaluatedProperties", Holds::Schema).from(Version::V31),
        // Core, section 8: identity and references.
        supported("$schema", Holds::Text).from(Version::V31),
        kept("$comment", Holds::Text).from(Version::V31),
        supported("$id", Holds::Text).from(Version::V31),
        supported("$anchor", Holds::Text).from(Version::V31),
        supported("$dynamicRef", Holds::Text).from(Version::V31),
        supported("$dynamicAnchor", Holds::Text).from(Version::V31),
        kept("$vocabulary", Holds::Anything).from(Version::V31),
        supported("$defs", SCHEMA_MAP).from(Version::V31),
        // Validation, sections 8 and 9: contents and annotations.
        supported("contentEncoding", Holds::Text).from(Version::V31),
        supported("contentMediaType", Holds::Text).from(Version::V31),
        kept("contentSchema", Holds::Schema).from(Version::V31),
        kept("title", Holds::Text),
        kept("description", Holds::Text),
        supported("default", Holds::Anything),
        kept("deprecated", Holds::Boolean),
        supported("readOnly", Holds::Boolean),
        supported("writeOnly", Holds::Boolean),
        kept("examples", Holds::List(&Holds::Anything)).from(Version::V31),
        // OpenAPI's own.
        supported("nullable", Holds::Boolean).until(Version::V30),
        supported("discriminator", Holds::Object(&DISCRIMINATOR)),
        supported("xml", Holds::Object(&XML)),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
        kept("example", Holds::Anything),
    ],
    rest: Rest::Refused,
    reference: true,
};

/// 4.8.25
static DISCRIMINATOR: Object = Object {
    name: "Discriminator Object",
    fields: &[
        supported("propertyName", Holds::Text).required(),
        supported("mapping", Holds::Map(Keys::Any, &Holds::Text)),
        supported("defaultMapping", Holds::Text).from(Version::V32),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// 4.8.26
static XML: Object = Object {
    name: "XML Object",
    fields: &[
        supported(
            "nodeType",
            Holds::Choice(&["element", "attribute", "text", "cdata", "none"]),
        )
        .from(Version::V32),
        supported("name", Holds::Text),
        supported("namespace", Holds::Text),
        supported("prefix", Holds::Text),
        supported("attribute", Holds::Boolean),
        supported("wrapped", Holds::Boolean),
    ],
    rest: Rest::Refused,
    reference: false,
};

/// What may stand beside a `$ref` in 3.1 without a change of what is valid.
pub(in crate::dialect) const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "summary",
    "deprecated",
    "example",
    "examples",
    "externalDocs",
    "$comment",
];
