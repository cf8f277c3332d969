//! What the framework refused, in the contract's own shape.

use specmint_runtime::{Problem, Rejection};

use crate::wire::models;
use crate::wire::{
    AnswerResponse, EchoResponse, FormResponse, HeadResponse, LimitsResponse, QueryResponse,
    UniqueResponse, UploadResponse,
};

/// A refusal.
#[derive(Debug)]
pub struct Refused(Rejection);

impl Refused {
    fn body(&self) -> models::Problem {
        models::Problem {
            detail: self.0.message().into_owned(),
        }
    }
}

impl From<Rejection> for Refused {
    fn from(rejection: Rejection) -> Self {
        Self(rejection)
    }
}

impl From<Refused> for Problem {
    fn from(refused: Refused) -> Self {
        refused.0.into()
    }
}

impl From<Refused> for QueryResponse {
    fn from(refused: Refused) -> Self {
        Self::BadRequest(refused.body())
    }
}

impl From<Refused> for HeadResponse {
    fn from(refused: Refused) -> Self {
        Self::BadRequest(refused.body())
    }
}

impl From<Refused> for FormResponse {
    fn from(refused: Refused) -> Self {
        match refused.0.status() {
            422 => Self::UnprocessableContent(refused.body()),
            _ => Self::BadRequest(refused.body()),
        }
    }
}

impl From<Refused> for UniqueResponse {
    fn from(refused: Refused) -> Self {
        match refused.0.status() {
            422 => Self::UnprocessableContent(refused.body()),
            _ => Self::BadRequest(refused.body()),
        }
    }
}

impl From<Refused> for LimitsResponse {
    fn from(refused: Refused) -> Self {
        Self::UnprocessableContent(refused.body())
    }
}

impl From<Refused> for UploadResponse {
    fn from(refused: Refused) -> Self {
        match refused.0.status() {
            415 => Self::UnsupportedMediaType(refused.body()),
            422 => Self::UnprocessableContent(refused.body()),
            _ => Self::BadRequest(refused.body()),
        }
    }
}

impl From<Refused> for EchoResponse {
    fn from(refused: Refused) -> Self {
        Self::UnsupportedMediaType(refused.body())
    }
}

impl From<Refused> for AnswerResponse {
    fn from(refused: Refused) -> Self {
        Self::Default {
            status: refused.0.status(),
            body: refused.body(),
        }
    }
}
