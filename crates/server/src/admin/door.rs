//! What all answers on the administration's listener have in common, and who is not answered there at all.

use std::net::IpAddr;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{
    CACHE_CONTROL, HOST, HeaderMap, HeaderValue, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};
use specmint_runtime::Problem;

/// What a browser may call the listener. Where only this machine reaches it, a page of another site must not, by a name
/// of its own that it has made lead here (DNS rebinding).
#[derive(Clone, Debug)]
pub(crate) enum Hosts {
    /// Any name.
    Any,
    /// This machine's own names, and the one of the public URL, if there is one.
    ThisMachine(Option<String>),
}

impl Hosts {
    /// Of a listener at `address` that people reach at `public_url`.
    pub(crate) fn of(address: IpAddr, public_url: Option<&str>) -> Self {
        if !address.is_loopback() {
            return Self::Any;
        }
        let rest = public_url.and_then(|url| url.split_once("://"));
        Self::ThisMachine(rest.and_then(|(_, rest)| name(rest.split('/').next()?)))
    }

    fn know(&self, headers: &HeaderMap) -> bool {
        let Self::ThisMachine(public) = self else {
            return true;
        };
        // Browsers always say it.
        let Some(host) = headers.get(HOST) else {
            return true;
        };
        let Some(name) = host.to_str().ok().and_then(name) else {
            return false;
        };
        let address = name.trim_start_matches('[').trim_end_matches(']');
        name == "localhost"
            || name.ends_with(".localhost")
            || address
                .parse()
                .is_ok_and(|address: IpAddr| address.is_loopback())
            || public.as_ref() == Some(&name)
    }
}

/// The host of an authority, without its port.
fn name(authority: &str) -> Option<String> {
    let end = match authority.rfind(']') {
        Some(bracket) => bracket + 1,
        None => authority.rfind(':').unwrap_or(authority.len()),
    };
    authority.get(..end).map(str::to_ascii_lowercase)
}

/// Refuses whoever calls the listener by another's name, and keeps answers, among them secrets, out of caches.
pub(crate) async fn door(
    hosts: web::Data<Hosts>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = if hosts.know(request.headers()) {
        next.call(request).await?.map_into_boxed_body()
    } else {
        let detail = "this is no name of the administration's listener; if it should be one, say it by --admin-public-url";
        request.into_response(HttpResponse::from(Problem::new(421, detail)))
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CACHE_CONTROL, "no-store"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(hosts: &Hosts, host: &str) -> bool {
        let host = HeaderValue::from_str(host).unwrap();
        hosts.know(&HeaderMap::from_iter([(HOST, host)]))
    }

    #[test]
    fn a_machine_s_own_listener_has_its_own_names_only() {
        let hosts = Hosts::of(
            IpAddr::from([127, 0, 0, 1]),
            Some("https://Admin.example.com/"),
        );
        for ours in [
            "127.0.0.1:8081",
            "127.0.0.1",
            "localhost:8081",
            "LOCALHOST",
            "specmint.localhost:8081",
            "[::1]:8081",
            "admin.example.com",
        ] {
            assert!(known(&hosts, ours), "{ours}");
        }
        for other in [
            "evil.example:8081",
            "127.0.0.1.evil.example",
            "10.0.0.1",
            "",
            "[::2]",
        ] {
            assert!(!known(&hosts, other), "{other}");
        }
        assert!(hosts.know(&HeaderMap::new()));
    }

    #[test]
    fn another_listener_has_any_name() {
        assert!(known(
            &Hosts::of(IpAddr::from([0, 0, 0, 0]), None),
            "evil.example"
        ));
    }
}
