//! What a `$ref` points at.

use serde_json::Value;

use super::resources::{absolute, has_scheme};
use super::{Bundle, only_reference, remedies};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Places;
use crate::pointer::{percent_decode, tokens};

/// How many references may follow one another.
const MAX_CHAIN: usize = 64;

/// A node of one of the files.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Target {
    pub(super) file: usize,
    pub(super) tokens: Vec<String>,
}

/// Why a reference leads nowhere.
enum Astray {
    /// A finding that is told elsewhere.
    Told,
    Malformed,
    Nothing,
    Circle,
    Network,
    NoFolder,
}

impl Target {
    /// The whole of a file.
    pub(super) fn root(file: usize) -> Self {
        Self {
            file,
            tokens: Vec::new(),
        }
    }

    pub(super) fn below(&self, name: &str) -> Self {
        let mut below = self.clone();
        below.tokens.push(name.to_owned());
        below
    }
}

impl Bundle {
    /// What the reference `text`, standing at `from`, points at; what is wrong with it is found at `places`.
    pub(super) fn resolve(&mut self, text: &str, from: &Target, places: &Places) -> Option<Target> {
        let known = self.found.len();
        let astray = match self.locate(text, from, 0) {
            Ok(target) => return Some(target),
            Err(astray) => astray,
        };
        let at = places.child("$ref").unwrap_or(places).place().clone();
        let root = self.files.get(0).map(|file| &file.document.root);
        let root = root.unwrap_or(&Value::Null);
        let here = self.files.find(from).filter(|(there, _)| {
            from.file == 0 && there.get("$ref").is_some_and(|reference| reference == text)
        });
        let here = here.map(|_| from.tokens.as_slice());
        let (code, message, help) = match astray {
            Astray::Told => {
                self.found.locate(known, &at);
                return None;
            }
            Astray::Malformed => (
                Code::MalformedRef,
                format!(
                    "`{text}` is no URI reference with a JSON Pointer (RFC 6901, section 6) or an anchor"
                ),
                "write it as `#/components/schemas/Name`".to_owned(),
            ),
            Astray::Nothing => (
                Code::DanglingRef,
                format!("nothing stands at `{text}`"),
                remedies::dangling(root, text, None, here, known),
            ),
            Astray::Circle => (
                Code::CyclicRef,
                format!("`{text}` leads only to further references and back to itself"),
                remedies::CIRCLE.to_owned(),
            ),
            Astray::Network => (
                Code::ExternalRef,
                format!("`{text}` points into the network, from which nothing is fetched"),
                remedies::network(root, text, here),
            ),
            Astray::NoFolder => (
                Code::ExternalRef,
                format!(
                    "`{text}` points into another file, but this document was not read from one"
                ),
                "bring what it points at into this document, under `components`".to_owned(),
            ),
        };
        self.say(Diagnostic::error(code, message, help).at(at));
        None
    }

    /// Where the chain of references that begins with `text` ends; what is wrong with it is found where it is visited.
    pub(super) fn end(&mut self, text: &str, from: &Target) -> Option<Target> {
        let target = self.locate(text, from, 0).ok()?;
        self.last(target)
    }

    /// Where the chain of references ends that goes on from `target`.
    pub(super) fn last(&mut self, target: Target) -> Option<Target> {
        let mut target = target;
        for _ in 0..MAX_CHAIN {
            let (value, _) = self.files.find(&target)?;
            match only_reference(value).map(str::to_owned) {
                // In the document itself a reference is left to stand.
                Some(text) if target.file != 0 => target = self.locate(&text, &target, 0).ok()?,
                _ => return Some(target),
            }
        }
        None
    }

    /// The whole of what stands at `target`, references to it followed; `target` itself where they lead nowhere.
    pub(super) fn whole(&mut self, target: Target) -> Target {
        let Ok(mut here) = self.follow(target.clone(), 0) else {
            return target;
        };
        for _ in 0..MAX_CHAIN {
            let value = self.files.find(&here).map(|(value, _)| value);
            let Some(text) = value.and_then(only_reference).map(str::to_owned) else {
                return here;
            };
            match self.locate(&text, &here, 0) {
                Ok(next) => here = next,
                Err(_) => return here,
            }
        }
        target
    }

    /// `met` counts the references that were followed on the way.
    fn locate(&mut self, text: &str, from: &Target, met: usize) -> Result<Target, Astray> {
        if met > MAX_CHAIN {
            return Err(Astray::Circle);
        }
        let (uri, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = percent_decode(fragment).ok_or(Astray::Malformed)?;
        let (file, uri, resource) = self.resource(uri, from)?;
        let mut target = Target {
            file,
            tokens: resource,
        };
        if fragment.is_empty() || fragment.starts_with('/') {
            target
                .tokens
                .extend(tokens(&fragment).ok_or(Astray::Malformed)?);
        } else {
            let file = self.files.get(file).ok_or(Astray::Nothing)?;
            let anchor = file.resources.anchor(&uri, &fragment);
            target.tokens = anchor.ok_or(Astray::Nothing)?.to_vec();
        }
        self.follow(target, met)
    }

    /// The file, the URI and the tokens of the resource that `uri` means at `from`.
    fn resource(
        &mut self,
        uri: &str,
        from: &Target,
    ) -> Result<(usize, String, Vec<String>), Astray> {
        let file = self.files.get(from.file).ok_or(Astray::Nothing)?;
        let (base, around) = if file.resources.is_plain() {
            file.resources.around(&[])
        } else {
            file.resources.around(&from.tokens)
        };
        if uri.is_empty() {
            return Ok((from.file, base.to_owned(), around.to_vec()));
        }
        let whole = absolute(base, uri);
        if let Some(known) = file.resources.resource(&whole) {
            return Ok((from.file, whole, known.to_vec()));
        }
        if has_scheme(uri) {
            return Err(Astray::Network);
        }
        let path = percent_decode(uri).ok_or(Astray::Malformed)?;
        let path = self.files.path(from.file, &path).ok_or(Astray::NoFolder)?;
        match self.files.read(&path) {
            Ok(Some(file)) => {
                let base = self
                    .files
                    .get(file)
                    .map(|file| file.resources.around(&[]).0);
                Ok((file, base.unwrap_or_default().to_owned(), Vec::new()))
            }
            Ok(None) => Err(Astray::Told),
            Err(found) => {
                self.found.extend(found);
                Err(Astray::Told)
            }
        }
    }

    /// Follows references that stand on the way to `target`, as other tools do.
    fn follow(&mut self, target: Target, met: usize) -> Result<Target, Astray> {
        if self.files.find(&target).is_some() {
            return Ok(target);
        }
        let mut here = Target::root(target.file);
        for (index, token) in target.tokens.iter().enumerate() {
            let below = here.below(token);
            if self.files.find(&below).is_some() {
                here = below;
                continue;
            }
            let (value, _) = self.files.find(&here).ok_or(Astray::Nothing)?;
            let text = value
                .get("$ref")
                .and_then(Value::as_str)
                .ok_or(Astray::Nothing)?;
            let text = text.to_owned();
            let mut next = self.locate(&text, &here, met + 1)?;
            next.tokens
                .extend(target.tokens.iter().skip(index).cloned());
            return self.follow(next, met + 1);
        }
        Ok(here)
    }
}
