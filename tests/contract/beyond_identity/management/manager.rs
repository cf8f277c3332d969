//! Someone who manages a realm, with an access token for it, and every operation that they may call.

use serde_json::{Value, json};

use super::super::flow::{self, Application};
use crate::client::{Answer, Call};
use crate::server::Server;

/// Who manages a realm.
pub struct Manager<'a> {
    pub server: &'a Server,
    pub token: String,
    /// The path of the realm.
    pub realm: String,
}

/// An operation, at the path of a realm.
pub struct Operation {
    pub method: &'static str,
    /// Below the realm, with `ID` for an id; below the tenant, if it begins with two slashes.
    pub path: &'static str,
    pub scope: &'static str,
    /// A body that would do, of those that take one.
    pub body: Option<Value>,
}

/// Where browsers go back to.
pub const WAY_BACK: &str = "https://made.example/cb";

/// An id that nothing has.
pub const NOTHING: &str = "00000000-0000-4000-8000-000000000000";

/// Every operation, on things that do not exist.
pub fn operations() -> Vec<Operation> {
    let application = json!({"application": {"display_name": "A", "protocol_config": {"type": "oauth2", "redirect_uris": [WAY_BACK]}}});
    let server =
        json!({"resource_server": {"display_name": "A", "identifier": "https://nothing.example"}});
    let operation = |method, path, scope| Operation {
        method,
        path,
        scope,
        body: None,
    };
    let writing = |method, path, scope, body: &Value| Operation {
        body: Some(body.clone()),
        ..operation(method, path, scope)
    };
    vec![
        operation("GET", "//", "tenants:read"),
        operation("GET", "//realms", "realms:read"),
        operation("GET", "", "realms:read"),
        writing("POST", "/applications", "applications:create", &application),
        operation("GET", "/applications", "applications:read"),
        operation("GET", "/applications/ID", "applications:read"),
        writing(
            "PATCH",
            "/applications/ID",
            "applications:update",
            &application,
        ),
        operation("DELETE", "/applications/ID", "applications:delete"),
        operation("GET", "/applications/ID/tokens", "tokens:read"),
        operation("DELETE", "/applications/ID/tokens/ID", "tokens:delete"),
        writing(
            "POST",
            "/resource-servers",
            "resource-servers:create",
            &server,
        ),
        operation("GET", "/resource-servers", "resource-servers:read"),
        operation("GET", "/resource-servers/ID", "resource-servers:read"),
        writing(
            "PATCH",
            "/resource-servers/ID",
            "resource-servers:update",
            &server,
        ),
        operation("DELETE", "/resource-servers/ID", "resource-servers:delete"),
    ]
}

impl Operation {
    /// A call of it in the realm of `application`.
    pub fn call(&self, server: &Server, application: &Application) -> Call {
        let tenant = format!("/v1/tenants/{}", application.tenant);
        let path = match self.path.strip_prefix("//") {
            Some("") => tenant,
            Some(path) => format!("{tenant}/{path}"),
            None => format!("{tenant}/realms/{}{}", application.realm, self.path),
        };
        let call = server
            .client
            .call(self.method, &path.replace("ID", NOTHING));
        match &self.body {
            Some(body) => call.json(body),
            None => call,
        }
    }
}

impl<'a> Manager<'a> {
    /// Of the demo's realm, with all scopes of its management application.
    pub async fn of_demo(server: &'a Server) -> Self {
        Self::of(server, &flow::demo(server)).await
    }

    /// Of the realm of `application`, with all of its scopes.
    pub async fn of(server: &'a Server, application: &Application) -> Self {
        let form = [("grant_type", "client_credentials")];
        let answer = application.token_by_basic(server, &form).expect(200).await;
        Self {
            server,
            token: answer.string("/access_token"),
            realm: format!(
                "/v1/tenants/{}/realms/{}",
                application.tenant, application.realm
            ),
        }
    }

