//! The page on which a person picks an identity and approves.

use askama::Template;

use super::application::Identity;
use crate::failure::Failure;
use crate::hosted_page::{HostedPage, Needs, Nonce, led_by};

/// What the page shows, and the ticket by which its form is known again. The form goes by a relative reference, so that it
/// finds its way behind a proxy that serves the page under another path.
pub(super) struct Consent {
    pub(super) application: String,
    pub(super) scopes: Vec<String>,
    /// At least one.
    pub(super) identities: Vec<Identity>,
    pub(super) ticket: String,
    /// Where the browser goes then.
    pub(super) redirect_uri: String,
}

#[derive(Template)]
#[template(path = "consent.html")]
struct ConsentHtml<'a> {
    nonce: Nonce,
    page: &'a Consent,
}

impl Consent {
    /// The page as HTML. To the client it is led on by a redirect.
    pub(super) fn html(&self) -> Result<HostedPage, Failure> {
        let needs = Needs {
            script: false,
            leads_to: &led_by(&self.redirect_uri),
        };
        needs.page(|nonce| ConsentHtml { nonce, page: self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_shows_what_is_asked_and_escapes_it() {
        let page = Consent {
            application: "Tools <&> Things".to_owned(),
            scopes: vec!["tokens:read".to_owned()],
            identities: vec![
                Identity {
                    id: "id-1".to_owned(),
                    display_name: "Ada".to_owned(),
                    username: "ada@example.com".to_owned(),
                    email: None,
                },
                Identity {
                    id: "id-2".to_owned(),
                    display_name: "Grace".to_owned(),
                    username: "grace@example.com".to_owned(),
                    email: None,
                },
            ],
            ticket: "the-ticket".to_owned(),
            redirect_uri: "com.example.app:/cb".to_owned(),
        };
        let page = page.html().unwrap();
        let policy = page.content_security_policy;
        assert!(
            policy.contains("form-action 'self' http: https: com.example.app:;"),
            "{policy}"
        );
        let html = page.body;
        assert!(!html.contains("Tools <&> Things"));
        assert!(html.contains("tokens:read"));
        assert!(html.contains(r#"name="ticket" value="the-ticket""#));
        assert_eq!(
            html.matches(r#"type="radio" name="identity_id""#).count(),
            2
        );
        assert_eq!(html.matches(" checked").count(), 1);
        assert!(html.contains(r#"value="approve""#) && html.contains(r#"value="deny""#));
        assert!(!html.contains("<script"));
    }
}
