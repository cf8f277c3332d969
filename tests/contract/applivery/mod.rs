//! Applivery: organizations, applications, integration tokens of applications and what those open.

mod applications;
mod create;
mod lifecycle;
mod lists;
mod operation;
mod refusals;

use serde_json::{Value, json};

use crate::client::Call;
use crate::fixture::{self, Organization};
use crate::server::Server;

/// All scenarios of this API.
pub fn trials() -> Vec<libtest_mimic::Trial> {
    let mut trials = create::trials();
    trials.extend(applications::trials());
    trials.extend(lifecycle::trials());
    trials.extend(lists::trials());
    trials.extend(refusals::trials());
    trials
}

/// All permissions that a service account may have.
const PERMISSIONS: &str = "base.organization.management.list base.organization.management.get \
     mad.application.management.create mad.application.management.list mad.application.management.get \
     mad.application.token.create mad.application.token.list mad.application.token.delete";

/// An organization of the scenario's own, whose service account may do all.
async fn organization(server: &Server) -> Organization {
    fixture::applivery_organization(server, PERMISSIONS).await
}

impl Organization {
    /// A call of the service account's, to what stands below the organization.
    fn call(&self, server: &Server, method: &str, below: &str) -> Call {
        let path = format!("/v1/organizations/{}{below}", self.organization_id);
        server.client.call(method, &path).bearer(&self.api_key)
    }

    /// The path of the application's tokens, below the organization.
    fn tokens(&self) -> String {
        format!("/apps/{}/tokens", self.application_id)
    }

    /// A new token of the application: its id and its bearer.
    async fn token(&self, server: &Server) -> (String, String) {
        let answer = self.call(server, "POST", &self.tokens()).expect(200).await;
        (answer.string("/data/id"), answer.string("/data/bearer"))
    }

    /// A new application of that name: its id.
    async fn application(&self, server: &Server, name: &str) -> String {
        let call = self.call(server, "POST", "/apps");
        let answer = call.json(&json!({ "name": name })).expect(200).await;
        answer.string("/data/id")
    }
}

/// The error is in the vendor's envelope, with that number if one is given.
fn assert_error(body: &Value, code: Option<u16>) {
    assert_eq!(body["status"], json!(false));
    assert!(body["error"]["code"].is_number());
    if let Some(code) = code {
        assert_eq!(body["error"]["code"], json!(code));
    }
    assert!(body["error"]["message"].is_string());
}
