//! What codegen emits for a small contract, written by hand.

mod contract;
mod implementation;
mod models;

use std::sync::Arc;

pub use implementation::Implementation;
pub use models::*;
use specmint_runtime::types::Uuid;
use specmint_runtime::{
    Access, ApiKey, Basic, Bearer, Check, ClientCertificate, Credentials, HttpResponse,
    LocalBoxFuture, Mountable, Node, Operation, Rejection, Reply, Request, Response, Stop, respond,
    xml,
};

use contract::*;

#[allow(async_fn_in_trait)]
pub trait Security: Send + Sync + 'static {
    type Caller;
    type Error: From<Rejection>;

    async fn key(&self, key: ApiKey, scopes: &[&str]) -> Result<Self::Caller, Self::Error>;
    async fn token(&self, token: Bearer, scopes: &[&str]) -> Result<Self::Caller, Self::Error>;
    async fn client(&self, client: Basic, scopes: &[&str]) -> Result<Self::Caller, Self::Error>;
    async fn digest(
        &self,
        digest: Credentials,
        scopes: &[&str],
    ) -> Result<Self::Caller, Self::Error>;
    async fn certificate(
        &self,
        certificate: ClientCertificate,
        scopes: &[&str],
    ) -> Result<Self::Caller, Self::Error>;
    async fn combine_callers(
        &self,
        first: Self::Caller,
        second: Self::Caller,
    ) -> Result<Self::Caller, Self::Error>;
}

#[allow(async_fn_in_trait)]
pub trait Api:
    Security<Error: Into<CreateItemResponse> + Into<EchoResponse> + Into<RevokeResponse>>
{
    /// `POST /items/{itemId}`
    async fn create_item(
        &self,
        caller: Self::Caller,
        item_id: Uuid,
        limit: i64,
        tag: Option<String>,
        mode: Option<Mode>,
        body: Item,
    ) -> Result<CreateItemResponse, Self::Error>;

    /// `GET /echo/{text}/end`
    async fn echo(&self, text: String) -> Result<EchoResponse, Self::Error>;

    /// `GET /echo/literal/other`
    async fn other(&self) -> Result<EchoResponse, Self::Error>;

    /// `GET /whoami`
    async fn whoami(&self, caller: Self::Caller) -> Result<EchoResponse, Self::Error>;

    /// `POST /revoke`
    async fn revoke(
        &self,
        caller: Option<Self::Caller>,
        body: Revocation,
    ) -> Result<RevokeResponse, Self::Error>;

    /// `GET /fail/{how}`
    async fn fail(&self, how: String) -> Result<CreateItemResponse, Self::Error>;

    /// `GET /bare/{how}`, which documents no refusal
    async fn bare(&self, how: String) -> Result<EchoResponse, Self::Error>;

    /// `GET /list`
    async fn list(
        &self,
        ids: Option<Vec<i64>>,
        names: Option<Vec<String>>,
        filter: Option<Filter>,
        range: Option<Filter>,
        session: Option<String>,
    ) -> Result<EchoResponse, Self::Error>;
}

#[derive(Clone, Debug, PartialEq)]
pub enum CreateItemResponse {
    Created { body: Item, location: String },
    BadRequest(ErrorBody),
    Unauthorized(ErrorBody),
    Forbidden(ErrorBody),
    PayloadTooLarge(ErrorBody),
    UnsupportedMediaType(ErrorBody),
    InternalServerError(ErrorBody),
}

