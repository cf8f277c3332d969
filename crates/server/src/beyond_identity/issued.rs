//! Tokens that somebody presents: which of ours they are.

use std::sync::Arc;

use specmint_store::{Token, split};

use super::BeyondIdentity;
use super::access_token::{ACCESS_TOKEN, Claims, Record, row_of};
use super::application::API;
use super::error::Error;
use super::refresh::REFRESH_TOKEN;
use crate::attributes;

/// A token of ours, whatever has become of it since.
#[derive(Debug)]
pub(super) enum Issued {
    /// What it says, and its row.
    Access(Box<Claims>, Arc<Token>),
    Refresh(Arc<Token>),
}

impl Issued {
    pub(super) fn row(&self) -> &Arc<Token> {
        match self {
            Self::Access(_, row) | Self::Refresh(row) => row,
        }
    }
}

impl BeyondIdentity {
    /// The token of that text, if we issued it.
    pub(super) async fn issued(&self, text: &str) -> Result<Option<Issued>, Error> {
        // No reference has a dot, and no JWT is without.
        if text.contains('.') {
            self.self_contained(text).await
        } else {
            self.referential(text).await
        }
    }

    async fn self_contained(&self, text: &str) -> Result<Option<Issued>, Error> {
        let Some(claims) = self.keys.read::<Claims>(text).await? else {
            return Ok(None);
        };
        let Some(id) = row_of(&claims.jti) else {
            return Ok(None);
        };
        let row = self.store.verify(id, text.as_bytes()).await?;
        let ours = row.filter(|row| row.api == API && row.kind == ACCESS_TOKEN);
        Ok(ours.map(|row| Issued::Access(Box::new(claims), row)))
    }

    async fn referential(&self, text: &str) -> Result<Option<Issued>, Error> {
        let Some((id, secret)) = split::parse("", text) else {
            return Ok(None);
        };
        let row = self.store.verify(id, secret.as_ref()).await?;
        let Some(row) = row.filter(|row| row.api == API) else {
            return Ok(None);
        };
        match &*row.kind {
            REFRESH_TOKEN => Ok(Some(Issued::Refresh(row))),
            ACCESS_TOKEN => {
                let claims = attributes::of_token::<Record>(&row)?.claims;
                Ok(claims.map(|claims| Issued::Access(Box::new(claims), row)))
            }
            _ => Ok(None),
        }
    }
}
