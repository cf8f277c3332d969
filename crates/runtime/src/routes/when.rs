//! What tells operations apart that have one path and one method.

use actix_web::HttpRequest;

use crate::decode;

/// A condition on a request beyond its path and method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// The query has a parameter of this name.
    QueryHas(&'static str),
    /// The query has a parameter of this name with this value.
    Query(&'static str, &'static str),
    /// There is a header field of this name, in lower case, with this value.
    Header(&'static str, &'static str),
}

impl When {
    /// Whether it holds for this request.
    pub(crate) fn holds(&self, http: &HttpRequest) -> bool {
        let query = |wanted: &str, value: Option<&str>| {
            let pairs = decode::pairs(http.query_string().as_bytes()).unwrap_or_default();
            let mut pairs = pairs.into_iter().filter(|(name, _)| name == wanted);
            pairs.any(|(_, values)| {
                value.is_none_or(|value| values.iter().any(|given| given == value))
            })
        };
        match self {
            Self::QueryHas(name) => query(name, None),
            Self::Query(name, value) => query(name, Some(value)),
            Self::Header(name, value) => {
                let mut values = http.headers().get_all(*name);
                values.any(|given| given.as_bytes() == value.as_bytes())
            }
        }
    }
}
