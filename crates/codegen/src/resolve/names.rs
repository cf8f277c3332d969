//! Names that are fixed before anything is built, so that they don't depend on what refers to what.

use std::collections::HashMap;

use serde_json::Value;

use crate::dialect::Lowered;
use crate::naming::{self, Scope};

/// Names that every module has from the start, and that generated code uses. All others it imports, or writes in full.
const RESERVED: &[&str] = &[
    "Box", "Err", "From", "Into", "None", "Ok", "Option", "Result", "Self", "Send", "Some",
    "String", "Sync", "Vec",
];

/// Names of types: one scope for models and for what stands beside them.
pub struct Types {
    /// The scope.
    pub scope: Scope,
    /// Rust name of each named schema.
    pub components: HashMap<String, String>,
}

/// Gives the schemas of `components` their names. Those too that are spelled out where they are used, so that a name does not
/// depend on what another schema is.
pub fn claim(lowered: &Lowered) -> Types {
    let declared = lowered.schemas().pointer("/components/schemas");
    let declared = declared.and_then(Value::as_object).into_iter().flatten();
    components(declared.map(|(name, _)| name.as_str()))
}

/// The types of these schemas: first those whose names are Rust's already, then the others, in the document's order.
fn components<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Types {
    let mut scope = Scope::reserving(RESERVED);
    let rust = names.map(|name| (name, naming::upper_camel(name)));
    let (same, others): (Vec<_>, Vec<_>) = rust.partition(|(name, rust)| name == rust);
    let all = same.into_iter().chain(others);
    let components = all
        .map(|(name, rust)| (name.to_owned(), scope.claim(rust)))
        .collect();
    Types { scope, components }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the obstacle course.
    fn course() -> Vec<String> {
        let text = include_str!("../../tests/documents/names.yaml");
        let document = crate::load::text("names.yaml", text).unwrap();
        let schemas = document.root().pointer("/components/schemas");
        schemas
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect()
    }

    fn of<'n>(names: impl Iterator<Item = &'n String> + Clone) -> HashMap<String, String> {
        components(names.map(String::as_str)).components
    }

    #[test]
    fn every_name_is_an_identifier_of_its_own() {
        let names = of(course().iter());
        let distinct: std::collections::HashSet<&String> = names.values().collect();
        assert_eq!(distinct.len(), names.len());
        for name in distinct {
            assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name}");
            assert!(!RESERVED.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn names_stay_when_an_unrelated_schema_comes_or_goes() {
        let course = course();
        let all = of(course.iter());
        for gone in &course {
            let left = of(course.iter().filter(|name| *name != gone));
            let base = naming::upper_camel(gone);
            for (name, rust) in left {
                let is_related = naming::upper_camel(&name) == base;
                assert!(is_related || rust == all[&name], "{name} by {gone}");
            }
        }
    }

    #[test]
    fn a_name_that_is_rust_s_already_is_kept() {
        let names = ["foo-bar", "FooBar", "foo_bar", "Option"].map(str::to_owned);
        let names = of(names.iter());
        assert_eq!(names["FooBar"], "FooBar");
        assert_eq!(names["foo-bar"], "FooBar2");
        assert_eq!(names["foo_bar"], "FooBar3");
        assert_eq!(names["Option"], "Option2");
    }
}
