//! How operations are served beyond what OpenAPI has words for.

use actix_web::http::Method;

use crate::operation::Operation;

/// How operations of a service are served beyond what OpenAPI has words for. Operations are named by `operationId`; by
/// default none is an exception.
///
/// ```
/// # use specmint_runtime::Rules;
/// let rules = Rules {
///     any_origin: &["createToken", "readKeys"],
///     no_head: &["redeemCode"],
///     forms_called_json: &["revokeToken"],
/// };
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Operations that scripts of every origin may call (Fetch Standard, section 3.3): every answer of them carries
    /// `Access-Control-Allow-Origin: *`, refusals too, and a browser that asks beforehand is told so. Never with the
    /// browser's own credentials. It is for what authenticates by nothing that a browser adds by itself, as cookies are.
    pub any_origin: &'static [&'static str],
    /// Operations by GET that change something, for which `HEAD` must not stand in (RFC 9110, section 9.2.1): 405.
    pub no_head: &'static [&'static str],
    /// Operations whose clients are known to send a form and call it JSON: such a body is read as a form.
    pub forms_called_json: &'static [&'static str],
}

impl Rules {
    /// Whether scripts of every origin may call `operation`.
    pub(crate) fn is_open(&self, operation: &Operation) -> bool {
        self.any_origin.contains(&operation.id)
    }

    /// Whether a body of `operation` that is called JSON may be a form.
    pub(crate) fn may_call_a_form_json(&self, operation: &Operation) -> bool {
        self.forms_called_json.contains(&operation.id)
    }

    /// Whether a request by `method` is one for `operation`: a HEAD is one for a GET, unless that changes something.
    pub(crate) fn admit(&self, operation: &Operation, method: &Method) -> bool {
        let stands_in = *method == Method::HEAD && operation.method == "GET";
        !(stands_in && self.no_head.contains(&operation.id))
    }
}
