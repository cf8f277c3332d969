//! Bytes that are wiped when dropped and never printed.

use std::fmt;
use std::ops::Deref;

use zeroize::Zeroizing;

/// A secret in memory, such as a signing key; reads as a slice of bytes.
#[derive(Clone)]
pub struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Adds `bytes` to the end, wiping what is left behind if the whole has to move.
    pub(crate) fn append(&mut self, bytes: &[u8]) {
        let mut longer = Vec::with_capacity(self.len() + bytes.len());
        longer.extend_from_slice(self);
        longer.extend_from_slice(bytes);
        self.0 = Zeroizing::new(longer);
    }

    /// Cuts what follows the first `length` bytes.
    pub(crate) fn truncate(&mut self, length: usize) {
        self.0.truncate(length);
    }
}

impl From<Vec<u8>> for SecretBytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }
}

impl Deref for SecretBytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsMut<[u8]> for SecretBytes {
    fn as_mut(&mut self) -> &mut [u8] {
        &mut self.0
    }
}

impl fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretBytes(..)")
    }
}
