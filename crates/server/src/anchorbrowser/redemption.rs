//! How a person makes an identity of an identity token: what the page asks, and what becomes of the answers.

use specmint::anchorbrowser::SubmitIdentityPageResponse;
use specmint::anchorbrowser::models::{IdentityForm, IdentityFormPopup};
use specmint_runtime::types::Uri;
use specmint_store::Owner;

use super::AnchorBrowser;
use super::application::ApplicationRecord;
use super::auth_flow::Flow;
use super::credentials::status;
use super::error::Error;
use super::filled_in::credentials;
use super::identity::{IdentityRecord, UNNAMED, new_identity};
use super::page::{Asking, Created, Way, page};
use super::site::{host, site};
use super::token::Link;
use super::ways::ways;
use crate::attributes;
use crate::callback;
use crate::failure::Failure;
use crate::hosted_page::HostedPage;

/// Who acts, for the trail: the person has no name here.
const BY: &str = "page:identity";

impl AnchorBrowser {
    /// The page for a token that can be redeemed.
    pub(super) async fn identity_page(
        &self,
        token: &str,
        user_name: Option<String>,
    ) -> Result<HostedPage, Error> {
        let link = self.link(token).await?;
        let flows = self.flows_by_advice(&link.application).await?;
        let user_name = user_name.unwrap_or_default();
        ask(&link, &ways(&flows, None, ""), token, &user_name, None)
    }

    /// Makes the identity, and leads the browser back.
    pub(super) async fn redeem(
        &self,
        form: IdentityForm,
    ) -> Result<SubmitIdentityPageResponse, Error> {
        let link = self.link(&form.token).await?;
        let flows = self.flows_by_advice(&link.application).await?;
        let credentials = match credentials(&flows, &form) {
            Ok(credentials) => credentials,
            Err(problem) => {
                let user_name = form.user_name.as_deref().unwrap_or_default();
                let username = form.username.as_deref().unwrap_or_default();
                let ways = ways(&flows, form.auth_flow_id, username);
                let page = ask(&link, &ways, &form.token, user_name, Some(problem))?;
                return Err(Error::Form(page));
            }
        };
        let application: ApplicationRecord = attributes::of_owner(&link.application)?;
        let name = form.user_name.filter(|name| !name.trim().is_empty());
        let record = IdentityRecord {
            name: name.unwrap_or_else(|| UNNAMED.to_owned()),
            source: application.source.unwrap_or_default(),
            status: status(&credentials),
            metadata: Default::default(),
            auth_flow: form.auth_flow_id,
        };
        let new = new_identity(link.application.id, &record, &credentials, BY)?;
        let identity = self.use_up(&link, new).await?;
        let popup = form.popup == Some(IdentityFormPopup::True);
        lead_back(&link, &application.name, &identity, popup)
    }

    /// The flows of an application, those first that people ought to take.
    async fn flows_by_advice(&self, application: &Owner) -> Result<Vec<Flow>, Error> {
        let mut flows = self.auth_flows(application.id).await?;
        flows.sort_by_key(|flow| !flow.record.is_recommended);
        Ok(flows)
    }
}

fn ask(
    link: &Link,
    ways: &[Way],
    token: &str,
    user_name: &str,
    problem: Option<&str>,
) -> Result<HostedPage, Error> {
    let application: ApplicationRecord = attributes::of_owner(&link.application)?;
    let site = site(application.source.as_deref().unwrap_or_default());
    let back = host(link.callback_url()?);
    Ok(page(|nonce| Asking {
        nonce,
        application: &application.name,
        site: &site,
        back: &back,
        user_name,
        token,
        ways,
        problem,
    })?)
}

/// The way back to the callback URL; in a popup by a page that tells its opener first.
fn lead_back(
    link: &Link,
    application: &str,
    identity: &Owner,
    popup: bool,
) -> Result<SubmitIdentityPageResponse, Error> {
    let id = identity.id.to_string();
    let callback_url = link.callback_url()?;
    let outcome = [
        ("identity_id", id.as_str()),
        ("identityId", &id),
        ("status", "success"),
    ];
    let location = callback::with_query(callback_url, &outcome);
    if popup {
        let page = page(|nonce| Created {
            nonce,
            application,
            identity_id: identity.id.into(),
            location: &location,
        })?;
        return Ok(SubmitIdentityPageResponse::Ok {
            body: page.body,
            content_security_policy: page.content_security_policy,
        });
    }
    let location = Uri::parse(location).map_err(|(error, _)| Failure::because(error))?;
    Ok(SubmitIdentityPageResponse::SeeOther { location })
}
