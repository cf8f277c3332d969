//! Schema Objects to types. A named schema is built when something first refers to it; what nothing refers to is not
//! generated.

mod arrays;
mod enums;
mod numbers;
mod objects;
mod strings;

use std::collections::HashMap;

use openapiv3::{AnySchema, ReferenceOr, Schema, SchemaData, SchemaKind};

use super::names::{self, Types};
use super::patterns::Patterns;
use super::{literals, refs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Constraint, Literal, Model, Pattern, Type};
use crate::naming;

/// Keywords of 3.1 that say nothing about what is valid.
const NO_VERDICT: &[&str] = &[
    "comment",
    "examples",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "defs",
    "schema",
    "vocabulary",
];

/// What a schema says of a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    /// Its type.
    pub ty: Type,
    /// What it must hold beyond that.
    pub constraints: Vec<Constraint>,
    /// `format`, as written.
    pub format: Option<String>,
    /// `default`.
    pub default: Option<Literal>,
    /// `description`.
    pub description: Option<String>,
    /// `deprecated: true`.
    pub deprecated: bool,
}

impl Typed {
    /// A type without anything else.
    pub fn plain(ty: Type) -> Self {
        Self {
            ty,
            constraints: Vec::new(),
            format: None,
            default: None,
            description: None,
            deprecated: false,
        }
    }
}

/// Where a schema stands and what an inline type there is called.
#[derive(Clone, Debug)]
pub struct Spot {
    /// JSON Pointer.
    pub pointer: String,
    /// Name of the type, if it needs one.
    pub name: String,
    /// What patterns are named after.
    pub owner: String,
    /// Rustdoc of the type, if the schema has none.
    pub docs: String,
}

/// All types of a document, as far as something refers to them.
pub struct Schemas<'a> {
    lowered: &'a Lowered,
    /// The document in 3.0 form as a tree.
    model: Option<serde_json::Value>,
    names: Types,
    patterns: Patterns,
    /// Models by the name of the schema in `components`, or, under the empty name, those of operations.
    models: HashMap<String, Vec<Model>>,
    /// The key in `models` under which is being built.
    group: String,
    /// Named schemas that are referred to and not yet built.
    pending: Vec<String>,
    /// Named schemas that are being spelled out where they are used.
    open: Vec<String>,
    /// What is wrong with one member of an object does not hide what is wrong with the next.
    found: Diagnostics,
}

impl<'a> Schemas<'a> {
    /// No types yet.
    pub fn new(lowered: &'a Lowered, names: Types) -> Self {
        Self {
            lowered,
            model: None,
            names,
            patterns: Patterns::default(),
            models: HashMap::new(),
            group: String::new(),
            pending: Vec::new(),
            open: Vec::new(),
            found: Diagnostics::new(),
        }
    }

    /// A name for a type that stands beside the models.
    pub fn claim(&mut self, candidates: [String; 2]) -> String {
        self.names.scope.claim_first(candidates)
    }

    /// What the schema at `spot` says of a value.
    ///
    /// # Errors
    /// A construct that cannot be generated.
    pub fn of(&mut self, schema: &ReferenceOr<Schema>, spot: &Spot) -> Result<Typed, Diagnostic> {
        match schema {
            ReferenceOr::Reference { reference } => self.named(reference, spot),
            ReferenceOr::Item(schema) => self.inline(schema, spot),
        }
    }

    /// As [`Self::of`], of the schema that stands at the pointer of `spot`.
    ///
    /// # Errors
    /// A construct that cannot be generated.
    pub fn at(&mut self, spot: &Spot) -> Result<Typed, Diagnostic> {
        let lowered = self.lowered;
        let model = self
            .model
            .get_or_insert_with(|| serde_json::to_value(lowered.openapi()).unwrap_or_default());
        let schema = model.pointer(&spot.pointer).cloned().unwrap_or_default();
        match serde_json::from_value::<ReferenceOr<Schema>>(schema) {
            Ok(schema) => self.of(&schema, spot),
            Err(_) => Err(self.unsupported(spot, "this schema")),
        }
    }

    fn boxed(
        &mut self,
        schema: &ReferenceOr<Box<Schema>>,
        spot: &Spot,
    ) -> Result<Typed, Diagnostic> {
        match schema {
            ReferenceOr::Reference { reference } => self.named(reference, spot),
            ReferenceOr::Item(schema) => self.inline(schema, spot),
        }
    }

