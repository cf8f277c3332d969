//! Which models requests carry, which ones parameters are of, and which patterns are checked.

use std::collections::{HashMap, HashSet};

use super::within;
use crate::ir::{
    Api, BodyValue, Constraint, Content, Encoding, HeaderValue, Operation, Payload, PayloadKind,
    Reading, Response, Type, XmlContent, XmlElement, XmlObject,
};

/// Marks the models that have to be checked and those that have to be read from text.
pub fn mark(api: &mut Api) {
    let mut parameters = HashSet::new();
    let mut request = HashSet::new();
    for (ty, reading) in api.operations.iter().flat_map(read) {
        let names = match reading {
            Reading::Text | Reading::List => &mut parameters,
            Reading::Object | Reading::Json | Reading::Value => &mut request,
        };
        names.extend(within::model(ty).map(str::to_owned));
    }
    request.extend(answered(api));
    let request = reached(api, request);
    for model in &mut api.models {
        model.request = request.contains(&model.name);
        model.parameter = parameters.contains(&model.name);
    }
    drop_patterns(api);
    drop_xml(api);
}

/// The models that requests carry, in bodies and in parameters: those that arrive, and those that are sent.
pub fn requested(api: &Api) -> HashSet<String> {
    let types = api.operations.iter().flat_map(read).map(|(ty, _)| ty);
    let sent = api.outgoing.iter().flat_map(|one| &one.requests);
    let sent = sent.flat_map(|request| {
        let parameters = request.parameters.iter().map(|one| &one.ty);
        parameters.chain(request.payload.iter().flat_map(Payload::types))
    });
    let names = types.chain(sent).filter_map(within::model);
    names.map(str::to_owned).collect()
}

/// The models that responses carry: those that are sent, and those that arrive.
pub fn responded(api: &Api) -> HashSet<String> {
    let sent = api.operations.iter().flat_map(|one| &one.responses);
    carried(sent).chain(answered(api)).collect()
}

/// The models that answers to what is sent carry.
fn answered(api: &Api) -> impl Iterator<Item = String> {
    let requests = api.outgoing.iter().flat_map(|one| &one.requests);
    carried(requests.flat_map(|request| &request.responses))
}

fn carried<'r>(responses: impl Iterator<Item = &'r Response>) -> impl Iterator<Item = String> {
    let types = responses.flat_map(|response| {
        let body = response.content.as_ref().and_then(|content| match content {
            Content::Json { ty, .. } | Content::Xml { ty, .. } | Content::Items { ty, .. } => {
                Some(ty)
            }
            Content::Events { ty } => ty.as_ref(),
            Content::Text { .. } | Content::Octets { .. } | Content::Range { .. } => None,
        });
        let headers = response.headers.iter();
        let headers = headers.filter_map(|header| match &header.value {
            HeaderValue::Given { ty, .. } => Some(ty),
            HeaderValue::Constant(_) => None,
        });
        body.into_iter().chain(headers)
    });
    types.filter_map(|ty| within::model(ty).map(str::to_owned))
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

/// Leaves the objects that some body has in XML.
fn drop_xml(api: &mut Api) {
    let mut open: Vec<&XmlElement> = Vec::new();
    for media in api
        .operations
        .iter()
        .flat_map(|one| &one.body)
        .flat_map(|one| &one.media)
    {
        if let Encoding::Xml(root) = &media.encoding {
            open.push(root);
        }
    }
    for response in api.operations.iter().flat_map(|one| &one.responses) {
        if let Some(Content::Xml { root, .. }) = &response.content {
            open.push(root);
        }
    }
    let requests = api.outgoing.iter().flat_map(|one| &one.requests);
    for form in requests
        .flat_map(|one| &one.payload)
        .flat_map(|one| &one.forms)
    {
        if let PayloadKind::Xml(_, root) = &form.kind {
            open.push(root);
        }
    }
    let objects: HashMap<&str, &XmlObject> =
        api.xml.iter().map(|one| (one.name.as_str(), one)).collect();
    let mut used: HashSet<String> = HashSet::new();
    while let Some(element) = open.pop() {
        match &element.content {
            XmlContent::Object(name) => {
                if used.insert(name.clone())
                    && let Some(object) = objects.get(name.as_str())
                {
                    open.extend(object.members.iter().map(|one| &one.element));
                }
            }
            XmlContent::List(item) => open.push(item),
            XmlContent::String | XmlContent::Number | XmlContent::Boolean => {}
        }
    }
    api.xml.retain(|object| used.contains(&object.name));
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

/// The models that a value of one of `start` can hold, and they themselves.
pub fn reached(api: &Api, start: HashSet<String>) -> HashSet<String> {
    let models: HashMap<_, _> = api
        .models
        .iter()
        .map(|one| (one.name.as_str(), one))
        .collect();
    let mut open: Vec<String> = start.iter().cloned().collect();
    let mut all = start;
    while let Some(name) = open.pop() {
        if let Some(model) = models.get(name.as_str()) {
            within::each(&model.shape, &mut |ty, _| {
                if let Some(name) = within::model(ty)
                    && !all.contains(name)
                {
                    all.insert(name.to_owned());
                    open.push(name.to_owned());
                }
            });
        }
    }
    all
}

/// Leaves only the patterns that something checks.
fn drop_patterns(api: &mut Api) {
    let mut used = HashSet::new();
    for model in api
        .models
        .iter()
        .filter(|model| model.request || model.parameter)
    {
        within::each(&model.shape, &mut |_, constraints| {
            patterns(constraints, &mut used);
        });
    }
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
            Constraint::Items(below)
            | Constraint::Values(below)
            | Constraint::PropertyNames(below) => patterns(below, used),
            _ => {}
        }
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
