//! Passwords, kept as what Argon2id (RFC 9106) makes of them.

use std::num::NonZero;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use specmint_store::SecretBytes;
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::failure::Failure;
use crate::random::random_bytes;

/// A hash of nothing, as costly to compare with as any: so that it takes as long to refuse who has no account.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashes passwords and compares with hashes, no more at once than there are processors: each takes its time, and
/// 19 MiB, by intent.
#[derive(Clone, Debug)]
pub(super) struct Passwords {
    turns: Arc<Semaphore>,
}

impl Passwords {
    pub(super) fn new() -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get);
        Self {
            turns: Arc::new(Semaphore::new(processors)),
        }
    }

    /// What to keep of a password: a text in the PHC string format, with a salt of its own.
    pub(super) async fn hash(&self, password: String) -> Result<SecretBytes, Failure> {
        let salt = random_bytes::<16>()?;
        let hashed = self.take_turn(move || {
            let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &salt);
            hash.map(|hash| hash.to_string())
        });
        let hash = hashed.await?.map_err(Failure::because)?;
        Ok(hash.into_bytes().into())
    }

    /// Whether `password` is the one of which `hash` was made. Without a hash it is not, which takes as long to find out.
    pub(super) async fn verify(
        &self,
        password: String,
        hash: Option<SecretBytes>,
    ) -> Result<bool, Failure> {
        let verified = self.take_turn(move || {
            let kept = hash.as_deref().and_then(|hash| str::from_utf8(hash).ok());
            let same =
                Argon2::default().verify_password(password.as_bytes(), kept.unwrap_or(NOBODY));
            kept.is_some() && same.is_ok()
        });
        verified.await
    }

    /// Does what takes long on a thread of its own, when it is its turn.
    async fn take_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Failure> {
        let turn = Arc::clone(&self.turns).acquire_owned().await;
        let turn = turn.map_err(Failure::because)?;
        // The turn ends with the work, also where nobody waits for it any more.
        let work = spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        work.await.map_err(Failure::because)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_by_its_hash_alone() {
        let passwords = Passwords::new();
        let hash = passwords.hash("correct horse".to_owned()).await.unwrap();
        let text = str::from_utf8(&hash).unwrap().to_owned();
        assert!(!text.contains("correct"));
        let again = passwords.hash("correct horse".to_owned()).await.unwrap();
        assert_ne!(*hash, *again, "no salt");
        let verify = |password: &str, hash| passwords.verify(password.to_owned(), hash);
        assert!(verify("correct horse", Some(hash.clone())).await.unwrap());
        assert!(!verify("correct horsf", Some(hash)).await.unwrap());
        assert!(!verify("correct horse", None).await.unwrap());
        // Nobody's hash costs as much as everyone's.
        let cost = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        assert_eq!(cost(&text), cost(NOBODY));
        assert_eq!(text.len(), NOBODY.len());
        assert!(argon2::PasswordHash::new(NOBODY).is_ok());
    }
}
