//! The body of a request that is sent: of several media types, one is chosen.

use crate::ir::{
    Body, BodyType, BodyValue, Encoding, MediaBody, Payload, PayloadForm, PayloadKind,
};
use crate::resolve::media_types;

/// The forms in which `body` can be sent: one for each kind of value, as the first of its media types.
pub fn of(body: Body) -> Option<Payload> {
    let Body {
        required,
        docs,
        ty,
        media,
    } = body;
    let mut groups: Vec<Vec<MediaBody>> = Vec::new();
    for one in media {
        let same = |group: &&mut Vec<MediaBody>| {
            group
                .first()
                .is_some_and(|first| first.variant == one.variant)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    let forms: Vec<PayloadForm> = groups.into_iter().filter_map(form).collect();
    let name = match ty {
        BodyType::PerMediaType(name) if forms.len() > 1 => Some(name),
        _ => None,
    };
    (!forms.is_empty()).then_some(Payload {
        required,
        docs,
        name,
        forms,
    })
}

fn form(group: Vec<MediaBody>) -> Option<PayloadForm> {
    let documented: Vec<String> = group.iter().map(|one| one.media_type.clone()).collect();
    let MediaBody {
        media_type,
        encoding,
        value,
        variant,
        ..
    } = group.into_iter().next()?;
    let is_range = media_type.contains('*');
    let concrete = |otherwise: &str| match is_range {
        true => otherwise.to_owned(),
        false => media_type.clone(),
    };
    let (media_type, kind) = match (encoding, value) {
        (Encoding::Json, BodyValue::Type(ty)) => {
            (concrete("application/json"), PayloadKind::Json(ty))
        }
        (Encoding::Xml(root), BodyValue::Type(ty)) => {
            (concrete("application/xml"), PayloadKind::Xml(ty, root))
        }
        (Encoding::Form, BodyValue::Type(ty)) => (media_type, PayloadKind::Form(ty, Vec::new())),
        (Encoding::FormBySchema(fields), BodyValue::Type(ty)) => {
            (media_type, PayloadKind::Form(ty, fields))
        }
        (Encoding::Text, BodyValue::Type(ty)) => {
            let text = media_types::with_charset(&concrete("text/plain"));
            (text, PayloadKind::Text(ty))
        }
        (Encoding::Parts(parts), BodyValue::Parts(name)) => {
            let kind = PayloadKind::Parts(name.map(|name| (name, parts)));
            (concrete("multipart/form-data"), kind)
        }
        _ if documented.len() == 1 && !is_range => (media_type, PayloadKind::Octets),
        _ => (media_type, PayloadKind::File),
    };
    Some(PayloadForm {
        variant,
        media_type,
        documented,
        kind,
    })
}
