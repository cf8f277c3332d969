//! `type: string` without `enum`.

use super::merged::Merged;
use super::{Schemas, Spot, Typed};
use crate::ir::{Constraint, Type};
use crate::resolve::formats;

impl<'a> Schemas<'a> {
    pub(super) fn string(&mut self, merged: &Merged<'a>, spot: &Spot) -> Typed {
        let mut constraints = self.text_constraints(merged, &spot.owner);
        let formats: Vec<&str> = merged.formats.iter().copied().collect();
        let base64 = merged.base64.then_some("byte");
        let format = formats.first().copied().or(base64);
        let ty = match formats.as_slice() {
            [] | [_] => formats::string(format),
            _ => Type::String,
        };
        if let Some((shortest, longest)) = formats::lengths(&ty) {
            constraints.retain(|constraint| match constraint {
                Constraint::MinLength(limit) => *limit > shortest,
                Constraint::MaxLength(limit) => *limit < longest,
                _ => true,
            });
        }
        // These types do not keep the text that was sent, which the constraints are about.
        let keeps = matches!(ty, Type::String | Type::Uri);
        let ty = if keeps || constraints.is_empty() {
            ty
        } else {
            Type::String
        };
        if ty == Type::String {
            let checked = formats
                .iter()
                .copied()
                .chain(base64.filter(|_| formats.is_empty()));
            let checked = checked.filter(|name| formats::is_checked(name));
            constraints.extend(checked.map(|name| Constraint::Format(name.to_owned())));
        }
        Typed {
            constraints,
            format: format.map(str::to_owned),
            ..Typed::plain(ty)
        }
    }

    /// `minLength`, `maxLength` and `pattern`.
    pub(super) fn text_constraints(&mut self, merged: &Merged<'a>, owner: &str) -> Vec<Constraint> {
        let mut constraints = Vec::new();
        let min = merged.min_length.filter(|&length| length > 0);
        constraints.extend(min.map(Constraint::MinLength));
        constraints.extend(merged.max_length.map(Constraint::MaxLength));
        for (source, pointer) in &merged.patterns {
            constraints.extend(self.pattern(source, owner, pointer));
        }
        constraints
    }

    /// `pattern`. One that is no regular expression is named and left out: it can refuse nothing.
    pub(super) fn pattern(
        &mut self,
        source: &str,
        owner: &str,
        pointer: &str,
    ) -> Option<Constraint> {
        let claimed = self
            .patterns
            .claim(self.lowered, source, owner, pointer, &mut self.found);
        claimed.map(|name| Constraint::Pattern {
            name,
            source: source.to_owned(),
        })
    }
}
