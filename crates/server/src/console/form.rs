//! A form that was sent back by one who is signed in.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::{Bytes, Data};
use actix_web::{FromRequest, HttpRequest};

use super::Console;
use super::csrf;
use super::fields::Fields;
use super::session::Session;
use super::trouble::Trouble;

/// A form of a page of ours.
pub(super) struct Form {
    pub(super) session: Session,
    pub(super) fields: Fields,
}

impl FromRequest for Form {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Trouble>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let session = Session::from_request(request, payload);
        let sent = Sent::from_request(request, payload);
        Box::pin(async move {
            let session = session.await?;
            let Sent(fields) = sent.await?;
            if !session.owns(fields.get(csrf::MEMBER).unwrap_or_default()) {
                return Err(Trouble::Forged);
            }
            Ok(Self { session, fields })
        })
    }
}

/// A form that no page of another site sent, as far as the browser tells; whose it is was not looked at.
pub(super) struct Sent(pub(super) Fields);

impl FromRequest for Sent {
    type Error = Trouble;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Trouble>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let head = check(request);
        let body = Bytes::from_request(request, payload);
        Box::pin(async move {
            head?;
            let body = body.await.map_err(|_| Trouble::TooLarge)?;
            Ok(Self(Fields::parse(&body)))
        })
    }
}

fn check(request: &HttpRequest) -> Result<(), Trouble> {
    let console = request.app_data::<Data<Console>>();
    if !console.ok_or(Trouble::Failure)?.site.sent_this(request) {
        return Err(Trouble::Forged);
    }
    let media_type = request.headers().get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let media_type = media_type.and_then(|value| value.split(';').next());
    let is_form = media_type.is_some_and(|media_type| {
        media_type
            .trim()
            .eq_ignore_ascii_case("application/x-www-form-urlencoded")
    });
    if is_form {
        Ok(())
    } else {
        Err(Trouble::NoForm)
    }
}
