//! The pages that a merchant sees. Forms go to relative references, so that they find their way behind a proxy that
//! serves them under another path.

use askama::Template;
use specmint::vtex::models::{ConsentStep, DeniedStep, SignInStep};
use specmint_runtime::preferred;

use super::return_url::host;
use crate::failure::Failure;
use crate::hosted_page::{HostedPage, Needs, Nonce};
use crate::notice::Notice;

const JSON: &str = "application/json";

/// No page has a script. The last form leads to a return URL, which is an https one.
const NEEDS: Needs<'_> = Needs {
    script: false,
    leads_to: "https:",
};

/// What a page is where not even a page can be made.
const BARE: &str =
    "<!doctype html><html lang=\"en\"><title>Failed</title><p>The server failed.</p></html>";

/// Where a merchant signs in or up.
#[derive(Debug)]
pub(super) struct SignInPage {
    host: String,
    token: String,
    /// Where the forms go: a reference to what their addresses begin with.
    base: &'static str,
    email: String,
    new: bool,
    alarm: Option<String>,
}

#[derive(Template)]
#[template(path = "vtex/sign_in.html")]
struct SignInHtml<'a> {
    nonce: Nonce,
    page: &'a SignInPage,
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

    pub(super) fn html(&self) -> HostedPage {
        html(|nonce| SignInHtml { nonce, page: self })
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
#[derive(Debug)]
pub(super) struct ConsentPage {
    host: String,
    email: String,
    ticket: String,
}

#[derive(Template)]
#[template(path = "vtex/consent.html")]
struct ConsentHtml<'a> {
    nonce: Nonce,
    page: &'a ConsentPage,
}

impl ConsentPage {
    pub(super) fn new(return_url: &str, email: String, ticket: String) -> Self {
        Self {
            host: host(return_url).to_owned(),
            email,
            ticket,
        }
    }

    pub(super) fn html(&self) -> HostedPage {
        html(|nonce| ConsentHtml { nonce, page: self })
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

/// Where a merchant who declined is told so.
#[derive(Debug)]
pub(super) struct DeniedPage;

impl DeniedPage {
    pub(super) fn html(&self) -> HostedPage {
        notice(
            "Nothing was connected",
            "VTEX got no credentials. You can close this page.",
        )
    }
}

impl From<DeniedPage> for DeniedStep {
    fn from(DeniedPage: DeniedPage) -> Self {
        Self {
            connected: Default::default(),
        }
    }
}

/// Where a merchant is told something, and no more.
pub(super) fn notice(heading: &str, text: &str) -> HostedPage {
    html(|nonce| Notice {
        nonce,
        heading,
        text,
    })
}

/// Whether the client prefers JSON to a page. Browsers do not.
pub(super) fn json_is_preferred() -> bool {
    preferred(&["text/html", JSON]) == Some(JSON)
}

/// The policy of an answer without a page: headers do not depend on what the client prefers.
pub(super) fn policy() -> String {
    NEEDS.bare_policy()
}

/// The page as HTML.
fn html<T: Template>(template: impl FnOnce(Nonce) -> T) -> HostedPage {
    NEEDS.page(template).unwrap_or_else(|Failure| HostedPage {
        body: BARE.to_owned(),
        content_security_policy: policy(),
    })
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
            SignInPage::new(&url, hostile()).html(),
            SignInPage::again(&url, hostile(), hostile(), true, hostile()).html(),
            ConsentPage::new(&url, hostile(), hostile()).html(),
            notice(HOSTILE, HOSTILE),
        ] {
            let page = page.body;
            assert!(
                !page.contains("<script") && !page.contains("\"'>"),
                "{page}"
            );
            assert!(page.contains("script&"), "{page}");
        }
    }

    #[test]
    fn forms_post_to_relative_references() {
        let actions = |page: HostedPage| {
            let forms = page.body.split("<form method=\"post\" action=\"").skip(1);
            let action = |form: &str| form.split('"').next().unwrap_or_default().to_owned();
            forms.map(action).collect::<Vec<_>>()
        };
        let url = "https://store.example/";
        let page = SignInPage::new(url, String::new());
        assert_eq!(
            actions(page.html()),
            ["redirect/sign-in", "redirect/sign-up"]
        );
        let none = String::new;
        let page = SignInPage::again(url, none(), none(), false, none());
        assert_eq!(actions(page.html()), ["sign-in", "sign-up"]);
        let page = ConsentPage::new(url, none(), none());
        assert_eq!(actions(page.html()), ["consent"]);
    }
}