impl Reply for CreateItemResponse {
    fn reply(self) -> Response {
        match self {
            Self::Created { body, location } => {
                Response::json(201, &body).header("location", location)
            }
            Self::BadRequest(body) => Response::json(400, &body),
            Self::Unauthorized(body) => Response::json(401, &body),
            Self::Forbidden(body) => Response::json(403, &body),
            Self::PayloadTooLarge(body) => Response::json(413, &body),
            Self::UnsupportedMediaType(body) => Response::json(415, &body),
            Self::InternalServerError(body) => Response::json(500, &body),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum EchoResponse {
    Ok(String),
}

impl Reply for EchoResponse {
    fn reply(self) -> Response {
        match self {
            Self::Ok(body) => Response::body(200, "text/plain; charset=utf-8", body),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum RevokeResponse {
    Ok(String),
    UnprocessableContent(ErrorBody),
}

impl Reply for RevokeResponse {
    fn reply(self) -> Response {
        match self {
            Self::Ok(body) => Response::body(200, "text/plain; charset=utf-8", body),
            Self::UnprocessableContent(body) => Response::json(422, &body),
        }
    }
}

pub struct Service<A>(Arc<A>);

pub fn service<A: Api>(api: A) -> Service<A> {
    Service(Arc::new(api))
}

impl<A: Api> Mountable for Service<A> {
    fn routes(&self) -> &'static [Node] {
        ROUTES
    }

    fn operations(&self) -> &'static [&'static Operation] {
        OPERATIONS
    }

    fn call(&self, operation: usize, request: Request) -> LocalBoxFuture<'static, HttpResponse> {
        let api = Arc::clone(&self.0);
        match operation {
            0 => Box::pin(async move { respond(&CREATE_ITEM, create_item(&*api, request)).await }),
            1 => Box::pin(async move { respond(&ECHO, echo(&*api, request)).await }),
            2 => Box::pin(async move { respond(&OTHER, other(&*api, request)).await }),
            3 => Box::pin(async move { respond(&REVOKE, revoke(&*api, request)).await }),
            4 => Box::pin(async move { respond(&FAIL, fail(&*api, request)).await }),
            5 => Box::pin(async move { respond(&BARE, bare(&*api, request)).await }),
            6 => Box::pin(async move { respond(&LIST, list(&*api, request)).await }),
            7 => Box::pin(async move { respond(&NOTE, note(&*api, request)).await }),
            8 => Box::pin(async move { respond(&WHOAMI, whoami(&*api, request)).await }),
            9 => Box::pin(async move { respond(&NAMED, other(&*api, request)).await }),
            _ => Box::pin(specmint_runtime::not_found()),
        }
    }
}

async fn create_item<A: Api>(
    api: &A,
    mut request: Request,
) -> Result<CreateItemResponse, Stop<A::Error>> {
    let mut access = Access::new();
    let key = request.api_key_header("x-key");
    access.alternative(key, |key| api.key(key, &[])).await;
    let token = request.bearer();
    let verify = |token| api.token(token, &["items:write"]);
    access.alternative(token, verify).await;
    let caller = access.caller()?;

    let mut parameters = request.parameters("");
    let item_id = parameters.required::<Uuid>(&ITEM_ID, |_| true);
    let limit = parameters.required::<i64>(&LIMIT, |value| {
        use specmint_runtime::check;
        check::minimum(value, 1) && check::maximum(value, 10)
    });
    let tag =
        parameters.optional::<String>(&TAG, |value| specmint_runtime::check::max_length(value, 3));
    let mode = parameters.optional::<Mode>(&MODE, |_| true);
    let (Some(item_id), Some(limit), Some(tag), Some(mode)) = (item_id, limit, tag, mode) else {
        return Err(parameters.rejection().into());
    };
    request.content_type(&["application/json"])?;
    let body = request.json(ITEM_BODY, Item::check).await?;
    let answer = api.create_item(caller, item_id, limit, tag, mode, body);
    answer.await.map_err(Stop::Failed)
}

async fn echo<A: Api>(api: &A, request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    let mut parameters = request.parameters("");
    let text = parameters.required::<String>(&TEXT, |_| true);
    let Some(text) = text else {
        return Err(parameters.rejection().into());
    };
    api.echo(text).await.map_err(Stop::Failed)
}

async fn other<A: Api>(api: &A, _request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    api.other().await.map_err(Stop::Failed)
}

async fn revoke<A: Api>(api: &A, mut request: Request) -> Result<RevokeResponse, Stop<A::Error>> {
    let mut access = Access::new();
    let client = request.basic().and(request.api_key_cookie("sid"));
    let verify = |(client, sid)| async move {
        let caller = api.client(client, &[]).await?;
        api.combine_callers(caller, api.key(sid, &[]).await?).await
    };
    access.alternative(client, verify).await;
    let key = request.api_key_query("key");
    access.alternative(key, |key| api.key(key, &[])).await;
    let caller = access.caller_or_anonymous()?;

    let supported = &[
        "application/json",
        "application/xml",
        "application/x-www-form-urlencoded",
    ];
    let body = match request.content_type(supported)? {
        0 => request.json(REVOCATION_BODY, Revocation::check).await?,
        1 => {
            let root = xml::Element::object("revocation", &REVOCATION_XML);
            let body = request.xml(REVOCATION_BODY, root, Revocation::check);
            body.await?
        }
        _ => request.form(REVOCATION_BODY, Revocation::check).await?,
    };
    api.revoke(caller, body).await.map_err(Stop::Failed)
}

static REVOCATION_XML: xml::Object = xml::Object(&[
    xml::Member::attribute("count", xml::Element::number("count")),
    xml::Member::element("token", xml::Element::string("token")),
    xml::Member::element("mode", xml::Element::string("mode")),
]);

async fn fail<A: Api>(api: &A, request: Request) -> Result<CreateItemResponse, Stop<A::Error>> {
    let mut parameters = request.parameters("");
    let Some(how) = parameters.required::<String>(&TEXT, |_| true) else {
        return Err(parameters.rejection().into());
    };
    api.fail(how).await.map_err(Stop::Failed)
}

async fn bare<A: Api>(api: &A, request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    let mut parameters = request.parameters("");
    let Some(how) = parameters.required::<String>(&TEXT, |_| true) else {
        return Err(parameters.rejection().into());
    };
    api.bare(how).await.map_err(Stop::Failed)
}

async fn list<A: Api>(api: &A, request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    let mut parameters = request.parameters("");
    let ids = parameters.optional_list::<i64>(&IDS, |_| true);
    let names = parameters.optional_list::<String>(&NAMES, |_| true);
    let filter = parameters.optional_object::<Filter>(&FILTER, Check::check);
    let range = parameters.optional_object::<Filter>(&RANGE, Check::check);
    let session = parameters.optional::<String>(&SESSION, |_| true);
    let (Some(ids), Some(names), Some(filter), Some(range), Some(session)) =
        (ids, names, filter, range, session)
    else {
        return Err(parameters.rejection().into());
    };
    let answer = api.list(ids, names, filter, range, session);
    answer.await.map_err(Stop::Failed)
}

async fn note<A: Api>(api: &A, mut request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    request.content_type(&["text/plain"])?;
    let text = request.text("/parameters/text", |_: &String| true).await?;
    api.echo(text).await.map_err(Stop::Failed)
}

async fn whoami<A: Api>(api: &A, request: Request) -> Result<EchoResponse, Stop<A::Error>> {
    let mut access = Access::new();
    let digest = request.credentials("Digest");
    access
        .alternative(digest, |digest| api.digest(digest, &[]))
        .await;
    let certificate = request.client_certificate();
    let verify = |certificate| api.certificate(certificate, &[]);
    access.alternative(certificate, verify).await;
    let caller = access.caller()?;
    api.whoami(caller).await.map_err(Stop::Failed)
}
