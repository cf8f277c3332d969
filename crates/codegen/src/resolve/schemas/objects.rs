//! `type: object`.

use super::fill::Work;
use super::kinds::Kinds;
use super::merge;
use super::merged::{Merged, Object};
use super::parts::Part;
use super::{Schemas, Spot, Typed};
use crate::diagnostic::Diagnostic;
use crate::ir::{Additional, Constraint, Field, Struct, Type};
use crate::naming::{self, Scope};
use crate::resolve::{defaults, docs, formats};

impl<'a> Schemas<'a> {
    pub(super) fn object(
        &mut self,
        key: &[Part],
        merged: Merged<'a>,
        spot: &Spot,
    ) -> Result<Typed, Diagnostic> {
        let object = &merged.object;
        let is_struct = !object.properties.is_empty()
            || !object.required.is_empty()
            || !object.dependent.is_empty()
            || object.closed;
        if is_struct && (!object.names.is_empty() || object.name_pattern.is_some()) {
            return Ok(self.json(key, spot, &merged));
        }
        if is_struct {
            let notes = merged.notes.clone();
            return Ok(self.named(spot, &notes, Work::Struct(Box::new(merged))));
        }
        let Some(names) = self.names(&merged, spot) else {
            return Ok(self.json(key, spot, &merged));
        };
        if self.is_deep() {
            return Ok(self.named(spot, &merged.notes, Work::Newtype(key.to_vec())));
        }
        let mut typed = self.spelled_out(&merged, spot)?;
        if !names.is_empty() {
            typed.constraints.push(Constraint::PropertyNames(names));
        }
        Ok(typed)
    }

    /// An object of members that have no names of their own.
    pub(super) fn map(&mut self, merged: &Merged<'a>, spot: &Spot) -> Result<Typed, Diagnostic> {
        let object = &merged.object;
        let value = self.resolve(object.additional.clone(), &spot.value())?;
        let mut constraints = counts(object);
        if !value.constraints.is_empty() {
            constraints.push(Constraint::Values(value.constraints));
        }
        Ok(Typed {
            constraints,
            format: value.format,
            ..Typed::plain(Type::Map(Box::new(value.ty)))
        })
    }

    /// What names must hold; `None` where that is more than constraints can say.
    fn names(&mut self, merged: &Merged<'a>, spot: &Spot) -> Option<Vec<Constraint>> {
        let object = &merged.object;
        let mut all = Vec::new();
        if !object.names.is_empty() {
            let mut parts = object.names.clone();
            parts.push(Part::Only(Kinds::STRING));
            let names = merge::merge(self.source, &parts).ok()?;
            let plain = names.hard().is_none() && names.groups.is_empty();
            if !plain || names.kinds.is_none() {
                return None;
            }
            if let Some(values) = &names.values {
                let values = values.iter().filter_map(|value| value.as_str());
                let values = values.map(|value| crate::ir::Literal::String(value.to_owned()));
                all.push(Constraint::Enum(values.collect()));
            }
            all.extend(self.text_constraints(&names, &spot.owner));
            let formats = names
                .formats
                .iter()
                .filter(|name| formats::is_checked(name));
            all.extend(formats.map(|name| Constraint::Format((*name).to_owned())));
        }
        if let Some((pattern, pointer)) = &object.name_pattern {
            all.extend(self.pattern(pattern, &spot.owner, pointer));
        }
        Some(all)
    }

    pub(super) fn structure(&mut self, merged: &Merged<'a>, spot: &Spot) -> Struct {
        let object = &merged.object;
        let mut scope = Scope::default();
        let mut fields = Vec::with_capacity(object.properties.len());
        let undeclared = object
            .required
            .iter()
            .filter(|name| !object.properties.contains_key(**name));
        let declared = object
            .properties
            .iter()
            .map(|(wire, parts)| (*wire, parts.clone()));
        let undeclared = undeclared.map(|wire| (*wire, self::undeclared(object)));
        for (wire, parts) in declared.chain(undeclared) {
            let typed = self.resolve(parts, &spot.property(wire));
            if let Some(typed) = self.found.take(typed) {
                fields.push(field(
                    wire,
                    typed,
                    object.required.contains(wire),
                    &mut scope,
                ));
            }
        }
        let additional = self.additional(object, spot, &mut scope);
        let mut constraints = counts(object);
        if !object.dependent.is_empty() {
            let owned = |name: &&str| (*name).to_owned();
            let all = object.dependent.iter();
            let all = all.map(|(name, others)| (owned(name), others.iter().map(owned).collect()));
            constraints.push(Constraint::DependentRequired(all.collect()));
        }
        Struct {
            fields,
            additional,
            constraints,
        }
    }

    fn additional(&mut self, object: &Object<'a>, spot: &Spot, scope: &mut Scope) -> Additional {
        if object.closed {
            return Additional::Refused;
        }
        let is_property = |name: &str| object.properties.contains_key(name);
        let depends = object.dependent.iter().any(|(name, others)| {
            !is_property(name) || others.iter().any(|other| !is_property(other))
        });
        let counted = object.min.is_some_and(|min| min > 0) || object.max.is_some();
        let kept = object.open
            || !object.additional.is_empty()
            || depends
            || counted
            || object.properties.is_empty();
        if !kept {
            return Additional::Ignored;
        }
        let value = self.resolve(object.additional.clone(), &spot.value());
        let Some(value) = self.found.take(value) else {
            return Additional::Ignored;
        };
        let mut constraints = Vec::new();
        if !value.constraints.is_empty() {
            constraints.push(Constraint::Values(value.constraints));
        }
        Additional::Kept {
            name: scope.claim("additional_properties".to_owned()),
            ty: value.ty,
            constraints,
            secret: formats::is_secret(value.format.as_deref()),
        }
    }
}

/// What a member must be that is required and no property.
fn undeclared(object: &Object<'_>) -> Vec<Part> {
    if object.closed {
        vec![Part::Only(Kinds::NONE)]
    } else {
        object.additional.clone()
    }
}

fn counts(object: &Object<'_>) -> Vec<Constraint> {
    let min = object.min.filter(|&count| count > 0);
    let mut all: Vec<Constraint> = min.map(Constraint::MinProperties).into_iter().collect();
    all.extend(object.max.map(Constraint::MaxProperties));
    all
}

fn field(wire: &str, typed: Typed, required: bool, scope: &mut Scope) -> Field {
    let presence = defaults::presence(required, typed.default);
    Field {
        name: scope.claim(naming::snake(wire)),
        wire: wire.to_owned(),
        docs: docs::paragraphs(&[typed.description.as_deref()]),
        ty: typed.ty,
        presence,
        constraints: typed.constraints,
        secret: formats::is_secret(typed.format.as_deref()),
        format: typed.format,
        deprecated: typed.deprecated,
        recursive: false,
        read_only: typed.read_only,
        write_only: typed.write_only,
    }
}
