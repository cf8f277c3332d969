//! The documented status that fits each refusal of the framework best.

use crate::operation::Operation;
use crate::rejection::Kind;

impl Operation {
    /// The documented status for a refusal; `None` where it is problem details.
    ///
    /// A refusal takes the first documented status of its row; else, if its class is documented (`4XX`) or there is a
    /// `default`, the status that HTTP gives it.
    #[must_use]
    pub fn refusal(&self, kind: &Kind) -> Option<u16> {
        let candidates: &[u16] = match kind {
            Kind::Parameters => &[400, 422],
            Kind::Body => &[422, 400],
            Kind::Unauthorized(_) => &[401],
            Kind::Forbidden => &[403],
            Kind::NotAcceptable { .. } => &[406],
            Kind::PayloadTooLarge { .. } => &[413],
            Kind::UnsupportedMediaType { .. } => &[415],
            Kind::Internal => &[500],
            Kind::Timeout => &[503, 504, 500],
            Kind::NotFound | Kind::MethodNotAllowed { .. } => return None,
        };
        let exact = candidates
            .iter()
            .find(|status| self.key(&status.to_string()).is_some());
        exact.copied().or_else(|| {
            let usual = kind.usual_status();
            self.response(usual).map(|_| usual)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rejection::Unauthorized;
    use crate::schemas::Schemas;

    static SCHEMAS: Schemas = Schemas::new("{}");

    fn refusal(responses: &'static [&'static str], kind: Kind) -> Option<u16> {
        let operation = Operation {
            id: "x",
            method: "GET",
            path: "/x",
            responses,
            produces: &[],
            challenges: &[],
            schemas: &SCHEMAS,
        };
        operation.refusal(&kind)
    }

    const UNAUTHORIZED: Kind = Kind::Unauthorized(Unauthorized::Missing);

    #[test]
    fn a_bad_body_is_422_before_400() {
        let both = &["400", "422"];
        assert_eq!(refusal(both, Kind::Body), Some(422));
        assert_eq!(refusal(both, Kind::Parameters), Some(400));
        assert_eq!(refusal(&["400"], Kind::Body), Some(400));
        assert_eq!(refusal(&["400"], UNAUTHORIZED), None);
    }

    #[test]
    fn a_class_and_default_cover_what_is_not_spelled_out() {
        let limit = || Kind::PayloadTooLarge { limit: 1 };
        assert_eq!(refusal(&["4XX"], limit()), Some(413));
        assert_eq!(refusal(&["4XX"], Kind::Internal), None);
        assert_eq!(refusal(&["default"], UNAUTHORIZED), Some(401));
        assert_eq!(refusal(&["default"], Kind::Timeout), Some(503));
    }
}