    /// A call of `path` below the realm.
    pub fn call(&self, method: &str, path: &str) -> Call {
        let path = format!("{}{path}", self.realm);
        self.server.client.call(method, &path).bearer(&self.token)
    }

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub fn post(&self, path: &str, body: &Value) -> Call {
        self.call("POST", path).json(body)
    }

    pub fn patch(&self, path: &str, body: &Value) -> Call {
        self.call("PATCH", path).json(body)
    }

    pub fn delete(&self, path: &str) -> Call {
        self.call("DELETE", path)
    }

    /// A new resource server of that identifier and those scopes: its id.
    pub async fn resource_server(&self, identifier: &str, scopes: &[&str]) -> String {
        let body = json!({"resource_server": {
            "display_name": "An API", "identifier": identifier, "scopes": scopes,
        }});
        let made = self.post("/resource-servers", &body).expect(200).await;
        made.string("/id")
    }

    /// The id of the resource server of the management API.
    pub async fn management_api(&self) -> String {
        let list = self.get("/resource-servers").expect(200).await.json();
        let servers = list["resource_servers"].as_array().expect("a list").clone();
        let managed = servers.iter().find(|server| server["is_managed"] == true);
        let id = managed.and_then(|server| server["id"].as_str());
        id.expect("the management API").to_owned()
    }

    /// A new application for that resource server.
    pub async fn application(&self, resource_server: Option<&str>, config: Value) -> Answer {
        self.try_application(resource_server, config)
            .expect(200)
            .await
    }

    /// A request for a new application; with a way back, unless `config` names one or none.
    pub fn try_application(&self, resource_server: Option<&str>, mut config: Value) -> Call {
        let members = config.as_object_mut().expect("an object");
        members
            .entry("redirect_uris")
            .or_insert_with(|| json!([WAY_BACK]));
        let mut application = json!({"display_name": "Made by a test", "protocol_config": config});
        if let Some(id) = resource_server {
            application["resource_server_id"] = json!(id);
        }
        self.post("/applications", &json!({ "application": application }))
    }

    /// An application that was answered, as a client sees it.
    pub fn client(&self, answer: &Answer) -> Application {
        let application = answer.json();
        let text = |pointer: &str| {
            let value = application.pointer(pointer).and_then(Value::as_str);
            value.map(ToOwned::to_owned)
        };
        let member = |pointer: &str| text(pointer).unwrap_or_else(|| panic!("no {pointer}"));
        Application {
            tenant: member("/tenant_id"),
            realm: member("/realm_id"),
            id: member("/id"),
            client_id: member("/protocol_config/client_id"),
            secret: text("/protocol_config/client_secret"),
            redirect_uri: text("/protocol_config/redirect_uris/0").unwrap_or_default(),
        }
    }
}

/// Panics unless the answer is this error of the management API; its first field violation, if it has one.
pub fn assert_error(answer: &Answer, code: &str, message: &str) -> Option<(String, String)> {
    let error = answer.json();
    assert_eq!(error["code"], code, "{error}");
    assert_eq!(error["message"], message, "{error}");
    let violation = error.pointer("/details/0/field_violations/0")?;
    assert_eq!(error["details"][0]["type"], "FieldViolations");
    let text = |name: &str| violation[name].as_str().expect("text").to_owned();
    Some((text("field"), text("description")))
}

/// Panics unless exactly that field is not valid.
pub fn assert_field(answer: &Answer, field: &str, description: &str) {
    let violation = assert_error(answer, "bad_request", "invalid parameters");
    let wanted = (field.to_owned(), description.to_owned());
    assert_eq!(violation, Some(wanted), "{}", answer.text());
}

/// Panics unless that resource is not found.
pub fn assert_missing(answer: &Answer, kind: &str, id: &str) {
    let error = answer.json();
    assert_eq!(error["code"], "not_found", "{error}");
    let detail = &error["details"][0];
    assert_eq!(detail["type"], "ResourceInfo", "{error}");
    assert_eq!(detail["resource_type"], kind, "{error}");
    assert_eq!(detail["id"], id, "{error}");
}
