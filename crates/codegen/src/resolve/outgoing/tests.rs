use crate::ir::{Api, Location, Outgoing, PayloadKind, Presence, Shape, Type};
use crate::resolve::{Selection, resolve, resolve_selected, testing};

const DONE: &str = "responses: { '204': { description: x } }";

fn api(fields: &str) -> Api {
    testing::api_of("3.1.0", &fields.replace("DONE", DONE))
}

fn codes(fields: &str) -> Vec<&'static str> {
    let lowered = testing::lowered_as("3.1.0", &fields.replace("DONE", DONE));
    let found = match resolve(&lowered) {
        Ok(resolved) => resolved.warnings,
        Err(found) => found,
    };
    found.iter().map(|one| one.code.name()).collect()
}

fn names(api: &Api) -> Vec<(&str, Vec<&str>)> {
    let modules = api.outgoing.iter();
    modules
        .map(|module| {
            let names = module.requests.iter().map(|one| one.name.as_str());
            (module.name.as_str(), names.collect())
        })
        .collect()
}

fn only(api: &Api) -> &Outgoing {
    &api.outgoing[0].requests[0]
}

#[test]
fn names_come_from_the_id_or_from_where_the_request_goes() {
    let api = api(r#"
        paths:
          /streams:
            post:
              callbacks:
                onData: { '{$request.query.url}': { post: { DONE } } }
                onEnd: { '{$request.query.url}/end': { post: { operationId: ended, DONE }, put: { DONE } } }
              DONE
        webhooks:
          new.pet: { post: { DONE }, get: { DONE } }
          x-y: { post: { operationId: y, DONE } }
          old: { $ref: '#/components/pathItems/pet' }
          older: { $ref: '#/components/pathItems/pet' }
        components: { pathItems: { pet: { post: { operationId: pet, DONE } } } }
    "#);
    let callbacks = ["post_streams_on_data", "ended", "put_post_streams_on_end"];
    assert_eq!(
        names(&api),
        [
            ("webhooks", vec!["new_pet", "get_new_pet", "pet", "older"]),
            ("callbacks", callbacks.to_vec()),
        ]
    );
    assert_eq!(api.operations.len(), 1);
    let (constant, expression) = api.outgoing[1].requests[1].expression.clone().unwrap();
    assert_eq!(
        (constant.as_str(), expression.as_str()),
        ("ENDED", "{$request.query.url}/end")
    );
}

#[test]
fn a_callback_that_operations_share_is_one() {
    let api = api(r#"
        paths:
          /a: { post: { operationId: a, callbacks: { c: { $ref: '#/components/callbacks/c' } }, DONE } }
          /b: { post: { operationId: b, callbacks: { c: { $ref: '#/components/callbacks/c' } }, DONE } }
        components: { callbacks: { c: { $url: { post: { operationId: called, DONE } } } } }
    "#);
    assert_eq!(names(&api), [("callbacks", vec!["called"])]);
    assert_eq!(
        only(&api).docs,
        "`POST` to `$url`, the callback `c` of `a` and of `b`."
    );
}

#[test]
fn an_id_is_used_once() {
    let twice = |other: &str| {
        codes(&format!(
            "paths: {{ /a: {{ post: {{ operationId: a, DONE, {other} }} }} }}\nwebhooks: {{ w: {{ post: {{ operationId: b, DONE }} }} }}"
        ))
    };
    let callbacks = |first: &str, second: &str| {
        twice(&format!(
            "callbacks: {{ c: {{ $url: {{ post: {{ operationId: {first}, DONE }} }} }}, d: {{ $url: {{ post: {{ operationId: {second}, DONE }} }} }} }}"
        ))
    };
    assert_eq!(callbacks("c", "d"), [""; 0]);
    assert_eq!(callbacks("a", "d"), ["duplicate-operation-id"]);
    assert_eq!(callbacks("c", "b"), ["duplicate-operation-id"]);
    // Authors write a callback out for each operation: the second has a made name.
    let fields = "paths: { /a: { post: { operationId: a, DONE, callbacks: { c: { $url: { post: { operationId: c, DONE } } }, d: { $url: { post: { operationId: c, DONE } } } } } } }";
    assert_eq!(codes(fields), ["duplicate-operation-id"]);
    assert_eq!(names(&api(fields)), [("callbacks", vec!["c", "a_d"])]);
}

#[test]
fn what_is_sent_has_the_form_of_requests_and_answers_arrive() {
    let api = api(r#"
        webhooks:
          w:
            post:
              parameters:
                - { name: url, in: query, schema: { type: string, default: a } }
                - { name: p, in: path, required: true, schema: { type: string } }
              requestBody: { content: { '*/*': { schema: { $ref: '#/components/schemas/A' } } } }
              responses:
                '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } }
        components:
          schemas:
            A: { type: object, properties: { a: { type: string, pattern: a }, r: { type: string, readOnly: true } } }
            B: { type: object, properties: { b: { type: string, pattern: b } } }
    "#);
    let models: Vec<_> = api
        .models
        .iter()
        .map(|one| (one.name.as_str(), one.request))
        .collect();
    assert_eq!(models, [("A", false), ("B", true)]);
    let Shape::Struct(object) = &api.models[0].shape else {
        panic!()
    };
    assert_eq!(object.fields.len(), 1);
    let patterns: Vec<_> = api.patterns.iter().map(|one| one.source.as_str()).collect();
    assert_eq!(patterns, ["b"]);
    let request = only(&api);
    let form = &request.payload.as_ref().unwrap().forms[0];
    assert_eq!(form.kind, PayloadKind::Json(Type::Model("A".into())));
    assert_eq!(form.media_type, "application/json");
    let parameters = request.parameters.iter();
    let parameters: Vec<_> = parameters
        .map(|one| (one.name.as_str(), one.location, &one.presence))
        .collect();
    assert_eq!(parameters, [("url2", Location::Query, &Presence::Optional)]);
}

#[test]
fn octets_of_an_open_media_type_say_what_they_are() {
    let kinds = |content: &str| {
        let api = api(&format!(
            "webhooks: {{ w: {{ post: {{ requestBody: {{ content: {{ {content} }} }}, DONE }} }} }}"
        ));
        let payload = only(&api).payload.clone().unwrap();
        (
            payload.name,
            payload
                .forms
                .into_iter()
                .map(|one| one.kind)
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(kinds("image/png: {}"), (None, vec![PayloadKind::Octets]));
    assert_eq!(
        kinds("image/png: {}, image/gif: {}"),
        (None, vec![PayloadKind::File])
    );
    assert_eq!(kinds("image/*: {}"), (None, vec![PayloadKind::File]));
    let both = kinds("image/png: {}, text/plain: {}");
    let of = [PayloadKind::Octets, PayloadKind::Text(Type::String)];
    assert_eq!(both, (Some("WBody".to_owned()), of.to_vec()));
}

#[test]
fn callbacks_come_with_their_operation_and_webhooks_by_name() {
    let lowered = testing::lowered_as(
        "3.1.0",
        &r#"
        paths:
          /a: { post: { operationId: a, callbacks: { c: { $url: { post: { DONE } } } }, DONE } }
          /b: { post: { operationId: b, DONE } }
        webhooks:
          v: { post: { operationId: w, DONE }, put: { tags: [t], DONE } }
        "#
        .replace("DONE", DONE),
    );
    let selected = |selector: &str| {
        let mut selection = Selection::default();
        selection.only(selector);
        let api = resolve_selected(&lowered, &selection).unwrap().api;
        let names = names(&api).into_iter().flat_map(|(_, names)| names);
        names.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(selected("a"), ["a_c"]);
    assert_eq!(selected("b"), [""; 0]);
    assert_eq!(selected("v"), ["w", "put_v"]);
    assert_eq!(selected("w"), ["w"]);
    assert_eq!(selected("PUT v"), ["put_v"]);
    assert_eq!(selected("t"), ["put_v"]);
}

#[test]
fn what_the_receiver_sends_is_named() {
    let nested =
        "webhooks: { w: { post: { callbacks: { c: { $url: { post: { DONE } } } }, DONE } } }";
    assert_eq!(codes(nested), ["callbacks"]);
}

#[test]
fn a_tag_s_module_keeps_its_name() {
    let paths: Vec<String> = (0..101)
        .map(|n| {
            format!(
                "  /p{n}: {{ get: {{ tags: [{}], DONE }} }}",
                if n == 0 { "webhooks" } else { "b" }
            )
        })
        .collect();
    let document = format!(
        "paths:\n{}\nwebhooks: {{ w: {{ post: {{ DONE }} }} }}",
        paths.join("\n")
    );
    let api = api(&document);
    assert_eq!(api.modules[0].name, "webhooks");
    assert_eq!(names(&api), [("webhook_requests", vec!["w"])]);
}
