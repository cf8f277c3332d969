//! `oneOf`, `anyOf`, and several types.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::choice;
use super::decide::nullable;
use super::enums;
use super::fill::Work;
use super::kinds::Kinds;
use super::merge::{self, is_equal};
use super::merged::{Group, Merged};
use super::parts::{self, Part, Source};
use super::{Schemas, Spot, Typed, spot};
use crate::diagnostic::Diagnostic;
use crate::ir::{Choice, Type, Union, UnionVariant};
use crate::naming::{self, Scope};
use crate::resolve::{docs, formats};

/// Unions within unions are looked into up to here, for the types of their values.
const NARROWED: usize = 6;

/// One type of a union, before it is built.
pub struct Alternative<'a> {
    /// JSON Pointer of the member of `oneOf` or `anyOf`.
    pub pointer: String,
    /// What a value must hold.
    pub parts: Vec<Part>,
    /// The same as one.
    pub merged: Merged<'a>,
}

/// A union of `oneOf` or `anyOf`, before it is built.
pub struct Plan<'a> {
    pub group: Group<'a>,
    pub all: Vec<Alternative<'a>>,
}

impl<'a> Alternative<'a> {
    /// The values of one type.
    pub fn of_type(source: Source<'a>, key: &[Part], kind: Kinds) -> Self {
        let mut parts = key.to_vec();
        parts.push(Part::Only(kind));
        Self {
            pointer: String::new(),
            merged: merge::merge(source, &parts).unwrap_or_default(),
            parts,
        }
    }

    /// The values of types that nothing more is said of.
    pub fn other(kinds: Kinds) -> Self {
        Self {
            pointer: String::new(),
            parts: Vec::new(),
            merged: Merged {
                kinds,
                ..Merged::default()
            },
        }
    }
}

impl<'a> Schemas<'a> {
    /// What a schema becomes that has `oneOf` or `anyOf`.
    pub(super) fn union(
        &mut self,
        key: &[Part],
        merged: Merged<'a>,
        spot: &Spot,
    ) -> Result<Typed, Diagnostic> {
        let [group] = merged.groups.as_slice() else {
            return Ok(self.json(key, spot, &merged));
        };
        let group = group.clone();
        let Some((mut all, null)) = self.members(&group, &merged)? else {
            return Ok(self.json(key, spot, &merged));
        };
        if let Some(typed) = self.constants(&group, &all, &merged, spot) {
            return Ok(nullable(typed, null));
        }
        let typed = match (all.pop(), all.is_empty()) {
            (None, _) if null => return Ok(Typed::plain(Type::Null)),
            (None, _) => return Ok(Typed::plain(Type::Never)),
            (Some(only), true) => {
                let mut typed = self.resolve(only.parts, spot)?;
                typed.ty = not_null(typed.ty);
                typed
            }
            (Some(last), false) => {
                all.push(last);
                let plan = Box::new(Plan { group, all });
                self.named(spot, &merged.notes, Work::Union(plan))
            }
        };
        Ok(nullable(typed, null))
    }

    /// The alternatives that a value can be of, apart from null, and whether it can be null. Nothing when null might be of
    /// several.
    #[allow(clippy::type_complexity, reason = "a name would say no more")]
    fn members(
        &self,
        group: &Group<'a>,
        merged: &Merged<'a>,
    ) -> Result<Option<(Vec<Alternative<'a>>, bool)>, Diagnostic> {
        let base = self.beside(group, merged);
        let around = self.merged(&base)?;
        let bare = around.is_type_only();
        let mut all = Vec::with_capacity(group.members.len());
        let mut nulls = 0;
        let mut narrowed = Narrowed::new();
        for pointer in &group.members {
            let member = vec![Part::At(pointer.clone())];
            let mut alone = self.merged(&member)?;
            alone.kinds = narrow(self.source, &alone, 0, &mut narrowed);
            let (parts, alternative) = if bare && around.kinds.has(alone.kinds) {
                (member, alone)
            } else {
                let parts: Vec<Part> = base.iter().cloned().chain(member).collect();
                let mut both = self.merged(&parts)?;
                both.kinds = both.kinds.and(alone.kinds);
                (parts, both)
            };
            let kinds = alternative.kinds;
            let null = kinds.has(Kinds::NULL) && allows_null(&alternative);
            if null && alternative.hard().is_some() {
                return Ok(None);
            }
            nulls += usize::from(null);
            if !kinds.without(Kinds::NULL).is_none() {
                all.push(Alternative {
                    pointer: pointer.clone(),
                    parts,
                    merged: alternative,
                });
            }
        }
        let null = if group.keyword == "oneOf" {
            nulls == 1
        } else {
            nulls > 0
        };
        Ok(Some((all, null)))
    }

