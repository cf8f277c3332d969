//! The walk over what a file holds, by the table of fields, that gives each reference its new form.

use serde_json::Value;

use super::components::is_looked_into;
use super::remedies::CIRCLE;
use super::resources::{has_scheme, is_file};
use super::target::Target;
use super::{Bundle, MAX_INLINED, only_reference};
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::{Holds, Object, Rest, SCHEMA, SECTIONS, object_at};
use crate::load::{Below, Places};
use crate::pointer::tokens;

/// Objects that the later stages have no references to.
pub(super) fn is_written_out(object: &str) -> bool {
    ["Path Item Object", "Media Type Object"].contains(&object)
}

impl Bundle {
    /// Visits the node that stood at `here`, which `holds` describes.
    pub(super) fn visit(
        &mut self,
        value: &mut Value,
        places: &mut Places,
        holds: &Holds,
        here: &mut Target,
    ) {
        if let Some(text) = to_write_out(value, holds) {
            self.write_out(&text, value, places, holds, here);
            return;
        }
        match (holds, value) {
            (Holds::List(item), Value::Array(items)) if is_looked_into(item) => {
                for (index, value) in items.iter_mut().enumerate() {
                    self.child(&index.to_string(), value, places, item, here);
                }
            }
            (Holds::Map(_, member), Value::Object(members)) if is_looked_into(member) => {
                for (name, value) in members.iter_mut() {
                    self.child(name, value, places, member, here);
                }
            }
            (Holds::Object(object), value) => self.object(object, value, places, here),
            (Holds::Schema | Holds::SchemaOrBoolean, value) => {
                self.schema(value, places, here);
            }
            _ => {}
        }
    }

    fn child(
        &mut self,
        name: &str,
        value: &mut Value,
        places: &mut Places,
        holds: &Holds,
        here: &mut Target,
    ) {
        if !value.is_object() && !value.is_array() {
            return;
        }
        if let Some(places) = places.child_mut(name) {
            here.tokens.push(name.to_owned());
            self.visit(value, places, holds, here);
            here.tokens.pop();
        }
    }

    fn object(
        &mut self,
        object: &'static Object,
        value: &mut Value,
        places: &mut Places,
        here: &mut Target,
    ) {
        let section = SECTIONS
            .iter()
            .find(|section| section.object == object.name);
        if let Some(section) = section.filter(|_| object.reference) {
            self.reference(section.name, value, places, here);
        }
        let is_root = here.file == 0 && here.tokens.is_empty();
        for (name, value) in value.as_object_mut().into_iter().flatten() {
            // The components have a walk of their own.
            if name.starts_with("x-") || (is_root && name == "components") {
                continue;
            }
            match (object.field(name), &object.rest) {
                (Some(_), _) if object.name == "Discriminator Object" && name == "mapping" => {
                    self.mapping(value, places, here);
                }
                (Some(_), _) if name == "security" => self.requirements(value, places, here),
                (Some(field), _) => self.child(name, value, places, &field.holds, here),
                (None, Rest::Patterned(_, holds)) => self.child(name, value, places, holds, here),
                (None, Rest::Refused) => {}
            }
        }
    }

    fn schema(&mut self, value: &mut Value, places: &mut Places, here: &mut Target) {
        let file = self.files.get(here.file);
        let resources = file.map(|file| &file.resources);
        let is_plain = resources.is_none_or(|resources| resources.is_plain());
        if let Value::Object(members) = value
            && let Some(Value::String(text)) = members.get("$dynamicRef")
            && !members.contains_key("$ref")
        {
            let anchor = text.split_once('#').map_or("", |(_, anchor)| anchor);
            if resources.is_none_or(|resources| resources.dynamic(anchor) < 2) {
                let text = Value::from(text.as_str());
                members.shift_remove("$dynamicRef");
                members.insert("$ref".to_owned(), text);
                if let Below::Members(below) = &mut places.below
                    && let Some(place) = below.remove("$dynamicRef")
                {
                    below.insert("$ref".to_owned(), place);
                }
            }
        }
        self.object(&SCHEMA, value, places, here);
        // What it says of references has been done; left to stand, it would be done twice.
        if !is_plain && let Value::Object(members) = value {
            members.shift_remove("$id");
        }
    }

    /// Gives the `$ref` of a Reference Object or a Schema Object its new form.
    fn reference(
        &mut self,
        section: &'static str,
        value: &mut Value,
        places: &Places,
        here: &Target,
    ) {
        let Some(text) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        let text = text.to_owned();
        if let Some(new) = self.new_form(&text, section, places, here)
            && let Some(reference) = value.get_mut("$ref")
        {
            *reference = Value::from(new);
        }
    }

