//! The page that sends an answer to the client by POST (OAuth 2.0 Form Post Response Mode, section 2).

use askama::Template;

use crate::failure::Failure;
use crate::hosted_page::{HostedPage, Needs, Nonce, led_by};

/// A form that sends itself, or by a button where no scripts run.
#[derive(Debug)]
pub(super) struct FormPost {
    action: String,
    parameters: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "form_post.html")]
struct FormPostHtml<'a> {
    nonce: Nonce,
    page: &'a FormPost,
}

impl FormPost {
    /// One that sends `parameters` to `action`.
    pub(super) fn new(action: &str, parameters: &[(&str, &str)]) -> Self {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Self {
            action: action.to_owned(),
            parameters: parameters.iter().map(own).collect(),
        }
    }

    /// The page as HTML, with the script that sends the form.
    pub(super) fn html(&self) -> Result<HostedPage, Failure> {
        let needs = Needs {
            script: true,
            leads_to: &led_by(&self.action),
        };
        needs.page(|nonce| FormPostHtml { nonce, page: self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_escapes_what_it_sends_and_runs_its_own_script_only() {
        let page = FormPost::new("https://app.example.com/cb?a=1&b", &[("state", "\"><b>")]);
        let page = page.html().unwrap();
        let (html, policy) = (page.body, page.content_security_policy);
        assert!(!html.contains("<b>"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        let (_, rest) = html.split_once("<script nonce=\"").unwrap();
        let (nonce, _) = rest.split_once('"').unwrap();
        assert!(policy.contains(&format!("script-src 'nonce-{nonce}'")));
        assert!(
            policy.contains("form-action 'self' http: https:;"),
            "{policy}"
        );
    }
}
