//! `type: array`.

use super::fill::Work;
use super::merged::Merged;
use super::parts::Part;
use super::{Schemas, Spot, Typed};
use crate::diagnostic::Diagnostic;
use crate::ir::{Constraint, Item, Type};

impl<'a> Schemas<'a> {
    pub(super) fn array(
        &mut self,
        key: &[Part],
        merged: Merged<'a>,
        spot: &Spot,
    ) -> Result<Typed, Diagnostic> {
        let array = &merged.array;
        let Some(prefix) = &array.prefix else {
            if self.is_deep() {
                return Ok(self.named(spot, &merged.notes, Work::Newtype(key.to_vec())));
            }
            return self.spelled_out(&merged, spot);
        };
        // All of them have to be there, and no more may be. One alone would be taken for what it holds.
        let count = prefix.len();
        let is_tuple = array.min.is_some_and(|min| min == count)
            && (array.ends || array.max.is_some_and(|max| max == count))
            && array.max.is_none_or(|max| max >= count)
            && array.items.is_empty()
            && !array.unique
            && count > 1;
        if !is_tuple {
            return Ok(self.json(key, spot, &merged));
        }
        Ok(self.named(spot, &merged.notes, Work::Tuple(prefix.clone())))
    }

    /// An array or a map, without a name.
    pub(super) fn spelled_out(
        &mut self,
        merged: &Merged<'a>,
        spot: &Spot,
    ) -> Result<Typed, Diagnostic> {
        self.level += 1;
        let typed = if merged.kinds.meets(super::kinds::Kinds::ARRAY) {
            self.list(merged, spot)
        } else {
            self.map(merged, spot)
        };
        self.level -= 1;
        typed
    }

    fn list(&mut self, merged: &Merged<'a>, spot: &Spot) -> Result<Typed, Diagnostic> {
        let array = &merged.array;
        let item = self.resolve(array.items.clone(), &spot.item())?;
        let mut constraints = Vec::new();
        let min = array.min.filter(|&count| count > 0);
        constraints.extend(min.map(Constraint::MinItems));
        constraints.extend(array.max.map(Constraint::MaxItems));
        constraints.extend(array.unique.then_some(Constraint::UniqueItems));
        if !item.constraints.is_empty() {
            constraints.push(Constraint::Items(item.constraints));
        }
        Ok(Typed {
            constraints,
            format: item.format,
            ..Typed::plain(Type::Array(Box::new(item.ty)))
        })
    }

    pub(super) fn tuple(
        &mut self,
        places: Vec<Part>,
        spot: &Spot,
    ) -> Result<Vec<Item>, Diagnostic> {
        let mut items = Vec::with_capacity(places.len());
        for (index, place) in places.into_iter().enumerate() {
            let typed = self.resolve(vec![place], &spot.place(index))?;
            items.push(Item {
                ty: typed.ty,
                constraints: typed.constraints,
            });
        }
        Ok(items)
    }
}
