//! Which models requests carry, which ones parameters are of, and which patterns are checked.

use std::collections::HashSet;

use crate::ir::{Api, BodyValue, Constraint, Encoding, Operation, Reading, Shape, Type};

/// Marks the models that have to be checked and those that have to be read from text.
pub fn mark(api: &mut Api) {
    let mut parameters = HashSet::new();
    let mut request = HashSet::new();
    for operation in &api.operations {
        for (ty, reading) in read(operation) {
            let names = match reading {
                Reading::Text | Reading::List => &mut parameters,
                Reading::Object | Reading::Json | Reading::Value => &mut request,
            };
            collect(ty, names);
        }
    }
    let mut open: Vec<String> = request.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let model = api.models.iter().find(|model| model.name == name);
        if let Some(Shape::Struct(object)) = model.map(|model| &model.shape) {
            let mut below = HashSet::new();
            object
                .fields
                .iter()
                .for_each(|field| collect(&field.ty, &mut below));
            open.extend(
                below
                    .into_iter()
                    .filter(|name| request.insert(name.clone())),
            );
        }
    }
    for model in &mut api.models {
        model.request = request.contains(&model.name);
        model.parameter = parameters.contains(&model.name);
    }
    drop_patterns(api);
}

/// The types that an operation's request carries, and how each is read.
fn read(operation: &Operation) -> Vec<(&Type, Reading)> {
    let parameters = operation.parameters.iter();
    let mut all: Vec<_> = parameters.map(|one| (&one.ty, one.reading)).collect();
    for media in operation.body.iter().flat_map(|body| &body.media) {
        match (&media.encoding, &media.value) {
            (Encoding::Text, BodyValue::Type(ty)) => all.push((ty, Reading::Text)),
            (Encoding::Parts(parts), _) => {
                let parts = parts.parts.iter();
                all.extend(parts.filter_map(|part| Some((part.ty.as_ref()?, part.reading))));
            }
            (_, BodyValue::Type(ty)) => all.push((ty, Reading::Json)),
            (_, BodyValue::Stream | BodyValue::Parts(_)) => {}
        }
    }
    all
}

/// What the values that an operation's request carries must hold beyond their types.
fn checked(operation: &Operation) -> Vec<&[Constraint]> {
    let parameters = operation.parameters.iter();
    let mut all: Vec<_> = parameters.map(|one| one.constraints.as_slice()).collect();
    for media in operation.body.iter().flat_map(|body| &body.media) {
        all.push(&media.constraints);
        if let Encoding::Parts(parts) = &media.encoding {
            all.extend(parts.parts.iter().map(|part| part.constraints.as_slice()));
        }
    }
    all
}

/// Leaves only the patterns that something checks.
fn drop_patterns(api: &mut Api) {
    let objects = api
        .models
        .iter()
        .filter(|model| model.request)
        .filter_map(|model| match &model.shape {
            Shape::Struct(object) => Some(object),
            _ => None,
        });
    let fields = objects
        .flat_map(|object| &object.fields)
        .map(|field| &field.constraints);
    let mut used = HashSet::new();
    fields.for_each(|all| patterns(all, &mut used));
    let operations = api.operations.iter().flat_map(checked);
    operations.for_each(|all| patterns(all, &mut used));
    api.patterns.retain(|pattern| used.contains(&pattern.name));
}

fn patterns(constraints: &[Constraint], used: &mut HashSet<String>) {
    for constraint in constraints {
        match constraint {
            Constraint::Pattern { name, source: _ } => {
                used.insert(name.clone());
            }
            Constraint::Items(below) => patterns(below, used),
            _ => {}
        }
    }
}

fn collect(ty: &Type, names: &mut HashSet<String>) {
    match ty {
        Type::Model(name) => {
            names.insert(name.clone());
        }
        Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            collect(inner, names);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::testing;

    #[test]
    fn what_only_answers_is_not_checked() {
        let api = testing::api(&testing::operation(
            r#"
            parameters: [{ name: order, in: query, schema: { type: string, enum: [up] } }]
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/In' } } } }
            responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Out' } } } } }
            "#,
            r#"
            In: { type: object, properties: { a: { type: object, properties: { b: { type: string } } } } }
            Out: { type: object, properties: { a: { type: string, pattern: b } } }
            Unused: { type: object, properties: { a: { type: string } } }
            "#,
        ));
        let marks: Vec<_> = api
            .models
            .iter()
            .map(|one| (one.name.as_str(), one.request, one.parameter))
            .collect();
        assert_eq!(
            marks,
            [
                ("In", true, false),
                ("InA", true, false),
                ("Out", false, false),
                ("MakeThingOrder", false, true)
            ]
        );
        assert!(api.patterns.is_empty());
    }
}
