//! The five providers' token APIs on the generated traits
