//! Security Requirement Objects that name a scheme by a URI (OpenAPI 3.2.0, section 4.30).

use serde_json::{Map, Value};

use super::Bundle;
use super::resources::is_file;
use super::target::Target;
use crate::load::{Below, Places};

/// Whether some requirement names a scheme by a URI that is more than a plain pointer into the document.
pub(super) fn has_work(security: &Value) -> bool {
    let all = security.as_array().into_iter().flatten();
    let mut names = all.filter_map(Value::as_object).flat_map(Map::keys);
    names.any(|name| is_uri(name) && !name.starts_with("#/components/"))
}

/// Whether `name` cannot be that of a component, or is that of a file.
fn is_uri(name: &str) -> bool {
    name.contains(['#', '/']) || is_file(name)
}

impl Bundle {
    /// Gives each URI in the list `security` of the object at `places` its new form.
    pub(super) fn requirements(
        &mut self,
        security: &mut Value,
        places: &mut Places,
        here: &Target,
    ) {
        let Some(places) = places.child_mut("security") else {
            return;
        };
        for (index, value) in security.as_array_mut().into_iter().flatten().enumerate() {
            let (Value::Object(members), Some(places)) =
                (value, places.child_mut(&index.to_string()))
            else {
                continue;
            };
            if members
                .keys()
                .any(|name| is_uri(name) && !self.is_scheme(name))
            {
                self.requirement(members, places, here);
            }
        }
    }

    fn requirement(
        &mut self,
        members: &mut Map<String, Value>,
        places: &mut Places,
        here: &Target,
    ) {
        for (name, scopes) in std::mem::take(members) {
            let at = places.child(&name).unwrap_or(places);
            let new = if is_uri(&name) && !self.is_scheme(&name) {
                self.new_form(&name, "securitySchemes", at, here)
            } else {
                None
            };
            if let Some(new) = &new
                && let Below::Members(below) = &mut places.below
                && let Some(place) = below.remove(&name)
            {
                below.insert(new.clone(), place);
            }
            members.insert(new.unwrap_or(name), scopes);
        }
    }

    /// Whether the document declares a scheme of this name, which then is meant.
    fn is_scheme(&self, name: &str) -> bool {
        let root = self.files.get(0).map(|file| &file.document.root);
        let schemes = root.and_then(|root| root.pointer("/components/securitySchemes"));
        schemes.is_some_and(|schemes| schemes.get(name).is_some())
    }
}
