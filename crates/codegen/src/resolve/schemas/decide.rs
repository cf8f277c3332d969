//! What a schema becomes.

use super::fill::Work;
use super::kinds::Kinds;
use super::merged::Merged;
use super::parts::{Notes, Part};
use super::unions::Alternative;
use super::{DEEPEST, Schemas, Spot, Typed, closure, merge, unsatisfiable};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Json, Shape, Type};

impl<'a> Schemas<'a> {
    /// What the schemas of `key` say together.
    pub(super) fn decide(&mut self, key: &[Part], spot: &Spot) -> Result<Typed, Diagnostic> {
        let merged = merge::merge(self.source, key).map_err(|circle| self.circle(&circle))?;
        let kinds = merged.kinds;
        if kinds.is_none() {
            let found = unsatisfiable::types(self.lowered, self.source, &merged.own);
            self.found.extend(found);
            return Ok(Typed::plain(Type::Never));
        }
        if merged.hard().is_some() {
            return Ok(self.json(key, spot, &merged));
        }
        if !merged.groups.is_empty() {
            return self.union(key, merged, spot);
        }
        if merged.values.is_some() {
            return Ok(self.enumeration(key, merged, spot));
        }
        if kinds == Kinds::ALL && merged.spoken_of().is_none() {
            return Ok(Typed::plain(Type::Any));
        }
        if kinds == Kinds::NULL {
            return Ok(Typed::plain(Type::Null));
        }
        let others = kinds.without(Kinds::NULL);
        if kinds == Kinds::ALL || others.each().len() > 1 {
            return Ok(self.by_type(key, &merged, spot));
        }
        let typed = self.of_one_type(key, merged, spot, others)?;
        Ok(nullable(typed, kinds.has(Kinds::NULL)))
    }

    fn of_one_type(
        &mut self,
        key: &[Part],
        merged: Merged<'a>,
        spot: &Spot,
        kind: Kinds,
    ) -> Result<Typed, Diagnostic> {
        if kind == Kinds::BOOLEAN {
            return Ok(Typed::plain(Type::Boolean));
        }
        if kind == Kinds::STRING {
            return Ok(self.string(&merged, spot));
        }
        if kind == Kinds::ARRAY {
            return self.array(key, merged, spot);
        }
        if kind == Kinds::OBJECT {
            return self.object(key, merged, spot);
        }
        Ok(super::numbers::number(&merged))
    }

    /// A union of the types that a value may be of.
    pub(super) fn by_type(&mut self, key: &[Part], merged: &Merged<'a>, spot: &Spot) -> Typed {
        let others = merged.kinds.without(Kinds::NULL);
        let spoken = match &merged.values {
            // Of the values, not of the types that they might have been of.
            Some(_) => others,
            None => merged.spoken_of().and(others),
        };
        let untyped = merged.kinds == Kinds::ALL && merged.values.is_none();
        if untyped {
            self.found.push(self.untyped(spot, spoken));
        }
        let each = if untyped { spoken } else { others }.each();
        let mut all: Vec<Alternative<'a>> = each
            .into_iter()
            .map(|kind| Alternative::of_type(self.source, key, kind))
            .collect();
        if untyped {
            // What the keywords do not speak of is one type, null too.
            all.push(Alternative::other(Kinds::ALL.without(spoken)));
        }
        let nullable_too = !untyped && merged.kinds.has(Kinds::NULL);
        let typed = self.named(spot, &merged.notes, Work::Types(all));
        nullable(typed, nullable_too)
    }

    fn untyped(&self, spot: &Spot, spoken: Kinds) -> Diagnostic {
        let names: Vec<_> = spoken.types().into_iter().map(super::kinds::name).collect();
        let names = names.join(" or ");
        let message =
            format!("this schema has no `type`: a value that is no {names} is allowed too");
        let help = format!("say `type: {names}`, here or through an overlay, if that is meant");
        let place = &spot.pointer;
        self.lowered
            .error(Code::UntypedSchema, place, message, help)
            .warning()
    }

    /// A value that is checked as it stands.
    pub(super) fn json(&mut self, key: &[Part], spot: &Spot, merged: &Merged<'a>) -> Typed {
        let shape = Shape::Json(Json {
            schema: closure::of(self.source, key).to_string(),
        });
        self.named(spot, &merged.notes, Work::Ready(shape))
    }

    /// A type of its own, which is made when its turn comes.
    pub(super) fn named(&mut self, spot: &Spot, notes: &Notes<'a>, work: Work<'a>) -> Typed {
        let name = self.name(spot);
        self.queue(&name, spot, notes, work);
        Typed::plain(Type::Model(name))
    }

    /// A name for what is spelled out too deeply.
    pub(super) fn is_deep(&self) -> bool {
        self.level >= DEEPEST
    }
}

/// The type, or null.
pub fn nullable(mut typed: Typed, is: bool) -> Typed {
    if is && !matches!(typed.ty, Type::Any | Type::Null | Type::Nullable(_)) {
        typed.ty = Type::Nullable(Box::new(typed.ty));
    }
    typed
}
