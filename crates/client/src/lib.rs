//! Clients of the five providers' contracts, by progenitor
