//! Security Requirement Objects (OpenAPI 3.2.0, section 4.30): any of several alternatives, each of one scheme or more.
//! Fails closed: what cannot be checked is a diagnostic.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::SecurityRequirement;

use super::operations::Place;
use super::paths::Paths;
use super::refs;
use super::schemes::{self, Declared};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Lowered;
use crate::ir::{Alternative, Need, Scheme, Security};
use crate::naming::{self, Scope};

/// The method that makes one caller of two. Its name is taken whether or not a contract asks for it, so that no other name
/// depends on that.
pub const COMBINE: &str = "combine_callers";

/// The schemes that operations ask for, in the order in which they are asked for.
pub struct Schemes<'a> {
    lowered: &'a Lowered,
    /// The name of each scheme's method.
    methods: HashMap<String, String>,
    all: Vec<Scheme>,
    functions: Scope,
    /// Names of functions by what they ask for.
    known: HashMap<(Vec<Vec<Need>>, bool), String>,
}

impl<'a> Schemes<'a> {
    /// None asked for yet: those that are declared, and those that the document or an operation of `paths` names besides.
    pub fn new(lowered: &'a Lowered, paths: &Paths) -> Self {
        let components = lowered.contract().pointer("/components/securitySchemes");
        let declared = components.and_then(serde_json::Value::as_object);
        let declared = declared.into_iter().flat_map(serde_json::Map::keys);
        let operations = paths.items().iter().flat_map(|item| &item.item.operations);
        let operations = operations.map(|one| &one.object.security);
        let requirements = std::iter::once(&lowered.openapi().security).chain(operations);
        let named = requirements.flatten().flatten().flat_map(IndexMap::keys);
        let mut scope = Scope::reserving(&[COMBINE]);
        let mut methods = HashMap::new();
        for name in declared
            .cloned()
            .chain(named.map(|name| schemes::name(lowered, name)))
        {
            methods
                .entry(name)
                .or_insert_with_key(|name| scope.claim(naming::snake(name)));
        }
        Self {
            lowered,
            methods,
            all: Vec::new(),
            functions: Scope::default(),
            known: HashMap::new(),
        }
    }

    /// Names of methods that operations cannot have, since their trait includes the one of the schemes.
    pub fn methods(&self) -> Vec<String> {
        let own = [COMBINE.to_owned()];
        self.methods.values().cloned().chain(own).collect()
    }

    /// Those asked for so far.
    pub fn all(&self) -> &[Scheme] {
        &self.all
    }

    /// Those asked for.
    pub fn finish(self) -> Vec<Scheme> {
        self.all
    }

    /// Who may call the operation: its own `security`, else the document's. `[]` lets everyone in, `{}` is one more
    /// alternative. `None` where a requirement cannot be checked, which is then found.
    pub fn requirements(&mut self, place: &Place<'_>, found: &mut Diagnostics) -> Option<Security> {
        let lowered = self.lowered;
        let (requirements, pointer) = match (&place.operation.security, &lowered.openapi().security)
        {
            (Some(own), _) => (own.as_slice(), format!("{}/security", place.pointer)),
            (None, Some(shared)) => (shared.as_slice(), "/security".to_owned()),
            (None, None) => (&[][..], String::new()),
        };
        let mut security = Security::default();
        for (index, requirement) in requirements.iter().enumerate() {
            let needs = self.requirement(requirement, &format!("{pointer}/{index}"), found);
            let needs = found.take(needs)?;
            let alternative = Alternative { needs };
            if alternative.needs.is_empty() {
                security.anonymous = true;
            } else if !security.alternatives.contains(&alternative) {
                security.alternatives.push(alternative);
            }
        }
        security.function = self.function(&security);
        Some(security)
    }

    /// The name of the function that finds the caller.
    fn function(&mut self, security: &Security) -> String {
        let needs = |one: &Alternative| one.needs.clone();
        let key = security.alternatives.iter().map(needs).collect();
        let (all, functions) = (&self.all, &mut self.functions);
        let known = self.known.entry((key, security.anonymous));
        known
            .or_insert_with(|| functions.claim(function(security, all)))
            .clone()
    }

