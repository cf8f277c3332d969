//! Security requirements: alternatives, each of one scheme or more.

use std::future::Future;

use crate::credential::Presented;
use crate::rejection::{Kind, Rejection, Stop, Unauthorized};

/// Tries the alternatives of an operation's `security`, in the document's order.
///
/// The first alternative that succeeds decides. Where some were presented and none succeeds, the first
/// failure is the answer. Nobody is anonymous who presented a credential.
///
/// ```no_run
/// # use specmint_runtime::*;
/// # async fn application_basic(_: Basic, _: &[&str]) -> Result<u8, ()> { Ok(1) }
/// # async fn oauth2(_: Bearer, _: &[&str]) -> Result<u8, ()> { Ok(2) }
/// # async fn glue(request: Request) -> Result<u8, Stop<()>> {
/// let mut access = Access::new();
/// access.alternative(request.basic(), |c| application_basic(c, &[])).await;
/// access.alternative(request.bearer(), |c| oauth2(c, &["tokens:delete"])).await;
/// let caller = access.caller()?;
/// # Ok(caller)
/// # }
/// ```
#[derive(Debug)]
pub struct Access<C, E> {
    caller: Option<C>,
    failure: Option<Stop<E>>,
    presented: bool,
}

impl<C, E> Default for Access<C, E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<C, E> Access<C, E> {
    /// Nothing tried yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            caller: None,
            failure: None,
            presented: false,
        }
    }

    /// One Security Requirement Object: `verify` is called when all its credentials are presented and
    /// no earlier alternative succeeded.
    pub async fn alternative<T, F>(&mut self, credential: Presented<T>, verify: impl FnOnce(T) -> F)
    where
        F: Future<Output = Result<C, E>>,
    {
        let failure = match credential {
            Presented::Absent => return,
            _ if self.caller.is_some() => return,
            Presented::Partial => None,
            Presented::Malformed => Some(unauthorized(Unauthorized::Malformed)),
            Presented::Whole(credential) => match verify(credential).await {
                Ok(caller) => {
                    self.caller = Some(caller);
                    None
                }
                Err(error) => Some(Stop::Failed(error)),
            },
        };
        self.presented = true;
        if self.failure.is_none() {
            self.failure = failure;
        }
    }

    /// The caller, where `security` has no `{}`.
    ///
    /// # Errors
    /// The first alternative's failure, or [`Unauthorized::Missing`].
    pub fn caller(self) -> Result<C, Stop<E>> {
        match (self.caller, self.failure) {
            (Some(caller), _) => Ok(caller),
            (None, Some(failure)) => Err(failure),
            (None, None) => Err(unauthorized(Unauthorized::Missing)),
        }
    }

    /// The caller, or `None` for nobody, where `security` has an alternative `{}`.
    ///
    /// # Errors
    /// The first alternative's failure, when any credential was presented.
    pub fn caller_or_anonymous(self) -> Result<Option<C>, Stop<E>> {
        if self.presented {
            self.caller().map(Some)
        } else {
            Ok(None)
        }
    }
}

fn unauthorized<E>(why: Unauthorized) -> Stop<E> {
    Stop::Rejected(Rejection::from(Kind::Unauthorized(why)))
}
