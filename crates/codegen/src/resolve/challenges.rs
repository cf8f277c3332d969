//! `WWW-Authenticate`: what a 401 asks the caller for (RFC 9110, section 11.6.1).

use crate::ir::{Credential, Operation, Scheme, Security, Status};

/// The challenges of an operation, one for each scheme that lets a caller in, without repetition.
pub fn of(security: &Security, schemes: &[Scheme]) -> Vec<String> {
    let mut challenges: Vec<String> = Vec::new();
    let needs = security.alternatives.iter().flat_map(|one| &one.needs);
    for need in needs {
        if let Some(scheme) = schemes.get(need.scheme)
            && !challenges.contains(&scheme.challenge)
        {
            challenges.push(scheme.challenge.clone());
        }
    }
    challenges
}

/// A 401 brings a challenge (RFC 9110, section 15.5.2). An operation that documents one and lets everybody in, because it takes
/// its credential elsewhere, challenges as the others do.
pub fn complete(operations: &mut [Operation], schemes: &[Scheme]) {
    for operation in operations {
        let mut statuses = operation.responses.iter().map(|one| one.status);
        if operation.challenges.is_empty() && statuses.any(|status| status == Status::Code(401)) {
            for scheme in schemes {
                if !operation.challenges.contains(&scheme.challenge) {
                    operation.challenges.push(scheme.challenge.clone());
                }
            }
        }
    }
}

/// The challenge that asks for a credential of the scheme called `wire`, in the realm of the API of this title.
pub fn challenge(credential: &Credential, wire: &str, title: &str) -> String {
    let realm = quoted(title);
    match credential {
        Credential::ApiKeyHeader(name) => api_key(&realm, "header", name),
        Credential::ApiKeyQuery(name) => api_key(&realm, "query", name),
        Credential::ApiKeyCookie(name) => api_key(&realm, "cookie", name),
        Credential::Basic => format!("Basic realm={realm}, charset=\"UTF-8\""),
        Credential::Bearer => format!("Bearer realm={realm}"),
        // What further parameters the scheme has, the implementer's own 401 says.
        Credential::Http(scheme) => format!("{scheme} realm={realm}"),
        // No scheme is registered for what happens before HTTP.
        Credential::Certificate => format!("ClientCertificate realm={realm}"),
        // What is asked for, nobody but the implementer knows.
        Credential::Undeclared => format!("Undeclared realm={realm}, name={}", quoted(wire)),
    }
}

/// API keys have no registered scheme: this one says where the key is expected.
fn api_key(realm: &str, location: &str, name: &str) -> String {
    format!(
        "ApiKey realm={realm}, in=\"{location}\", name={}",
        quoted(name)
    )
}

/// A quoted-string (RFC 9110, section 5.6.4) of visible ASCII.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            _ => quoted.push('?'),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_credential_has_a_challenge() {
        assert_eq!(
            challenge(&Credential::ApiKeyHeader("x-key".into()), "k", "A \"B\" ü"),
            r#"ApiKey realm="A \"B\" ?", in="header", name="x-key""#
        );
        assert_eq!(
            challenge(&Credential::Basic, "b", "A"),
            r#"Basic realm="A", charset="UTF-8""#
        );
        assert_eq!(
            challenge(&Credential::Bearer, "b", "A"),
            r#"Bearer realm="A""#
        );
        assert_eq!(
            challenge(&Credential::Undeclared, "my key", "A"),
            r#"Undeclared realm="A", name="my key""#
        );
        let digest = Credential::Http("Digest".into());
        assert_eq!(challenge(&digest, "d", "A"), r#"Digest realm="A""#);
    }
}