    pub(super) fn new_form(
        &mut self,
        text: &str,
        section: &'static str,
        places: &Places,
        here: &Target,
    ) -> Option<String> {
        if here.file == 0 && self.is_plain(text) {
            return None;
        }
        let section = SECTIONS.iter().find(|one| one.name == section)?;
        let first = self.resolve(text, here, places)?;
        let Some(target) = self.last(first) else {
            let message = format!("`{text}` leads only to further references");
            let at = places.child("$ref").unwrap_or(places).place().clone();
            self.say(Diagnostic::error(Code::CyclicRef, message, CIRCLE).at(at));
            return None;
        };
        Some(self.home(section, target))
    }

    /// Whether a reference of the document itself can stay as it is.
    fn is_plain(&self, text: &str) -> bool {
        let root = self.files.get(0);
        let pointer = text.strip_prefix('#').filter(|text| !text.contains('%'));
        root.is_some_and(|root| root.resources.is_plain())
            && pointer
                .and_then(tokens)
                .is_some_and(|tokens| object_at(&tokens).is_some())
    }

    /// The values of a Discriminator Object's `mapping` that are references and not names.
    fn mapping(&mut self, value: &mut Value, places: &Places, here: &Target) {
        let Some(places) = places.child("mapping") else {
            return;
        };
        for (name, value) in value.as_object_mut().into_iter().flatten() {
            let Some(text) = value.as_str() else { continue };
            if !text.contains('#') && !is_file(text) && !has_scheme(text) {
                continue;
            }
            let text = text.to_owned();
            let places = places.child(name).unwrap_or(places);
            if let Some(new) = self.new_form(&text, "schemas", places, here) {
                *value = Value::from(new);
            }
        }
    }

    /// Puts what `text` points at in the place of `value`, together with what stands beside.
    fn write_out(
        &mut self,
        text: &str,
        value: &mut Value,
        places: &mut Places,
        holds: &Holds,
        here: &mut Target,
    ) {
        let Some(mut target) = self.resolve(text, here, places) else {
            return;
        };
        let at = places.child("$ref").unwrap_or(places).place().clone();
        if self.inlining.contains(&target) {
            let message = format!("`{text}` leads back to itself");
            self.say(Diagnostic::error(Code::CyclicRef, message, CIRCLE).at(at));
            return;
        }
        let Some((there, from)) = self.files.find(&target) else {
            return;
        };
        let (mut there, mut from) = (there.clone(), from.clone());
        let Some(left) = self.left.checked_sub(crate::load::size(&there)) else {
            let message = format!(
                "what is written out in place of references has more than {MAX_INLINED} nodes"
            );
            let help = "let fewer references lead to the same object";
            self.say(Diagnostic::error(Code::ExpansionTooLarge, message, help).at(at));
            return;
        };
        self.left = left;
        self.inlining.push(target.clone());
        self.visit(&mut there, &mut from, holds, &mut target);
        self.inlining.pop();
        if only_reference(value).is_none()
            && let Value::Object(members) = &mut *value
        {
            members.shift_remove("$ref");
            self.visit(value, places, holds, here);
            self.merge(value, places, &mut there, &mut from);
        }
        from.key = places.key.take();
        *value = there;
        *places = from;
    }

    /// What stands beside a reference holds, also against what the reference leads to.
    fn merge(
        &mut self,
        beside: &mut Value,
        places: &mut Places,
        there: &mut Value,
        from: &mut Places,
    ) {
        let (Value::Object(beside), Value::Object(there)) = (beside, there) else {
            return;
        };
        let (Below::Members(places), Below::Members(from)) = (&mut places.below, &mut from.below)
        else {
            return;
        };
        for (name, value) in std::mem::take(beside) {
            let Some(place) = places.remove(&name) else {
                continue;
            };
            let is_documentation = name == "summary" || name == "description";
            if there.contains_key(&name) && !is_documentation {
                let message = format!("`{name}` stands both here and where the `$ref` points");
                let help = "keep one of the two: this one holds";
                let finding = Diagnostic::error(Code::RefSiblings, message, help);
                self.say(finding.at(place.place().clone()).warning());
            }
            there.insert(name.clone(), value);
            from.insert(name, place);
        }
    }
}

/// The text of a `$ref` in whose place its target is written.
fn to_write_out(value: &Value, holds: &Holds) -> Option<String> {
    let text = value.get("$ref")?.as_str()?;
    let is_written_out = match holds {
        Holds::Object(object) => !object.reference || is_written_out(object.name),
        Holds::Map(_, member) => is_looked_into(member),
        Holds::List(item) => is_looked_into(item),
        _ => false,
    };
    is_written_out.then(|| text.to_owned())
}
