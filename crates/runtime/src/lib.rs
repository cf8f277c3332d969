//! What generated servers stand on at run time: decoding, validation, security, rejections, responses.
//!
//! Generated code is data and glue; all behaviour is here, as plain functions. The crate knows no
//! provider. A request travels so: [`Mount`] finds the operation in the contract's [`Node`] tree and
//! calls the generated [`Mountable`]; the glue takes credentials ([`Access`]), parameters
//! ([`Parameters`]) and the body ([`Request::json`]) from the [`Request`]; [`respond`] awaits it and
//! renders what came of it, a documented response ([`Reply`]) or problem details (RFC 9457).

mod accept;
mod access;
mod body;
mod body_stream;
mod breach;
mod challenge;
pub mod check;
mod client_address;
#[cfg(debug_assertions)]
mod conformance;
mod context;
mod credential;
mod cross_origin;
pub mod decode;
mod field_encoding;
mod media_type;
mod mount;
mod multipart;
mod network;
mod nullable;
mod observe;
mod operation;
pub mod outgoing;
mod parameters;
mod percent;
mod plain;
mod problem;
mod reading;
mod refusals;
mod rejection;
mod request;
mod request_head;
mod request_id;
mod respond;
mod response;
mod routes;
mod rules;
mod schemas;
pub mod shape;
mod status;
pub mod types;
mod untyped;
mod violation;
pub mod xml;

pub use accept::preferred;
pub use access::Access;
pub use actix_web::HttpResponse;
pub use body_stream::BodyStream;
pub use breach::{Breach, Unknown};
pub use check::Check;
pub use client_address::{client_address, client_behind};
pub use context::{Limits, bearer_in_body};
pub use credential::{ApiKey, Basic, Bearer, ClientCertificate, Credentials, Presented};
pub use decode::FromText;
pub use field_encoding::{FieldEncoding, FieldForm};
pub use futures_util::future::LocalBoxFuture;
pub use mount::{Mount, Mountable};
pub use multipart::{Incoming, Multipart, OtherParts, Part, PartFacts, Parts};
pub use network::{InvalidNetwork, Network};
pub use nullable::Nullable;
pub use observe::observe;
pub use operation::Operation;
pub use parameters::{Parameter, Parameters, Style};
pub use problem::{Problem, not_found, problem};
pub use rejection::{Kind, Rejection, Stop, Unauthorized};
pub use request::Request;
pub use request_head::RequestHead;
pub use request_id::{RequestId, request_id};
pub use respond::{respond, respond_or_problem};
pub use response::{Body, Event, Events, Items, Media, Reply, Response};
pub use routes::{Edge, Node, When};
pub use rules::Rules;
pub use schemas::Schemas;
pub use status::StatusIn;
pub use violation::{Location, Violation};
