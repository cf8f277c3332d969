//! What the macros of generated models stand on: a type's data is in its own module, all behaviour is here.
//!
//! serde's derived code for an object is some two hundred lines that every build of the contract's crate has to check.
//! These macros say the same in a few, and are as strict as a schema by themselves: no array for an object, no `null` for an
//! absent member, no member twice.

mod budget;
mod constants;
mod newtype;
mod object;
mod tuple;
mod union;
mod validated;

pub use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess};
pub use serde::ser::{Serialize, Serializer};

pub use budget::Reading;
pub(crate) use budget::{SPENT_UP, told};
pub use constants::{constant, text};
pub use newtype::{formatted, plain};
pub use object::{Members, Object, Writer, decoded, object, required};
pub use tuple::{ItemWriter, Items, Tuple, tuple};
pub use union::{Kind, Tag, buffered, chosen, exactly_one, first, kind, tag, variant};
