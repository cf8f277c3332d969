//! What has a name is filled when its turn comes: its own parts first, each with what it owns.

use super::merged::Merged;
use super::parts::{Notes, Part};
use super::unions::{Alternative, Plan};
use super::{Schemas, Spot};
use crate::diagnostic::Diagnostic;
use crate::ir::{Item, Model, Shape};
use crate::pointer;
use crate::resolve::docs;

/// A type that has its name already.
pub struct Pending<'a> {
    name: String,
    spot: Spot,
    docs: String,
    deprecated: bool,
    group: String,
    work: Work<'a>,
}

/// What is left to do.
pub enum Work<'a> {
    /// Nothing.
    Ready(Shape),
    /// An object.
    Struct(Box<Merged<'a>>),
    /// `oneOf` or `anyOf`.
    Union(Box<Plan<'a>>),
    /// A union by `type`.
    Types(Vec<Alternative<'a>>),
    /// An array of a fixed number.
    Tuple(Vec<Part>),
    /// An array or a map.
    Newtype(Vec<Part>),
}

impl<'a> Schemas<'a> {
    /// Puts off what becomes of the type `name`.
    pub(super) fn queue(&mut self, name: &str, spot: &Spot, notes: &Notes<'a>, work: Work<'a>) {
        let text = notes.description.or(notes.title);
        self.fresh.push(Pending {
            name: name.to_owned(),
            docs: docs::or(text, || spot.docs.clone()),
            deprecated: notes.deprecated,
            group: group(&spot.pointer),
            spot: spot.clone(),
            work,
        });
    }

    /// Makes all models.
    pub(super) fn fill_all(&mut self) {
        self.pending.extend(self.fresh.drain(..).rev());
        while let Some(Pending {
            name,
            spot,
            docs,
            deprecated,
            group,
            work,
        }) = self.pending.pop()
        {
            let shape = self.fill(work, &name, &spot);
            if let Some(shape) = self.found.take(shape) {
                self.models.entry(group).or_default().push(Model {
                    name,
                    docs,
                    shape,
                    deprecated,
                    request: false,
                    parameter: false,
                    has_default: false,
                });
            }
            // What it owns comes next, in order.
            self.pending.extend(self.fresh.drain(..).rev());
        }
    }

    fn fill(&mut self, work: Work<'a>, name: &str, spot: &Spot) -> Result<Shape, Diagnostic> {
        // What it owns is named after it, whatever its place was called.
        let spot = &Spot {
            name: name.to_owned(),
            ..spot.clone()
        };
        match work {
            Work::Ready(shape) => Ok(shape),
            Work::Struct(merged) => Ok(Shape::Struct(self.structure(&merged, spot))),
            Work::Union(plan) => self.alternatives(*plan, spot).map(Shape::Union),
            Work::Types(all) => self.types(all, spot).map(Shape::Union),
            Work::Tuple(places) => self.tuple(places, spot).map(Shape::Tuple),
            Work::Newtype(key) => {
                let merged = super::merge::merge(self.source, &key);
                let merged = merged.map_err(|circle| self.circle(&circle))?;
                let typed = self.spelled_out(&merged, spot)?;
                Ok(Shape::Newtype(Item {
                    ty: typed.ty,
                    constraints: typed.constraints,
                }))
            }
        }
    }
}

/// The named schema that holds what stands at `pointer`; the empty name if none does.
fn group(pointer: &str) -> String {
    let below = pointer.strip_prefix("/components/schemas/");
    let name = below.and_then(|below| below.split('/').next());
    pointer::unescaped(name.unwrap_or_default())
}
