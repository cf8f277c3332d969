//! What every route has in common: a request id, a line in the log, and an answer even to a panic.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{self, Poll};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse};
use futures_util::future::LocalBoxFuture;

use crate::client_address;
use crate::context::{self, Context, Limits};
use crate::cross_origin;
use crate::problem::problem;
use crate::rejection::{Kind, Rejection};
use crate::request_id::{RequestId, X_REQUEST_ID};

/// Gives routes that are not an API's the same request id, log line and panic handling as those of a [`crate::Mount`]
/// have by themselves: `.wrap(actix_web::middleware::from_fn(specmint_runtime::observe))`.
///
/// # Errors
/// None of its own: an error of the route becomes its response.
pub async fn observe(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse, Error> {
    let route = request.match_pattern();
    let http = request.request().clone();
    let client = client_address::client(http.peer_addr(), http.headers(), &[]);
    let context = Rc::new(Context::new(http.headers(), Limits::default(), client));
    let method = http.method().clone();
    let inner = async move {
        match next.call(request).await {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            Err(error) => error.error_response(),
        }
    };
    let route = Route::Owned(route.unwrap_or_default());
    let response = Observed::new(context, method, route, false, Box::pin(inner)).await;
    Ok(ServiceResponse::new(http, response))
}

/// The path template, for the log.
pub(crate) enum Route {
    Static(&'static str),
    Owned(String),
}

impl Route {
    fn as_str(&self) -> &str {
        match self {
            Self::Static(route) => route,
            Self::Owned(route) => route,
        }
    }
}

/// A future that is polled inside its request's context.
pub(crate) struct Observed {
    context: Rc<Context>,
    inner: LocalBoxFuture<'static, HttpResponse>,
    method: Method,
    route: Route,
    /// Scripts of every origin may read the answer.
    open: bool,
    /// When it began; `None` where nobody reads the log.
    began: Option<Instant>,
}

impl Observed {
    pub(crate) fn new(
        context: Rc<Context>,
        method: Method,
        route: Route,
        open: bool,
        inner: LocalBoxFuture<'static, HttpResponse>,
    ) -> Self {
        let began = tracing::enabled!(tracing::Level::INFO).then(Instant::now);
        Self {
            context,
            inner,
            method,
            route,
            open,
            began,
        }
    }

    fn finish(&self, response: &mut HttpResponse) {
        echo(&self.context.request_id, response.headers_mut());
        if self.open {
            cross_origin::open(response.headers_mut());
        }
        if let Some(began) = self.began {
            tracing::info!(
                method = %self.method,
                route = self.route.as_str(),
                status = response.status().as_u16(),
                ms = began.elapsed().as_secs_f64() * 1e3,
                request_id = %self.context.request_id,
                "answered"
            );
        }
    }
}

impl Future for Observed {
    type Output = HttpResponse;

    fn poll(mut self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<HttpResponse> {
        let _entered = context::enter(&self.context);
        let polled = catch_unwind(AssertUnwindSafe(|| self.inner.as_mut().poll(cx)));
        let mut response = match polled {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(response)) => response,
            Err(_) => {
                tracing::error!(route = self.route.as_str(), "the route panicked");
                problem(&Rejection::from(Kind::Internal))
            }
        };
        self.finish(&mut response);
        Poll::Ready(response)
    }
}

fn echo(request_id: &RequestId, headers: &mut HeaderMap) {
    if let Some(value) = request_id.header_value() {
        headers.insert(X_REQUEST_ID.clone(), value);
    }
}
