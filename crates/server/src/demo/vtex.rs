//! VTEX's part: nothing but the name that everyone knows.

use serde::Serialize;
use specmint_store::Store;

use crate::error::StartError;
use crate::vtex::{APPLICATION_ID, application};

/// What calls VTEX's API.
#[derive(Serialize)]
pub struct VtexDemo {
    /// Always `vtex`.
    pub application_id: String,
}

pub(super) async fn make(store: &Store) -> Result<VtexDemo, StartError> {
    application(store).await?;
    Ok(VtexDemo {
        application_id: APPLICATION_ID.to_owned(),
    })
}
