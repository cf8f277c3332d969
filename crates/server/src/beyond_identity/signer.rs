//! RS256 signatures (RFC 7518, section 3.3), made for several requests in a row.
//!
//! A signature takes as long as all else that a dozen requests need. Were each made as its request comes, the next
//! request would be read only after it, and every token would have a transaction and a flush of its own. So a request
//! that wants one lets those that came with it come as far first; then whoever goes on signs for all of them, and their
//! rows reach the store together. Who comes alone waits for nobody.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use tokio::sync::oneshot::{self, error::TryRecvError};
use tokio::task::yield_now;

use crate::failure::Failure;

/// The most that are signed in a row: bounds how long the first of them waits.
const LONGEST_ROW: usize = 16;

type Queue = Rc<RefCell<VecDeque<Job>>>;

thread_local! {
    /// What waits to be signed on this thread; other threads have processors of their own.
    static WAITING: Queue = Queue::default();
}

/// A key that signs.
#[derive(Clone)]
pub(super) struct Signer(Arc<RsaKeyPair>);

struct Job {
    signer: Signer,
    input: String,
    reply: oneshot::Sender<Result<String, Failure>>,
}

impl Signer {
    pub(super) fn new(pair: RsaKeyPair) -> Self {
        Self(Arc::new(pair))
    }

    /// The compact JWS (RFC 7515, section 7.1) whose signing input is `input`.
    pub(super) async fn sign(&self, input: String) -> Result<String, Failure> {
        // Held over the wait: it keeps this future on the thread whose queue it is in.
        let waiting = WAITING.with(Rc::clone);
        let (reply, mut answer) = oneshot::channel();
        waiting.borrow_mut().push_back(Job {
            signer: self.clone(),
            input,
            reply,
        });
        yield_now().await;
        loop {
            match answer.try_recv() {
                Ok(outcome) => return outcome,
                Err(TryRecvError::Empty) => sign_a_row(&waiting),
                // Who took the job panicked before it was done.
                Err(TryRecvError::Closed) => {
                    return Err(Failure::because("a signature was not made"));
                }
            }
        }
    }

    fn compact(&self, mut token: String) -> Result<String, Failure> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0
            .sign(
                &RSA_PKCS1_SHA256,
                &SystemRandom::new(),
                token.as_bytes(),
                &mut signature,
            )
            .map_err(|_| Failure::because("RS256 signing failed"))?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }
}

/// Signs the first that wait, and only then answers them, so that they go on together.
fn sign_a_row(waiting: &Queue) {
    let row: Vec<Job> = {
        let mut waiting = waiting.borrow_mut();
        let length = waiting.len().min(LONGEST_ROW);
        waiting.drain(..length).collect()
    };
    let signed: Vec<_> = row
        .into_iter()
        .filter(|job| !job.reply.is_closed())
        .map(|job| (job.signer.compact(job.input), job.reply))
        .collect();
    for (outcome, reply) in signed {
        // Who asked may have gone meanwhile.
        let _ = reply.send(outcome);
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rsa::KeySize;
    use tokio::task::{JoinSet, LocalSet};

    use super::*;

    fn signer() -> Signer {
        Signer::new(RsaKeyPair::generate(KeySize::Rsa2048).unwrap())
    }

    #[tokio::test]
    async fn each_of_many_gets_its_own_by_its_own_key() {
        let signers = [signer(), signer()];
        LocalSet::new()
            .run_until(async {
                let mut tasks = JoinSet::new();
                for number in 0..3 * LONGEST_ROW {
                    let signer = signers[number % 2].clone();
                    let input = format!("head.{number}");
                    tasks.spawn_local(async move {
                        let signed = signer.sign(input.clone()).await.unwrap();
                        // The algorithm is deterministic.
                        assert_eq!(signed, signer.compact(input).unwrap());
                    });
                }
                assert_eq!(tasks.join_all().await.len(), 3 * LONGEST_ROW);
            })
            .await;
    }

    #[tokio::test]
    async fn who_leaves_holds_nobody_up() {
        let signer = signer();
        LocalSet::new()
            .run_until(async {
                let leaving = tokio::task::spawn_local({
                    let signer = signer.clone();
                    async move { signer.sign("a.b".to_owned()).await.is_ok() }
                });
                yield_now().await;
                leaving.abort();
                assert!(signer.sign("c.d".to_owned()).await.is_ok());
                assert!(leaving.await.unwrap_err().is_cancelled());
            })
            .await;
    }
}
