//! The page that sends an answer to the client by POST (OAuth 2.0 Form Post Response Mode, section 2).

use askama::Template;

use crate::failure::Failure;

/// What the page may load: its own style, and the script that sends the form, by its digest (CSP3, section 8.3).
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; \
     script-src 'sha256-ePniVEkSivX/c7XWBGafqh8tSpiRrKiqYeqbG7N1TOE='; \
     base-uri 'none'; frame-ancestors 'none'";

/// A form that sends itself, or by a button where no scripts run.
#[derive(Debug, Template)]
#[template(path = "form_post.html")]
pub(super) struct FormPost {
    action: String,
    parameters: Vec<(String, String)>,
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

    /// The page as HTML.
    pub(super) fn html(&self) -> Result<String, Failure> {
        self.render().map_err(Failure::because)
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::digest::{SHA256, digest};
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    #[test]
    fn the_page_escapes_what_it_sends_and_runs_its_own_script_only() {
        let page = FormPost::new("https://app.example.com/cb?a=1&b", &[("state", "\"><b>")]);
        let html = page.html().unwrap();
        assert!(!html.contains("<b>"), "{html}");
        let (_, rest) = html.split_once("<script>").unwrap();
        let (script, rest) = rest.split_once("</script>").unwrap();
        assert!(!rest.contains("<script"));
        let digest = STANDARD.encode(digest(&SHA256, script.as_bytes()));
        assert!(
            POLICY.contains(&format!("script-src 'sha256-{digest}'")),
            "{digest}"
        );
    }
}
