//! The pages that a merchant sees. Forms go to relative references, so that they find their way behind a proxy that
//! serves them under another path.

use askama::Template;
use specmint::vtex::models::{ConsentStep, SignInStep};
use specmint_runtime::preferred;

use super::return_url::host;
use crate::failure::Failure;
use crate::notice::Notice;

const JSON: &str = "application/json";

/// What a page is where not even a page can be made.
const BARE: &str =
    "<!doctype html><html lang=\"en\"><title>Failed</title><p>The server failed.</p></html>";

/// Where a merchant signs in or up.
#[derive(Debug, Template)]
#[template(path = "vtex/sign_in.html")]
pub(super) struct SignInPage {
    host: String,
    token: String,
    /// Where the forms go: a reference to what their addresses begin with.
    base: &'static str,
    email: String,
    new: bool,
    alarm: Option<String>,
}

impl SignInPage {
    /// The page at its own address.
    pub(super) fn new(return_url: &str, token: String) -> Self {
        Self {
            host: host(return_url).to_owned(),
            token,
            base: "redirect/",
            email: String::new(),
            new: false,
            alarm: None,
        }
    }

    /// The page in answer to one of its forms, with what is wrong.
    pub(super) fn again(
        return_url: &str,
        token: String,
        email: String,
        new: bool,
        alarm: String,
    ) -> Self {
        Self {
            base: "",
            email,
            new,
            alarm: Some(alarm),
            ..Self::new(return_url, token)
        }
    }
}

impl From<SignInPage> for SignInStep {
    fn from(page: SignInPage) -> Self {
        Self {
            sign_in: format!("{}sign-in", page.base),
            sign_up: format!("{}sign-up", page.base),
            host: page.host,
        }
    }
}

/// Where a merchant decides.
#[derive(Debug, Template)]
#[template(path = "vtex/consent.html")]
pub(super) struct ConsentPage {
    host: String,
    email: String,
    ticket: String,
}

impl ConsentPage {
    pub(super) fn new(return_url: &str, email: String, ticket: String) -> Self {
        Self {
            host: host(return_url).to_owned(),
            email,
            ticket,
        }
    }
}

impl From<ConsentPage> for ConsentStep {
    fn from(page: ConsentPage) -> Self {
        Self {
            host: page.host,
            email: page.email,
            ticket: page.ticket,
            consent: "consent".to_owned(),
        }
    }
}

/// The page on which a merchant is told something, and no more.
pub(super) fn notice(heading: &str, text: &str) -> String {
    html(&Notice {
        nonce: None,
        heading,
        text,
    })
}

/// Whether the client prefers JSON to a page. Browsers do not.
pub(super) fn json_is_preferred() -> bool {
    preferred(&["text/html", JSON]) == Some(JSON)
}

/// The page as HTML.
pub(super) fn html(page: &impl Template) -> String {
    let html = page.render().map_err(Failure::because);
    html.unwrap_or_else(|Failure| BARE.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOSTILE: &str = "\"'><script>alert(1)</script>";

    #[test]
    fn pages_escape_what_others_wrote_and_have_no_script() {
        let url = format!("https://store.example{HOSTILE}/");
        let hostile = || HOSTILE.to_owned();
        for page in [
            html(&SignInPage::new(&url, hostile())),
            html(&SignInPage::again(
                &url,
                hostile(),
                hostile(),
                true,
                hostile(),
            )),
            html(&ConsentPage::new(&url, hostile(), hostile())),
            notice(HOSTILE, HOSTILE),
        ] {
            assert!(
                !page.contains("<script") && !page.contains("\"'>"),
                "{page}"
            );
            assert!(page.contains("script&"), "{page}");
        }
    }

    #[test]
    fn forms_post_to_relative_references() {
        let actions = |page: String| {
            let forms = page.split("<form method=\"post\" action=\"").skip(1);
            let action = |form: &str| form.split('"').next().unwrap_or_default().to_owned();
            forms.map(action).collect::<Vec<_>>()
        };
        let url = "https://store.example/";
        let page = SignInPage::new(url, String::new());
        assert_eq!(
            actions(html(&page)),
            ["redirect/sign-in", "redirect/sign-up"]
        );
        let none = String::new;
        let page = SignInPage::again(url, none(), none(), false, none());
        assert_eq!(actions(html(&page)), ["sign-in", "sign-up"]);
        let page = ConsentPage::new(url, none(), none());
        assert_eq!(actions(html(&page)), ["consent"]);
    }
}
