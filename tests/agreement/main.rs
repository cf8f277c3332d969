//! Property: what the generated models accept is what the contract's schemas accept, on any body whatever.
//!
//! The left side is the hot path of the server, [`specmint_runtime::decode`] on a generated model. The right side is
//! the crate `jsonschema` on the contract as it stands, and the server's own cold path with it.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test fails by panicking"
)]

mod bodies;
mod numbers;
mod schema;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use specmint::{administration, anchorbrowser, applivery, beyond_identity, infisical, vtex};
use specmint_runtime::{Schemas, decode};

use schema::Schema;

/// How many bodies of each kind are tried for each schema.
const CASES: u32 = 500;

/// A request body's schema and the generated model that stands for it.
struct Subject {
    operation: &'static str,
    media_type: &'static str,
    document: &'static str,
    schemas: &'static Schemas,
    accepts: fn(&[u8]) -> bool,
}

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

macro_rules! subject {
    ($contract:ident, $operation:literal, JSON, $model:ident) => {
        subject!($contract, $operation, JSON, |bytes| decode::json::<
            $contract::models::$model,
        >(bytes)
        .is_some())
    };
    ($contract:ident, $operation:literal, FORM, $model:ident) => {
        subject!($contract, $operation, FORM, |bytes| decode::form::<
            $contract::models::$model,
        >(bytes)
        .is_some())
    };
    ($contract:ident, $operation:literal, $media_type:ident, $accepts:expr) => {
        Subject {
            operation: $operation,
            media_type: $media_type,
            document: $contract::CONTRACT_JSON,
            schemas: &$contract::SCHEMAS,
            accepts: $accepts,
        }
    };
}

fn subjects() -> Vec<Subject> {
    vec![
        subject!(administration, "createOwner", JSON, NewOwner),
        subject!(administration, "createToken", JSON, NewToken),
        subject!(
            anchorbrowser,
            "createIdentityToken",
            JSON,
            CreateIdentityTokenRequest
        ),
        subject!(
            anchorbrowser,
            "createApplication",
            JSON,
            CreateApplicationRequest
        ),
        subject!(anchorbrowser, "createAuthFlow", JSON, CreateAuthFlowRequest),
        subject!(anchorbrowser, "updateAuthFlow", JSON, UpdateAuthFlowRequest),
        subject!(anchorbrowser, "createIdentity", JSON, CreateIdentityRequest),
        subject!(anchorbrowser, "updateIdentity", JSON, UpdateIdentityRequest),
        subject!(anchorbrowser, "submitIdentityPage", FORM, IdentityForm),
        subject!(
            infisical,
            "createMachineIdentity",
            JSON,
            CreateMachineIdentityRequest
        ),
        subject!(
            infisical,
            "updateMachineIdentity",
            JSON,
            UpdateMachineIdentityRequest
        ),
        subject!(infisical, "attachTokenAuth", JSON, AttachTokenAuthRequest),
        subject!(infisical, "updateTokenAuth", JSON, UpdateTokenAuthRequest),
        subject!(infisical, "createTokenAuthToken", JSON, CreateTokenRequest),
        subject!(infisical, "updateTokenAuthToken", JSON, UpdateTokenRequest),
        subject!(infisical, "renewAccessToken", JSON, HeldTokenRequest),
        subject!(infisical, "revokeAccessToken", JSON, HeldTokenRequest),
        subject!(
            applivery,
            "createApplication",
            JSON,
            CreateApplicationRequest
        ),
        subject!(
            applivery,
            "createApplicationToken",
            JSON,
            CreateApplicationTokenRequest
        ),
        subject!(
            beyond_identity,
            "CreateApplication",
            JSON,
            CreateApplicationRequest
        ),
        subject!(
            beyond_identity,
            "UpdateApplication",
            JSON,
            UpdateApplicationRequest
        ),
        subject!(
            beyond_identity,
            "CreateResourceServer",
            JSON,
            CreateResourceServerRequest
        ),
        subject!(
            beyond_identity,
            "UpdateResourceServer",
            JSON,
            UpdateResourceServerRequest
        ),
        subject!(beyond_identity, "createToken", FORM, TokenRequest),
        subject!(beyond_identity, "approveAuthorization", FORM, Approval),
        subject!(
            beyond_identity,
            "authorizeByPost",
            FORM,
            AuthorizationRequest
        ),
        subject!(beyond_identity, "revokeToken", JSON, RevokeRequest),
        subject!(beyond_identity, "revokeToken", FORM, RevokeRequest),
        subject!(beyond_identity, "introspectToken", FORM, IntrospectRequest),
        subject!(beyond_identity, "readUserInfoByPost", FORM, UserInfoRequest),
        subject!(
            vtex,
            "createAuthorizationToken",
            JSON,
            CreateAuthorizationTokenRequest
        ),
        subject!(vtex, "signIn", FORM, SignIn),
        subject!(vtex, "signUp", FORM, SignUp),
        subject!(vtex, "consent", FORM, Consent),
    ]
}

