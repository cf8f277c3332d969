//! YAML 1.2 to JSON's data model, through the events of `saphyr-parser`.

use std::collections::HashMap;
use std::sync::Arc;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, StrInput, Tag};
use serde_json::{Map, Value};

use super::offsets::Offsets;
use super::places::{Below, Places};
use super::scalar::{self, NoValue};
use super::{Document, MAX_DEPTH};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Source};

/// How many bytes aliases and merge keys may add, roughly; a document of a hundred megabytes is nobody's intention.
const MAX_EXPANSION: usize = 32 << 20;
/// What a node weighs against [`MAX_EXPANSION`] besides its text.
const NODE_WEIGHT: usize = 128;

/// Reads the one document of `source`.
pub(super) fn read(source: &Arc<Source>) -> Result<Document, Diagnostics> {
    let mut reader = Reader {
        parser: Parser::new_from_str(source.text()),
        offsets: Offsets::new(source.text()),
        source,
        anchors: HashMap::new(),
        expanded: 0,
        found: Diagnostics::new(),
    };
    let read = reader.document();
    let mut found = reader.found;
    match read {
        Ok(node) => found.or(Document {
            root: node.value,
            places: node.places,
        }),
        Err(fatal) => {
            found.push(*fatal);
            Err(found)
        }
    }
}

/// A node that has been read.
#[derive(Clone)]
struct Node {
    value: Value,
    places: Places,
    /// What a copy of it costs, against [`MAX_EXPANSION`].
    weight: usize,
}

/// A finding after which reading cannot go on.
type Fatal = Box<Diagnostic>;
type Next<'a> = (Event<'a>, Place);

struct Reader<'a> {
    parser: Parser<'a, StrInput<'a>>,
    offsets: Offsets<'a>,
    source: &'a Arc<Source>,
    /// The nodes with an anchor, by the parser's number for it; `None` while they are being read.
    anchors: HashMap<usize, Option<Node>>,
    expanded: usize,
    found: Diagnostics,
}