    fn named(&mut self, reference: &str, spot: &Spot) -> Result<Typed, Diagnostic> {
        let lowered = self.lowered;
        let dangling = || {
            lowered.error(
                Code::DanglingRef,
                &spot.pointer,
                format!("`{reference}` is no schema of `#/components/schemas`"),
                "declare it there, or write the schema here",
            )
        };
        let name = refs::component(reference, "schemas").ok_or_else(dangling)?;
        let components = lowered.openapi().components.as_ref();
        let schema = components
            .and_then(|all| all.schemas.get(&name))
            .ok_or_else(dangling)?;
        if let Some(rust) = self.names.components.get(&name) {
            let mut typed = Typed::plain(Type::Model(rust.clone()));
            if !self.models.contains_key(&name) && !self.pending.contains(&name) {
                self.pending.push(name);
            }
            if let ReferenceOr::Item(schema) = schema {
                describe(&mut typed, &schema.schema_data);
                self.default(&mut typed, &schema.schema_data, spot)?;
                return Ok(nullable(typed, schema));
            }
            return Ok(typed);
        }
        if self.open.contains(&name) {
            return Err(lowered.error(
                Code::UnsupportedSchema,
                &spot.pointer,
                format!("the schema `{name}` contains itself without an object between"),
                "let an object stand between",
            ));
        }
        let here = Spot {
            pointer: refs::join("/components/schemas", &name),
            name: naming::upper_camel(&name),
            owner: name.clone(),
            docs: spot.docs.clone(),
        };
        self.open.push(name);
        let typed = self.of(schema, &here);
        self.open.pop();
        typed
    }

    fn inline(&mut self, schema: &Schema, spot: &Spot) -> Result<Typed, Diagnostic> {
        let data = &schema.schema_data;
        self.gate(data, spot)?;
        let mut typed = if names::is_nominal(schema) {
            let name = self.names.scope.claim(spot.name.clone());
            self.build(schema, &name, spot)?;
            Typed::plain(Type::Model(name))
        } else {
            self.structural(schema, spot)?
        };
        describe(&mut typed, data);
        self.default(&mut typed, data, spot)?;
        Ok(nullable(typed, schema))
    }

    /// Refuses the keywords that the dialect puts into extensions, as far as they say what is valid.
    fn gate(&self, data: &SchemaData, spot: &Spot) -> Result<(), Diagnostic> {
        let keyword = |name: &String| {
            let keyword = name.strip_prefix("x-specmint-")?;
            (!NO_VERDICT.contains(&keyword)).then(|| keyword.to_owned())
        };
        match (
            data.extensions.keys().find_map(keyword),
            &data.discriminator,
        ) {
            (Some(keyword), _) => Err(self.unsupported(spot, &format!("`{keyword}`"))),
            (None, Some(_)) => Err(self.unsupported(spot, "`discriminator`")),
            (None, None) => Ok(()),
        }
    }

    fn default(&self, typed: &mut Typed, data: &SchemaData, spot: &Spot) -> Result<(), Diagnostic> {
        let Some(value) = &data.default else {
            return Ok(());
        };
        if value.is_null() && data.nullable {
            return Err(self.unsupported(spot, "a `default` of null"));
        }
        let models = self.models.values().flatten();
        match literals::of(value, typed, models) {
            Ok(literal) => typed.default = Some(literal),
            Err(literals::Unfit::Kind) => {
                return Err(self.unsupported(spot, "a `default` of this type"));
            }
            Err(literals::Unfit::Invalid(reason)) => {
                return Err(self.lowered.error(
                    Code::InvalidDefault,
                    &format!("{}/default", spot.pointer),
                    format!("the default `{value}` is not valid by its own schema: {reason}"),
                    "correct it, or the schema",
                ));
            }
        }
        Ok(())
    }

