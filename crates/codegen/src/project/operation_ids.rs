//! Every operation gets an operationId, and no two become the same method.

use heck::ToSnakeCase;
use openapiv3::Operation;

use super::Context;

/// Names `operation`, and makes the notes that follow be about it.
pub(super) fn name(operation: &mut Operation, method: &str, context: &mut Context) {
    let given = operation.operation_id.take();
    let wanted =
        (given.clone()).unwrap_or_else(|| format!("{method} {}", context.path).to_snake_case());
    let mut name = wanted.clone();
    let mut count = 1;
    while !context.taken.insert(name.to_snake_case()) {
        count += 1;
        name = format!("{wanted}_{count}");
    }
    context.at.clone_from(&name);
    match given {
        None => context.note(format!(
            "`{} {}` has no operationId; this one is made from them.",
            method.to_uppercase(),
            context.path
        )),
        Some(given) if given != name => context.note(format!(
            "Its operationId `{given}` would be the same method as another one's."
        )),
        Some(_) => {}
    }
    operation.operation_id = Some(name);
}

#[cfg(test)]
mod tests {
    use super::super::tests::{projected, said};
    use serde_json::json;

    #[test]
    fn a_missing_one_is_made_from_method_and_path() {
        let done = json!({"responses": {"204": {"description": "Done."}}});
        let projection = projected(json!({"/things/all": {"get": done}}), json!({}));
        assert_eq!(
            said(&projection),
            "`get_things_all`: `GET /things/all` has no operationId; this one is made from them."
        );
    }

    #[test]
    fn two_that_become_one_method_are_told_apart() {
        let done =
            |id: &str| json!({"operationId": id, "responses": {"204": {"description": "Done."}}});
        let item = json!({"get": done("doThing"), "put": done("do_thing")});
        let projection = projected(json!({"/thing": item}), json!({}));
        let names: Vec<_> = (projection.openapi.operations())
            .map(|(_, _, operation)| operation.operation_id.clone().unwrap_or_default())
            .collect();
        assert_eq!(names, ["doThing", "do_thing_2"]);
        assert!(said(&projection).contains("same method"));
    }
}
