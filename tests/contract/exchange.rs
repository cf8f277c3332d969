//! One request and its answer, as they stood on the wire.

/// A request and what came back.
pub struct Exchange {
    pub method: String,
    /// The path as sent, without the query.
    pub path: String,
    /// The query as sent, without the question mark.
    pub raw_query: String,
    pub request_headers: Vec<(String, String)>,
    pub request_body: Vec<u8>,
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Exchange {
    /// The first header field of the answer with this lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        first(&self.headers, name)
    }

    /// The answer's content type without its parameters, in lower case; empty where there is none.
    pub fn media_type(&self) -> String {
        essence(self.header("content-type"))
    }

    /// The request's content type without its parameters, in lower case.
    pub fn request_media_type(&self) -> String {
        essence(first(&self.request_headers, "content-type"))
    }

    /// The request's header field of this name.
    pub fn request_header(&self, name: &str) -> Option<String> {
        first(&self.request_headers, &name.to_lowercase()).map(str::to_owned)
    }

    /// All values that the request's query gives a parameter.
    pub fn query(&self, name: &str) -> Vec<String> {
        form_urlencoded::parse(self.raw_query.as_bytes())
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
            .collect()
    }
}

fn first<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

fn essence(content_type: Option<&str>) -> String {
    content_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}
