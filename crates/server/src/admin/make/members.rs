//! What an owner may be asked to be: the members that its kind has, and the names that its provider's contract allows.

use serde_json::json;
use specmint::{anchorbrowser, applivery, beyond_identity, infisical};
use specmint_runtime::Schemas;

use super::NewOwner;
use crate::admin::Refused;

/// How many characters the contract gives a name.
const LONGEST_NAME: usize = 200;

/// Refuses members that the kind does not have, and a name that its provider would not take.
pub(super) fn check(asked: &NewOwner) -> Result<(), Refused> {
    let (api, kind) = (asked.provider.as_str(), asked.kind.as_str());
    let has_slug = api == "applivery" || (api, kind) == ("infisical", "organization");
    let members = [
        ("slug", asked.slug.is_some(), has_slug),
        (
            "role",
            asked.role.is_some(),
            (api, kind) == ("infisical", "identity"),
        ),
        (
            "username",
            asked.username.is_some(),
            (api, kind) == ("beyond-identity", "identity"),
        ),
        (
            "source",
            asked.source.is_some(),
            (api, kind) == ("anchorbrowser", "application"),
        ),
    ];
    if let Some((member, ..)) = members.iter().find(|(_, given, has)| *given && !has) {
        return Err(Refused::Invalid {
            pointer: format!("/{member}").into(),
            message: format!("A kind of {api} such as {kind} has no {member}: leave it out."),
        });
    }
    check_name(api, kind, &asked.name)
}

/// Refuses a name that would not be seen, or would not stay on its line.
pub(in crate::admin) fn check_words(name: &str) -> Result<(), Refused> {
    if name.trim().is_empty() || name.chars().any(char::is_control) {
        return bad_name("A name is not blank, and has no control characters.".to_owned());
    }
    if name.chars().count() > LONGEST_NAME {
        return bad_name(format!("A name has at most {LONGEST_NAME} characters."));
    }
    Ok(())
}

fn bad_name(message: String) -> Result<(), Refused> {
    Err(Refused::Invalid {
        pointer: "/name".into(),
        message,
    })
}

fn check_name(api: &str, kind: &str, name: &str) -> Result<(), Refused> {
    check_words(name)?;
    let Some((schemas, pointer)) = schema_of_name(api, kind) else {
        return Ok(());
    };
    let mut found = schemas.violations(pointer, &json!(name)).into_iter();
    match found.next() {
        Some(violation) => bad_name(format!("The name {}.", violation.message)),
        None => Ok(()),
    }
}

/// Where the provider's contract says what a name is.
fn schema_of_name(api: &str, kind: &str) -> Option<(&'static Schemas, &'static str)> {
    Some(match (api, kind) {
        ("anchorbrowser", _) => (
            &anchorbrowser::SCHEMAS,
            "/components/schemas/CreateApplicationRequest/properties/name",
        ),
        ("applivery", _) => (
            &applivery::SCHEMAS,
            "/components/schemas/CreateApplicationRequest/properties/name",
        ),
        ("beyond-identity", "tenant" | "realm") => (
            &beyond_identity::SCHEMAS,
            "/components/schemas/Realm/properties/display_name",
        ),
        ("infisical", _) => (
            &infisical::SCHEMAS,
            "/components/schemas/CreateMachineIdentityRequest/properties/name",
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_what_their_provider_takes() {
        let is_good = |api, kind, name: &str| check_name(api, kind, name).is_ok();
        for (api, kind) in [
            ("anchorbrowser", "team"),
            ("applivery", "organization"),
            ("beyond-identity", "realm"),
            ("beyond-identity", "identity"),
            ("infisical", "identity"),
        ] {
            let endless = "y".repeat(LONGEST_NAME + 1);
            assert!(!is_good(api, kind, &endless), "{api} {kind}");
            assert!(is_good(api, kind, "Field Tools"), "{api} {kind}");
            for bad in ["", "  ", "a\0b", "a\n"] {
                assert!(!is_good(api, kind, bad), "{api} {kind}: {bad:?}");
            }
        }
        assert!(!is_good("beyond-identity", "realm", "<b>"));
        assert!(!is_good("beyond-identity", "tenant", &"y".repeat(65)));
        assert!(!is_good("applivery", "application", &"y".repeat(101)));
    }
}
