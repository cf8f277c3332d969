//! From what came of an operation to HTTP.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::Poll;

use actix_web::HttpResponse;
use futures_util::FutureExt;

use crate::accept;
use crate::challenge;
use crate::context::{self, Context};
use crate::operation::Operation;
use crate::problem::{Problem, problem};
use crate::reading;
use crate::rejection::{Kind, Rejection, Stop};
use crate::response::{Reply, Response};

/// Awaits the glue of `operation` and renders what comes of it.
///
/// A panic and a timeout become refusals; where it is the body that is waited for, a timeout is the client's fault. A refusal becomes the response that the contract documents for it, made by
/// the implementer's error type; where it documents none, problem details. Every 401 gets the operation's challenges, and a 403 to a
/// bearer token the one that says `insufficient_scope`.
/// A client that takes none of the media types that the operation produces is refused before anything else.
/// In debug builds a response that breaks its schema is logged and becomes [`Kind::Internal`].
pub async fn respond<R, E>(
    operation: &'static Operation,
    outcome: impl Future<Output = Result<R, Stop<E>>>,
) -> HttpResponse
where
    R: Reply,
    E: From<Rejection> + Into<R>,
{
    let failed = |error: E| Ok(error.into().reply());
    let refused = |rejection| documented::<R, E>(operation, rejection);
    answer(operation, outcome, failed, refused).await
}

/// The same for an operation that documents no failure: whatever goes wrong is answered with problem details.
pub async fn respond_or_problem<R, E>(
    operation: &'static Operation,
    outcome: impl Future<Output = Result<R, Stop<E>>>,
) -> HttpResponse
where
    R: Reply,
    E: Into<Problem>,
{
    let failed = |error: E| Err(error.into());
    answer(operation, outcome, failed, Err).await
}

async fn answer<R: Reply, E>(
    operation: &'static Operation,
    outcome: impl Future<Output = Result<R, Stop<E>>>,
    failed: impl Fn(E) -> Result<Response, Problem>,
    refused: impl Fn(Rejection) -> Result<Response, Rejection>,
) -> HttpResponse {
    let context = context::current();
    let accept = context.as_deref().and_then(Context::accept);
    let outcome = match not_acceptable(operation, accept) {
        Some(rejection) => Err(rejection.into()),
        None => guarded(operation, context.as_deref(), outcome).await,
    };
    let response = match outcome {
        Ok(reply) => Ok(reply.reply()),
        Err(Stop::Failed(error)) => failed(error),
        Err(Stop::Rejected(rejection)) => refused(rejection).map_err(Problem::from),
    };
    let mut http = match response.map(|response| checked(operation, response, accept)) {
        Ok(Ok(http)) => http,
        Ok(Err(rejection)) => refused(rejection)
            .and_then(|mut response| {
                response.negotiate(accept);
                sendable(response)
            })
            .unwrap_or_else(|rejection| problem(&rejection)),
        Err(problem) => problem.into_http(),
    };
    let bearer_presented = context.is_some_and(|context| context.bearer_presented.get());
    challenge::add(operation, bearer_presented, &mut http);
    http
}

/// The refusal of a client that takes nothing that the operation produces when it succeeds.
fn not_acceptable(operation: &'static Operation, accept: Option<&str>) -> Option<Rejection> {
    let produces = operation.produces;
    let refused = !produces.is_empty() && accept::best(accept?, produces).is_none();
    refused.then(|| Rejection::from(Kind::NotAcceptable { produces }))
}

/// The outcome, or a refusal where it panics or takes longer than it may.
async fn guarded<R, E>(
    operation: &'static Operation,
    context: Option<&Context>,
    outcome: impl Future<Output = Result<R, Stop<E>>>,
) -> Result<R, Stop<E>> {
    let limits = context.map(|context| context.limits).unwrap_or_default();
    let mut outcome = pin!(AssertUnwindSafe(outcome).catch_unwind());
    // A timer is armed only for what is not ready at once.
    let mut timer = pin!(None);
    let done = std::future::poll_fn(|cx| {
        if let Poll::Ready(done) = outcome.as_mut().poll(cx) {
            return Poll::Ready(Some(done));
        }
        if timer.is_none() {
            timer.set(Some(tokio::time::sleep(limits.handler_timeout)));
        }
        match timer.as_mut().as_pin_mut() {
            Some(timer) => timer.poll(cx).map(|()| None),
            None => Poll::Pending,
        }
    });
    match done.await {
        Some(Ok(outcome)) => outcome,
        Some(Err(_)) => {
            tracing::error!(operation = operation.id, "the handler panicked");
            Err(Rejection::from(Kind::Internal).into())
        }
        None if context.is_some_and(|context| context.reading.get()) => {
            Err(reading::too_slow().into())
        }
        None => {
            tracing::error!(operation = operation.id, "the handler took too long");
            Err(Rejection::from(Kind::Timeout).into())
        }
    }
}

/// The documented response for `rejection`, or the rejection where there is none.
fn documented<R: Reply, E: From<Rejection> + Into<R>>(
    operation: &'static Operation,
    rejection: Rejection,
) -> Result<Response, Rejection> {
    match operation.refusal(rejection.kind()) {
        Some(status) => {
            let rejection = rejection.with_status(status);
            let rejection = rejection.with_challenges(operation.challenges);
            Ok(E::from(rejection).into().reply())
        }
        None => Err(rejection),
    }
}

fn checked(
    operation: &'static Operation,
    mut response: Response,
    accept: Option<&str>,
) -> Result<HttpResponse, Rejection> {
    response.negotiate(accept);
    #[cfg(debug_assertions)]
    crate::conformance::check(operation, &response)?;
    let _ = operation;
    sendable(response)
}

fn sendable(response: Response) -> Result<HttpResponse, Rejection> {
    let fault = response.fault.unwrap_or("a header field is not legal");
    response.into_http().ok_or_else(|| {
        tracing::error!(fault, "the response cannot be sent");
        Rejection::from(Kind::Internal)
    })
}
