//! Whatever the generator is given, it answers with code or with diagnostics.

use specmint_codegen::diagnostic::Diagnostics;
use specmint_codegen::dialect::{self, Lowered};
use specmint_codegen::{emit, load, overlay, resolve};

/// Takes `text` through all stages, as YAML, as JSON and as an overlay of the document `sound`; whatever is found can be
/// shown, to people and to programs.
pub fn survive(text: &str, sound: &str) {
    for name in ["a.yaml", "a.json"] {
        if let Err(found) = front(name, text) {
            assert!(!found.is_empty(), "refused without a reason: {text:.200}");
            show(&found);
        }
        if let (Ok(sound), Ok(overlay)) = (load::text("sound.yaml", sound), load::text(name, text))
            && let Err(found) = overlay::apply(sound, &[overlay])
        {
            show(&found);
        }
    }
}

/// The document that `text` is, taken through the back half as well.
pub fn front(name: &str, text: &str) -> Result<Lowered, Diagnostics> {
    let lowered = dialect::lower(overlay::apply(load::text(name, text)?, &[])?)?;
    // What the back half makes of it is its own; it comes back.
    if let Err(found) = whole(&lowered) {
        show(&found);
    }
    Ok(lowered)
}

/// Every stage after the dialect, in the order of the builder; the number of lines of what comes out.
pub fn whole(lowered: &Lowered) -> Result<usize, Diagnostics> {
    let resolved = resolve::resolve(lowered)?;
    let code = emit::emit(&resolved.api, emit::Options::default());
    Ok(code
        .unwrap_or_else(|error| panic!("no Rust: {error}"))
        .lines()
        .count())
}

fn show(found: &Diagnostics) {
    for one in found {
        assert!(!one.to_string().is_empty() && one.json().is_object());
    }
}
