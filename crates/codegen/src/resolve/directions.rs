//! `readOnly` and `writeOnly`: two types where requests and responses differ, and only there.
//!
//! A model with such a member, or that holds a model with one, keeps its name in responses; requests carry its twin, `…Request`.
//! One that only requests carry keeps its name too, and has no twin.
//! A member that does not travel in a direction is left out there and skipped when it comes all the same; where other members
//! are refused or kept it stays, but need not be there.

use std::collections::HashMap;

use super::{usage, within};
use crate::ir::{
    Additional, Api, BodyType, BodyValue, Encoding, Field, Model, Operation, Payload, Presence,
    Shape, Struct, Type,
};
use crate::naming::Scope;

/// Makes the twins.
pub fn split(api: &mut Api, scope: &mut Scope) {
    let differing = within::holding(&api.models, differs);
    if differing.is_empty() {
        return;
    }
    let request = usage::reached(api, usage::requested(api));
    let response = usage::reached(api, usage::responded(api));
    let is_sent_only = |name: &String| request.contains(name) && !response.contains(name);
    let mut twins: HashMap<String, String> = HashMap::new();
    for model in &api.models {
        let goes_both_ways = request.contains(&model.name) && response.contains(&model.name);
        if differing.contains(&model.name) && goes_both_ways {
            let twin = scope.claim(format!("{}Request", model.name));
            twins.insert(model.name.clone(), twin);
        }
    }
    let mut models = Vec::with_capacity(api.models.len() + twins.len());
    for mut model in std::mem::take(&mut api.models) {
        if is_sent_only(&model.name) {
            carry_requests(&mut model.shape, &twins);
            models.push(model);
            continue;
        }
        let twin = twins
            .get(&model.name)
            .map(|name| twin(&model, name, &twins));
        strip(&mut model.shape, |field| field.write_only);
        models.push(model);
        models.extend(twin);
    }
    api.models = models;
    for operation in &mut api.operations {
        for ty in carried(operation) {
            rename(ty, &twins);
        }
    }
    for request in api.outgoing.iter_mut().flat_map(|one| &mut one.requests) {
        let parameters = request.parameters.iter_mut().map(|one| &mut one.ty);
        let body = request.payload.iter_mut().flat_map(Payload::types_mut);
        parameters.chain(body).for_each(|ty| rename(ty, &twins));
    }
}

/// The types that the operation's request carries.
fn carried(operation: &mut Operation) -> Vec<&mut Type> {
    let parameters = operation.parameters.iter_mut();
    let mut all: Vec<&mut Type> = parameters.map(|one| &mut one.ty).collect();
    let Some(body) = &mut operation.body else {
        return all;
    };
    if let BodyType::One(BodyValue::Type(ty)) = &mut body.ty {
        all.push(ty);
    }
    for media in &mut body.media {
        if let BodyValue::Type(ty) = &mut media.value {
            all.push(ty);
        }
        if let Encoding::Parts(parts) = &mut media.encoding {
            all.extend(parts.parts.iter_mut().filter_map(|part| part.ty.as_mut()));
        }
    }
    all
}

/// Whether a member of the model travels one way only.
fn differs(model: &Model) -> bool {
    let Shape::Struct(object) = &model.shape else {
        return false;
    };
    let mut fields = object.fields.iter();
    fields.any(|field| field.read_only || field.write_only)
}

fn twin(model: &Model, name: &str, twins: &HashMap<String, String>) -> Model {
    let mut twin = Model {
        name: name.to_owned(),
        ..model.clone()
    };
    carry_requests(&mut twin.shape, twins);
    twin
}

/// Makes a type one of requests, and of nothing else.
fn carry_requests(shape: &mut Shape, twins: &HashMap<String, String>) {
    strip(shape, |field| field.read_only);
    within::each_mut(shape, &mut |ty, _, _| rename(ty, twins));
}

fn rename(ty: &mut Type, twins: &HashMap<String, String>) {
    if let Some(name) = within::model_mut(ty)
        && let Some(twin) = twins.get(name)
    {
        name.clone_from(twin);
    }
}

fn strip(shape: &mut Shape, left_out: fn(&Field) -> bool) {
    let Shape::Struct(Struct {
        fields, additional, ..
    }) = shape
    else {
        return;
    };
    if *additional == Additional::Ignored {
        fields.retain(|field| !left_out(field));
        return;
    }
    for field in fields.iter_mut().filter(|field| left_out(field)) {
        if field.presence == Presence::Required {
            field.presence = Presence::Optional;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{BodyType, BodyValue, Model, Shape, Type};
    use crate::resolve::testing;

    fn fields(model: &Model) -> Vec<&str> {
        match &model.shape {
            Shape::Struct(object) => object.fields.iter().map(|one| one.wire.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn only_what_differs_has_a_twin() {
        let api = testing::api(&testing::operation(
            r#"
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Outer' } } } }
            responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Outer' } } } } }
            "#,
            r#"
            Outer:
              type: object
              properties:
                inner: { type: array, items: { $ref: '#/components/schemas/Inner' } }
                same: { $ref: '#/components/schemas/Same' }
            Inner:
              type: object
              required: [id]
              properties:
                id: { type: string, readOnly: true }
                secret: { type: string, writeOnly: true }
                both: { type: string }
            Same: { type: object, properties: { a: { type: string } } }
            "#,
        ));
        let names: Vec<&str> = api.models.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(
            names,
            ["Outer", "OuterRequest", "Inner", "InnerRequest", "Same"]
        );
        assert_eq!(fields(&api.models[2]), ["id", "both"]);
        assert_eq!(fields(&api.models[3]), ["secret", "both"]);
        let requests: Vec<bool> = api.models.iter().map(|one| one.request).collect();
        assert_eq!(requests, [false, true, false, true, true]);
        let body = api.operations[0].body.as_ref().unwrap();
        assert_eq!(
            body.ty,
            BodyType::One(BodyValue::Type(Type::Model("OuterRequest".into())))
        );
    }

    #[test]
    fn what_only_requests_carry_has_no_twin() {
        let api = testing::api(&testing::operation(
            r#"
            requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/New' } } } }
            responses: { '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Owner' } } } } }
            "#,
            r#"
            New:
              type: object
              properties:
                id: { type: string, readOnly: true }
                owner: { $ref: '#/components/schemas/Owner' }
            Owner:
              type: object
              properties:
                id: { type: string, readOnly: true }
                name: { type: string }
            "#,
        ));
        let names: Vec<&str> = api.models.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["New", "Owner", "OwnerRequest"]);
        assert_eq!(fields(&api.models[0]), ["owner"]);
        let Shape::Struct(object) = &api.models[0].shape else {
            panic!("no struct");
        };
        assert_eq!(object.fields[0].ty, Type::Model("OwnerRequest".into()));
    }
}
