//! Names of statuses, from the HTTP Status Code Registry.

use crate::ir::Status;

/// The variant for a status: its registered reason phrase, or `Status` and its number.
pub fn variant(status: u16) -> String {
    match phrase(status) {
        Some(phrase) => phrase.to_owned(),
        None => format!("Status{status}"),
    }
}

/// The variant for a class of statuses, by its first digit.
pub fn range(class: u16) -> String {
    match class {
        1 => "Informational".to_owned(),
        2 => "Successful".to_owned(),
        3 => "Redirection".to_owned(),
        4 => "ClientError".to_owned(),
        5 => "ServerError".to_owned(),
        other => format!("Status{other}xx"),
    }
}

/// Whether HTTP forbids content in a response of this status (RFC 9110, sections 6.4.1 and 15.3.6).
pub fn has_no_content(status: Status) -> bool {
    match status {
        Status::Code(code) => matches!(code, 100..=199 | 204 | 205 | 304),
        Status::Range(class) => class == 1,
        Status::Default => false,
    }
}

fn phrase(status: u16) -> Option<&'static str> {
    Some(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "NonAuthoritativeInformation",
        204 => "NoContent",
        205 => "ResetContent",
        206 => "PartialContent",
        207 => "MultiStatus",
        208 => "AlreadyReported",
        226 => "ImUsed",
        300 => "MultipleChoices",
        301 => "MovedPermanently",
        302 => "Found",
        303 => "SeeOther",
        304 => "NotModified",
        305 => "UseProxy",
        307 => "TemporaryRedirect",
        308 => "PermanentRedirect",
        400 => "BadRequest",
        401 => "Unauthorized",
        402 => "PaymentRequired",
        403 => "Forbidden",
        404 => "NotFound",
        405 => "MethodNotAllowed",
        406 => "NotAcceptable",
        407 => "ProxyAuthenticationRequired",
        408 => "RequestTimeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "LengthRequired",
        412 => "PreconditionFailed",
        413 => "ContentTooLarge",
        414 => "UriTooLong",
        415 => "UnsupportedMediaType",
        416 => "RangeNotSatisfiable",
        417 => "ExpectationFailed",
        421 => "MisdirectedRequest",
        422 => "UnprocessableContent",
        423 => "Locked",
        424 => "FailedDependency",
        425 => "TooEarly",
        426 => "UpgradeRequired",
        428 => "PreconditionRequired",
        429 => "TooManyRequests",
        431 => "RequestHeaderFieldsTooLarge",
        451 => "UnavailableForLegalReasons",
        500 => "InternalServerError",
        501 => "NotImplemented",
        502 => "BadGateway",
        503 => "ServiceUnavailable",
        504 => "GatewayTimeout",
        505 => "HttpVersionNotSupported",
        506 => "VariantAlsoNegotiates",
        507 => "InsufficientStorage",
        508 => "LoopDetected",
        511 => "NetworkAuthenticationRequired",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_named_by_their_phrase() {
        assert_eq!(variant(201), "Created");
        assert_eq!(variant(422), "UnprocessableContent");
        assert_eq!(variant(299), "Status299");
        assert_eq!(range(4), "ClientError");
    }
}
