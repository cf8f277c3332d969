//! The `components` of the one document: its own, and what comes in from elsewhere.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::target::Target;
use super::{Bundle, Pending, only_reference};
use crate::dialect::{COMPONENTS, Holds, SECTIONS, Section};
use crate::load::{Below, Places};
use crate::pointer;

impl Bundle {
    /// Gives every entry of `components` its name, and what it takes in from elsewhere its home there.
    pub(super) fn claim_entries(&mut self) {
        for section in SECTIONS {
            let source = self.source(section.name);
            let Some((Value::Object(entries), _)) = self.files.find(&source) else {
                continue;
            };
            let entries: Vec<(String, Option<String>)> = entries
                .iter()
                .map(|(name, entry)| (name.clone(), only_reference(entry).map(str::to_owned)))
                .collect();
            for (name, reference) in entries {
                let home = pointer::reference(&["components", section.name, &name]);
                let here = source.below(&name);
                let target = match reference {
                    Some(text) => self.end(&text, &here),
                    None => Some(here),
                };
                self.names.take(section.name, name);
                if let Some(target) = target.filter(|target| target.file != 0) {
                    self.homes.entry((section.name, target)).or_insert(home);
                }
            }
        }
    }

    /// Where the entries of a section stand, which may itself be a reference.
    fn source(&mut self, section: &str) -> Target {
        let own = Target::root(0).below("components").below(section);
        self.whole(own)
    }

    /// All components, those among them that other parts of the document asked for.
    pub(super) fn components(&mut self, root: &Places) -> (Value, Places) {
        let source = self.whole(Target::root(0).below("components"));
        let (own, own_places) = match self.files.find(&source) {
            Some((value, places)) => (value.clone(), places.clone()),
            None => (Value::Object(Map::new()), root.without_children()),
        };
        let mut all = Map::new();
        let mut places = own_places.without_children();
        places.key = root
            .child("components")
            .and_then(|places| places.key.clone());
        let mut below = HashMap::new();
        for (name, value) in own.as_object().into_iter().flatten() {
            let mut value = value.clone();
            let Some(mut places) = own_places.child(name).cloned() else {
                continue;
            };
            if let Some(section) = SECTIONS.iter().find(|section| section.name == name) {
                self.entries(section, &mut value, &mut places);
            } else if let Some(field) = COMPONENTS.field(name) {
                let mut here = source.below(name);
                self.visit(&mut value, &mut places, &field.holds, &mut here);
            }
            all.insert(name.clone(), value);
            below.insert(name.clone(), places);
        }
        while let Some(pending) = self.pending.pop_front() {
            self.settle(pending, &mut all, &mut below, root);
        }
        places.below = Below::Members(below);
        (Value::Object(all), places)
    }

    /// Visits the entries of a section; one that is the home of what it points at takes it in.
    fn entries(&mut self, section: &'static Section, value: &mut Value, places: &mut Places) {
        let source = self.source(section.name);
        if only_reference(value).is_some() {
            self.copy(&source, value, places);
        }
        let Value::Object(entries) = value else {
            return;
        };
        for (name, entry) in entries.iter_mut() {
            let Some(places) = places.child_mut(name) else {
                continue;
            };
            let mut here = source.below(name);
            let home = pointer::reference(&["components", section.name, name]);
            let target = only_reference(entry).map(str::to_owned);
            let target = target.and_then(|text| self.end(&text, &here));
            if let Some(target) = target
                && self.homes.get(&(section.name, target.clone())) == Some(&home)
                && self.copy(&target, entry, places)
            {
                here = target;
            }
            self.visit(entry, places, &section.holds, &mut here);
        }
    }

    /// Brings a target to its home.
    fn settle(
        &mut self,
        pending: Pending,
        all: &mut Map<String, Value>,
        below: &mut HashMap<String, Places>,
        root: &Places,
    ) {
        let Pending {
            section,
            name,
            mut target,
        } = pending;
        let Some(holds) = SECTIONS.iter().find(|one| one.name == section) else {
            return;
        };
        let Some((value, places)) = self.files.find(&target) else {
            return;
        };
        let (mut value, mut places) = (value.clone(), places.clone());
        self.visit(&mut value, &mut places, &holds.holds, &mut target);
        let entries = all
            .entry(section)
            .or_insert_with(|| Value::Object(Map::new()));
        let below = below
            .entry(section.to_owned())
            .or_insert_with(|| root.without_children());
        if let (Value::Object(entries), Below::Members(below)) = (entries, &mut below.below) {
            entries.insert(name.clone(), value);
            below.insert(name, places);
        }
    }

    /// Puts what stands at `target` in the place of `value`.
    fn copy(&mut self, target: &Target, value: &mut Value, places: &mut Places) -> bool {
        let Some((there, from)) = self.files.find(target) else {
            return false;
        };
        *value = there.clone();
        *places = Places {
            key: places.key.take(),
            ..from.clone()
        };
        true
    }

    /// The reference to what stands at `target`, which gets a home in `components` unless it stands in the document.
    pub(super) fn home(&mut self, section: &'static Section, target: Target) -> String {
        let is_ours = target.file == 0 && crate::dialect::object_at(&target.tokens).is_some();
        if is_ours {
            return pointer::reference(&target.tokens);
        }
        let key = (section.name, target);
        if let Some(home) = self.homes.get(&key) {
            return home.clone();
        }
        let target = key.1.clone();
        let file = self.files.get(target.file);
        let path = file
            .and_then(|file| file.path.as_deref())
            .filter(|_| target.file != 0);
        let name = self.names.claim(section.name, path, &target.tokens);
        let home = pointer::reference(&["components", section.name, &name]);
        self.homes.insert(key, home.clone());
        self.pending.push_back(Pending {
            section: section.name,
            name,
            target,
        });
        home
    }
}

/// What a member of a map or an object may hold, if it is looked into.
pub(super) fn is_looked_into(holds: &Holds) -> bool {
    matches!(
        holds,
        Holds::List(_) | Holds::Map(..) | Holds::Object(_) | Holds::Schema | Holds::SchemaOrBoolean
    )
}
