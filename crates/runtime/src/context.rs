//! What a request carries through every poll of its future: its id, its limits, what it presented.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;
use std::time::Duration;

use actix_web::http::header::{ACCEPT, HeaderMap, HeaderValue};

use crate::request_id::RequestId;

/// What a request may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The largest body that is kept in memory, in bytes. 1 MiB by default.
    pub body_bytes: usize,
    /// The largest body that is handed over as it arrives, in bytes. 100 MiB by default.
    pub stream_bytes: usize,
    /// How many parts a `multipart` body may have. 1000 by default.
    pub parts: usize,
    /// How long security, body and handler may take together. 30 seconds by default.
    pub handler_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes: 1024 * 1024,
            stream_bytes: 100 * 1024 * 1024,
            parts: 1000,
            handler_timeout: Duration::from_secs(30),
        }
    }
}

#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) request_id: RequestId,
    pub(crate) limits: Limits,
    /// Where the request comes from.
    pub(crate) client: Option<IpAddr>,
    /// `Accept`.
    accept: Option<HeaderValue>,
    /// A bearer token was presented, so that the challenge says what is wrong with it (RFC 6750, section 3.1).
    pub(crate) bearer_presented: Cell<bool>,
    /// The body is being awaited, so that what takes too long is the client.
    pub(crate) reading: Cell<bool>,
}

impl Context {
    pub(crate) fn new(headers: &HeaderMap, limits: Limits, client: Option<IpAddr>) -> Self {
        Self {
            request_id: RequestId::of(headers),
            limits,
            client,
            accept: accept(headers),
            bearer_presented: Cell::new(false),
            reading: Cell::new(false),
        }
    }

    /// Awaits something of the body. Where that is let go before its end, the client was still waited for.
    pub(crate) async fn receive<T>(&self, body: impl Future<Output = T>) -> T {
        self.reading.set(true);
        let received = body.await;
        self.reading.set(false);
        received
    }

    /// `Accept`, where the client sent one that can be read.
    pub(crate) fn accept(&self) -> Option<&str> {
        self.accept.as_ref()?.to_str().ok()
    }
}

/// Fields of the same name are one list (RFC 9110, section 5.3).
fn accept(headers: &HeaderMap) -> Option<HeaderValue> {
    let mut values = headers.get_all(ACCEPT);
    let first = values.next()?;
    let Some(second) = values.next() else {
        // It shares the octets of the request.
        return Some(first.clone());
    };
    let all = [first, second].into_iter().chain(values);
    let all: Vec<&[u8]> = all.map(HeaderValue::as_bytes).collect();
    HeaderValue::from_bytes(&all.join(&b","[..])).ok()
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Context>>> = const { RefCell::new(None) };
}

/// The context of the request whose future is being polled on this thread.
pub(crate) fn current() -> Option<Rc<Context>> {
    CURRENT.with_borrow(Clone::clone)
}

/// Notes that the request brings a bearer token elsewhere than in its header field, as in a form (RFC 6750, section 2.2),
/// so that a challenge says what is wrong with it. Does nothing outside of a request.
pub fn bearer_in_body() {
    if let Some(context) = current() {
        context.bearer_presented.set(true);
    }
}

/// Makes a context current until dropped, so also when a poll panics.
pub(crate) struct Entered(Option<Rc<Context>>);

pub(crate) fn enter(context: &Rc<Context>) -> Entered {
    Entered(CURRENT.replace(Some(Rc::clone(context))))
}

impl Drop for Entered {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}
