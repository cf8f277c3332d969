//! The members of a form or a query.

use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use std::future::{Ready, ready};

use super::trouble::Trouble;

/// The longest text that is looked for.
const SEARCH: usize = 200;

/// Members in the order in which they were sent.
#[derive(Default)]
pub(super) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Of the text of a form or a query.
    pub(super) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The first member of that name, without blanks around it; nothing, if it is empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All members of that name that are not empty.
    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(key, _)| key == name);
        let values = named.map(|(_, value)| value.trim());
        values
            .filter(|value| !value.is_empty())
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// What a member says.
    ///
    /// # Errors
    /// When it says nothing that can be understood.
    pub(super) fn parsed<T: FromStr>(&self, name: &'static str) -> Result<Option<T>, Trouble> {
        let value = self.get(name).map(T::from_str);
        value.transpose().map_err(|_| Trouble::Parameter(name))
    }

    /// One of the words that `known` knows.
    ///
    /// # Errors
    /// When it is another.
    pub(super) fn known<T>(
        &self,
        name: &'static str,
        known: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Trouble> {
        let value = self.get(name);
        let value = value.map(|value| known(value).ok_or(Trouble::Parameter(name)));
        value.transpose()
    }

    /// What is looked for.
    ///
    /// # Errors
    /// When that is too long.
    pub(super) fn search(&self) -> Result<Option<String>, Trouble> {
        let search = self.get("search");
        if search.is_some_and(|search| search.chars().count() > SEARCH) {
            return Err(Trouble::Parameter("search"));
        }
        Ok(search.map(ToOwned::to_owned))
    }
}

/// The members of a request's query.
pub(super) struct Query(pub(super) Fields);

impl FromRequest for Query {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Self(Fields::parse(request.query_string().as_bytes()))))
    }
}

/// What a path names; a name that cannot be one is that of nothing.
pub(super) struct Named<T>(pub(super) T);

impl<T: FromStr> FromRequest for Named<T> {
    type Error = Trouble;
    type Future = Ready<Result<Self, Trouble>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let name = request.match_info().get("id").unwrap_or_default();
        ready(
            name.parse()
                .map(Self)
                .map_err(|_| Trouble::NotFound("page")),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_members_are_not_there() {
        let fields = Fields::parse(b"a=+&b=x&b=&b=y%20&n=1&bad=z");
        assert_eq!(fields.get("a"), None);
        assert_eq!(fields.all("b").collect::<Vec<_>>(), ["x", "y"]);
        assert_eq!(fields.parsed::<u8>("n").unwrap(), Some(1));
        assert_eq!(fields.parsed::<u8>("none").unwrap(), None);
        assert!(fields.parsed::<u8>("bad").is_err());
    }

    #[test]
    fn a_search_has_an_end() {
        let long = format!("search={}", "é".repeat(SEARCH));
        assert!(Fields::parse(long.as_bytes()).search().unwrap().is_some());
        let longer = format!("{long}x");
        assert!(Fields::parse(longer.as_bytes()).search().is_err());
    }
}
