//! What people call providers and kinds.

use super::API;
use crate::provider::Provider;

/// A provider's name for people.
pub(crate) fn provider_title(api: &str) -> &'static str {
    match api.parse::<Provider>() {
        Ok(provider) => provider.title(),
        Err(_) if api == API => "Specmint",
        Err(_) => "Another provider",
    }
}

/// A kind in words.
pub(crate) fn kind_title(kind: &str) -> String {
    match kind {
        "api_key" => "API key".to_owned(),
        "cli" => "CLI".to_owned(),
        "token_auth" => "Token Auth".to_owned(),
        _ => kind.replace('_', " "),
    }
}

/// A kind in words, of so many.
pub(crate) fn kind_title_of(kind: &str, count: u64) -> String {
    let title = kind_title(kind);
    if count == 1 {
        return title;
    }
    match title.strip_suffix('y') {
        Some(stem) if !stem.ends_with('e') => format!("{stem}ies"),
        _ => format!("{title}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_words() {
        assert_eq!(kind_title("api_key"), "API key");
        assert_eq!(kind_title("access_token"), "access token");
        assert_eq!(kind_title("token_auth"), "Token Auth");
        assert_eq!(kind_title_of("identity", 2), "identities");
        assert_eq!(kind_title_of("api_key", 0), "API keys");
        assert_eq!(kind_title_of("auth_flow", 1), "auth flow");
        assert_eq!(provider_title("beyond-identity"), "Beyond Identity");
        assert_eq!(provider_title(API), "Specmint");
    }
}