impl<'a> Reader<'a> {
    fn document(&mut self) -> Result<Node, Fatal> {
        let mut root = None;
        loop {
            let (event, place) = self.next()?;
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) if root.is_some() => {
                    return Err(Box::new(several_documents(place)));
                }
                Event::Nothing
                | Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd => {}
                event => root = Some(self.node(event, place, 0)?),
            }
        }
        root.ok_or_else(|| Box::new(super::empty(self.source)))
    }

    fn next(&mut self) -> Result<Next<'a>, Fatal> {
        match self.parser.next_event() {
            Some(Ok((event, span))) => Ok((event, self.place(span))),
            Some(Err(error)) => Err(Box::new(self.syntax(&error))),
            None => Ok((Event::StreamEnd, self.place(Span::default()))),
        }
    }

    fn place(&self, span: Span) -> Place {
        let (start, end) = (
            self.offsets.byte(span.start.index()),
            self.offsets.byte(span.end.index()),
        );
        Place::new(Arc::clone(self.source), start, end)
    }

    fn syntax(&self, error: &ScanError) -> Diagnostic {
        let at = self.offsets.byte(error.marker().index());
        Diagnostic::error(
            Code::Syntax,
            format!("this is not YAML: {}", error.info()),
            "check the indentation and the quotes here and just above",
        )
        .at(Place::new(Arc::clone(self.source), at, at))
    }

    fn node(&mut self, event: Event<'a>, place: Place, depth: usize) -> Result<Node, Fatal> {
        if depth > MAX_DEPTH {
            return Err(Box::new(super::too_deep(place)));
        }
        let anchor = match &event {
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(anchor, _)
            | Event::MappingStart(anchor, _) => *anchor,
            _ => 0,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, None);
        }
        let node = match event {
            Event::Alias(anchor) => return self.alias(anchor, &place, depth),
            Event::Scalar(text, style, _, tag) => self.scalar(&text, style, tag.as_deref(), place),
            Event::SequenceStart(_, tag) => {
                self.collection_tag(tag.as_deref(), "seq", &place);
                self.sequence(place, depth)?
            }
            Event::MappingStart(_, tag) => {
                self.collection_tag(tag.as_deref(), "map", &place);
                self.mapping(place, depth)?
            }
            _ => return Err(Box::new(super::empty(self.source))),
        };
        if anchor > 0 {
            self.spend(node.weight, &node.places.node)?;
            self.anchors.insert(anchor, Some(node.clone()));
        }
        Ok(node)
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, tag: Option<&Tag>, place: Place) -> Node {
        let value = match tag {
            Some(tag) if tag.is_yaml_core_schema() => scalar::tagged(&tag.suffix, text),
            // `!` alone says that the scalar is not to be resolved: YAML 1.2.2, 6.9.1.
            Some(tag) if tag.suffix.is_empty() || tag.suffix == "!" => Ok(Value::from(text)),
            Some(_) => Err(NoValue::UnknownTag),
            None if style == ScalarStyle::Plain => scalar::plain(text),
            None => Ok(Value::from(text)),
        };
        let value = value.unwrap_or_else(|reason| {
            self.found.push(no_value(reason, text).at(place.clone()));
            Value::Null
        });
        Node {
            value,
            places: Places::leaf(place),
            weight: NODE_WEIGHT + text.len(),
        }
    }

    fn collection_tag(&mut self, tag: Option<&Tag>, suffix: &str, place: &Place) {
        if tag.is_some_and(|tag| !(tag.is_yaml_core_schema() && tag.suffix == suffix)) {
            self.found
                .push(no_value(NoValue::UnknownTag, "").at(place.clone()));
        }
    }

    fn sequence(&mut self, start: Place, depth: usize) -> Result<Node, Fatal> {
        let (mut values, mut places, mut weight) = (Vec::new(), Vec::new(), NODE_WEIGHT);
        loop {
            let (event, place) = self.next()?;
            if event == Event::SequenceEnd {
                let places = Places {
                    key: None,
                    node: self.join(&start, &place),
                    below: Below::Items(places),
                };
                return Ok(Node {
                    value: Value::Array(values),
                    places,
                    weight,
                });
            }
            let node = self.node(event, place, depth + 1)?;
            weight += node.weight;
            values.push(node.value);
            places.push(node.places);
        }
    }

    fn mapping(&mut self, start: Place, depth: usize) -> Result<Node, Fatal> {
        let (mut members, mut places, mut weight) = (Map::new(), HashMap::new(), NODE_WEIGHT);
        let mut merged: Vec<Node> = Vec::new();
        loop {
            let (event, place) = self.next()?;
            if event == Event::MappingEnd {
                let node = self.join(&start, &place);
                self.merge(merged, &mut members, &mut places, &mut weight)?;
                let places = Places {
                    key: None,
                    node,
                    below: Below::Members(places),
                };
                return Ok(Node {
                    value: Value::Object(members),
                    places,
                    weight,
                });
            }
            let is_merge =
                matches!(&event, Event::Scalar(text, ScalarStyle::Plain, _, None) if text == "<<");
            let key = self.key(event, &place, depth)?;
            let (event, value_place) = self.next()?;
            let mut node = self.node(event, value_place, depth + 1)?;
            if is_merge {
                node.places.key = Some(place);
                merged.push(node);
                continue;
            }
            if let Some(first) = places.get(&key) {
                self.found.push(super::duplicate(&key, place, first));
                continue;
            }
            weight += node.weight + key.len();
            node.places.key = Some(place);
            members.insert(key.clone(), node.value);
            places.insert(key, node.places);
        }
    }

    /// A key as text, as it is written: `200` and `on` are keys like any other.
    fn key(&mut self, event: Event<'a>, place: &Place, depth: usize) -> Result<String, Fatal> {
        if let Event::Scalar(text, _, anchor, _) = &event
            && *anchor == 0
        {
            return Ok(text.clone().into_owned());
        }
        let node = self.node(event, place.clone(), depth + 1)?;
        match node.value {
            Value::String(text) => Ok(text),
            Value::Array(_) | Value::Object(_) => Err(Box::new(
                Diagnostic::error(
                    Code::KeyNotScalar,
                    "a key must be text, not a mapping or a sequence",
                    "quote the key if it is meant to begin with `{`, `[` or `?`",
                )
                .at(place.clone()),
            )),
            value => Ok(value.to_string()),
        }
    }

    /// Adds the members of merged mappings that are not there yet (YAML 1.1 type `merge`, which real documents use).
    fn merge(
        &mut self,
        merged: Vec<Node>,
        members: &mut Map<String, Value>,
        places: &mut HashMap<String, Places>,
        weight: &mut usize,
    ) -> Result<(), Fatal> {
        for node in merged {
            let at = node.places.place().clone();
            let mut sources = match (node.value, node.places.below) {
                (Value::Array(values), Below::Items(places)) => {
                    values.into_iter().zip(places).collect()
                }
                (value, below) => vec![(
                    value,
                    Places {
                        key: None,
                        node: at.clone(),
                        below,
                    },
                )],
            };
            *weight += node.weight;
            for (value, from) in sources.drain(..) {
                let (Value::Object(values), Below::Members(mut from)) = (value, from.below) else {
                    self.found.push(
                        Diagnostic::error(
                            Code::InvalidMergeKey,
                            "`<<` takes a mapping or a sequence of mappings",
                            "give it an alias of a mapping, such as `<<: *defaults`",
                        )
                        .at(at.clone()),
                    );
                    continue;
                };
                for (key, value) in values {
                    if let (false, Some(place)) = (members.contains_key(&key), from.remove(&key)) {
                        members.insert(key.clone(), value);
                        places.insert(key, place);
                    }
                }
            }
        }
        Ok(())
    }

    fn alias(&mut self, anchor: usize, place: &Place, depth: usize) -> Result<Node, Fatal> {
        let weight = self
            .anchors
            .get(&anchor)
            .and_then(|node| Some(node.as_ref()?.weight));
        self.spend(weight.unwrap_or(0), place)?;
        let Some(Some(node)) = self.anchors.get(&anchor) else {
            return Err(Box::new(
                Diagnostic::error(
                    Code::UnknownAnchor,
                    "the alias stands inside the very node that it repeats",
                    "use a `$ref` for a schema that contains itself",
                )
                .at(place.clone()),
            ));
        };
        let mut node = node.clone();
        node.places.key = None;
        if depth + height(&node.value) > MAX_DEPTH {
            return Err(Box::new(super::too_deep(place.clone())));
        }
        Ok(node)
    }

    fn spend(&mut self, weight: usize, place: &Place) -> Result<(), Fatal> {
        self.expanded = self.expanded.saturating_add(weight);
        if self.expanded <= MAX_EXPANSION {
            return Ok(());
        }
        Err(Box::new(
            Diagnostic::error(
                Code::ExpansionTooLarge,
                "the aliases of this document expand to more than it is sane to read",
                "write shared parts once, under `components`, and point at them by `$ref`",
            )
            .at(place.clone()),
        ))
    }

    fn join(&self, start: &Place, end: &Place) -> Place {
        Place::new(
            Arc::clone(self.source),
            start.range().start,
            end.range().end,
        )
    }
}

/// How many levels of nodes there are below `value`.
fn height(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(|item| 1 + height(item)).max().unwrap_or(0),
        Value::Object(members) => members
            .values()
            .map(|member| 1 + height(member))
            .max()
            .unwrap_or(0),
        _ => 0,
    }
}

fn several_documents(place: Place) -> Diagnostic {
    Diagnostic::error(
        Code::SeveralDocuments,
        "a second YAML document begins here",
        "put each document into a file of its own",
    )
    .at(place)
}

fn no_value(reason: NoValue, text: &str) -> Diagnostic {
    match reason {
        NoValue::NotFinite => Diagnostic::error(
            Code::InvalidNumber,
            format!("`{text}` is no number that JSON can write"),
            "quote it if it is meant as text, else give a finite number",
        ),
        NoValue::UnfitForTag => Diagnostic::error(
            Code::InvalidTag,
            format!("`{text}` does not fit its tag"),
            "remove the tag or correct the value",
        ),
        NoValue::UnknownTag => Diagnostic::error(
            Code::InvalidTag,
            "this tag has no meaning in OpenAPI",
            "remove the tag: OpenAPI documents use JSON's types only",
        ),
    }
}
