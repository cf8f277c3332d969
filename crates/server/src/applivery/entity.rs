//! Organizations and applications: what is kept of them, and the ids and slugs by which paths call them.

use serde::{Deserialize, Serialize};
use specmint_store::{Owner, TokenId};
use uuid::Uuid;

use super::error::Error;
use crate::attributes;
use crate::slug::hyphenated;

/// How many characters the slugs of the contract's paths have at most.
const LONGEST_SLUG: usize = 100;

/// What an organization or an application is kept with; both are found by `id` and by `slug`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Entity {
    /// 24 lower-case hexadecimal digits.
    pub(crate) id: String,
    pub(crate) slug: String,
    /// What people call it; its slug, if nothing was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
}

impl Entity {
    /// What is called `name`, with a slug made of that unless one is given.
    pub(crate) fn new(id: TokenId, name: &str, slug: Option<&str>) -> Self {
        Self {
            id: entity_id(id),
            slug: slug.map_or_else(|| slug_of(name), ToOwned::to_owned),
            name: Some(name.to_owned()),
            description: None,
        }
    }

    /// Puts the id into the slug, which is then nobody else's, and as short as paths want it.
    pub(super) fn tell_apart(&mut self) {
        let room = LONGEST_SLUG - self.id.len() - 1;
        // A slug is ASCII, so that each of its characters is a byte.
        let kept: String = self.slug.chars().take(room).collect();
        self.slug = format!("{}-{}", kept.trim_end_matches('-'), self.id);
    }

    /// What it is found by.
    pub(crate) fn keys(&self) -> Vec<String> {
        vec![self.id.clone(), key(&self.slug)]
    }

    /// What `owner` is kept with.
    pub(super) fn of(owner: &Owner) -> Result<Self, Error> {
        Ok(attributes::of_owner(owner)?)
    }

    /// What people call it.
    pub(super) fn name(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.slug.clone())
    }
}

/// The key that an id or slug is found by: both count in either case.
pub(super) fn key(id_or_slug: &str) -> String {
    id_or_slug.to_ascii_lowercase()
}

/// Whether it has the form of an id, so that it cannot be a slug.
pub(crate) fn is_id(id_or_slug: &str) -> bool {
    id_or_slug.len() == 24 && id_or_slug.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// A row's id in the vendor's form, 24 lower-case hexadecimal digits: the row's time and its last 6 random bytes,
/// so that rows stay findable by it.
pub(super) fn entity_id(id: TokenId) -> String {
    let [time @ .., _, _, _, _, _, _, _, _, _, _] = id.as_bytes();
    let [_, _, _, _, _, _, _, _, _, _, random @ ..] = id.as_bytes();
    time.iter()
        .chain(random)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The row's id that comes before all of the time in an id in the vendor's form.
pub(super) fn before(entity_id: &str) -> Option<TokenId> {
    let time = u128::from_str_radix(time_of(entity_id), 16).ok()?;
    Some(TokenId::from(Uuid::from_u128(time << 80)))
}

/// The part of an id in the vendor's form that is its row's time.
pub(super) fn time_of(entity_id: &str) -> &str {
    entity_id.get(..12).unwrap_or_default()
}

/// A slug for what is called `name`: its ASCII letters and digits in lower case, with hyphens for all else between
/// them.
pub(super) fn slug_of(name: &str) -> String {
    let slug = hyphenated(name);
    if slug.len() < 3 || is_id(&slug) {
        format!("app-{slug}").trim_end_matches('-').to_owned()
    } else {
        slug
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_24_lower_case_hexadecimal_digits_and_follow_time() {
        let (first, second) = (TokenId::new(), TokenId::new());
        for id in [first, second] {
            let text = entity_id(id);
            assert_eq!(text.len(), 24);
            assert_eq!(key(&text), text);
            assert!(id.to_string().replace('-', "").starts_with(&text[..12]));
            assert!(id.to_string().replace('-', "").ends_with(&text[12..]));
            let before = before(&text).unwrap();
            assert!(before < id);
            assert_eq!(time_of(&entity_id(before)), time_of(&text));
        }
        assert_ne!(entity_id(first), entity_id(second));
    }

    #[test]
    fn ids_and_slugs_count_in_either_case() {
        assert_eq!(key("ABCDEFabcdef012345678901"), "abcdefabcdef012345678901");
        let entity = Entity::new(TokenId::new(), "Mine", Some("My-App"));
        assert_eq!(entity.slug, "My-App");
        assert_eq!(entity.keys(), [entity.id.clone(), "my-app".to_owned()]);
    }

    #[test]
    fn a_slug_with_the_id_in_it_fits_into_paths() {
        for (length, kept) in [(5, 5), (75, 75), (76, 75), (100, 75)] {
            let mut entity = Entity::new(TokenId::new(), &"n".repeat(length), None);
            entity.tell_apart();
            assert_eq!(entity.slug, format!("{}-{}", "n".repeat(kept), entity.id));
            assert!(entity.slug.len() <= LONGEST_SLUG);
        }
    }

    #[test]
    fn a_slug_is_made_of_any_name() {
        for (name, slug) in [
            ("Field Reports", "field-reports"),
            ("  --Caf\u{e9} 2!", "caf-2"),
            ("\u{1f511}", "app"),
            ("x", "app-x"),
            ("abcdef012345678901234567", "app-abcdef012345678901234567"),
        ] {
            assert_eq!(slug_of(name), slug);
            assert!(!is_id(&slug_of(name)));
        }
    }
}
