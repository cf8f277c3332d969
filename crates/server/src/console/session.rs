//! Who is signed in: a split token in a cookie, by whose row the session ends, is revoked, and is found in the trail.

use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use chrono::TimeDelta;
use specmint_store::{NewToken, State, Token, TokenId, split};
use std::future::Future;
use std::pin::Pin;

use super::cookie::Cookie;
use super::trouble::Trouble;
use super::{Console, csrf};
use crate::admin::{API, actor, kind};
use crate::presented;

pub(super) const COOKIE: Cookie = Cookie("specmint_console");

/// What the token starts with.
const PREFIX: &str = "smses_";

const LIFETIME: TimeDelta = TimeDelta::hours(8);

/// A session that is good.
#[derive(Clone)]
pub(super) struct Session {
    /// Its row.
    pub(super) id: TokenId,
    /// Who acts in it, for the trail: the key that signed in.
    pub(super) by: String,
    /// What that key is called.
    pub(super) key_name: String,
    /// What its forms carry.
    pub(super) csrf: String,
    cookie: Rc<str>,
}

impl Session {
    /// Begins a session of `key`: the header field by which the browser keeps it.
    pub(super) async fn begin(console: &Console, key: &Token) -> Result<String, Trouble> {
        let store = console.admin.store();
        let (id, text, hash) = split::mint(PREFIX);
        let owner = console.admin.administration().await?;
        let end = store.now() + LIFETIME;
        let new = NewToken {
            id: Some(id),
            name: key.name.clone(),
            expires_at: key.expires_at.into_iter().chain([end]).min(),
            parent: Some(key.id),
            minted_by: Some(actor(key)),
            ..NewToken::new(API, kind::SESSION, owner, hash)
        };
        store.mint(new).await?;
        Ok(COOKIE.keep(&text, LIFETIME.num_seconds(), &console.site))
    }

    /// The session of a request, if it has a good one. It ends with its key.
    async fn find(console: &Console, request: &HttpRequest) -> Result<Option<Self>, Trouble> {
        let Some(cookie) = COOKIE.read(request, &console.site) else {
            return Ok(None);
        };
        let store = console.admin.store();
        let found = presented::issued(store, API, kind::SESSION, PREFIX, &cookie).await?;
        let active = |token: &Token| token.state(store.now()) == State::Active;
        let Some(session) = found.filter(|session| active(session)) else {
            return Ok(None);
        };
        let key = match session.parent {
            Some(id) => store.token(id).await?.filter(|key| active(key)),
            None => None,
        };
        Ok(key.map(|key| Self {
            id: session.id,
            by: actor(&key),
            key_name: key.name.clone().unwrap_or_else(|| "unnamed".to_owned()),
            csrf: csrf::of(&cookie),
            cookie: cookie.into(),
        }))
    }

    /// Whether a form carries what this session's forms do.
    pub(super) fn owns(&self, carried: &str) -> bool {
        csrf::verify(&self.cookie, carried)
    }

    /// Ends it.
    pub(super) async fn end(&self, console: &Console) -> Result<(), Trouble> {
        console.admin.revoke(self.id, &self.by).await?;
        Ok(())
    }
}

/// Whoever is not signed in is sent to where that is done, and back from there.
impl FromRequest for Session {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Trouble>>>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        Box::pin(async move {
            let console = request.app_data::<Data<Console>>();
            let console = console.ok_or(Trouble::Failure)?;
            let found = Self::find(console, &request).await?;
            let session = found.ok_or_else(|| Trouble::sign_in(&request))?;
            // For the frame of whatever page comes of it.
            request.extensions_mut().insert(session.clone());
            Ok(session)
        })
    }
}
