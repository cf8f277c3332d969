//! How an application obtains tokens, between what is kept and what is told.

use specmint::beyond_identity::models::{
    FieldViolation, ProtocolConfig, ProtocolConfigConfidentiality, ProtocolConfigGrantTypeItem,
    ProtocolConfigPkce, ProtocolConfigRequest, ProtocolConfigTokenEndpointAuthMethod,
    ProtocolConfigTokenFormat, ProtocolConfigType, TokenConfiguration,
    TokenConfigurationSubjectField, TokenConfigurationTokenSigningAlgorithm,
};
use specmint_runtime::types::Uri;

use super::error::violation;
use super::redirect_uri;
use crate::beyond_identity::registration::{
    GrantType, Pkce, Protocol, Registration, SubjectField, TokenFormat,
};
use crate::beyond_identity::resource_server::ResourceServer;
use crate::beyond_identity::scopes::Scopes;
use crate::failure::Failure;

/// Two enums of the same variants, one kept and one told.
macro_rules! alike {
    ($($kept:ident $told:ident: $($variant:ident)+;)+) => {$(
        impl From<$kept> for $told {
            fn from(kept: $kept) -> Self {
                match kept {
                    $($kept::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$told> for $kept {
            fn from(told: $told) -> Self {
                match told {
                    $($told::$variant => Self::$variant,)+
                }
            }
        }
    )+};
}

alike! {
    Protocol ProtocolConfigType: Oauth2 Oidc;
    GrantType ProtocolConfigGrantTypeItem: AuthorizationCode ClientCredentials;
    Pkce ProtocolConfigPkce: Disabled Plain S256;
    TokenFormat ProtocolConfigTokenFormat: SelfContained Referential;
    SubjectField TokenConfigurationSubjectField: Id Email Username;
}

/// Changes of `registration` what `config` has.
pub(super) fn apply(registration: &mut Registration, config: ProtocolConfigRequest) {
    registration.protocol = config.r#type.into();
    if let Some(scopes) = config.allowed_scopes {
        registration.allowed_scopes = Scopes::distinct(scopes);
    }
    if let Some(confidentiality) = config.confidentiality {
        registration.confidential = confidentiality == ProtocolConfigConfidentiality::Confidential;
    }
    if let Some(grant_types) = config.grant_type {
        registration.grant_types = grant_types.into_iter().map(Into::into).collect();
    }
    if let Some(uris) = config.redirect_uris {
        registration.redirect_uris = uris.iter().map(ToString::to_string).collect();
    }
    if let Some(tokens) = config.token_configuration {
        registration.expires_after = tokens.expires_after;
        if let Some(field) = tokens.subject_field {
            registration.subject_field = field.into();
        }
    }
    if let Some(pkce) = config.pkce {
        registration.pkce = pkce.into();
    }
    if let Some(format) = config.token_format {
        registration.token_format = format.into();
    }
    if let Some(enable) = config.enable_refresh_tokens {
        registration.refresh_tokens = enable;
    }
}

/// What keeps `registration` from being kept, whose members each are valid.
pub(super) fn violations(registration: &Registration) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    let grants = &registration.grant_types;
    if !registration.confidential && registration.pkce == Pkce::Disabled {
        let description = "must be enabled for a public application";
        found.push(violation("application.protocol_config.pkce", description));
    }
    if !registration.confidential && grants.contains(&GrantType::ClientCredentials) {
        let description = "must not have client_credentials for a public application";
        found.push(violation(
            "application.protocol_config.grant_type",
            description,
        ));
    }
    let uris = "application.protocol_config.redirect_uris";
    if grants.contains(&GrantType::AuthorizationCode) && registration.redirect_uris.is_empty() {
        found.push(violation(
            uris,
            "must have at least one URI for authorization_code",
        ));
    }
    for (index, uri) in registration.redirect_uris.iter().enumerate() {
        if !redirect_uri::is_safe(uri) {
            found.push(violation(&format!("{uris}.{index}"), redirect_uri::SAFE));
        }
    }
    found
}

/// What keeps its scopes from being kept: those of `server` are all that it may have, and without one none.
pub(super) fn scope_violations(
    registration: &Registration,
    server: Option<&ResourceServer>,
) -> Vec<FieldViolation> {
    let mut found = Vec::new();
    if registration.resource_server.is_some() && server.is_none() {
        found.push(violation("application.resource_server_id", "not found"));
        return found;
    }
    let mut known = registration.allowed_scopes.clone();
    known.retain_known(server.map(|server| &server.scopes));
    if known != registration.allowed_scopes {
        let description = match server {
            Some(_) => "must be scopes of the resource server",
            None => "must be empty without a resource server",
        };
        found.push(violation(
            "application.protocol_config.allowed_scopes",
            description,
        ));
    }
    found
}

/// `registration` as it is told, with the secret of its client.
pub(super) fn told(
    registration: Registration,
    client_secret: Option<String>,
) -> Result<ProtocolConfig, Failure> {
    use ProtocolConfigConfidentiality as Confidentiality;
    use ProtocolConfigTokenEndpointAuthMethod as AuthMethod;
    let (confidentiality, auth_method) = match registration.confidential {
        true => (Confidentiality::Confidential, AuthMethod::ClientSecretBasic),
        false => (Confidentiality::Public, AuthMethod::None),
    };
    let uris = registration.redirect_uris.iter();
    let uris: Result<Vec<Uri>, _> = uris.map(|uri| uri.parse()).collect();
    let scopes = registration.allowed_scopes.iter();
    Ok(ProtocolConfig {
        r#type: registration.protocol.into(),
        allowed_scopes: Some(scopes.map(ToOwned::to_owned).collect()),
        client_id: Some(registration.client_id),
        client_secret,
        confidentiality: Some(confidentiality),
        token_endpoint_auth_method: Some(auth_method),
        grant_type: Some(
            registration
                .grant_types
                .into_iter()
                .map(Into::into)
                .collect(),
        ),
        redirect_uris: Some(uris.map_err(Failure::because)?),
        token_configuration: Some(TokenConfiguration {
            expires_after: registration.expires_after,
            token_signing_algorithm: Some(TokenConfigurationTokenSigningAlgorithm::Rs256),
            subject_field: Some(registration.subject_field.into()),
        }),
        pkce: Some(registration.pkce.into()),
        token_format: Some(registration.token_format.into()),
        enable_refresh_tokens: Some(registration.refresh_tokens),
    })
}
