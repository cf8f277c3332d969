//! The Parameter Objects that hold for an operation.

use serde_json::Value;

use super::operations::Place;
use super::written::Written;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;

/// A Parameter Object.
#[derive(Clone, Debug)]
pub struct Declared<'a> {
    /// The object.
    pub object: Written<'a>,
    /// `name`.
    pub name: &'a str,
    /// `in`.
    pub place: &'a str,
}

impl Declared<'_> {
    /// Whether the specification says to ignore it (Parameter Object, `name`).
    pub fn is_ignored(&self) -> bool {
        let name = self.name.to_ascii_lowercase();
        self.place == "header"
            && ["accept", "content-type", "authorization"].contains(&name.as_str())
    }

    /// Whether two objects describe one parameter; header fields are the same in any case (RFC 9110, section 5.1).
    fn is_same(&self, other: &Self) -> bool {
        self.place == other.place
            && match self.place {
                "header" => self.name.eq_ignore_ascii_case(other.name),
                _ => self.name == other.name,
            }
    }
}

/// The operation's own objects, and before them those of the path item that it does not redefine.
pub fn of<'a>(
    lowered: &'a Lowered,
    place: &Place<'_>,
    found: &mut Diagnostics,
) -> Vec<Declared<'a>> {
    let own = list(lowered, &place.pointer, found);
    let mut shared = list(lowered, &place.item_pointer, found);
    shared.retain(|one| !own.iter().any(|other| one.is_same(other)));
    shared.extend(own);
    shared
}

fn list<'a>(lowered: &'a Lowered, pointer: &str, found: &mut Diagnostics) -> Vec<Declared<'a>> {
    let pointer = format!("{pointer}/parameters");
    let written = lowered
        .contract()
        .pointer(&pointer)
        .and_then(Value::as_array);
    let mut all: Vec<Declared<'a>> = Vec::new();
    for index in 0..written.map_or(0, Vec::len) {
        let pointer = format!("{pointer}/{index}");
        let Some(Some(object)) = found.take(Written::at(lowered, &pointer)) else {
            continue;
        };
        let (Some(name), Some(place)) = (object.text("name"), object.text("in")) else {
            continue;
        };
        let one = Declared {
            object,
            name,
            place,
        };
        match all.iter().find(|known| known.is_same(&one)) {
            Some(first) => found.push(duplicate(lowered, &one, &pointer, first)),
            None => all.push(one),
        }
    }
    all
}

fn duplicate(
    lowered: &Lowered,
    one: &Declared<'_>,
    pointer: &str,
    first: &Declared<'_>,
) -> Diagnostic {
    let Declared { name, place, .. } = one;
    let finding = lowered
        .error(
            Code::DuplicateParameter,
            pointer,
            format!("there are two parameters `{name}` with `in: {place}`"),
            "remove one of the two, or rename it",
        )
        .with(lowered.place(&first.object.pointer), "first here");
    // What says the same twice is said.
    if first.object.value == one.object.value {
        finding.warning()
    } else {
        finding
    }
}
