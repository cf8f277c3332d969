//! Breaks cycles: a type that contains itself without an array or a map between is boxed where the cycle closes.

use std::collections::HashMap;

use super::within::{self, Place};
use crate::ir::{Api, Model, Shape, Type};

/// Boxes what closes a cycle, and marks all fields that lead back to their model.
pub fn break_cycles(api: &mut Api) {
    let containing = Groups::of(&api.models, contained);
    let leading = Groups::of(&api.models, within::model);
    for (place, model) in api.models.iter_mut().enumerate() {
        if let Shape::Struct(object) = &mut model.shape {
            for field in &mut object.fields {
                field.recursive = leading.is_back(place, within::model(&field.ty));
            }
        }
        within::each_mut(&mut model.shape, &mut |ty, _, at| {
            if at == Place::Itself && containing.is_back(place, contained(ty)) {
                *ty = boxed(std::mem::replace(ty, Type::Any));
            }
        });
    }
}

/// The model that a value holds in itself: arrays and maps keep theirs elsewhere.
fn contained(ty: &Type) -> Option<&str> {
    match ty {
        Type::Model(name) => Some(name),
        Type::Nullable(inner) => contained(inner),
        _ => None,
    }
}

fn boxed(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => Type::Nullable(Box::new(boxed(*inner))),
        other => Type::Boxed(Box::new(other)),
    }
}

/// The models by the cycle that they are part of.
struct Groups {
    places: HashMap<String, usize>,
    /// The cycle of each model, where it is in one.
    of: Vec<Option<usize>>,
}

impl Groups {
    fn of(models: &[Model], next: fn(&Type) -> Option<&str>) -> Self {
        let places = models.iter().map(|model| model.name.clone()).zip(0..);
        let places: HashMap<String, usize> = places.collect();
        let edges: Vec<Vec<usize>> = models
            .iter()
            .map(|model| {
                let mut edges = Vec::new();
                within::each(&model.shape, &mut |ty, _| {
                    edges.extend(next(ty).and_then(|name| places.get(name)));
                });
                edges
            })
            .collect();
        Self {
            of: cycles(&edges),
            places,
        }
    }

    /// Whether the model `to` leads back to the one at `from`.
    fn is_back(&self, from: usize, to: Option<&str>) -> bool {
        let group = |place: usize| self.of.get(place).copied().flatten();
        let to = to.and_then(|name| self.places.get(name));
        to.is_some_and(|&to| group(to).is_some() && group(to) == group(from))
    }
}

/// The strongly connected components of a graph, by Tarjan's algorithm without recursion; nodes that are in no cycle have none.
fn cycles(edges: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut search = Search {
        index: vec![None; edges.len()],
        low: vec![0; edges.len()],
        on_stack: vec![false; edges.len()],
        stack: Vec::new(),
        count: 0,
        groups: vec![None; edges.len()],
    };
    for node in 0..edges.len() {
        search.from(node, edges);
    }
    search.groups
}

struct Search {
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    on_stack: Vec<bool>,
    stack: Vec<usize>,
    count: usize,
    groups: Vec<Option<usize>>,
}

#[allow(clippy::indexing_slicing, reason = "all indices are places in `edges`")]
impl Search {
    fn from(&mut self, start: usize, edges: &[Vec<usize>]) {
        if self.index[start].is_some() {
            return;
        }
        let mut open = vec![(start, 0)];
        self.enter(start);
        while let Some((node, next)) = open.pop() {
            if let Some(&other) = edges[node].get(next) {
                open.push((node, next + 1));
                match self.index[other] {
                    None => {
                        self.enter(other);
                        open.push((other, 0));
                    }
                    Some(index) if self.on_stack[other] => {
                        self.low[node] = self.low[node].min(index);
                    }
                    Some(_) => {}
                }
                continue;
            }
            if let Some(&(above, _)) = open.last() {
                self.low[above] = self.low[above].min(self.low[node]);
            }
            self.leave(node, &edges[node]);
        }
    }

    fn enter(&mut self, node: usize) {
        self.index[node] = Some(self.count);
        self.low[node] = self.count;
        self.count += 1;
        self.stack.push(node);
        self.on_stack[node] = true;
    }

    fn leave(&mut self, node: usize, edges: &[usize]) {
        if self.index[node] != Some(self.low[node]) {
            return;
        }
        let alone = self.stack.last() == Some(&node) && !edges.contains(&node);
        while let Some(member) = self.stack.pop() {
            self.on_stack[member] = false;
            self.groups[member] = (!alone).then_some(node);
            if member == node {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::cycles;
    use crate::ir::{Shape, Type};
    use crate::resolve::testing;

    #[test]
    fn cycles_are_found() {
        let edges = vec![vec![1], vec![2], vec![1], vec![3], vec![0]];
        let groups = cycles(&edges);
        assert_eq!(groups[0], None);
        assert!(groups[1].is_some() && groups[1] == groups[2]);
        assert!(groups[3].is_some() && groups[3] != groups[1]);
        assert_eq!(groups[4], None);
    }

    #[test]
    fn only_what_closes_a_cycle_is_boxed() {
        let api = testing::api(&testing::operation(
            "requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Tree' } } } }",
            r#"
            Tree:
              type: object
              properties:
                left: { $ref: '#/components/schemas/Tree' }
                leaves: { type: array, items: { $ref: '#/components/schemas/Tree' } }
                leaf: { $ref: '#/components/schemas/Leaf' }
            Leaf: { type: object, properties: { a: { type: string } } }
            "#,
        ));
        let Shape::Struct(tree) = &api.models[0].shape else {
            panic!()
        };
        assert!(matches!(tree.fields[0].ty, Type::Boxed(_)));
        assert!(matches!(tree.fields[1].ty, Type::Array(_)));
        assert!(matches!(tree.fields[2].ty, Type::Model(_)));
        let marks: Vec<bool> = tree.fields.iter().map(|field| field.recursive).collect();
        assert_eq!(marks, [true, true, false]);
    }
}