#[test]
fn every_request_body_of_the_contracts_is_a_subject() {
    let mut contracts: Vec<&str> = subjects().iter().map(|subject| subject.document).collect();
    contracts.dedup();
    let named: Vec<(&str, &str)> = subjects()
        .iter()
        .map(|subject| (subject.operation, subject.media_type))
        .collect();
    let mut found = 0;
    for contract in contracts {
        for (operation, media_type) in schema::request_bodies(contract) {
            assert!(
                named.contains(&(operation.as_str(), media_type.as_str())),
                "{operation} {media_type} is no subject"
            );
            found += 1;
        }
    }
    assert_eq!(found, named.len());
}

#[test]
fn agree_on_arbitrary_json() {
    each(JSON, |subject, schema| {
        check(&bodies::any_json(), |body| agree(subject, schema, &body));
    });
}

#[test]
fn agree_on_valid_bodies() {
    each(JSON, |subject, schema| {
        check(&bodies::valid(schema), |body| {
            prop_assert!(schema.accepts(&body), "{body} ought to be valid");
            agree(subject, schema, &body)
        });
    });
}

#[test]
fn agree_on_near_misses() {
    each(JSON, |subject, schema| {
        check(&bodies::near_misses(schema), |body| {
            agree(subject, schema, &body)
        });
    });
}

#[test]
fn agree_on_broken_text() {
    each(JSON, |subject, schema| {
        check(&bodies::broken_text(schema), |bytes| {
            let accepted = (subject.accepts)(&bytes);
            match serde_json::from_slice::<Value>(&bytes) {
                Ok(body) => prop_assert_eq!(accepted, schema.accepts(&body), "{}", body),
                Err(error) => prop_assert!(
                    !accepted,
                    "accepted what is no JSON ({error}): {}",
                    String::from_utf8_lossy(&bytes)
                ),
            }
            Ok(())
        });
    });
}

#[test]
fn agree_on_forms() {
    each(FORM, |subject, schema| {
        check(&bodies::forms(schema), |pairs| {
            let text = form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&pairs)
                .finish();
            let accepted = (subject.accepts)(text.as_bytes());
            let Some(body) = schema::form_value(&pairs) else {
                prop_assert!(!accepted, "a repeated name was accepted: {text}");
                return Ok(());
            };
            prop_assert_eq!(accepted, schema.accepts(&body), "{}", text);
            prop_assert_eq!(accepted, subject.schemas.is_valid(&schema.pointer, &body));
            Ok(())
        });
    });
}

/// Runs `property` for each subject of a media type.
fn each(media_type: &str, property: impl Fn(&Subject, &Schema)) {
    let mut ran = 0;
    for subject in subjects() {
        if subject.media_type == media_type {
            let schema = Schema::of(subject.document, subject.operation, media_type);
            property(&subject, &schema);
            ran += 1;
        }
    }
    assert!(ran > 0);
}

fn check<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let config = Config {
        cases: CASES,
        failure_persistence: None,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(strategy, property) {
        panic!("{error}");
    }
}

fn agree(subject: &Subject, schema: &Schema, body: &Value) -> Result<(), TestCaseError> {
    let accepted = (subject.accepts)(body.to_string().as_bytes());
    let violations = schema.violations(body);
    prop_assert_eq!(
        accepted,
        violations.is_empty(),
        "{}: {} {:?}",
        subject.operation,
        body,
        violations
    );
    prop_assert_eq!(accepted, subject.schemas.is_valid(&schema.pointer, body));
    Ok(())
}
