//! Reading a request body, no further than the limit.

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::http::header::{CONTENT_LENGTH, HeaderMap, TRANSFER_ENCODING};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;

use crate::rejection::{Kind, Rejection};

/// Whether the header announces a body (RFC 9112, section 6).
pub(crate) fn announced(headers: &HeaderMap) -> bool {
    headers.contains_key(TRANSFER_ENCODING) || length(headers).is_some_and(|length| length > 0)
}

pub(crate) fn length(headers: &HeaderMap) -> Option<usize> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// All octets of the body.
pub(crate) async fn read(
    headers: &HeaderMap,
    payload: &mut Payload,
    limit: usize,
) -> Result<Bytes, Rejection> {
    let too_large = || Rejection::from(Kind::PayloadTooLarge { limit });
    if length(headers).is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let Some(first) = payload.next().await else {
        return Ok(Bytes::new());
    };
    let first = first.map_err(|error| unreadable(&error))?;
    let mut size = first.len();
    if size > limit {
        return Err(too_large());
    }
    // One chunk is the common case, and needs no copy.
    let Some(mut next) = payload.next().await else {
        return Ok(first);
    };
    let mut body = BytesMut::from(&first[..]);
    loop {
        let chunk = next.map_err(|error| unreadable(&error))?;
        size = size.saturating_add(chunk.len());
        if size > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
        match payload.next().await {
            Some(chunk) => next = chunk,
            None => return Ok(body.freeze()),
        }
    }
}

pub(crate) fn unreadable(error: &PayloadError) -> Rejection {
    tracing::debug!(%error, "the request body broke off");
    Rejection::body("content", "could not be read to its end")
}

/// The refusal of a body that takes too long: 408 where the contract documents no status for a bad body (RFC 9110,
/// section 15.5.9).
pub(crate) fn too_slow() -> Rejection {
    Rejection::body("content", "did not arrive in time").with_status(408)
}
