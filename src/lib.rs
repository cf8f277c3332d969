//! The token APIs of five providers, generated from their OpenAPI contracts.
//!
//! Each module is one contract of the folder `openapi/`: its models, a trait of its operations, a trait of its security
//! schemes, its documented responses, and [`service`](vtex::service), which serves an implementation.

/// Specmint's own: owners, tokens and the trail of all providers, administered.
pub mod administration {
    include!(concat!(env!("OUT_DIR"), "/specmint/mod.rs"));
}

/// AnchorBrowser: identity tokens of applications.
pub mod anchorbrowser {
    include!(concat!(env!("OUT_DIR"), "/anchorbrowser/mod.rs"));
}

/// Applivery: integration tokens of applications.
pub mod applivery {
    include!(concat!(env!("OUT_DIR"), "/applivery/mod.rs"));
}

/// Beyond Identity: access tokens by OAuth 2.0.
pub mod beyond_identity {
    include!(concat!(env!("OUT_DIR"), "/beyond-identity/mod.rs"));
}

/// Infisical: access tokens of machine identities.
pub mod infisical {
    include!(concat!(env!("OUT_DIR"), "/infisical/mod.rs"));
}

/// VTEX: authorization tokens of the payment provider protocol.
pub mod vtex {
    include!(concat!(env!("OUT_DIR"), "/vtex/mod.rs"));
}
