//! The console's own style, script and icon.

use actix_web::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse};
use specmint_store::Digest;

const STYLE: &str = include_str!("../../templates/console/console.css");
const SCRIPT: &str = include_str!("../../templates/console/console.js");
const ICON: &str = include_str!("../../templates/console/icon.svg");

pub(super) async fn style(request: HttpRequest) -> HttpResponse {
    file(&request, "text/css; charset=utf-8", STYLE)
}

pub(super) async fn script(request: HttpRequest) -> HttpResponse {
    file(&request, "text/javascript; charset=utf-8", SCRIPT)
}

pub(super) async fn icon(request: HttpRequest) -> HttpResponse {
    file(&request, "image/svg+xml", ICON)
}

/// A file that browsers keep and ask about each time, so that a new version of the server is seen at once.
fn file(request: &HttpRequest, media_type: &str, text: &'static str) -> HttpResponse {
    let tag = format!("\"{}\"", Digest::of(text));
    let known = request.headers().get(IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let mut response = if is_known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    response
        .insert_header((CACHE_CONTROL, "no-cache"))
        .insert_header((ETAG, tag));
    if is_known {
        return response.finish();
    }
    response.content_type(media_type).body(text)
}
