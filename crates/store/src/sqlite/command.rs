//! What the writer is asked, and how.

use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::change::{Asked, Change, Pending};
use crate::{StoreError, StoreResult, Token};

/// One thing to do for one who waits.
pub(crate) enum Command {
    /// Insert a token: the hot path, batched into statements of many rows.
    Mint(Mint),
    /// Any other change, in the same transaction.
    Change(Box<dyn Pending>),
    /// Say that the writer is alive.
    Ping(oneshot::Sender<()>),
    /// Do what was asked before, then end.
    Close(oneshot::Sender<()>),
}

/// A token to insert, and who waits for it.
pub(crate) struct Mint {
    pub(crate) token: Arc<Token>,
    /// Why it alone was not inserted.
    pub(crate) refused: Option<StoreError>,
    pub(crate) reply: oneshot::Sender<StoreResult<()>>,
}

impl Mint {
    /// Tells the asker that the token is kept, or the error for which it is not.
    pub(crate) fn answer(self, committed: StoreResult<()>) {
        let outcome = committed.and(self.refused.map_or(Ok(()), Err));
        // Before the asker goes on, which then has the token to itself.
        drop(self.token);
        // Nobody may be waiting any more; what was done stays done.
        let _ = self.reply.send(outcome);
    }
}

/// Asks the writer, and waits for its answer.
#[derive(Clone, Debug)]
pub(crate) struct Asker(mpsc::Sender<Command>);

/// An [`Asker`] that does not keep the writer from ending.
#[derive(Debug)]
pub(crate) struct WeakAsker(mpsc::WeakSender<Command>);

impl WeakAsker {
    pub(crate) fn upgrade(&self) -> Option<Asker> {
        self.0.upgrade().map(Asker)
    }
}

impl Asker {
    /// An asker, and where the writer hears it. So many may wait before those who ask are held up.
    pub(crate) fn new(waiting: usize) -> (Self, mpsc::Receiver<Command>) {
        let (sender, receiver) = mpsc::channel(waiting);
        (Self(sender), receiver)
    }

    pub(crate) fn downgrade(&self) -> WeakAsker {
        WeakAsker(self.0.downgrade())
    }

    /// Does `change` and returns once it is durable.
    pub(crate) async fn change<C: Change>(&self, change: C) -> StoreResult<C::Output> {
        self.ask(|reply| Command::Change(Box::new(Asked::new(change, reply))))
            .await?
    }

    /// Inserts `token` and returns once it is durable.
    pub(crate) async fn mint(&self, token: Token) -> StoreResult<Token> {
        let token = Arc::new(token);
        let shared = Arc::clone(&token);
        self.ask(|reply| {
            Command::Mint(Mint {
                token: shared,
                refused: None,
                reply,
            })
        })
        .await??;
        Ok(Arc::unwrap_or_clone(token))
    }

    /// Returns once the writer has said that it is alive.
    pub(crate) async fn ping(&self) -> StoreResult<()> {
        self.ask(Command::Ping).await
    }

    /// Returns once the writer has done what it was asked before, and ended.
    pub(crate) async fn close(&self) {
        // A writer that ended before has nothing left to do.
        let _ = self.ask(Command::Close).await;
    }

    async fn ask<T>(&self, command: impl FnOnce(oneshot::Sender<T>) -> Command) -> StoreResult<T> {
        let (reply, answer) = oneshot::channel();
        let sent = self.0.send(command(reply)).await;
        sent.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)
    }
}