    fn merged(&self, parts: &[Part]) -> Result<Merged<'a>, Diagnostic> {
        merge::merge(self.source, parts).map_err(|circle| self.circle(&circle))
    }

    /// What stands beside the group, as far as it says something.
    fn beside(&self, group: &Group<'a>, merged: &Merged<'a>) -> Vec<Part> {
        let beside = merged.own.iter().cloned().map(|part| match part {
            Part::Own { pointer, .. } if pointer == group.pointer => Part::Own {
                pointer,
                without: Some(group.keyword),
            },
            other => other,
        });
        beside
            .filter(|part| {
                let one = merge::merge(self.source, std::slice::from_ref(part));
                one.is_ok_and(|one| one.kinds != Kinds::ALL || !one.is_type_only())
            })
            .collect()
    }

    /// An enum, where each alternative is a constant: that is how 3.1 describes the values of an enum.
    fn constants(
        &mut self,
        group: &Group<'a>,
        all: &[Alternative<'a>],
        merged: &Merged<'a>,
        spot: &Spot,
    ) -> Option<Typed> {
        let mut values: Vec<&'a Value> = Vec::with_capacity(all.len());
        for one in all {
            match one.merged.values.as_deref() {
                Some([value])
                    if one.merged.spoken_of().is_none()
                        && one.merged.groups.is_empty()
                        && one.merged.kinds.has(Kinds::of(value)) =>
                {
                    values.push(value);
                }
                _ => return None,
            }
        }
        let times = |value: &Value| values.iter().filter(|one| is_equal(one, value)).count();
        if values.is_empty() || group.keyword == "oneOf" && values.iter().any(|one| times(one) > 1)
        {
            return None;
        }
        let mut seen = HashSet::new();
        values.retain(|value| seen.insert(value.to_string()));
        let shape = enums::shape(&values)?;
        Some(self.named(spot, &merged.notes, Work::Ready(shape)))
    }

    /// The variants of `oneOf` or `anyOf`.
    pub(super) fn alternatives(
        &mut self,
        plan: Plan<'a>,
        spot: &Spot,
    ) -> Result<Union, Diagnostic> {
        let Plan { group, all } = plan;
        let choice = self.choice(&group, &all);
        let mut scope = Scope::reserving(&["Self"]);
        let mut variants = Vec::with_capacity(all.len());
        for (index, one) in all.into_iter().enumerate() {
            let name = match &choice {
                // Objects without a name of their own are called by what tells them apart.
                Choice::Constant { values, .. } => constant_name(values, index),
                _ => None,
            };
            let written = spot::variant(self.source.0, &one.pointer, index);
            let name = name
                .filter(|_| written.starts_with("Variant"))
                .unwrap_or(written);
            let name = scope.claim(name);
            let typed = self.resolve(one.parts, &spot.variant(&one.pointer, &name))?;
            variants.push(variant(name, typed));
        }
        Ok(Union {
            variants,
            choice,
            exactly_one: group.keyword == "oneOf",
        })
    }

    /// The variants of a union by type.
    pub(super) fn types(
        &mut self,
        all: Vec<Alternative<'a>>,
        spot: &Spot,
    ) -> Result<Union, Diagnostic> {
        let choice = choice::by_type(&all).unwrap_or(Choice::Trial);
        let mut variants = Vec::with_capacity(all.len());
        for one in all {
            let name = match one.merged.kinds.types().as_slice() {
                [only] if !one.parts.is_empty() => naming::upper_camel(super::kinds::name(*only)),
                _ => "Other".to_owned(),
            };
            let typed = self.resolve(
                one.parts,
                &spot.variant(&format!("{}/type", spot.pointer), &name),
            )?;
            variants.push(variant(name, typed));
        }
        Ok(Union {
            variants,
            choice,
            exactly_one: false,
        })
    }
}

fn variant(name: String, typed: Typed) -> UnionVariant {
    let text = typed.description.as_deref();
    UnionVariant {
        docs: docs::or(text, || format!("{} `{name}`.", article(&name))),
        secret: formats::is_secret(typed.format.as_deref()),
        name,
        ty: not_null(typed.ty),
        constraints: typed.constraints,
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O']) {
        "An"
    } else {
        "A"
    }
}

/// The type without null, which the union says of all its types at once.
fn not_null(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => *inner,
        other => other,
    }
}

/// The types of what was looked into: unions may lead to one schema in many ways.
type Narrowed = HashMap<Vec<Part>, Kinds>;

/// The types that a value can be of by the unions within too.
fn narrow(source: Source<'_>, merged: &Merged<'_>, depth: usize, known: &mut Narrowed) -> Kinds {
    if depth > NARROWED {
        return merged.kinds;
    }
    merged.groups.iter().fold(merged.kinds, |kinds, group| {
        let mut within = Kinds::NONE;
        for member in &group.members {
            if within.has(kinds) {
                break;
            }
            within = within.or(narrowed(source, member, depth + 1, known));
        }
        kinds.and(within)
    })
}

fn narrowed(source: Source<'_>, member: &str, depth: usize, known: &mut Narrowed) -> Kinds {
    let followed = parts::follow(source, vec![Part::At(member.to_owned())]);
    let Ok((key, _)) = followed else {
        return Kinds::ALL;
    };
    if let Some(kinds) = known.get(&key) {
        return *kinds;
    }
    let Ok(merged) = merge::merge(source, &key) else {
        return Kinds::ALL;
    };
    // Until more is known, for where it leads back to itself.
    known.insert(key.clone(), merged.kinds);
    let kinds = narrow(source, &merged, depth, known);
    known.insert(key, kinds);
    kinds
}

fn allows_null(merged: &Merged<'_>) -> bool {
    match &merged.values {
        Some(values) => values.iter().any(|value| value.is_null()),
        None => true,
    }
}

fn constant_name(values: &[(crate::ir::Literal, usize)], index: usize) -> Option<String> {
    let mut own = values.iter().filter(|(_, variant)| *variant == index);
    match (own.next(), own.next()) {
        (Some((crate::ir::Literal::String(text), _)), None) => Some(naming::upper_camel(text)),
        _ => None,
    }
}

/// The chain of JSON Pointers from a member of a union to what it is.
pub fn chain(source: Source<'_>, pointer: &str) -> Vec<String> {
    let mut all = vec![pointer.to_owned()];
    let mut here = pointer.to_owned();
    while let super::node::Node::Object(members) = source.node(&here) {
        let reference = super::node::text(members, "$ref");
        let next = match reference.and_then(|reference| source.target(reference)) {
            Some(next) => next,
            None => match parts::only(members, "allOf", &here) {
                Some(next) => next,
                None => break,
            },
        };
        if all.contains(&next) {
            break;
        }
        all.push(next.clone());
        here = next;
    }
    all
}
