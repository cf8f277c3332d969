//! What ends with an owner although it does not stand below it: the clients of applications, which stand at the root, and
//! the tokens that act for a person, which are their applications'.

use specmint_store::{Owner, OwnerId, Store, Token};

use super::application::{API, kind};
use super::person;
use super::refresh::REFRESH_TOKEN;
use super::registration::Registration;
use crate::attributes;
use crate::failure::Failure;

/// What hangs on an owner.
#[derive(Default)]
pub(crate) struct LooseEnds {
    /// The clients of the applications that it is or that stand below it.
    pub(crate) clients: Vec<OwnerId>,
    /// The tokens and codes that act for it, where it is a person.
    pub(crate) tokens: Vec<Token>,
}

impl LooseEnds {
    /// Those of `owner`, of whatever API.
    pub(crate) async fn of(store: &Store, owner: &Owner) -> Result<Self, Failure> {
        let mut ends = Self::default();
        if owner.api != API {
            return Ok(ends);
        }
        if owner.kind == kind::IDENTITY {
            ends.tokens = person::tokens_of(store, owner).await?;
            return Ok(ends);
        }
        for application in applications(store, owner).await? {
            let client_id = attributes::of_owner::<Registration>(&application)?.client_id;
            let client = store
                .find_owner(API, kind::CLIENT, None, &client_id)
                .await?;
            ends.clients.extend(client.map(|client| client.id));
        }
        Ok(ends)
    }
}

/// Whether the tokens of the same approval end with this one (RFC 7009, section 2.1).
pub(crate) fn ends_its_family(token: &Token) -> bool {
    token.api == API && token.kind == REFRESH_TOKEN
}

/// The applications of a tenant or a realm, or the one that `owner` is.
async fn applications(store: &Store, owner: &Owner) -> Result<Vec<Owner>, Failure> {
    let realms = match owner.kind.as_str() {
        kind::APPLICATION => return Ok(vec![owner.clone()]),
        kind::REALM => vec![owner.id],
        kind::TENANT => {
            let realms = store.owners(API, kind::REALM, Some(owner.id)).await?;
            realms.iter().map(|realm| realm.id).collect()
        }
        _ => Vec::new(),
    };
    let mut applications = Vec::new();
    for realm in realms {
        applications.extend(store.owners(API, kind::APPLICATION, Some(realm)).await?);
    }
    Ok(applications)
}
