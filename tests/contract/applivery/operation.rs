//! Every operation of this API, as a table.

use serde_json::{Value, json};

use crate::client::Call;
use crate::fixture::Organization;
use crate::server::Server;

/// What opens an operation.
#[derive(Clone, Copy, PartialEq)]
pub enum Opens {
    /// A service account with this permission.
    Permission(&'static str),
    /// A token of an application.
    ApplicationToken,
}

/// An operation.
pub struct Operation {
    pub method: &'static str,
    /// With `{org}`, `{app}` and `{token}` for what it is about.
    pub path: &'static str,
    pub opens: Opens,
    /// Whether it takes a body.
    pub body: bool,
}

const fn operation(
    method: &'static str,
    path: &'static str,
    permission: &'static str,
    body: bool,
) -> Operation {
    Operation {
        method,
        path,
        opens: Opens::Permission(permission),
        body,
    }
}

const fn integration(path: &'static str) -> Operation {
    Operation {
        method: "GET",
        path,
        opens: Opens::ApplicationToken,
        body: false,
    }
}

pub const OPERATIONS: [Operation; 10] = [
    operation(
        "GET",
        "/v1/organizations",
        "base.organization.management.list",
        false,
    ),
    operation(
        "GET",
        "/v1/organizations/{org}",
        "base.organization.management.get",
        false,
    ),
    operation(
        "POST",
        "/v1/organizations/{org}/apps",
        "mad.application.management.create",
        true,
    ),
    operation(
        "GET",
        "/v1/organizations/{org}/apps",
        "mad.application.management.list",
        false,
    ),
    operation(
        "GET",
        "/v1/organizations/{org}/apps/{app}",
        "mad.application.management.get",
        false,
    ),
    operation(
        "POST",
        "/v1/organizations/{org}/apps/{app}/tokens",
        "mad.application.token.create",
        true,
    ),
    operation(
        "GET",
        "/v1/organizations/{org}/apps/{app}/tokens",
        "mad.application.token.list",
        false,
    ),
    operation(
        "DELETE",
        "/v1/organizations/{org}/apps/{app}/tokens/{token}",
        "mad.application.token.delete",
        false,
    ),
    integration("/v1/integrations/distributions"),
    integration("/v1/integrations/builds"),
];

impl Operation {
    /// A call on what `organization` has, with a body that will do; without a credential.
    pub fn call(&self, server: &Server, organization: &Organization, token: &str) -> Call {
        let path = self
            .path
            .replace("{org}", &organization.organization_id)
            .replace("{app}", &organization.application_id)
            .replace("{token}", token);
        let call = server.client.call(self.method, &path);
        if self.body { call.json(&body()) } else { call }
    }
}

/// A body that every operation takes that takes one.
pub fn body() -> Value {
    json!({ "description": "of a test", "name": "An application" })
}
