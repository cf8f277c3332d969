//! What a person filled in, as credentials.

use specmint::anchorbrowser::models::{
    AuthMethod, AuthenticatorCredential, AuthenticatorCredentialType, Credential, CustomCredential,
    CustomCredentialType, CustomField, CustomFieldDefinition, IdentityForm,
    UsernamePasswordCredential, UsernamePasswordCredentialType,
};

use super::auth_flow::Flow;
use super::credentials::is_base32;
use super::ways::{custom_name, standard};

/// What is wrong with what was filled in, for the one who did.
type Problem = &'static str;

const NOT_OFFERED: Problem = "This way to sign in is no longer offered. Choose again.";
const INCOMPLETE: Problem = "Something is missing. Fill in every field that is not optional.";
const NOT_BASE32: Problem =
    "The setup key has only letters and the digits 2 to 7. Copy it again from where it was shown.";

/// The credentials that the chosen one of `flows` asks for.
pub(super) fn credentials(flows: &[Flow], form: &IdentityForm) -> Result<Vec<Credential>, Problem> {
    let chosen = flows.iter().find(|flow| Some(flow.id) == form.auth_flow_id);
    let flow = match (chosen, flows, form.auth_flow_id) {
        (Some(flow), ..) => flow.record.clone(),
        (None, [], None) => standard(),
        _ => return Err(NOT_OFFERED),
    };
    let of_methods = flow.methods.iter().filter_map(|method| match method {
        AuthMethod::UsernamePassword => Some(username_password(form)),
        AuthMethod::Authenticator => Some(authenticator(form)),
        // Its fields stand by themselves.
        AuthMethod::Custom => None,
    });
    let custom = (!flow.custom_fields.is_empty()).then(|| custom(&flow.custom_fields, form));
    of_methods.chain(custom).collect()
}

fn username_password(form: &IdentityForm) -> Result<Credential, Problem> {
    Ok(Credential::from(UsernamePasswordCredential {
        r#type: UsernamePasswordCredentialType::UsernamePassword,
        username: given(form.username.as_ref())?,
        password: given(form.password.as_ref())?,
    }))
}

fn authenticator(form: &IdentityForm) -> Result<Credential, Problem> {
    let secret = given(form.secret.as_ref())?;
    if !is_base32(&secret) {
        return Err(NOT_BASE32);
    }
    Ok(Credential::from(AuthenticatorCredential {
        r#type: AuthenticatorCredentialType::Authenticator,
        secret,
        otp: form.otp.clone().filter(|otp| !otp.is_empty()),
    }))
}

fn custom(fields: &[CustomFieldDefinition], form: &IdentityForm) -> Result<Credential, Problem> {
    let mut answers = Vec::with_capacity(fields.len());
    for CustomFieldDefinition { name } in fields {
        let answer = form.additional_properties.get(&custom_name(name));
        answers.push(CustomField {
            name: name.clone(),
            value: given(answer)?,
        });
    }
    Ok(Credential::from(CustomCredential {
        r#type: CustomCredentialType::Custom,
        fields: answers,
    }))
}

fn given(answer: Option<&String>) -> Result<String, Problem> {
    let answer = answer.filter(|answer| !answer.is_empty());
    answer.cloned().ok_or(INCOMPLETE)
}