    fn requirement(
        &mut self,
        requirement: &SecurityRequirement,
        pointer: &str,
        found: &mut Diagnostics,
    ) -> Result<Vec<Need>, Diagnostic> {
        let mut needs = Vec::new();
        for (name, scopes) in requirement {
            let at = refs::join(pointer, name);
            let scheme = self.scheme(&schemes::name(self.lowered, name), scopes, &at, found)?;
            needs.push(Need {
                scheme,
                scopes: scopes.clone(),
            });
        }
        Ok(needs)
    }

    /// The place of the scheme in the list, where it is put when it is new.
    fn scheme(
        &mut self,
        name: &str,
        scopes: &[String],
        pointer: &str,
        found: &mut Diagnostics,
    ) -> Result<usize, Diagnostic> {
        let lowered = self.lowered;
        let declared = Declared::find(lowered, name, pointer)?;
        let lacks = |scope: &&String| declared.as_ref().is_some_and(|it| it.lacks(scope));
        if let Some(unknown) = scopes.iter().find(lacks) {
            // The implementer is still told the scope, and has to ask for it.
            let finding = lowered.error(
                Code::UnknownScope,
                pointer,
                format!("no flow of `{name}` has the scope `{unknown}`"),
                "declare it in the `scopes` of a flow",
            );
            found.push(finding.warning());
        }
        if let Some(known) = self.all.iter().position(|scheme| scheme.wire == name) {
            return Ok(known);
        }
        let method = self.methods.get(name).cloned().unwrap_or_default();
        self.all.push(match declared {
            Some(declared) => declared.scheme(lowered, name, method)?,
            None => {
                found.push(undeclared(lowered, name, &method, pointer));
                schemes::undeclared(lowered, name, method)
            }
        });
        Ok(self.all.len() - 1)
    }
}

fn undeclared(lowered: &Lowered, name: &str, method: &str, pointer: &str) -> Diagnostic {
    let finding = lowered.error(
        Code::UnknownSecurityScheme,
        pointer,
        format!(
            "there is no security scheme `{name}`: `Security::{method}` gets the whole head of the request, and decides"
        ),
        "declare it in `#/components/securitySchemes`, here or through an overlay",
    );
    finding.warning()
}

