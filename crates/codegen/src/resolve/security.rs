//! Security Scheme Objects and Security Requirement Objects. Fails closed: what cannot be checked is a diagnostic.

use openapiv3::{APIKeyLocation, OAuth2Flows, SecurityRequirement, SecurityScheme};

use super::operations::Place;
use super::{challenges, docs, refs};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::Lowered;
use crate::ir::{Alternative, Credential, Need, Scheme, Security};
use crate::naming::{self, Scope};

/// The schemes that operations ask for, in the order of their declaration.
pub struct Schemes<'a> {
    lowered: &'a Lowered,
    names: Vec<String>,
    all: Vec<Scheme>,
    scope: Scope,
}

impl<'a> Schemes<'a> {
    /// None asked for yet.
    pub fn new(lowered: &'a Lowered) -> Self {
        let components = lowered.openapi().components.as_ref();
        let declared = components.map(|all| all.security_schemes.keys().cloned().collect());
        let names: Vec<String> = declared.unwrap_or_default();
        Self {
            lowered,
            names,
            all: Vec::new(),
            scope: Scope::default(),
        }
    }

    /// Names of methods that operations cannot have, since their trait includes the one of the schemes.
    pub fn methods(&self) -> Vec<String> {
        self.names.iter().map(|name| naming::snake(name)).collect()
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
    /// alternative.
    ///
    /// # Errors
    /// A requirement that cannot be checked.
    pub fn requirements(&mut self, place: &Place<'_>) -> Result<Security, Diagnostic> {
        let lowered = self.lowered;
        let (requirements, pointer) = match (&place.operation.security, &lowered.openapi().security)
        {
            (Some(own), _) => (own.as_slice(), format!("{}/security", place.pointer)),
            (None, Some(shared)) => (shared.as_slice(), "/security".to_owned()),
            (None, None) => (&[][..], String::new()),
        };
        let mut security = Security::default();
        for (index, requirement) in requirements.iter().enumerate() {
            match self.requirement(requirement, &format!("{pointer}/{index}"))? {
                Some(need) => security.alternatives.push(Alternative { need }),
                None => security.anonymous = true,
            }
        }
        Ok(security)
    }

    fn requirement(
        &mut self,
        requirement: &SecurityRequirement,
        pointer: &str,
    ) -> Result<Option<Need>, Diagnostic> {
        let mut schemes = requirement.iter();
        let Some((name, scopes)) = schemes.next() else {
            return Ok(None);
        };
        if schemes.next().is_some() {
            return Err(self.lowered.error(
                Code::CombinedSecurity,
                pointer,
                "a requirement of several schemes at once is not supported",
                "an overlay can leave one of them; nothing weaker is generated in its place",
            ));
        }
        let scheme = self.scheme(name, scopes, &refs::join(pointer, name))?;
        Ok(Some(Need {
            scheme,
            scopes: scopes.clone(),
        }))
    }

    /// The place of the scheme in the list, where it is put when it is new.
    fn scheme(
        &mut self,
        name: &str,
        scopes: &[String],
        pointer: &str,
    ) -> Result<usize, Diagnostic> {
        let lowered = self.lowered;
        let components = lowered.openapi().components.as_ref();
        let declared = components.and_then(|all| all.security_schemes.get(name));
        let declared = declared.ok_or_else(|| {
            lowered.error(
                Code::UnknownSecurityScheme,
                pointer,
                format!("there is no security scheme `{name}`"),
                "declare it in `#/components/securitySchemes`",
            )
        })?;
        let below = refs::join("/components/securitySchemes", name);
        let declared = refs::follow(lowered, declared, &below)?;
        if let SecurityScheme::OAuth2 { flows, .. } = declared.node
            && let Some(unknown) = scopes.iter().find(|scope| !is_declared(flows, scope))
        {
            return Err(lowered.error(
                Code::UnknownScope,
                pointer,
                format!("no flow of `{name}` has the scope `{unknown}`"),
                "declare it in the `scopes` of a flow",
            ));
        }
        if let Some(known) = self.all.iter().position(|scheme| scheme.wire == name) {
            return Ok(known);
        }
        let scheme = self.declare(name, declared.node, &declared.pointer)?;
        self.all.push(scheme);
        Ok(self.all.len() - 1)
    }

    fn declare(
        &mut self,
        name: &str,
        scheme: &SecurityScheme,
        pointer: &str,
    ) -> Result<Scheme, Diagnostic> {
        let (credential, description, what) = match scheme {
            SecurityScheme::APIKey {
                location,
                name,
                description,
                ..
            } => match location {
                APIKeyLocation::Header => (
                    Credential::ApiKeyHeader(name.to_lowercase()),
                    description,
                    format!("API key in the header `{name}`"),
                ),
                APIKeyLocation::Query => (
                    Credential::ApiKeyQuery(name.clone()),
                    description,
                    format!("API key in the query parameter `{name}`"),
                ),
                APIKeyLocation::Cookie => (
                    Credential::ApiKeyCookie(name.clone()),
                    description,
                    format!("API key in the cookie `{name}`"),
                ),
            },
            SecurityScheme::HTTP {
                scheme,
                description,
                ..
            } => match scheme.to_ascii_lowercase().as_str() {
                "basic" => (Credential::Basic, description, "HTTP Basic".to_owned()),
                "bearer" => (Credential::Bearer, description, "HTTP Bearer".to_owned()),
                _ => {
                    return Err(self.lowered.error(
                        Code::UnsupportedSecurityScheme,
                        pointer,
                        format!("the HTTP authentication scheme `{scheme}` is not supported"),
                        "use `basic` or `bearer`; nothing weaker is generated in its place",
                    ));
                }
            },
            SecurityScheme::OAuth2 { description, .. } => (
                Credential::Bearer,
                description,
                "OAuth 2.0, an access token as HTTP Bearer".to_owned(),
            ),
            SecurityScheme::OpenIDConnect { description, .. } => (
                Credential::Bearer,
                description,
                "OpenID Connect, a token as HTTP Bearer".to_owned(),
            ),
        };
        let title = &self.lowered.openapi().info.title;
        Ok(Scheme {
            name: self.scope.claim(naming::snake(name)),
            wire: name.to_owned(),
            docs: docs::paragraphs(&[Some(&format!("`{name}`: {what}.")), description.as_deref()]),
            challenge: challenges::challenge(&credential, title),
            credential,
        })
    }
}

fn is_declared(flows: &OAuth2Flows, scope: &str) -> bool {
    let OAuth2Flows {
        implicit,
        password,
        client_credentials,
        authorization_code,
        extensions: _,
    } = flows;
    implicit
        .as_ref()
        .is_some_and(|flow| flow.scopes.contains_key(scope))
        || password
            .as_ref()
            .is_some_and(|flow| flow.scopes.contains_key(scope))
        || client_credentials
            .as_ref()
            .is_some_and(|flow| flow.scopes.contains_key(scope))
        || authorization_code
            .as_ref()
            .is_some_and(|flow| flow.scopes.contains_key(scope))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::Api;
    use crate::resolve::testing;

    const SCHEMES: &str = r#"
        components:
          securitySchemes:
            key: { type: apiKey, in: header, name: X-Key }
            basic: { type: http, scheme: Basic }
            oauth: { type: oauth2, flows: { clientCredentials: { tokenUrl: 'https://a.example', scopes: { a: A } } } }
            digest: { type: http, scheme: digest }
    "#;

    fn document(shared: &str, own: &str) -> String {
        format!(
            "        security: {shared}\n        paths:\n          /a:\n            get: {{ {own} responses: {{ '401': {{ description: x }} }} }}\n{}",
            SCHEMES.trim_matches('\n')
        )
    }

    fn security(api: &Api) -> Vec<&str> {
        let needs = api.operations[0]
            .security
            .alternatives
            .iter()
            .map(|one| &one.need);
        needs
            .map(|need| api.schemes[need.scheme].wire.as_str())
            .collect()
    }

    #[test]
    fn alternatives_keep_their_order_and_the_operation_s_own_win() {
        let api = testing::api(&document(
            "[{ key: [] }]",
            "security: [{ oauth: [a] }, {}, { basic: [] }],",
        ));
        assert_eq!(security(&api), ["oauth", "basic"]);
        assert!(api.operations[0].security.anonymous);
        assert_eq!(
            api.operations[0].security.alternatives[0].need.scopes,
            ["a"]
        );
        assert_eq!(api.schemes.len(), 2);
    }

    #[test]
    fn an_empty_list_opens_what_the_document_closes() {
        let closed = testing::api(&document("[{ key: [] }]", ""));
        assert_eq!(security(&closed), ["key"]);
        assert_eq!(
            closed.schemes[0].credential,
            Credential::ApiKeyHeader("x-key".into())
        );
        let open = testing::api(&document("[{ key: [] }]", "security: [],"));
        assert!(security(&open).is_empty());
    }

    #[test]
    fn what_cannot_be_checked_is_refused() {
        let codes = |own: &str| testing::codes(&document("[]", own));
        assert_eq!(
            codes("security: [{ nobody: [] }],"),
            ["unknown-security-scheme"]
        );
        assert_eq!(
            codes("security: [{ digest: [] }],"),
            ["unsupported-security-scheme"]
        );
        assert_eq!(
            codes("security: [{ key: [], basic: [] }],"),
            ["combined-security"]
        );
        assert_eq!(codes("security: [{ oauth: [b] }],"), ["unknown-scope"]);
    }
}
