//! The contracts as they stand at `/openapi/`, and to be browsed and tried at `/docs/`.

use std::collections::HashMap;
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::web::{self, Path, ServiceConfig};
use serde_json::{Value, json};
use specmint::administration;
use specmint_runtime::{Kind, Rejection, not_found, problem};
use utoipa_swagger_ui::{Config as Ui, Url, serve};

use crate::error::StartError;
use crate::page::page;
use crate::provider::Provider;

/// What Swagger UI needs: its styles are set by script, and its images are in its styles.
const UI_POLICY: &str = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

/// A contract, as it stands.
#[derive(Clone, Copy)]
pub(crate) struct Contract {
    /// What its files are called.
    name: &'static str,
    /// What people call it.
    title: &'static str,
    /// Where Swagger UI finds its copy.
    url: &'static str,
    json: &'static str,
    yaml: &'static str,
}

impl Contract {
    /// The administration's own.
    pub(crate) const ADMINISTRATION: Self = Self {
        name: "specmint",
        title: "Specmint's administration",
        url: "/docs/specmint.json",
        json: administration::CONTRACT_JSON,
        yaml: administration::CONTRACT_YAML,
    };
}

impl From<Provider> for Contract {
    fn from(api: Provider) -> Self {
        Self {
            name: api.name(),
            title: api.title(),
            url: contract_url(api),
            json: api.contract_json(),
            yaml: api.contract_yaml(),
        }
    }
}

/// All that is served here, made once.
pub(crate) struct Docs {
    /// By the file's name, its media type and text.
    contracts: HashMap<String, (&'static str, &'static str)>,
    /// By the file's name, contracts that name this server as theirs.
    copies: HashMap<String, String>,
    ui: Arc<Ui<'static>>,
    home: &'static str,
}

impl Docs {
    /// Where the documentation stands.
    pub(crate) const AT: &str = "/docs/";

    /// Of these contracts. Whoever opens the server in a browser is sent to `home`.
    pub(crate) fn new(
        of: impl IntoIterator<Item = Contract>,
        home: &'static str,
    ) -> Result<Self, StartError> {
        let mut contracts = HashMap::new();
        let mut copies = HashMap::new();
        let mut urls = Vec::new();
        for contract in of {
            let name = contract.name;
            contracts.insert(format!("{name}.json"), ("application/json", contract.json));
            contracts.insert(format!("{name}.yaml"), ("application/yaml", contract.yaml));
            let copy = copy(contract.json).ok_or(StartError::Contract(name))?;
            copies.insert(format!("{name}.json"), copy);
            urls.push(Url::new(contract.title, contract.url));
        }
        let ui = Ui::new(urls)
            .validator_url("none")
            .try_it_out_enabled(true)
            .display_request_duration(true);
        Ok(Self {
            contracts,
            copies,
            ui: Arc::new(ui),
            home,
        })
    }

    /// Adds the routes.
    pub(crate) fn configure(self: Arc<Self>, config: &mut ServiceConfig) {
        config.app_data(web::Data::from(self));
        page(config, "/openapi/{file}", contract);
        page(config, "/", to_home);
        page(config, "/docs", to_docs);
        page(config, "/docs/{file:.*}", docs);
    }
}

/// Where Swagger UI finds the copy of a contract.
const fn contract_url(api: Provider) -> &'static str {
    match api {
        Provider::AnchorBrowser => "/docs/anchorbrowser.json",
        Provider::Infisical => "/docs/infisical.json",
        Provider::Applivery => "/docs/applivery.json",
        Provider::BeyondIdentity => "/docs/beyond-identity.json",
        Provider::Vtex => "/docs/vtex.json",
    }
}

/// The contract with this server as its only one, so that what is tried out reaches it and no other.
fn copy(contract: &str) -> Option<String> {
    let mut contract: Value = serde_json::from_str(contract).ok()?;
    let servers = json!([{ "url": "/", "description": "This server." }]);
    contract
        .as_object_mut()?
        .insert("servers".to_owned(), servers);
    Some(contract.to_string())
}

async fn contract(file: Path<String>, docs: web::Data<Docs>) -> HttpResponse {
    match docs.contracts.get(file.as_str()) {
        Some((media_type, text)) => HttpResponse::Ok().content_type(*media_type).body(*text),
        None => not_found().await,
    }
}

async fn to_home(docs: web::Data<Docs>) -> HttpResponse {
    to(docs.home)
}

async fn to_docs() -> HttpResponse {
    to(Docs::AT)
}

/// For now only: a browser would keep a permanent redirect for whatever listens here next.
fn to(path: &'static str) -> HttpResponse {
    HttpResponse::TemporaryRedirect()
        .insert_header((LOCATION, path))
        .finish()
}

async fn docs(file: Path<String>, docs: web::Data<Docs>) -> HttpResponse {
    if let Some(copy) = docs.copies.get(file.as_str()) {
        return HttpResponse::Ok()
            .content_type("application/json")
            .body(copy.clone());
    }
    match serve(&file, Arc::clone(&docs.ui)) {
        Ok(Some(found)) => {
            let mut response = HttpResponse::Ok();
            response
                .content_type(found.content_type)
                .insert_header((CONTENT_SECURITY_POLICY, UI_POLICY));
            if found.gzpipped {
                response.insert_header((CONTENT_ENCODING, "gzip"));
            }
            response.body(found.bytes.into_owned())
        }
        Ok(None) => not_found().await,
        Err(error) => {
            tracing::error!(cause = %error, "the documentation could not be served");
            problem(&Rejection::from(Kind::Internal))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_names_this_server_only() {
        let copy = copy(r#"{"openapi":"3.1.0","servers":[{"url":"https://api.example.com"}]}"#);
        let copy: Value = serde_json::from_str(&copy.unwrap()).unwrap();
        assert_eq!(copy["servers"].as_array().unwrap().len(), 1);
        assert_eq!(copy["servers"][0]["url"], "/");
        assert_eq!(copy["openapi"], "3.1.0");
    }

    #[test]
    fn every_api_is_found_under_its_name() {
        let docs = Docs::new(Provider::ALL.map(Contract::from), Docs::AT).unwrap();
        for api in Provider::ALL {
            let file = contract_url(api).strip_prefix("/docs/").unwrap();
            assert!(docs.copies.contains_key(file), "{file}");
            assert!(docs.contracts.contains_key(file), "{file}");
        }
    }
}