/// A name for the function that finds the caller: `admit_basic_or_key_and_secret`.
fn function(security: &Security, schemes: &[Scheme]) -> String {
    let scheme = |need: &Need| schemes.get(need.scheme).map(|scheme| scheme.name.as_str());
    let all = |one: &Alternative| {
        let names: Vec<&str> = one.needs.iter().filter_map(scheme).collect();
        names.join("_and_")
    };
    let names: Vec<String> = security.alternatives.iter().map(all).collect();
    format!("admit_{}", names.join("_or_"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::{Api, Credential};
    use crate::resolve::testing;

    const SCHEMES: &str = r#"
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            basic: { type: http, scheme: Basic }
            oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a.example', scopes: { a: A } } } }
            digest: { type: http, scheme: Digest }
            strange: { type: http, scheme: a b }
    "#;

    fn document(shared: &str, own: &str) -> String {
        format!(
            "        security: {shared}\n        paths:\n          /a:\n            get: {{ {own} responses: {{ '401': {{ description: x }} }} }}\n{}",
            SCHEMES.trim_matches('\n')
        )
    }

    fn security(api: &Api) -> Vec<Vec<&str>> {
        let wire = |need: &Need| api.schemes[need.scheme].wire.as_str();
        let alternatives = api.operations[0].security.alternatives.iter();
        alternatives
            .map(|one| one.needs.iter().map(wire).collect())
            .collect()
    }

    #[test]
    fn alternatives_keep_their_order_and_the_operation_s_own_win() {
        let api = testing::api(&document(
            "[{ key: [] }]",
            "security: [{ oauth: [a] }, {}, { basic: [] }, { oauth: [a] }],",
        ));
        assert_eq!(security(&api), [["oauth"], ["basic"]]);
        let own = &api.operations[0].security;
        assert!(own.anonymous);
        assert_eq!(own.alternatives[0].needs[0].scopes, ["a"]);
        assert_eq!(own.function, "admit_oauth_or_basic");
        assert_eq!(api.schemes.len(), 2);
    }

    #[test]
    fn a_requirement_may_ask_for_several_schemes() {
        let api = testing::api(&document("[{ key: [], basic: [] }, { digest: [] }]", ""));
        assert_eq!(security(&api), [vec!["key", "basic"], vec!["digest"]]);
        assert_eq!(api.schemes[2].credential, Credential::Http("Digest".into()));
        assert_eq!(api.operations[0].challenges.len(), 3);
    }

    #[test]
    fn an_empty_list_opens_what_the_document_closes() {
        let closed = testing::api(&document("[{ key: [] }]", ""));
        assert_eq!(security(&closed), [["key"]]);
        assert_eq!(
            closed.schemes[0].credential,
            Credential::ApiKeyHeader("x-key".into())
        );
        let open = testing::api(&document("[{ key: [] }]", "security: [],"));
        assert!(security(&open).is_empty());
    }

    #[test]
    fn an_open_operation_that_answers_401_challenges_as_the_others_do() {
        let open = "/b: { get: { security: [], responses: { '401': { description: x } } } }";
        let silent = "/c: { get: { security: [], responses: { '200': { description: x } } } }";
        let paths = format!("paths:\n          {open}\n          {silent}");
        let document = document("[{ key: [] }]", "");
        let api = testing::api(&document.replacen("paths:", &paths, 1));
        let challenges = |id: &str| {
            let mut operations = api.operations.iter();
            let found = operations.find(|operation| operation.path == id);
            found.map(|operation| operation.challenges.clone())
        };
        assert_eq!(challenges("/b"), challenges("/a"));
        assert_eq!(challenges("/a").map(|all| all.len()), Some(1));
        assert_eq!(challenges("/c"), Some(Vec::new()));
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        let codes = |own: &str| testing::codes(&document("[]", own));
        assert_eq!(
            codes("security: [{ digset: [] }],"),
            ["unknown-security-scheme"]
        );
        assert_eq!(
            codes("security: [{ key: [] }, { basic: [], Oauth: [] }],"),
            ["unknown-security-scheme"]
        );
        assert_eq!(
            codes("security: [{ '#/components/securitySchemes/nobody': [] }],"),
            ["unknown-security-scheme"]
        );
        assert_eq!(
            codes("security: [{ strange: [] }],"),
            ["unsupported-security-scheme"]
        );
    }

    #[test]
    fn what_is_declared_nowhere_decides_by_the_head_of_the_request() {
        let document = document(
            "[{ Kerberos: [] }]",
            "security: [{ Kerberos: [], key: [] }],",
        );
        assert_eq!(testing::warnings(&document), ["unknown-security-scheme"]);
        let api = testing::api(&document);
        assert_eq!(security(&api), [["Kerberos", "key"]]);
        assert_eq!(api.schemes[0].name, "kerberos");
        assert_eq!(api.schemes[0].credential, Credential::Undeclared);
        assert!(!api.operations[0].security.anonymous);
    }

    #[test]
    fn a_scheme_may_be_named_by_its_uri() {
        let uri = "'#/components/securitySchemes/key'";
        let document = document("[{ key: [] }]", &format!("security: [{{ {uri}: [] }}],"));
        assert_eq!(security(&testing::api(&document)), [["key"]]);
    }

    #[test]
    fn a_scope_of_no_flow_is_still_asked_for() {
        let document = document("[]", "security: [{ oauth: [b] }],");
        assert_eq!(testing::warnings(&document), ["unknown-scope"]);
        let api = testing::api(&document);
        assert_eq!(
            api.operations[0].security.alternatives[0].needs[0].scopes,
            ["b"]
        );
    }
}
