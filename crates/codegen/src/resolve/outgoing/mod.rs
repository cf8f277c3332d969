//! Requests that the server sends by itself (OpenAPI 3.1.1, sections 4.8.1, `webhooks`, and 4.8.18): resolved by what resolves
//! operations, with the directions swapped. What is sent has the form of requests, and the answers are what arrives.

mod payload;
mod sent;

pub use sent::Sent;

use openapiv3::{Operation, SecurityRequirement};

use self::sent::Target;
use super::ids::Ids;
use super::operations::{Place, parameters_type};
use super::path_items;
use super::responses::Responses;
use super::schemas::Schemas;
use super::{bodies, docs, modules, parameters};
use crate::diagnostic::Diagnostics;
use crate::dialect::Lowered;
use crate::ir::{Module, Outgoing, OutgoingModule, Parameter, Presence};
use crate::naming::{self, Scope};

/// What requests are resolved with.
pub struct Requests<'r, 'a> {
    pub lowered: &'a Lowered,
    pub schemas: &'r mut Schemas<'a>,
    pub ids: &'r mut Ids,
    pub known: &'r mut Responses,
    pub found: &'r mut Diagnostics,
}

impl<'a> Requests<'_, 'a> {
    /// The functions that build them; the modules are named after those of operations.
    pub fn modules(&mut self, sent: &'a Sent, modules: &[Module]) -> Vec<OutgoingModule> {
        let mut scope = modules::scope();
        for module in modules {
            scope.claim(module.name.clone());
        }
        let kinds = [
            ("webhooks", "webhook", &sent.webhooks),
            ("callbacks", "callback", &sent.callbacks),
        ];
        let mut all = Vec::new();
        for (name, kind, targets) in kinds {
            let requests = self.requests(targets);
            if requests.is_empty() {
                continue;
            }
            all.push(OutgoingModule {
                name: scope.claim_first([name.to_owned(), format!("{kind}_requests")]),
                docs: format!(
                    "Requests to {name}: a function builds each, and any HTTP client sends it."
                ),
                requests,
            });
        }
        all
    }

    fn requests(&mut self, targets: &'a [Target]) -> Vec<Outgoing> {
        let (mut functions, mut constants) = (Scope::default(), Scope::default());
        let mut requests = Vec::new();
        for target in targets {
            for one in &target.item.operations {
                let id = self.id(target, one);
                requests.extend(self.request(target, one, id));
            }
        }
        for request in &mut requests {
            if let Some((name, _)) = &mut request.expression {
                *name = constants.claim(naming::shouty(&request.name));
            }
            request.name = functions.claim(naming::snake(&request.name));
        }
        requests
    }

    /// What names are made of: the id, unless another target has the same operation; else the name of the target, after the
    /// method where that is not the usual `POST`.
    fn id(&mut self, target: &Target, one: &path_items::Operation) -> String {
        let made = || match one.method.as_str() {
            "POST" => target.name.clone(),
            other => format!("{} {}", other.to_lowercase(), target.name),
        };
        let Some(id) = &one.object.operation_id else {
            return made();
        };
        if self.ids.is_of(self.lowered, id, &one.pointer) {
            return made();
        }
        match self.ids.claim(self.lowered, id, &one.pointer) {
            Ok(()) => id.clone(),
            Err(duplicate) => {
                self.found.push(duplicate);
                made()
            }
        }
    }

    fn request(
        &mut self,
        target: &'a Target,
        one: &'a path_items::Operation,
        id: String,
    ) -> Option<Outgoing> {
        let lowered = self.lowered;
        let operation = &one.object;
        let place = Place {
            operation,
            item: &target.item.object,
            // The caller gives the URL.
            path: "",
            method: &one.method,
            id: id.clone(),
            item_pointer: target.item.pointer.clone(),
            pointer: one.pointer.clone(),
        };
        let type_name = naming::upper_camel(&id);
        let mut parameters =
            parameters::resolve(lowered, &place, &type_name, self.schemas, self.found);
        settle(&mut parameters);
        let body = bodies::resolve(lowered, &place, &type_name, self.schemas, self.found);
        let body = self.found.take(body)?;
        let answers = self
            .known
            .of(lowered, &place, &type_name, self.schemas, self.found);
        let arguments = parameters.len() + usize::from(body.is_some());
        let parameters_type = parameters_type(&type_name, arguments, self.schemas);
        let expression = target.expression.as_ref();
        let expression = expression.filter(|expression| expression.contains('$'));
        Some(Outgoing {
            name: id,
            method: one.method.clone(),
            docs: self::docs(target, one, &place),
            deprecated: operation.deprecated,
            expression: expression.map(|expression| (String::new(), expression.clone())),
            parameters,
            parameters_type,
            payload: body.and_then(payload::of),
            responses: answers.responses,
        })
    }
}

/// What is sent needs no default: the receiver knows it.
fn settle(parameters: &mut [Parameter]) {
    let mut scope = Scope::reserving(&["url", "body", "request", "parameters", "parts", "part"]);
    for parameter in parameters {
        parameter.name = scope.claim(naming::snake(&parameter.wire));
        if let Presence::Defaulted(_) = parameter.presence {
            parameter.presence = Presence::Optional;
        }
    }
}

fn docs(target: &Target, one: &path_items::Operation, place: &Place<'_>) -> String {
    let to = match &target.expression {
        Some(expression) => format!(
            "`{}` to `{}`, {}.",
            one.method,
            expression.replace('`', ""),
            target.docs
        ),
        None => format!("`{}`, {}.", one.method, target.docs),
    };
    let [summary, description] = place.texts();
    let credentials = credentials(place.operation);
    docs::paragraphs(&[summary, description, Some(&to), credentials.as_deref()])
}

/// Whom the receiver lets in: who sends adds the credential.
fn credentials(operation: &Operation) -> Option<String> {
    let named = |one: &SecurityRequirement| {
        let names = one
            .keys()
            .map(|name| format!("`{}`", name.replace('`', "")));
        names.collect::<Vec<_>>().join(" and ")
    };
    let required = operation
        .security
        .as_ref()?
        .iter()
        .filter(|one| !one.is_empty());
    let required: Vec<String> = required.map(named).collect();
    (!required.is_empty()).then(|| {
        let all = required.join(", or ");
        format!("The receiver asks for {all}: the credential is added to what this builds.")
    })
}

#[cfg(test)]
mod tests;