    fn structural(&mut self, schema: &Schema, spot: &Spot) -> Result<Typed, Diagnostic> {
        match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::String(string)) => self.string(string, spot),
            SchemaKind::Type(openapiv3::Type::Number(number)) => self.number(number, spot),
            SchemaKind::Type(openapiv3::Type::Integer(integer)) => self.integer(integer, spot),
            SchemaKind::Type(openapiv3::Type::Boolean(_)) => Ok(Typed::plain(Type::Boolean)),
            SchemaKind::Type(openapiv3::Type::Array(array)) => self.array(array, spot),
            SchemaKind::Type(openapiv3::Type::Object(_)) => {
                Err(self.unsupported(spot, "an object that has no name"))
            }
            SchemaKind::OneOf { .. } => Err(self.unsupported(spot, "`oneOf`")),
            SchemaKind::AllOf { .. } => Err(self.unsupported(spot, "`allOf`")),
            SchemaKind::AnyOf { .. } => Err(self.unsupported(spot, "`anyOf`")),
            SchemaKind::Not { .. } => Err(self.unsupported(spot, "`not`")),
            SchemaKind::Any(any) if *any == AnySchema::default() => Ok(Typed::plain(Type::Any)),
            SchemaKind::Any(_) => {
                Err(self.unsupported(spot, "a schema of keywords without one `type`"))
            }
        }
    }

    /// Makes the model of a schema that [is nominal](names::is_nominal).
    fn build(&mut self, schema: &Schema, name: &str, spot: &Spot) -> Result<(), Diagnostic> {
        self.gate(&schema.schema_data, spot)?;
        // The model's place is before those that it owns.
        let group = self.models.entry(self.group.clone()).or_default();
        let place = group.len();
        let shape = match &schema.schema_kind {
            SchemaKind::Type(openapiv3::Type::Object(object)) => self.object(object, name, spot)?,
            _ => enums::shape(schema)
                .ok_or_else(|| self.unsupported(spot, "an `enum` of mixed or fractional values"))?,
        };
        let data = &schema.schema_data;
        let model = Model {
            name: name.to_owned(),
            docs: super::docs::or(data.description.as_deref(), || spot.docs.clone()),
            shape,
            deprecated: data.deprecated,
            request: false,
            parameter: false,
            has_default: false,
        };
        self.models
            .entry(self.group.clone())
            .or_default()
            .insert(place, model);
        Ok(())
    }

    fn unsupported(&self, spot: &Spot, what: &str) -> Diagnostic {
        self.lowered.error(
            Code::UnsupportedSchema,
            &spot.pointer,
            format!("{what} is not supported here"),
            "an overlay can replace this schema, or remove the operation that uses it",
        )
    }

    /// All models and patterns: builds what was referred to, and what that refers to.
    pub fn finish(mut self, found: &mut Diagnostics) -> (Vec<Model>, Vec<Pattern>) {
        while let Some(name) = self.pending.pop() {
            self.models.entry(name.clone()).or_default();
            if let Err(diagnostic) = self.component(&name) {
                found.push(diagnostic);
            }
        }
        found.extend(self.found);
        let order = self.lowered.openapi().components.iter();
        let order: Vec<&String> = order.flat_map(|all| all.schemas.keys()).collect();
        let operations = String::new();
        let groups = order.into_iter().chain([&operations]);
        let models = groups
            .filter_map(|name| self.models.remove(name))
            .flatten()
            .collect();
        (models, self.patterns.finish())
    }

    fn component(&mut self, name: &str) -> Result<(), Diagnostic> {
        let components = self.lowered.openapi().components.as_ref();
        let schema = components.and_then(|all| all.schemas.get(name));
        let rust = self.names.components.get(name).cloned();
        let (Some(ReferenceOr::Item(schema)), Some(rust)) = (schema, rust) else {
            return Ok(());
        };
        self.group = name.to_owned();
        let spot = Spot {
            pointer: refs::join("/components/schemas", name),
            name: rust.clone(),
            owner: name.to_owned(),
            docs: format!("The schema `{name}`."),
        };
        self.build(schema, &rust, &spot)
    }
}

fn describe(typed: &mut Typed, data: &SchemaData) {
    typed.description.clone_from(&data.description);
    typed.deprecated = data.deprecated;
}

fn nullable(mut typed: Typed, schema: &Schema) -> Typed {
    if schema.schema_data.nullable && enums::allows_null(schema) && typed.ty != Type::Any {
        typed.ty = Type::Nullable(Box::new(typed.ty));
    }
    typed
}
