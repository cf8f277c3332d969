//! Randomness of the operating system.

/// The operating system has no randomness.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the operating system has no randomness to give")]
pub(crate) struct NoRandomness;

/// `N` random bytes.
pub(crate) fn random_bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// `length` random letters and digits, up to 64.
pub(crate) fn random_text(length: usize) -> Result<String, NoRandomness> {
    const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // A byte that names no letter is dropped, so that all letters are equally likely.
    let letters = random_bytes::<128>()?
        .into_iter()
        .filter_map(|byte| LETTERS.get(usize::from(byte % 64)))
        .map(|letter| char::from(*letter));
    Ok(letters.take(length).collect())
}
