//! `type: array`.

use openapiv3::ArrayType;

use super::{Schemas, Spot, Typed};
use crate::diagnostic::Diagnostic;
use crate::ir::{Constraint, Type};

impl Schemas<'_> {
    pub(super) fn array(&mut self, array: &ArrayType, spot: &Spot) -> Result<Typed, Diagnostic> {
        let ArrayType {
            items,
            min_items,
            max_items,
            unique_items,
        } = array;
        let item = match items {
            Some(items) => {
                let spot = Spot {
                    pointer: format!("{}/items", spot.pointer),
                    name: format!("{}Item", spot.name),
                    owner: spot.owner.clone(),
                    docs: format!("One item of {}", lower_first(&spot.docs)),
                };
                self.boxed(items, &spot)?
            }
            None => Typed::plain(Type::Any),
        };
        let mut constraints = Vec::new();
        constraints.extend(
            min_items
                .filter(|&count| count > 0)
                .map(Constraint::MinItems),
        );
        constraints.extend(max_items.map(Constraint::MaxItems));
        constraints.extend(unique_items.then_some(Constraint::UniqueItems));
        if !item.constraints.is_empty() {
            constraints.push(Constraint::Items(item.constraints));
        }
        Ok(Typed {
            constraints,
            format: item.format,
            ..Typed::plain(Type::Array(Box::new(item.ty)))
        })
    }
}

fn lower_first(text: &str) -> String {
    text.strip_prefix("The ")
        .map_or_else(|| text.to_owned(), |rest| format!("the {rest}"))
}
