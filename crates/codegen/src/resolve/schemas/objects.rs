//! `type: object`.

use openapiv3::{AdditionalProperties, ObjectType};

use super::{Schemas, Spot, Typed};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::ir::{Additional, Field, Presence, Shape, Struct};
use crate::naming::{self, Scope};
use crate::resolve::{docs, formats, refs};

impl Schemas<'_> {
    pub(super) fn object(
        &mut self,
        object: &ObjectType,
        name: &str,
        spot: &Spot,
    ) -> Result<Shape, Diagnostic> {
        let ObjectType {
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
        } = object;
        let closed = match additional_properties {
            None | Some(AdditionalProperties::Any(true)) => false,
            Some(AdditionalProperties::Any(false)) => true,
            Some(AdditionalProperties::Schema(_)) => {
                return Err(self.unsupported(spot, "`additionalProperties` with a schema"));
            }
        };
        if min_properties.is_some_and(|count| count > 0) || max_properties.is_some() {
            return Err(self.unsupported(spot, "a limit on the number of properties"));
        }
        for (index, name) in required.iter().enumerate() {
            if !properties.contains_key(name) {
                let pointer = format!("{}/required/{index}", spot.pointer);
                let unknown = self.undeclared(name, properties.keys(), &pointer);
                self.found.push(unknown);
            }
        }
        if properties.is_empty() && !closed {
            return Err(self.unsupported(spot, "an object without properties"));
        }
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(properties.len());
        for (wire, schema) in properties {
            let below = Spot {
                pointer: refs::join(&format!("{}/properties", spot.pointer), wire),
                name: format!("{name}{}", naming::upper_camel(wire)),
                owner: wire.clone(),
                docs: format!("The `{wire}` of [`{name}`]."),
            };
            let typed = self.boxed(schema, &below);
            if let Some(typed) = self.found.take(typed) {
                fields.push(field(wire, typed, required.contains(wire), &mut scope));
            }
        }
        Ok(Shape::Struct(Struct {
            fields,
            additional: if closed {
                Additional::Refused
            } else {
                Additional::Ignored
            },
            constraints: Vec::new(),
        }))
    }

    fn undeclared<'n>(
        &self,
        name: &str,
        properties: impl Iterator<Item = &'n String>,
        pointer: &str,
    ) -> Diagnostic {
        let help = match nearest(name, properties.map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`? Else add it to `properties`"),
            None => "add it to `properties`, or remove it here".to_owned(),
        };
        self.lowered.error(
            Code::UnsupportedSchema,
            pointer,
            format!("`{name}` is required but is none of the properties, which is not supported"),
            help,
        )
    }
}

fn field(wire: &str, typed: Typed, required: bool, scope: &mut Scope) -> Field {
    let presence = match typed.default {
        _ if required => Presence::Required,
        Some(default) => Presence::Defaulted(default),
        None => Presence::Optional,
    };
    Field {
        name: scope.claim(naming::snake(wire)),
        wire: wire.to_owned(),
        docs: docs::or(typed.description.as_deref(), || {
            format!("The member `{wire}`.")
        }),
        ty: typed.ty,
        presence,
        constraints: typed.constraints,
        secret: formats::is_secret(typed.format.as_deref()),
        format: typed.format,
        deprecated: typed.deprecated,
        recursive: false,
    }
}
