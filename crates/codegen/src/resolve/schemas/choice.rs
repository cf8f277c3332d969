//! How it is told which type of a union a value is of.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::Schemas;
use super::kinds::Kinds;
use super::merge;
use super::merged::{Group, Merged};
use super::node;
use super::numbers;
use super::parts::Source;
use super::unions::{Alternative, chain};
use crate::diagnostic::Code;
use crate::ir::{Choice, Literal};
use crate::pointer;
use crate::resolve::refs;

/// Unions within unions are looked into up to here.
const DEEPEST: usize = 4;

impl<'a> Schemas<'a> {
    /// By the discriminator, else by the type of the value, else by a constant, else by trial.
    pub(super) fn choice(&mut self, group: &Group<'a>, all: &[Alternative<'a>]) -> Choice {
        if let Some(discriminator) = group.discriminator {
            match self.discriminator(discriminator, all) {
                Some(choice) => return choice,
                None => {
                    let pointer = format!("{}/discriminator", group.pointer);
                    let message = "this discriminator does not tell all alternatives apart";
                    let help = "name each alternative in `mapping`, or refer to it by `$ref`";
                    let found = self
                        .lowered
                        .error(Code::Discriminator, &pointer, message, help);
                    self.found.push(found.warning());
                }
            }
        }
        by_type(all)
            .or_else(|| by_constant(self.source, all))
            .unwrap_or(Choice::Trial)
    }

    fn discriminator(
        &self,
        object: &Map<String, Value>,
        all: &[Alternative<'a>],
    ) -> Option<Choice> {
        let property = node::text(object, "propertyName")?;
        if object.contains_key("defaultMapping") {
            return None;
        }
        let chains: Vec<Vec<String>> = all
            .iter()
            .map(|one| chain(self.source, &one.pointer))
            .collect();
        let mut mapping: Vec<(String, usize)> = Vec::new();
        let named = object.get("mapping").and_then(Value::as_object);
        for (value, target) in named.into_iter().flatten() {
            let target = self.mapped(target.as_str()?);
            let direct = chains.iter().position(|chain| chain.contains(&target));
            let variant = direct.or_else(|| {
                all.iter()
                    .position(|one| leads_to(self.source, &one.merged, &target, 0))
            });
            if let Some(variant) = variant {
                mapping.push((value.clone(), variant));
            }
        }
        for (index, one) in all.iter().enumerate() {
            if mapping.iter().all(|(_, variant)| *variant != index) {
                let chain = chains.get(index)?;
                let tags = tags(self.source, property, &one.merged, chain, 0)?;
                mapping.extend(tags.into_iter().map(|tag| (tag, index)));
            }
        }
        let mut seen = HashSet::new();
        let distinct = mapping.iter().all(|(tag, _)| seen.insert(tag.as_str()));
        distinct.then(|| Choice::Discriminator {
            property: property.to_owned(),
            mapping,
        })
    }

    /// What a value of `mapping` points at: a reference, or the name of a schema.
    fn mapped(&self, text: &str) -> String {
        let named = refs::join("/components/schemas", text);
        if self.source.0.pointer(&named).is_some() {
            return named;
        }
        self.source.target(text).unwrap_or(named)
    }
}

/// Whether a union within leads to the schema at `target`.
fn leads_to(source: Source<'_>, merged: &Merged<'_>, target: &str, depth: usize) -> bool {
    depth < DEEPEST
        && merged
            .groups
            .iter()
            .flat_map(|group| &group.members)
            .any(|member| {
                let chain = chain(source, member);
                chain.iter().any(|one| one == target)
                    || last(source, &chain)
                        .is_some_and(|merged| leads_to(source, &merged, target, depth + 1))
            })
}

fn last<'a>(source: Source<'a>, chain: &[String]) -> Option<Merged<'a>> {
    let last = chain.last()?;
    merge::merge(source, &[super::Part::At(last.clone())]).ok()
}

