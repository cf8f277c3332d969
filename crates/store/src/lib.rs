//! Tokens and those who own them, durably
