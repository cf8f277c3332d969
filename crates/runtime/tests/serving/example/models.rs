//! The data types of the example.

use serde::{Deserialize, Serialize};
use specmint_runtime::{Check, Nullable, check, decode, types};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Mode>,
    pub note: Nullable<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "decode::formatted"
    )]
    pub id: Option<types::Uuid>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "decode::formatted"
    )]
    pub at: Option<types::DateTime>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "decode::formatted"
    )]
    pub link: Option<Nullable<types::Uri>>,
}

impl Check for Item {
    fn check(&self) -> bool {
        check::min_length(&self.name, 2)
            && check::max_length(&self.name, 5)
            && check::pattern(&self.name, &NAME)
            && self.count.is_none_or(|count| check::maximum(&count, 100))
            && self.kind.check()
    }
}

static NAME: check::Pattern = check::Pattern::new("^[a-z]");

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    Fast,
    Slow,
}

specmint_runtime::strings! { Mode { "fast" => Fast, "slow" => Slow, } }

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revocation {
    pub token: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<Mode>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
}

impl Check for Revocation {
    fn check(&self) -> bool {
        check::max_length(&self.token, 10)
    }
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Filter {
    pub from: i64,
    pub to: Option<i64>,
}

impl Check for Filter {
    fn check(&self) -> bool {
        true
    }
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ErrorBody {
    pub code: u16,
    pub message: String,
    pub violations: Vec<specmint_runtime::Violation>,
}