/// The values of `property` that say that an object is of this alternative: its constants there, else its name, else those of
/// the alternatives that it is made of.
fn tags(
    source: Source<'_>,
    property: &str,
    merged: &Merged<'_>,
    chain: &[String],
    depth: usize,
) -> Option<Vec<String>> {
    if let Some(values) = constants(source, merged, property) {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        return values.into_iter().map(text).collect();
    }
    if depth < DEEPEST
        && let [group] = merged.groups.as_slice()
    {
        let mut all = Vec::new();
        for member in &group.members {
            let chain = super::unions::chain(source, member);
            let merged = last(source, &chain)?;
            all.extend(tags(source, property, &merged, &chain, depth + 1)?);
        }
        return Some(all);
    }
    let mut names = chain
        .iter()
        .filter_map(|pointer| pointer.strip_prefix("/components/schemas/"));
    let name = names.find(|name| !name.contains('/'))?;
    Some(vec![pointer::unescaped(name)])
}

/// The values that a property may have, if it lists them.
fn constants<'a>(
    source: Source<'a>,
    merged: &Merged<'a>,
    property: &str,
) -> Option<Vec<&'a Value>> {
    let parts = merged.object.properties.get(property)?;
    let property = merge::merge(source, parts).ok()?;
    let known = property.values.as_ref()?;
    let of_type = known.iter().copied();
    let of_type = of_type.filter(|value| property.kinds.has(Kinds::of(value)));
    Some(of_type.collect())
}

/// Where no two alternatives can be of one JSON type.
pub fn by_type(all: &[Alternative<'_>]) -> Option<Choice> {
    let mut taken = Kinds::NONE;
    let mut types = Vec::with_capacity(all.len());
    for one in all {
        let mut kinds = one.merged.kinds;
        if let Some(values) = &one.merged.values {
            let of_values = values.iter().map(|value| Kinds::of(value));
            kinds = kinds.and(of_values.fold(Kinds::NONE, Kinds::or));
        }
        // Null is said of the union as a whole, but where nothing is said of a type.
        if !one.parts.is_empty() {
            kinds = kinds.without(Kinds::NULL);
        }
        if taken.meets(kinds) {
            return None;
        }
        taken = taken.or(kinds);
        types.push(kinds.types());
    }
    Some(Choice::Type(types))
}

/// By a property that all require, and whose constants no two share.
fn by_constant(source: Source<'_>, all: &[Alternative<'_>]) -> Option<Choice> {
    let first = all.first()?;
    let objects = |one: &Alternative<'_>| {
        one.merged.kinds.without(Kinds::NULL) == Kinds::OBJECT && one.merged.groups.is_empty()
    };
    if !all.iter().all(objects) {
        return None;
    }
    let candidates = first.merged.object.required.iter();
    candidates
        .copied()
        .find_map(|property| values(source, all, property).map(|values| (property, values)))
        .map(|(property, values)| Choice::Constant {
            property: property.to_owned(),
            values,
        })
}

fn values(
    source: Source<'_>,
    all: &[Alternative<'_>],
    property: &str,
) -> Option<Vec<(Literal, usize)>> {
    let mut values: Vec<(Literal, usize)> = Vec::new();
    let mut seen = HashSet::new();
    for (index, one) in all.iter().enumerate() {
        if !one.merged.object.required.contains(property) {
            return None;
        }
        for value in constants(source, &one.merged, property)? {
            let literal = match value {
                Value::String(text) => Literal::String(text.clone()),
                Value::Bool(value) => Literal::Boolean(*value),
                Value::Number(number) => match numbers::literal(number)? {
                    Literal::Integer(whole) => Literal::Integer(whole),
                    _ => return None,
                },
                _ => return None,
            };
            if !seen.insert(format!("{literal:?}")) {
                return None;
            }
            values.push((literal, index));
        }
    }
    Some(values)
}
