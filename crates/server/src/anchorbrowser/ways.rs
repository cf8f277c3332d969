//! The ways to sign in that the page offers, and what each asks for.

use specmint::anchorbrowser::models::AuthMethod;
use specmint_runtime::types::Uuid;

use super::auth_flow::{AuthFlowRecord, Flow};
use super::page::{Field, Way};

/// What a custom field's name has before it in the form, so that it is never taken for another field.
const CUSTOM: &str = "custom.";

/// What an application without flows asks for, as the vendor's standard authentication does in the end.
pub(super) fn standard() -> AuthFlowRecord {
    AuthFlowRecord {
        name: "Standard authentication".to_owned(),
        description: None,
        is_recommended: false,
        methods: vec![AuthMethod::UsernamePassword],
        custom_fields: Vec::new(),
    }
}

/// The flows as they are shown; the one of that name is open, or else the first. A username that was given before is there
/// again.
pub(super) fn ways(flows: &[Flow], chosen: Option<Uuid>, username: &str) -> Vec<Way> {
    let open = flows
        .iter()
        .position(|flow| Some(flow.id) == chosen)
        .unwrap_or_default();
    let mut ways: Vec<Way> = flows
        .iter()
        .map(|flow| way(Some(flow.id), &flow.record, username))
        .collect();
    if ways.is_empty() {
        ways.push(way(None, &standard(), username));
    }
    if let Some(way) = ways.get_mut(open) {
        way.open = true;
    }
    ways
}

fn way(id: Option<Uuid>, flow: &AuthFlowRecord, username: &str) -> Way {
    let mut fields = Vec::new();
    for method in &flow.methods {
        match method {
            AuthMethod::UsernamePassword => {
                fields.push(Field::new("username", "Username", "username").with(username));
                fields.push(Field::new("password", "Password", "current-password").hidden());
            }
            AuthMethod::Authenticator => {
                let setup_key = Field::new("secret", "Authenticator setup key", "off").hidden();
                fields.push(setup_key.hint("The key behind the QR code of the authenticator app."));
                let code = Field::new("otp", "One-time code", "one-time-code");
                fields.push(code.optional().hint("Optional."));
            }
            // Its fields stand below.
            AuthMethod::Custom => {}
        }
    }
    let custom = flow.custom_fields.iter();
    fields.extend(custom.map(|field| Field::new(&custom_name(&field.name), &field.name, "off")));
    Way {
        id,
        name: flow.name.clone(),
        description: flow.description.clone(),
        recommended: flow.is_recommended,
        open: false,
        fields,
    }
}

impl Field {
    fn new(name: &str, label: &str, autocomplete: &'static str) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            hint: None,
            value: String::new(),
            hidden: false,
            required: true,
            autocomplete,
        }
    }

    fn with(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    fn hidden(mut self) -> Self {
        self.hidden = true;
        self
    }

    fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// The name of a custom field in the form.
pub(super) fn custom_name(field: &str) -> String {
    format!("{CUSTOM}{field}")
}
