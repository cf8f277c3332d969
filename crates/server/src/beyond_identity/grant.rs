//! What a person approved, as codes and refresh tokens stand for it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::application::Identity;
use super::registration::{Registration, SubjectField};
use super::scopes::{InvalidScope, OF_OPENID, Scopes, without_offline};

/// What a person approved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Grant {
    /// The identity as which they did.
    pub(super) identity_id: String,
    /// How tokens name that identity.
    pub(super) subject: String,
    /// What a token has that is asked for without naming scopes.
    pub(super) scopes: Scopes,
    /// What may be named besides.
    #[serde(default)]
    pub(super) more: Scopes,
    /// When the person approved, in seconds since 1970.
    pub(super) auth_time: i64,
    /// What came with the scope `openid`, if that was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) openid: Option<Openid>,
    /// What the tokens were asked to carry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) custom_claims: Option<BTreeMap<String, Value>>,
}

/// An authentication request (OpenID Connect Core 1.0, section 3.1.2.1).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Openid {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) nonce: Option<String>,
}

impl Grant {
    /// The scopes of a token that is asked for with `scope`: of what was approved, what the application may still have.
    pub(super) fn granted(
        &self,
        scope: Option<&str>,
        registration: &Registration,
    ) -> Result<Scopes, InvalidScope> {
        let may = registration.allowed_scopes.and(&Scopes::new(OF_OPENID));
        let (mut approved, mut more) = (self.scopes.clone(), self.more.clone());
        approved.retain_known(Some(&may));
        more.retain_known(Some(&may));
        let named = scope.map(|scope| without_offline(scope, registration.refresh_tokens));
        match named.filter(|named| !named.is_empty()) {
            Some(named) => approved.and(&more).grant(Some(&named)),
            // Somebody approved something, of which nothing is left.
            None if approved.is_empty() && !self.scopes.is_empty() => Err(InvalidScope),
            None => Ok(approved),
        }
    }
}

impl Identity {
    /// How tokens name this identity. One without an e-mail address is named by its id.
    pub(super) fn subject(&self, field: SubjectField) -> &str {
        match field {
            SubjectField::Id => &self.id,
            SubjectField::Email => self.email.as_ref().unwrap_or(&self.id),
            SubjectField::Username => &self.username,
        }
    }

    /// Whether this is the person that `login_hint` means.
    pub(super) fn is_hinted_at(&self, login_hint: &str) -> bool {
        [Some(&self.id), Some(&self.username), self.email.as_ref()]
            .into_iter()
            .flatten()
            .any(|name| name == login_hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_what_the_application_names_persons_by() {
        let mut identity = Identity {
            id: "id-1".to_owned(),
            display_name: "Ada".to_owned(),
            username: "ada".to_owned(),
            email: Some("ada@example.com".to_owned()),
        };
        assert_eq!(identity.subject(SubjectField::Id), "id-1");
        assert_eq!(identity.subject(SubjectField::Username), "ada");
        assert_eq!(identity.subject(SubjectField::Email), "ada@example.com");
        assert!(identity.is_hinted_at("ada") && !identity.is_hinted_at("Ada"));
        identity.email = None;
        assert_eq!(identity.subject(SubjectField::Email), "id-1");
    }
}
