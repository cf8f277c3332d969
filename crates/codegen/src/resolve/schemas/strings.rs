//! `type: string` without `enum`.

use openapiv3::StringType;

use super::{Schemas, Spot, Typed};
use crate::diagnostic::Diagnostic;
use crate::ir::{Constraint, Type};
use crate::resolve::formats;

impl Schemas<'_> {
    pub(super) fn string(&mut self, string: &StringType, spot: &Spot) -> Result<Typed, Diagnostic> {
        let StringType {
            format,
            pattern,
            enumeration: _,
            min_length,
            max_length,
        } = string;
        let format = formats::name(format);
        let ty = formats::string(format.as_deref())
            .ok_or_else(|| self.unsupported(spot, &formats::described(format.as_deref())))?;
        let mut constraints = Vec::new();
        constraints.extend(
            min_length
                .filter(|&length| length > 0)
                .map(Constraint::MinLength),
        );
        constraints.extend(max_length.map(Constraint::MaxLength));
        if let Some(source) = pattern {
            let pointer = format!("{}/pattern", spot.pointer);
            let name = self
                .patterns
                .claim(self.lowered, source, &spot.owner, &pointer)?;
            constraints.push(Constraint::Pattern {
                name,
                source: source.clone(),
            });
        }
        // These types do not keep the text that was sent, which the constraints are about.
        if matches!(ty, Type::Uuid | Type::DateTime) && !constraints.is_empty() {
            let what = format!(
                "a constraint beside {}",
                formats::described(format.as_deref())
            );
            return Err(self.unsupported(spot, &what));
        }
        Ok(Typed {
            constraints,
            format,
            ..Typed::plain(ty)
        })
    }
}
