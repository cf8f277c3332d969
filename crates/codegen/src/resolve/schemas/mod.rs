//! Schema Objects to types. A schema is built when something first refers to it; what nothing refers to is not generated.
//!
//! | step | file |
//! | --- | --- |
//! | a schema, and the list of schemas that hold together | `node.rs`, `parts.rs` |
//! | that list as one: keyword by keyword | `merge.rs`, `members.rs`, `merged.rs` |
//! | what it becomes | `decide.rs` |
//! | the parts of what has a name, when its turn comes | `fill.rs`, and one file for each kind |
//! | whether it has a form in XML, and which | `xml.rs`, `marks.rs` |
//!
//! What has a name (objects, enums, unions, tuples, validated values) is filled later, so that a type can lead back to itself;
//! arrays and maps are spelled out where they stand, and get a name when they lead back to themselves.

mod arrays;
mod choice;
mod closure;
mod decide;
mod enums;
mod fill;
mod kinds;
mod marks;
mod members;
mod merge;
mod merged;
mod node;
pub(super) mod numbers;
mod objects;
mod parts;
mod spot;
mod strings;
#[cfg(test)]
mod tests;
mod typed;
mod unions;
mod unsatisfiable;
mod xml;

use std::collections::HashMap;

use super::names::Types;
use super::patterns::Patterns;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Item, Model, Pattern, Shape, Type, XmlObject};
use crate::naming::Scope;
use crate::pointer;

pub use spot::Spot;
pub use typed::Typed;
pub use xml::Unfit;

use fill::Pending;
use parts::{Circle, Notes, Part, Source};

/// Arrays of arrays, and what refers from one to the next, are spelled out up to here; the next one gets a name.
const DEEPEST: usize = 48;

/// All types of a document, as far as something refers to them.
pub struct Schemas<'a> {
    lowered: &'a Lowered,
    source: Source<'a>,
    names: Types,
    patterns: Patterns,
    known: HashMap<Vec<Part>, Known>,
    /// What has a name and is not filled yet; the last is next.
    pending: Vec<Pending<'a>>,
    /// What was added to `pending` while something was filled, the first is next.
    fresh: Vec<Pending<'a>>,
    /// Models by the name of the schema in `components`, or, under the empty name, those of operations.
    models: HashMap<String, Vec<Model>>,
    /// Schemas that operations ask for, by JSON Pointer.
    roots: HashMap<String, Spot>,
    /// How many arrays and maps are around what is being spelled out.
    level: usize,
    /// What is wrong with one member of an object does not hide what is wrong with the next.
    found: Diagnostics,
    xml: xml::Forms,
}

/// What is known of a conjunction.
enum Known {
    /// It is being spelled out; and the name that it has to have, when it leads back to itself.
    Open {
        level: usize,
        name: Option<String>,
    },
    Done(Typed),
}

