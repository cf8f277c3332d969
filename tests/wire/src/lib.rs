//! Serves `wire.yaml`: each handler answers with what it was given, so that a client can tell what became of it.

/// What is generated.
#[allow(missing_docs)]
pub mod wire {
    include!(concat!(env!("OUT_DIR"), "/wire/mod.rs"));
}

mod refused;

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use specmint_runtime::{Body, BodyStream, Events, Items, Rejection, StatusIn};

pub use refused::Refused;
use specmint_runtime::types::DateTime;
use wire::models::{Color, Distinct, DistinctEither, EventsOkBody, FormRequest, Limits, Members};
use wire::{
    AnswerResponse, Api, EchoBody, EchoResponse, EventsResponse, FormResponse, HeadResponse,
    LimitsResponse, LinesResponse, PathResponse, QueryParameters, QueryResponse, UniqueResponse,
    UploadPart, UploadResponse,
};

/// The handlers.
#[derive(Debug)]
pub struct Echo;

fn seen(color: &Color) -> Value {
    json!({ "R": color.r, "G": color.g })
}

fn told(members: &Members) -> Value {
    json!({ "first": members.first, "second": members.second })
}

impl Api for Echo {
    type Error = Refused;

    async fn path(
        &self,
        simple: Vec<String>,
        label: Vec<String>,
        matrix: Vec<String>,
        object: Color,
    ) -> Result<PathResponse, Refused> {
        Ok(PathResponse::Ok(json!({
            "simple": simple, "label": label, "matrix": matrix, "object": seen(&object),
        })))
    }

    async fn query(&self, given: QueryParameters) -> Result<QueryResponse, Refused> {
        Ok(QueryResponse::Ok(json!({
            "repeated": given.repeated,
            "listed": given.listed,
            "spaced": given.spaced,
            "piped": given.piped,
            "deep": given.deep.as_ref().map(seen),
            "members": given.members.as_ref().map(told),
            "json": given.json.as_ref().map(seen),
            "count": given.count,
        })))
    }

    async fn head(
        &self,
        words: Option<Vec<String>>,
        color: Option<Color>,
        session: Option<String>,
    ) -> Result<HeadResponse, Refused> {
        Ok(HeadResponse::Ok(json!({
            "words": words, "color": color.as_ref().map(seen), "session": session,
        })))
    }

    async fn form(&self, body: FormRequest) -> Result<FormResponse, Refused> {
        Ok(FormResponse::Ok(json!({
            "name": body.name,
            "words": body.words,
            "listed": body.listed,
            "deep": body.deep.as_ref().map(seen),
            "json": body.json.as_ref().map(seen),
            "members": body.members.as_ref().map(told),
        })))
    }

    async fn upload(
        &self,
        mut body: specmint_runtime::Parts<UploadPart>,
    ) -> Result<UploadResponse, Refused> {
        let (mut color, mut words, mut file) = (Value::Null, Vec::new(), Value::Null);
        while let Some(part) = body.next().await? {
            match part {
                UploadPart::Color(part) => color = seen(&part.value),
                UploadPart::Words(part) => words.push(part.value),
                UploadPart::File(part) => {
                    let (name, media_type) = (part.filename, part.content_type);
                    let bytes = counted(part.value).await?;
                    file = json!({ "name": name, "type": media_type, "bytes": bytes });
                }
            }
        }
        Ok(UploadResponse::Ok(
            json!({ "color": color, "words": words, "file": file }),
        ))
    }

    async fn echo(&self, body: Option<EchoBody>) -> Result<EchoResponse, Refused> {
        Ok(match body {
            None => EchoResponse::NoContent,
            Some(EchoBody::Text(text)) => EchoResponse::OkPlain(text),
            Some(EchoBody::Json(color)) => EchoResponse::OkJson(color),
            Some(EchoBody::Stream(stream)) => EchoResponse::OkImage {
                media_type: stream.content_type().unwrap_or_default().to_owned(),
                body: Body::stream(stream),
            },
        })
    }

    async fn unique(
        &self,
        moments: Option<Vec<DateTime>>,
        body: Distinct,
    ) -> Result<UniqueResponse, Refused> {
        let either = body.either.map(|either| match either {
            DistinctEither::MembersList(all) => ("unique", all.len()),
            DistinctEither::MembersList2(all) => ("few", all.len()),
        });
        Ok(UniqueResponse::Ok(json!({
            "moments": moments.map(|all| all.len()),
            "members": body.members.map(|all| all.len()),
            "ids": body.ids.map(|all| all.len()),
            "either": either,
        })))
    }

    async fn limits(&self, body: Limits) -> Result<LimitsResponse, Refused> {
        Ok(LimitsResponse::Ok(
            serde_json::to_value(&body).unwrap_or_default(),
        ))
    }

    async fn events(&self) -> Result<EventsResponse, Refused> {
        let event = |number: u32| EventsOkBody {
            event: (number > 0).then(|| "later".to_owned()),
            data: format!("{number}\nof three"),
        };
        Ok(EventsResponse::Ok(Events::stream(stream::iter(
            (0..3).map(event),
        ))))
    }

    async fn lines(&self) -> Result<LinesResponse, Refused> {
        let color = |r: i64| Color { r, g: None };
        Ok(LinesResponse::Ok(Items::stream(stream::iter(
            (0..3).map(color),
        ))))
    }

    async fn answer(&self, status: i64) -> Result<AnswerResponse, Refused> {
        let status = u16::try_from(status).unwrap_or(500);
        let detail = |status: u16| wire::models::Problem {
            detail: status.to_string(),
        };
        Ok(match status {
            200 => AnswerResponse::OkJson {
                body: Color { r: 1, g: Some(2) },
                x_count: 3,
                x_words: Some(vec!["a".to_owned(), "b c".to_owned()]),
            },
            201..300 => AnswerResponse::Successful {
                status: StatusIn::or_first(status),
            },
            400..500 => AnswerResponse::ClientError {
                status: StatusIn::or_first(status),
                body: detail(status),
            },
            _ => AnswerResponse::Default {
                status,
                body: detail(status),
            },
        })
    }
}

async fn counted(mut octets: BodyStream) -> Result<usize, Rejection> {
    let mut bytes = 0;
    while let Some(chunk) = octets.next().await {
        bytes += chunk?.len();
    }
    Ok(bytes)
}
