//! What a type is made of.

use std::collections::{HashMap, HashSet};

use crate::ir::{Additional, Constraint, Model, Shape, Type};

/// Visits each type that a shape holds, and what its values must hold beyond it.
pub fn each<'s>(shape: &'s Shape, visit: &mut impl FnMut(&'s Type, &'s [Constraint])) {
    match shape {
        Shape::Struct(object) => {
            for field in &object.fields {
                visit(&field.ty, &field.constraints);
            }
            if let Additional::Kept {
                ty, constraints, ..
            } = &object.additional
            {
                visit(ty, constraints);
            }
        }
        Shape::Union(union) => {
            for variant in &union.variants {
                visit(&variant.ty, &variant.constraints);
            }
        }
        Shape::Tuple(items) => items
            .iter()
            .for_each(|item| visit(&item.ty, &item.constraints)),
        Shape::Newtype(item) => visit(&item.ty, &item.constraints),
        Shape::Strings(_) | Shape::Integers(_) | Shape::Boolean(_) | Shape::Json(_) => {}
    }
}

/// As [`each`], to change them; of members that are no properties it is the type of one value.
pub fn each_mut(shape: &mut Shape, visit: &mut impl FnMut(&mut Type, &mut Vec<Constraint>, Place)) {
    match shape {
        Shape::Struct(object) => {
            for field in &mut object.fields {
                visit(&mut field.ty, &mut field.constraints, Place::Itself);
            }
            if let Additional::Kept {
                ty, constraints, ..
            } = &mut object.additional
            {
                visit(ty, constraints, Place::Values);
            }
        }
        Shape::Union(union) => {
            for variant in &mut union.variants {
                visit(&mut variant.ty, &mut variant.constraints, Place::Itself);
            }
        }
        Shape::Tuple(items) => {
            for item in items {
                visit(&mut item.ty, &mut item.constraints, Place::Itself);
            }
        }
        Shape::Newtype(item) => visit(&mut item.ty, &mut item.constraints, Place::Itself),
        Shape::Strings(_) | Shape::Integers(_) | Shape::Boolean(_) | Shape::Json(_) => {}
    }
}

/// The models that `is` says yes of, and those that hold one, however deep.
pub fn holding(models: &[Model], is: impl Fn(&Model) -> bool) -> HashSet<String> {
    let mut holders: HashMap<&str, Vec<&str>> = HashMap::new();
    for one in models {
        each(&one.shape, &mut |ty, _| {
            if let Some(held) = model(ty) {
                holders.entry(held).or_default().push(&one.name);
            }
        });
    }
    let starts = models.iter().filter(|model| is(model));
    let mut open: Vec<&str> = starts.map(|model| model.name.as_str()).collect();
    let mut all: HashSet<&str> = open.iter().copied().collect();
    while let Some(name) = open.pop() {
        for &holder in holders.get(name).into_iter().flatten() {
            if all.insert(holder) {
                open.push(holder);
            }
        }
    }
    all.into_iter().map(str::to_owned).collect()
}

/// Where a type stands in a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A value of the type is a part.
    Itself,
    /// A map of such values is: its constraints are the map's.
    Values,
}

/// The model that a type speaks of.
pub fn model(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            model(inner)
        }
        _ => None,
    }
}

/// The same, to change its name.
pub fn model_mut(ty: &mut Type) -> Option<&mut String> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            model_mut(inner)
        }
        _ => None,
    }
}