impl<'a> Schemas<'a> {
    /// No types yet.
    pub fn new(lowered: &'a Lowered, names: Types) -> Self {
        Self {
            lowered,
            source: Source(lowered.schemas()),
            names,
            patterns: Patterns::default(),
            known: HashMap::new(),
            pending: Vec::new(),
            fresh: Vec::new(),
            models: HashMap::new(),
            roots: HashMap::new(),
            level: 0,
            found: Diagnostics::new(),
            xml: xml::Forms::default(),
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
    pub fn at(&mut self, spot: &Spot) -> Result<Typed, Diagnostic> {
        self.roots
            .entry(spot.pointer.clone())
            .or_insert_with(|| spot.clone());
        self.resolve(vec![Part::At(spot.pointer.clone())], spot)
    }

    /// What `parts` say together of a value.
    fn resolve(&mut self, parts: Vec<Part>, spot: &Spot) -> Result<Typed, Diagnostic> {
        let followed = parts::follow(self.source, parts);
        let (key, notes) = followed.map_err(|circle| self.circle(&circle))?;
        let key = self.without_types(key);
        let spot = match key.as_slice() {
            [Part::At(pointer)] if *pointer != spot.pointer => &self.stand(pointer),
            _ => spot,
        };
        let mut typed = self.known_or_built(key, spot)?;
        self.note(&mut typed, &notes);
        Ok(typed)
    }

    /// Leaves out the parts that only name a type that the only other one asks for too, so that it keeps its name.
    fn without_types(&self, mut key: Vec<Part>) -> Vec<Part> {
        if key.len() < 2 {
            return key;
        }
        let merged = |parts: &[Part]| merge::merge(self.source, parts).ok();
        let is_bare = |part: &Part| {
            merged(std::slice::from_ref(part))
                .filter(merged::Merged::is_type_only)
                .map(|merged| merged.kinds)
        };
        let bare: Vec<_> = key.iter().map(is_bare).collect();
        let mut rest = key.iter().zip(&bare).filter(|(_, bare)| bare.is_none());
        if let (Some((one, _)), None) = (rest.next(), rest.next())
            && let Some(merged) = merged(std::slice::from_ref(one))
            && bare.iter().flatten().all(|kinds| kinds.has(merged.kinds))
        {
            let one = one.clone();
            key.retain(|part| *part == one);
        }
        key
    }

    fn known_or_built(&mut self, key: Vec<Part>, spot: &Spot) -> Result<Typed, Diagnostic> {
        match self.known.get(&key) {
            Some(Known::Done(typed)) => return Ok(typed.clone()),
            Some(Known::Open { level, name }) => {
                if *level == self.level {
                    return Err(self.circle(&Circle(spot.pointer.clone())));
                }
                let name = match name {
                    Some(name) => name.clone(),
                    None => {
                        let (level, name) = (*level, self.name(spot));
                        let open = Known::Open {
                            level,
                            name: Some(name.clone()),
                        };
                        self.known.insert(key, open);
                        name
                    }
                };
                return Ok(Typed::plain(Type::Model(name)));
            }
            None => {}
        }
        let open = Known::Open {
            level: self.level,
            name: None,
        };
        self.known.insert(key.clone(), open);
        let built = self.decide(&key, spot);
        let open = self.known.remove(&key);
        let mut typed = built?;
        if let Some(Known::Open {
            name: Some(name), ..
        }) = open
        {
            typed = self.newtype(name, typed, spot);
        }
        self.known.insert(key, Known::Done(typed.clone()));
        Ok(typed)
    }

    /// What `typed` says, under a name.
    fn newtype(&mut self, name: String, typed: Typed, spot: &Spot) -> Typed {
        let (ty, nullable) = match typed.ty {
            Type::Nullable(ty) => (*ty, true),
            ty => (ty, false),
        };
        let shape = Shape::Newtype(Item {
            ty,
            constraints: typed.constraints,
        });
        self.queue(&name, spot, &Notes::default(), fill::Work::Ready(shape));
        let ty = Type::Model(name);
        Typed::plain(if nullable {
            Type::Nullable(Box::new(ty))
        } else {
            ty
        })
    }

    fn note(&mut self, typed: &mut Typed, notes: &Notes<'a>) {
        let text = notes.description.or(notes.title);
        typed.description = text.map(str::to_owned);
        typed.deprecated = notes.deprecated;
        typed.read_only = notes.read_only;
        typed.write_only = notes.write_only;
        typed.default.clone_from(&notes.default);
    }

    /// Claims the name of the type that stands at `spot`.
    fn name(&mut self, spot: &Spot) -> String {
        let component = spot.pointer.strip_prefix("/components/schemas/");
        let component = component.filter(|name| !name.contains('/'));
        let component = component.map(pointer::unescaped);
        match component.and_then(|name| self.names.components.get(&name)) {
            Some(name) => name.clone(),
            None => self.names.scope.claim(spot.name.clone()),
        }
    }

    /// The spot of the schema at `pointer`, by where it stands and not by what leads there.
    fn stand(&self, pointer: &str) -> Spot {
        let root = self.source.0;
        if let Some(rest) = pointer.strip_prefix("/components/schemas/") {
            let mut tokens = rest.split('/');
            let name = pointer::unescaped(tokens.next().unwrap_or_default());
            if let Some(rust) = self.names.components.get(&name) {
                return Spot::component(&name, rust).walk(root, tokens);
            }
        }
        let mut above = pointer;
        while let Some((head, _)) = above.rsplit_once('/') {
            if let Some(spot) = self.roots.get(above) {
                let rest = pointer.get(above.len() + 1..).unwrap_or_default();
                let tokens = rest.split('/').filter(|token| !token.is_empty());
                return spot.clone().walk(root, tokens);
            }
            above = head;
        }
        let last = pointer::unescaped(pointer.rsplit('/').next().unwrap_or_default());
        Spot {
            pointer: pointer.to_owned(),
            name: crate::naming::upper_camel(pointer),
            docs: format!("The schema `{last}`."),
            owner: last,
        }
    }

    fn circle(&self, circle: &Circle) -> Diagnostic {
        self.lowered.error(
            Code::CyclicRef,
            &circle.0,
            "this schema is nothing but itself",
            "let it say something of a value besides what it refers to",
        )
    }

    /// All models and patterns: fills what was referred to, and what that refers to.
    pub fn finish(mut self, found: &mut Diagnostics) -> Finished {
        self.fill_all();
        found.extend(self.found);
        let order = self.lowered.schemas().pointer("/components/schemas");
        let order = order.and_then(serde_json::Value::as_object);
        let order: Vec<&String> = order.into_iter().flatten().map(|(name, _)| name).collect();
        let operations = String::new();
        let groups = order.into_iter().chain([&operations]);
        let models = groups
            .filter_map(|name| self.models.remove(name))
            .flatten()
            .collect();
        Finished {
            models,
            patterns: self.patterns.finish(),
            xml: self.xml.finish(),
            scope: self.names.scope,
        }
    }
}

/// What became of the schemas.
pub struct Finished {
    /// Data types.
    pub models: Vec<Model>,
    /// The patterns they check.
    pub patterns: Vec<Pattern>,
    /// How objects of bodies stand in XML.
    pub xml: Vec<XmlObject>,
    /// The names of types that are taken.
    pub scope: Scope,
}
