//! The keywords of Schema Objects: OpenAPI 3.0.4, 4.7.24 and 3.1.1, 4.8.24 with JSON Schema 2020-12.

use super::document::{DIALECT, EXTERNAL_DOCS};
use super::{Holds, Keys, Object, Rest, kept, supported, unsupported};
use crate::diagnostic::Code;
use crate::dialect::version::Version;

/// A Schema Object that is neither a boolean nor a reference.
pub(in crate::dialect) static SCHEMA: Object = Object {
    name: "Schema Object",
    fields: &[
        // Validation, section 6.
        supported("type", Holds::SchemaType),
        supported("enum", Holds::List(&Holds::Anything)),
        supported("const", Holds::Anything).only(Version::V31),
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
        unsupported("maxContains", Code::Contains).only(Version::V31),
        unsupported("minContains", Code::Contains).only(Version::V31),
        unsupported("dependentRequired", Code::Dependent).only(Version::V31),
        // Core, section 10: applicators.
        supported("properties", Holds::Map(Keys::Any, &Holds::Schema)),
        supported("additionalProperties", Holds::SchemaOrBoolean),
        supported("items", Holds::Schema),
        unsupported("allOf", Code::AllOf),
        unsupported("oneOf", Code::OneOf),
        unsupported("anyOf", Code::AnyOf),
        unsupported("not", Code::Not),
        unsupported("if", Code::Conditional).only(Version::V31),
        unsupported("then", Code::Conditional).only(Version::V31),
        unsupported("else", Code::Conditional).only(Version::V31),
        unsupported("dependentSchemas", Code::Dependent).only(Version::V31),
        unsupported("prefixItems", Code::PrefixItems).only(Version::V31),
        unsupported("contains", Code::Contains).only(Version::V31),
        unsupported("patternProperties", Code::PatternProperties).only(Version::V31),
        unsupported("propertyNames", Code::PropertyNames).only(Version::V31),
        unsupported("unevaluatedItems", Code::Unevaluated).only(Version::V31),
        unsupported("unevaluatedProperties", Code::Unevaluated).only(Version::V31),
        // Core, section 8: identity and references.
        kept("$schema", DIALECT).only(Version::V31),
        kept("$comment", Holds::Text).only(Version::V31),
        unsupported("$id", Code::SchemaResource).only(Version::V31),
        unsupported("$anchor", Code::SchemaResource).only(Version::V31),
        unsupported("$dynamicRef", Code::SchemaResource).only(Version::V31),
        unsupported("$dynamicAnchor", Code::SchemaResource).only(Version::V31),
        unsupported("$vocabulary", Code::SchemaResource).only(Version::V31),
        unsupported("$defs", Code::SchemaResource).only(Version::V31),
        // Validation, sections 8 and 9: contents and annotations.
        kept("contentEncoding", Holds::Text).only(Version::V31),
        kept("contentMediaType", Holds::Text).only(Version::V31),
        kept("contentSchema", Holds::Anything).only(Version::V31),
        kept("title", Holds::Text),
        kept("description", Holds::Text),
        supported("default", Holds::Anything),
        kept("deprecated", Holds::Boolean),
        supported("readOnly", Holds::Boolean),
        supported("writeOnly", Holds::Boolean),
        kept("examples", Holds::List(&Holds::Anything)).only(Version::V31),
        // OpenAPI's own.
        supported("nullable", Holds::Boolean).only(Version::V30),
        unsupported("discriminator", Code::Discriminator),
        unsupported("xml", Code::Xml),
        kept("externalDocs", Holds::Object(&EXTERNAL_DOCS)),
        kept("example", Holds::Anything),
    ],
    rest: Rest::Refused,
    reference: true,
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
