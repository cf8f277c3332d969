//! The pages on which a person redeems an identity token.

use askama::Template;
use specmint_runtime::types::Uuid;

use super::error::{Ended, Error, status};
use crate::failure::Failure;
use crate::hosted_page::{HostedPage, Needs, Nonce};
use crate::notice::Notice;

/// The form leads to a callback URL, which is an https one.
const NEEDS: Needs<'_> = Needs {
    script: true,
    leads_to: "https:",
};

/// Renders the page that `template` makes of a new nonce.
pub(super) fn page<T: Template>(template: impl FnOnce(Nonce) -> T) -> Result<HostedPage, Failure> {
    NEEDS.page(template)
}

/// Asks for what an authentication flow needs. The form goes to where the page came from, by a relative reference, so
/// that it finds its way behind a proxy that serves it under another path.
#[derive(Template)]
#[template(path = "identity.html")]
pub(super) struct Asking<'a> {
    pub(super) nonce: Nonce,
    pub(super) application: &'a str,
    /// The site that is signed in to.
    pub(super) site: &'a str,
    /// Where the browser goes then.
    pub(super) back: &'a str,
    pub(super) user_name: &'a str,
    pub(super) token: &'a str,
    /// At least one.
    pub(super) ways: &'a [Way],
    /// What is wrong with what was sent.
    pub(super) problem: Option<&'a str>,
}

/// A way to sign in: an authentication flow, or what stands in for one.
pub(super) struct Way {
    pub(super) id: Option<Uuid>,
    pub(super) name: String,
    pub(super) description: Option<String>,
    pub(super) recommended: bool,
    pub(super) open: bool,
    pub(super) fields: Vec<Field>,
}

/// Something to fill in.
pub(super) struct Field {
    /// In the form.
    pub(super) name: String,
    pub(super) label: String,
    /// What goes in there, in a few more words.
    pub(super) hint: Option<&'static str>,
    /// What was answered before, of what is no secret.
    pub(super) value: String,
    /// Whether what is typed is not shown.
    pub(super) hidden: bool,
    pub(super) required: bool,
    pub(super) autocomplete: &'static str,
}

/// Tells its opener of the identity, and leads on.
#[derive(Template)]
#[template(path = "identity_created.html")]
pub(super) struct Created<'a> {
    pub(super) nonce: Nonce,
    pub(super) application: &'a str,
    pub(super) identity_id: Uuid,
    pub(super) location: &'a str,
}

impl Error {
    /// The status and the page of the answer.
    pub(super) fn page(self) -> (u16, HostedPage) {
        let (status, heading, text) = match self {
            Self::Form(page) => return (400, page),
            Self::Rejected(rejection) => {
                let text = format!(
                    "What your browser sent cannot be read: {}.",
                    rejection.message()
                );
                return (
                    status(&rejection),
                    notice("This does not look right", &text),
                );
            }
            Self::Ended(ended) => ended.notice(),
            Self::ApplicationNotFound
            | Self::AuthFlowNotFound
            | Self::IdentityNotFound
            | Self::InvalidApiKey
            | Self::Invalid(_)
            | Self::Taken
            | Self::Missing
            | Self::Failure => (
                500,
                "Something went wrong here",
                "The server failed. Go back to the app that sent you here, and try again from there.",
            ),
        };
        (status, notice(heading, text))
    }
}

impl Ended {
    const fn notice(self) -> (u16, &'static str, &'static str) {
        match self {
            Self::Unknown => (
                404,
                "This link is not known",
                "It may have been cut off on its way. Go back to the app that sent you here, and start again from there.",
            ),
            Self::Used => (
                410,
                "This link has been used",
                "An account was connected by it, and each link works once. If that was not you, tell the app that sent you here.",
            ),
            Self::Expired => (
                410,
                "This link has expired",
                "It was good for 15 minutes. Go back to the app that sent you here, and start again from there.",
            ),
            Self::Withdrawn => (
                410,
                "This link is no longer good",
                "The application that it was for is gone. Go back to the app that sent you here.",
            ),
        }
    }
}

/// A page that says one thing; an empty one, if even that fails.
fn notice(heading: &str, text: &str) -> HostedPage {
    let page = page(|nonce| Notice {
        nonce,
        heading,
        text,
    });
    page.unwrap_or_else(|Failure| HostedPage {
        body: String::new(),
        content_security_policy: String::new(),
    })
}
