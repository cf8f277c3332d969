//! How to call each API with the objects of the demo: commands that work when pasted.

use std::fmt::Write;

use form_urlencoded::byte_serialize;

use super::Demo;
use super::shell::quoted;
use crate::provider::Provider;

// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Answers have no line end of their own, so that without one they would run together.
const CURL: &str = "curl -sS -w '\\n'";

/// Commands for `apis` on the server at `url`; `auto_approve` says whether that server needs no person.
#[must_use]
pub fn guide(demo: &Demo, url: &str, apis: &[Provider], auto_approve: bool) -> String {
    let mut text = String::new();
    for api in apis {
        let commands = match api {
            Provider::AnchorBrowser => anchorbrowser(demo, url),
            Provider::Infisical => infisical(demo, url),
            Provider::Applivery => applivery(demo, url),
            Provider::BeyondIdentity => beyond_identity(demo, url, auto_approve),
            Provider::Vtex => vtex(demo, url),
        };
        // Writing to a String does not fail.
        let _ = write!(text, "# {}\n{commands}\n", api.title());
    }
    text
}

fn anchorbrowser(demo: &Demo, url: &str) -> String {
    let it = &demo.anchorbrowser;
    let to = format!("{url}/v1/applications/{}/tokens", it.application_id);
    format!(
        "{CURL} {} \\\n  -H 'anchor-api-key: {}' \\\n  \
         -H 'Content-Type: application/json' \\\n  -d '{{\"callbackUrl\":\"https://app.example.com/linked\"}}'\n",
        quoted(&to),
        it.api_key
    )
}

fn infisical(demo: &Demo, url: &str) -> String {
    let it = &demo.infisical;
    let to = format!(
        "{url}/api/v1/auth/token-auth/identities/{}/tokens",
        it.identity_id
    );
    format!(
        "{CURL} {} \\\n  \
         -H 'Authorization: Bearer {}' \\\n  -H 'Content-Type: application/json' \\\n  -d '{{\"name\":\"my token\"}}'\n",
        quoted(&to),
        it.access_token
    )
}

fn applivery(demo: &Demo, url: &str) -> String {
    let it = &demo.applivery;
    let to = format!(
        "{url}/v1/organizations/{}/apps/{}/tokens",
        it.organization_slug, it.application_slug
    );
    format!(
        "{CURL} {} \\\n  -H 'Authorization: Bearer {}' \\\n  \
         -H 'Content-Type: application/json' \\\n  -d '{{\"description\":\"my token\",\"scopes\":[\"sdk\"]}}'\n",
        quoted(&to),
        it.api_key
    )
}

fn beyond_identity(demo: &Demo, url: &str, auto_approve: bool) -> String {
    let it = &demo.beyond_identity;
    let at = |application: &str, endpoint: &str| {
        format!(
            "{url}/v1/tenants/{}/realms/{}/applications/{application}/{endpoint}",
            it.tenant_id, it.realm_id
        )
    };
    let redirect_uri: String = byte_serialize(it.redirect_uri.as_bytes()).collect();
    let token = at(&it.application_id, "token");
    let public_token = at(&it.public_application_id, "token");
    let client_id = &it.public_client_id;
    let authorize = format!(
        "{}?response_type=code&client_id={client_id}&redirect_uri={redirect_uri}\
         &scope=openid&state=any&code_challenge={CHALLENGE}&code_challenge_method=S256",
        at(&it.public_application_id, "authorize")
    );
    let code = if auto_approve {
        format!(
            "# Or by the authorization code of a person, who approves by itself here:\n\
             CODE=$(curl -sS -o /dev/null -w '%{{redirect_url}}' \\\n  {} \\\n  \
             | sed 's/.*[?&]code=\\([^&]*\\).*/\\1/')\n",
            quoted(&authorize)
        )
    } else {
        format!(
            "# Or by the authorization code of a person: open this in a browser and approve.\n\
             # {authorize}\n\
             # Then, within a minute, with the code out of the address bar as CODE:\n"
        )
    };
    format!(
        "{CURL} {} \\\n  -u '{}:{}' \\\n  -d 'grant_type=client_credentials&scope=tokens:read'\n\
         {code}\
         {CURL} {} \\\n  -d \"grant_type=authorization_code&code=$CODE\" \\\n  \
         -d 'client_id={client_id}&redirect_uri={redirect_uri}&code_verifier={VERIFIER}'\n",
        quoted(&token),
        it.client_id,
        it.client_secret,
        quoted(&public_token),
    )
}

fn vtex(demo: &Demo, url: &str) -> String {
    let to = format!("{url}/authorization/token");
    format!(
        "{CURL} {} \\\n  \
         -H 'Content-Type: application/json' \\\n  -d '{{\"applicationId\":\"{}\",\"returnUrl\":\"https://store.example.com/return?authorizationCode=\"}}'\n",
        quoted(&to),
        demo.vtex.application_id
    )
}

#[cfg(test)]
mod tests {
    use specmint_store::{Options, Store};

    use super::*;
    use crate::demo;

    #[tokio::test]
    async fn every_command_names_the_server_and_ends_its_answer_s_line() {
        let directory = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}/store.db", directory.path().display());
        let store = Store::open(Options::new(url)).await.unwrap();
        let demo = demo::make(&store).await.unwrap().demo;
        for auto_approve in [false, true] {
            let guide = guide(&demo, "http://[::1]:80", &Provider::ALL, auto_approve);
            let commands = guide.lines().filter(|line| line.starts_with("curl "));
            assert_eq!(commands.clone().count(), 6);
            for command in commands {
                assert!(
                    command.starts_with(r"curl -sS -w '\n' 'http://[::1]:80/"),
                    "{command}"
                );
            }
        }
    }
}
