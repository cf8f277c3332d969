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

use crate::client_address;
use crate::context::{Context, Limits};
use crate::cross_origin;
use crate::network::Network;
use crate::observe::{Observed, Route};
use crate::operation::Operation;
use crate::problem::problem;
use crate::rejection::{Kind, Rejection};
use crate::request::Request;
use crate::routes::{self, Captures, Node, When};
use crate::rules::Rules;

/// A generated service: a contract with who implements it.
pub trait Mountable: Send + Sync + 'static {
    /// The tree of the contract's path templates, its root first.
    fn routes(&self) -> &'static [Node];

    /// The operations that this service has.
    fn operations(&self) -> &'static [&'static Operation];

    /// The number that the tree gives to the first of [`Self::operations`]; the others follow. A service of one tag shares
    /// the tree of the whole contract, so that which template a path has does not depend on what is mounted.
    fn first(&self) -> usize {
        0
    }

    /// Answers a request of the operation with this number in the tree.
    fn call(&self, operation: usize, request: Request) -> LocalBoxFuture<'static, HttpResponse>;
}

/// Any number of contracts, served from the root. Register it last: it answers every path, with 404 problem details
/// where no contract has it.
#[derive(Clone, Default)]
pub struct Mount {
    services: Vec<(Arc<dyn Mountable>, Rules)>,
    limits: Limits,
    proxies: Arc<[Network]>,
}

impl Mount {
    /// No contract yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a contract. Where two have the same path and method, the earlier one answers.
    #[must_use]
    pub fn with(self, service: impl Mountable) -> Self {
        self.with_rules(service, Rules::default())
    }

    /// Adds a contract with rules for some of its operations.
    #[must_use]
    pub fn with_rules(mut self, service: impl Mountable, rules: Rules) -> Self {
        self.services.push((Arc::new(service), rules));
        self
    }

    /// Sets what a request may cost.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// Sets which proxies are believed when they say, in `X-Forwarded-For`, whom they pass a request on for; none by default,
    /// for anyone can send that field. See [`client_address`](crate::client_address()).
    #[must_use]
    pub fn trusted_proxies(mut self, proxies: impl IntoIterator<Item = Network>) -> Self {
        self.proxies = proxies.into_iter().collect();
        self
    }

    /// Who answers a request by `method`, or the methods that the path has.
    fn route(
        &self,
        http: &HttpRequest,
        method: &Method,
    ) -> Result<Found<'_>, BTreeSet<&'static str>> {
        let mut allowed = BTreeSet::new();
        for (service, rules) in &self.services {
            let service = service.as_ref();
            let Some((node, captures)) = routes::find(service.routes(), http.uri().path()) else {
                continue;
            };
            let found = number(node, http, method)
                .and_then(|number| Some((number, served(service, number)?)))
                .filter(|(_, operation)| rules.admit(operation, method));
            if let Some((number, operation)) = found {
                return Ok(Found {
                    service,
                    number,
                    operation,
                    captures,
                    open: rules.is_open(operation),
                    may_call_a_form_json: rules.may_call_a_form_json(operation),
                });
            }
            for (method, number) in node.methods() {
                let Some(operation) = served(service, number) else {
                    continue;
                };
                allowed.insert(method);
                if method == "GET" && rules.admit(operation, &Method::HEAD) {
                    allowed.insert("HEAD");
                }
            }
        }
        Err(allowed)
    }

    fn answer(&self, http: &HttpRequest, payload: actix_web::dev::Payload) -> Observed {
        let headers = http.headers();
        let client = client_address::client(http.peer_addr(), headers, &self.proxies);
        let context = Rc::new(Context::new(headers, self.limits, client));
        let method = http.method().clone();
        let (route, open, inner): (_, _, LocalBoxFuture<'static, _>) =
            match self.route(http, &method) {
                Ok(found) => {
                    let request = Request {
                        http: http.clone(),
                        payload,
                        captures: found.captures,
                        operation: found.operation,
                        context: Rc::clone(&context),
                        may_call_a_form_json: found.may_call_a_form_json,
                    };
                    let answer = found.service.call(found.number, request);
                    (found.operation.path, found.open, answer)
                }
                Err(allowed) => {
                    let (asking, told) = (method.clone(), self.told_beforehand(http));
                    let answer = async move {
                        let mut response = unrouted(allowed, &asking);
                        if let Some(method) = told {
                            cross_origin::allow(&method, response.headers_mut());
                        }
                        response
                    };
                    ("", false, Box::pin(answer))
                }
            };
        Observed::new(context, method, Route::Static(route), open, inner)
    }

    /// The method that a browser asks for beforehand, where scripts of every origin may use it.
    fn told_beforehand(&self, http: &HttpRequest) -> Option<Method> {
        let method = cross_origin::preflight(http.method(), http.headers())?;
        let found = self.route(http, &method).ok()?;
        found.open.then_some(method)
    }
}

struct Found<'m> {
    service: &'m dyn Mountable,
    number: usize,
    operation: &'static Operation,
    captures: Captures,
    /// Whether scripts of every origin may read the answer.
    open: bool,
    /// Whether a body that is called JSON may be a form.
    may_call_a_form_json: bool,
}

/// The operation of this number, if the service has it.
fn served(service: &dyn Mountable, number: usize) -> Option<&'static Operation> {
    let index = number.checked_sub(service.first())?;
    service.operations().get(index).copied()
}

/// The number of the operation that a request by `method` for the path of `node` means.
fn number(node: &Node, http: &HttpRequest, method: &Method) -> Option<usize> {
    let holds = |when: &When| when.holds(http);
    let get = || node.operation("GET", holds);
    let is_head = *method == Method::HEAD;
    let own = node.operation(method.as_str(), holds);
    own.or_else(|| is_head.then(get)?)
}

/// 404, 405, or 204 for OPTIONS (RFC 9110, section 9.3.7).
fn unrouted(mut allowed: BTreeSet<&'static str>, method: &Method) -> HttpResponse {
    // What has the method has it with another query or header only.
    if allowed.is_empty() || allowed.contains(method.as_str()) {
        return problem(&Rejection::from(Kind::NotFound));
    }
    let options = allowed.insert("OPTIONS") && *method == Method::OPTIONS;
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
