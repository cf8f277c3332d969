//! Security Scheme Objects (OpenAPI 3.2.0, section 4.28). Fails closed: what cannot be checked is a diagnostic.

use serde_json::Value;

use super::written::Written;
use super::{challenges, docs, refs};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::dialect::Lowered;
use crate::ir::{Credential, Scheme};

/// What is declared for a scheme.
pub struct Declared<'a>(Written<'a>);

const SECTION: &str = "/components/securitySchemes";

/// The name in `components.securitySchemes` that a requirement means: a name, or a URI (since 3.2), which by now leads into
/// this document. A URI that leads nowhere stays one.
pub fn name(lowered: &Lowered, requirement: &str) -> String {
    let schemes = lowered.contract().pointer(SECTION);
    let is_declared = |name: &String| schemes.is_some_and(|all| all.get(name).is_some());
    let name = refs::component(requirement, "securitySchemes").filter(is_declared);
    name.unwrap_or_else(|| requirement.to_owned())
}

impl<'a> Declared<'a> {
    /// The scheme that a requirement at `pointer` names; `None` where none is like it.
    ///
    /// # Errors
    /// One that is declared nowhere, though another one is that may be meant.
    pub fn find(
        lowered: &'a Lowered,
        name: &str,
        pointer: &str,
    ) -> Result<Option<Self>, Diagnostic> {
        let declared = lowered.contract().pointer(SECTION);
        let declared = declared.and_then(Value::as_object);
        if let Some(found) = Written::at(lowered, &refs::join(SECTION, name))? {
            return Ok(Some(Self(found)));
        }
        let names = declared.into_iter().flat_map(serde_json::Map::keys);
        let near = nearest(name, names.map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            // No name of a component has these.
            None if name.contains(['#', '/']) => {
                format!("correct the URI, or declare the scheme in `#{SECTION}`")
            }
            None => return Ok(None),
        };
        Err(lowered.error(
            Code::UnknownSecurityScheme,
            pointer,
            format!("there is no security scheme `{name}`"),
            help + "; nothing weaker is generated in its place",
        ))
    }

    /// Whether it is `oauth2` and none of its flows has this scope.
    pub fn lacks(&self, scope: &str) -> bool {
        let Some(flows) = self.0.value.get("flows").and_then(Value::as_object) else {
            return false;
        };
        let has = |flow: &Value| {
            let scopes = flow.get("scopes");
            scopes.is_some_and(|scopes| scopes.get(scope).is_some())
        };
        self.text("type") == "oauth2" && !flows.values().any(has)
    }

    /// The scheme, whose method has this name.
    ///
    /// # Errors
    /// One that nobody could check.
    pub fn scheme(
        &self,
        lowered: &Lowered,
        wire: &str,
        method: String,
    ) -> Result<Scheme, Diagnostic> {
        let (credential, what) = self.credential(lowered)?;
        let title = &lowered.openapi().info.title;
        let description = self.0.text("description");
        Ok(Scheme {
            name: method,
            wire: wire.to_owned(),
            docs: docs::paragraphs(&[Some(&format!("`{wire}`: {what}.")), description]),
            challenge: challenges::challenge(&credential, wire, title),
            credential,
        })
    }

    fn credential(&self, lowered: &Lowered) -> Result<(Credential, String), Diagnostic> {
        let name = self.text("name").to_owned();
        Ok(match (self.text("type"), self.text("in")) {
            ("apiKey", "header") => (
                Credential::ApiKeyHeader(name.to_lowercase()),
                format!("API key in the header `{name}`"),
            ),
            ("apiKey", "query") => (
                Credential::ApiKeyQuery(name.clone()),
                format!("API key in the query parameter `{name}`"),
            ),
            ("apiKey", "cookie") => (
                Credential::ApiKeyCookie(name.clone()),
                format!("API key in the cookie `{name}`"),
            ),
            ("http", _) => self.http(lowered)?,
            ("oauth2", _) => (
                Credential::Bearer,
                "OAuth 2.0, an access token as HTTP Bearer".to_owned(),
            ),
            ("openIdConnect", _) => (
                Credential::Bearer,
                "OpenID Connect, a token as HTTP Bearer".to_owned(),
            ),
            ("mutualTLS", _) => (
                Credential::Certificate,
                "mutual TLS, the client's certificate".to_owned(),
            ),
            _ => return Err(self.unsupported(lowered, "this security scheme")),
        })
    }

    fn http(&self, lowered: &Lowered) -> Result<(Credential, String), Diagnostic> {
        let scheme = self.text("scheme");
        Ok(match scheme.to_ascii_lowercase().as_str() {
            "basic" => (Credential::Basic, "HTTP Basic".to_owned()),
            "bearer" => (Credential::Bearer, "HTTP Bearer".to_owned()),
            _ if is_token(scheme) => (
                Credential::Http(scheme.to_owned()),
                format!("the HTTP authentication scheme `{scheme}`"),
            ),
            _ => {
                let what = format!("the HTTP authentication scheme `{scheme}`");
                return Err(self.unsupported(lowered, &what));
            }
        })
    }

    fn unsupported(&self, lowered: &Lowered, what: &str) -> Diagnostic {
        lowered.error(
            Code::UnsupportedSecurityScheme,
            &self.0.pointer,
            format!("{what} cannot be checked"),
            "name a scheme as `Authorization` has it, which is a token (RFC 9110, section 11.1); nothing weaker is generated in its place",
        )
    }

    fn text(&self, field: &str) -> &'a str {
        let text = self.0.text(field);
        text.unwrap_or_default()
    }
}

/// A scheme of which nothing is known but its name. Its method is asked about every request, and it has to say who calls: so
/// nothing is open by default.
pub fn undeclared(lowered: &Lowered, wire: &str, method: String) -> Scheme {
    let credential = Credential::Undeclared;
    let what = format!(
        "`{wire}`: a scheme that the contract names and does not declare. It is asked about every request, whatever that presents."
    );
    Scheme {
        name: method,
        wire: wire.to_owned(),
        docs: docs::paragraphs(&[Some(&what)]),
        challenge: challenges::challenge(&credential, wire, &lowered.openapi().info.title),
        credential,
    }
}

/// RFC 9110, section 5.6.2.
fn is_token(text: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_tchar)
}
