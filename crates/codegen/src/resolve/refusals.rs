//! The documented status that fits each refusal of the framework best.

use crate::ir::{Refusals, Response, Status};

/// Decides the statuses from what an operation documents.
///
/// A refusal takes the first documented status of its row; else, if its class is documented (`4XX`) or there is a
/// `default`, the status that the specification of HTTP gives it; else none, and the refusal is problem details.
pub fn decide(responses: &[Response]) -> Refusals {
    let pick = |candidates: &[u16], natural: u16| {
        let exact = candidates
            .iter()
            .find(|&&code| has(responses, Status::Code(code)));
        let covered =
            has(responses, Status::Range(natural / 100)) || has(responses, Status::Default);
        exact.copied().or(covered.then_some(natural))
    };
    Refusals {
        parameters: pick(&[400, 422], 400),
        body: pick(&[422, 400], 400),
        unauthorized: pick(&[401], 401),
        forbidden: pick(&[403], 403),
        too_large: pick(&[413], 413),
        media_type: pick(&[415], 415),
        internal: pick(&[500], 500),
        timeout: pick(&[503, 504, 500], 503),
    }
}

fn has(responses: &[Response], status: Status) -> bool {
    responses.iter().any(|response| response.status == status)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documented(statuses: &[Status]) -> Refusals {
        let responses: Vec<Response> = statuses
            .iter()
            .map(|&status| Response {
                variant: String::new(),
                docs: String::new(),
                status,
                key: String::new(),
                pointer: String::new(),
                media_type: None,
                content: None,
                headers: Vec::new(),
            })
            .collect();
        decide(&responses)
    }

    #[test]
    fn a_bad_body_is_422_before_400() {
        let both = documented(&[Status::Code(400), Status::Code(422)]);
        assert_eq!((both.body, both.parameters), (Some(422), Some(400)));
        let one = documented(&[Status::Code(400)]);
        assert_eq!((one.body, one.unauthorized), (Some(400), None));
    }

    #[test]
    fn a_class_and_default_cover_what_is_not_spelled_out() {
        let class = documented(&[Status::Range(4)]);
        assert_eq!((class.too_large, class.internal), (Some(413), None));
        let default = documented(&[Status::Default]);
        assert_eq!(
            (default.unauthorized, default.timeout),
            (Some(401), Some(503))
        );
    }
}
