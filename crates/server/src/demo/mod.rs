//! One working set of objects for all APIs, so that each can be called at once.
//!
//! The objects are made once for a database and found again after that. Keys are made anew each time, for the
//! store keeps no secret that could be shown again.

mod anchorbrowser;
mod applivery;
mod beyond_identity;
mod guide;
mod infisical;
mod names;
mod object;
mod shell;
mod vtex;

use serde::Serialize;
use specmint_store::Store;

use crate::error::StartError;
use names::Names;

pub use anchorbrowser::AnchorBrowserDemo;
pub use applivery::AppliveryDemo;
pub use beyond_identity::BeyondIdentityDemo;
pub use guide::guide;
pub use infisical::InfisicalDemo;
pub use shell::quoted;
pub use vtex::VtexDemo;

/// What is needed to call every API. It holds secrets, which are shown nowhere else.
#[derive(Serialize)]
pub struct Demo {
    /// AnchorBrowser's part.
    pub anchorbrowser: AnchorBrowserDemo,
    /// Infisical's part.
    pub infisical: InfisicalDemo,
    /// Applivery's part.
    pub applivery: AppliveryDemo,
    /// Beyond Identity's part.
    pub beyond_identity: BeyondIdentityDemo,
    /// VTEX's part.
    pub vtex: VtexDemo,
}

/// A demo, and whether its objects were there before.
pub struct Made {
    /// The set, with new keys.
    pub demo: Demo,
    /// Whether the objects are those of an earlier call.
    pub again: bool,
}

/// Makes the objects, or finds those of an earlier call, and makes new keys for them.
///
/// # Errors
/// When the store fails, or a signing key cannot be read.
pub async fn make(store: &Store) -> Result<Made, StartError> {
    let names = Names::of(store).await?;
    let again = anchorbrowser::exists(store, &names).await?;
    let demo = Demo {
        anchorbrowser: anchorbrowser::make(store, &names).await?,
        infisical: infisical::make(store, &names).await?,
        applivery: applivery::make(store, &names).await?,
        beyond_identity: beyond_identity::make(store, &names).await?,
        vtex: vtex::make(store).await?,
    };
    Ok(Made { demo, again })
}
