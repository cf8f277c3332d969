//! The names of the demo's objects: as good as random, and always the same for one database, so that however many
//! processes make the objects at once, they are made once.

use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use specmint_store::Store;
use uuid::Builder;

use crate::error::StartError;
use crate::random::random_bytes;

/// The name under which the store seals the secret that the names are made of.
const SECRET_NAME: &str = "demo/names";

/// What makes a name of a mark; each mark stands for one object.
pub(super) struct Names(Key);

impl Names {
    /// The names for the database of `store`.
    pub(super) async fn of(store: &Store) -> Result<Self, StartError> {
        let make = || random_bytes::<32>().map(|bytes| bytes.to_vec());
        let secret = store.secret(SECRET_NAME, make).await?;
        Ok(Self(Key::new(HMAC_SHA256, &secret)))
    }

    /// A version 4 UUID.
    pub(super) fn uuid(&self, mark: &str) -> String {
        let mut bytes = [0; 16];
        for (byte, octet) in bytes.iter_mut().zip(self.octets(mark)) {
            *byte = octet;
        }
        Builder::from_random_bytes(bytes).into_uuid().to_string()
    }

    /// `digits` lower-case hexadecimal digits, an even number up to 64.
    pub(super) fn hex(&self, mark: &str, digits: usize) -> String {
        let hex = self.octets(mark).map(|octet| format!("{octet:02x}"));
        hex.take(digits / 2).collect()
    }

    fn octets(&self, mark: &str) -> impl Iterator<Item = u8> {
        let tag = sign(&self.0, mark.as_bytes());
        Vec::from(tag.as_ref()).into_iter()
    }
}

#[cfg(test)]
mod tests {
    use uuid::{Uuid, Version};

    use super::*;

    #[test]
    fn a_mark_has_one_name_with_one_secret() {
        let names = Names(Key::new(HMAC_SHA256, b"a secret"));
        let others = Names(Key::new(HMAC_SHA256, b"another"));
        assert_eq!(names.uuid("a"), names.uuid("a"));
        assert_ne!(names.uuid("a"), names.uuid("b"));
        assert_ne!(names.uuid("a"), others.uuid("a"));
        let uuid: Uuid = names.uuid("a").parse().unwrap();
        assert_eq!(uuid.get_version(), Some(Version::Random));
        assert_eq!(names.hex("a", 24).len(), 24);
        assert_ne!(names.hex("a", 24), names.hex("b", 24));
    }
}
