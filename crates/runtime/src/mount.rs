//! Contracts as one actix-web service.

use std::collections::BTreeSet;
use std::fmt;
use std::future::{Future, Ready, ready};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{self, Poll};

use actix_web::dev::{
    AppService, HttpServiceFactory, ResourceDef, Service, ServiceFactory, ServiceRequest,
    ServiceResponse,
};
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{Error, HttpRequest, HttpResponse};
use futures_util::future::LocalBoxFuture;

use crate::context::{Context, Limits};
use crate::observe::{Observed, Route};
use crate::operation::Operation;
use crate::problem::problem;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::routes::{Captures, Node};

/// A generated service: a contract with who implements it.
pub trait Mountable: Send + Sync + 'static {
    /// The tree of its path templates.
    fn routes(&self) -> &'static Node;

    /// Its operations, by the index that the tree gives.
    fn operations(&self) -> &'static [&'static Operation];

    /// Answers a request of the operation with that index.
    fn call(&self, operation: usize, request: Request) -> LocalBoxFuture<'static, HttpResponse>;
}

/// Any number of contracts, served from the root. Register it last: it answers every path, with 404 problem details
/// where no contract has it.
#[derive(Clone, Default)]
pub struct Mount {
    services: Vec<Arc<dyn Mountable>>,
    limits: Limits,
}

impl Mount {
    /// No contract yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a contract. Where two have the same path and method, the earlier one answers.
    #[must_use]
    pub fn with(mut self, service: impl Mountable) -> Self {
        self.services.push(Arc::new(service));
        self
    }

    /// Sets what a request may cost.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Who answers, or the methods that the path has.
    fn route(&self, method: &Method, path: &str) -> Result<Found<'_>, BTreeSet<&'static str>> {
        let mut allowed = BTreeSet::new();
        for service in &self.services {
            let Some((node, captures)) = service.routes().find(path) else {
                continue;
            };
            if let Some(index) = operation(node, method.as_str()) {
                return Ok(Found {
                    service: service.as_ref(),
                    index,
                    captures,
                });
            }
            allowed.extend(node.operations.iter().map(|(method, _)| *method));
        }
        Err(allowed)
    }

    fn answer(&self, http: &HttpRequest, payload: actix_web::dev::Payload) -> Observed {
        let context = Rc::new(Context::new(http.headers(), self.limits));
        let method = http.method().clone();
        let found = self.route(&method, http.uri().path());
        let (route, inner): (_, LocalBoxFuture<'static, _>) = match found {
            Ok(found) => match found.service.operations().get(found.index) {
                Some(operation) => {
                    let request = Request {
                        http: http.clone(),
                        payload,
                        captures: found.captures,
                        operation,
                        context: Rc::clone(&context),
                    };
                    (operation.path, found.service.call(found.index, request))
                }
                None => ("", Box::pin(crate::not_found())),
            },
            Err(allowed) => {
                let options = method == Method::OPTIONS;
                ("", Box::pin(async move { unrouted(allowed, options) }))
            }
        };
        Observed::new(context, method, Route::Static(route), inner)
    }
}

struct Found<'m> {
    service: &'m dyn Mountable,
    index: usize,
    captures: Captures,
}

fn operation(node: &Node, method: &str) -> Option<usize> {
    let named = |name: &str| node.operations.iter().find(|(own, _)| *own == name);
    let found = named(method).or_else(|| named("GET").filter(|_| method == "HEAD"));
    found.map(|(_, index)| *index)
}

/// 404, 405, or 204 for OPTIONS (RFC 9110, section 9.3.7).
fn unrouted(mut allowed: BTreeSet<&'static str>, options: bool) -> HttpResponse {
    if allowed.is_empty() {
        return problem(&Rejection::from(Kind::NotFound));
    }
    if allowed.contains("GET") {
        allowed.insert("HEAD");
    }
    allowed.insert("OPTIONS");
    let allow = allowed.into_iter().collect::<Vec<_>>().join(", ");
    if !options {
        return problem(&Rejection::from(Kind::MethodNotAllowed { allow }));
    }
    let mut response = HttpResponse::new(StatusCode::NO_CONTENT);
    if let Ok(allow) = HeaderValue::from_str(&allow) {
        response.headers_mut().insert(ALLOW, allow);
    }
    response
}

impl fmt::Debug for Mount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mount")
            .field("services", &self.services.len())
            .field("limits", &self.limits)
            .finish()
    }
}

impl HttpServiceFactory for Mount {
    fn register(self, config: &mut AppService) {
        let factory = MountFactory(Rc::new(self));
        config.register_service(ResourceDef::root_prefix(""), None, factory, None);
    }
}

struct MountFactory(Rc<Mount>);

impl ServiceFactory<ServiceRequest> for MountFactory {
    type Response = ServiceResponse;
    type Error = Error;
    type Config = ();
    type Service = MountService;
    type InitError = ();
    type Future = Ready<Result<MountService, ()>>;

    fn new_service(&self, (): ()) -> Self::Future {
        ready(Ok(MountService(Rc::clone(&self.0))))
    }
}

struct MountService(Rc<Mount>);

impl Service<ServiceRequest> for MountService {
    type Response = ServiceResponse;
    type Error = Error;
    type Future = Answer;

    actix_web::dev::always_ready!();

    fn call(&self, request: ServiceRequest) -> Answer {
        let (http, payload) = request.into_parts();
        let observed = self.0.answer(&http, payload);
        Answer {
            observed,
            http: Some(http),
        }
    }
}

/// The answer on its way back to actix-web.
struct Answer {
    observed: Observed,
    http: Option<HttpRequest>,
}

impl Future for Answer {
    type Output = Result<ServiceResponse, Error>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Self::Output> {
        let Poll::Ready(response) = Pin::new(&mut self.observed).poll(cx) else {
            return Poll::Pending;
        };
        match self.http.take() {
            Some(http) => Poll::Ready(Ok(ServiceResponse::new(http, response))),
            None => Poll::Pending,
        }
    }
}
