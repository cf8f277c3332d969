//! The token APIs of five providers, generated from their OpenAPI contracts.
