//! A conjunction as one: keyword by keyword, the stricter of what its parts say.

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Number, Value};

use super::kinds::Kinds;
use super::parts::{Notes, Part};

/// What several schemas say together.
#[derive(Debug)]
pub struct Merged<'a> {
    /// `type`.
    pub kinds: Kinds,
    /// `enum` and `const`: all values that are allowed.
    pub values: Option<Vec<&'a Value>>,
    /// `format`, the distinct ones.
    pub formats: IndexSet<&'a str>,
    /// `contentEncoding: base64`.
    pub base64: bool,
    /// `minLength`.
    pub min_length: Option<usize>,
    /// `maxLength`.
    pub max_length: Option<usize>,
    /// `pattern`, the distinct ones, each with its JSON Pointer.
    pub patterns: IndexMap<&'a str, String>,
    /// The keywords of numbers.
    pub bounds: Bounds<'a>,
    /// The keywords of arrays.
    pub array: Array,
    /// The keywords of objects.
    pub object: Object<'a>,
    /// `oneOf` and `anyOf` of several.
    pub groups: Vec<Group<'a>>,
    /// Keywords that no Rust type says, and for values of which types they matter.
    pub hard: Vec<(Kinds, &'static str)>,
    /// What the schemas say besides.
    pub notes: Notes<'a>,
    /// The parts again, each schema that was reached by itself: without `$ref` and `allOf`.
    pub own: Vec<Part>,
}

/// `minimum` and its like.
#[derive(Debug, Default)]
pub struct Bounds<'a> {
    pub minimum: Option<&'a Number>,
    pub exclusive_minimum: Option<&'a Number>,
    pub maximum: Option<&'a Number>,
    pub exclusive_maximum: Option<&'a Number>,
    pub multiple_of: Vec<&'a Number>,
}

/// `items` and its like.
#[derive(Debug, Default)]
pub struct Array {
    /// Of every item.
    pub items: Vec<Part>,
    /// `prefixItems`.
    pub prefix: Option<Vec<Part>>,
    /// `items: false`, or its like behind `prefixItems`.
    pub ends: bool,
    pub min: Option<usize>,
    pub max: Option<usize>,
    pub unique: bool,
}

/// `properties` and its like.
#[derive(Debug, Default)]
pub struct Object<'a> {
    /// `properties`, each with all that is said of it.
    pub properties: IndexMap<&'a str, Vec<Part>>,
    /// `required`.
    pub required: IndexSet<&'a str>,
    /// What other members must be.
    pub additional: Vec<Part>,
    /// Other members are not allowed.
    pub closed: bool,
    /// A schema speaks of other members, if only to allow them.
    pub open: bool,
    /// `propertyNames`.
    pub names: Vec<Part>,
    /// A pattern for names: the only one of `patternProperties`, and its JSON Pointer.
    pub name_pattern: Option<(&'a str, String)>,
    pub min: Option<usize>,
    pub max: Option<usize>,
    /// `dependentRequired`.
    pub dependent: IndexMap<&'a str, Vec<&'a str>>,
}

/// `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub struct Group<'a> {
    /// JSON Pointer of the schema that has it.
    pub pointer: String,
    /// `oneOf` or `anyOf`.
    pub keyword: &'static str,
    /// JSON Pointers of the alternatives.
    pub members: Vec<String>,
    /// `discriminator`.
    pub discriminator: Option<&'a Map<String, Value>>,
}

impl Default for Merged<'_> {
    fn default() -> Self {
        Self {
            kinds: Kinds::ALL,
            values: None,
            formats: IndexSet::new(),
            base64: false,
            min_length: None,
            max_length: None,
            patterns: IndexMap::new(),
            bounds: Bounds::default(),
            array: Array::default(),
            object: Object::default(),
            groups: Vec::new(),
            hard: Vec::new(),
            notes: Notes::default(),
            own: Vec::new(),
        }
    }
}

impl Merged<'_> {
    /// The types whose values the keywords limit further.
    pub fn spoken_of(&self) -> Kinds {
        let Self {
            bounds,
            array,
            object,
            ..
        } = self;
        let strings = !self.formats.is_empty()
            || self.base64
            || self.min_length.is_some()
            || self.max_length.is_some()
            || !self.patterns.is_empty();
        let numbers = bounds.minimum.is_some()
            || bounds.exclusive_minimum.is_some()
            || bounds.maximum.is_some()
            || bounds.exclusive_maximum.is_some()
            || !bounds.multiple_of.is_empty();
        let arrays = !array.items.is_empty()
            || array.prefix.is_some()
            || array.ends
            || array.min.is_some()
            || array.max.is_some()
            || array.unique;
        let objects = !object.properties.is_empty()
            || !object.required.is_empty()
            || !object.additional.is_empty()
            || object.closed
            || !object.names.is_empty()
            || object.name_pattern.is_some()
            || object.min.is_some()
            || object.max.is_some()
            || !object.dependent.is_empty();
        [
            (strings, Kinds::STRING),
            (numbers, Kinds::NUMBER),
            (arrays, Kinds::ARRAY),
            (objects, Kinds::OBJECT),
        ]
        .into_iter()
        .filter(|(spoken, _)| *spoken)
        .fold(Kinds::NONE, |all, (_, kind)| all.or(kind))
    }

    /// The first keyword that no Rust type says, of those that matter.
    pub fn hard(&self) -> Option<&'static str> {
        let mut all = self.hard.iter();
        all.find(|(kinds, _)| kinds.meets(self.kinds))
            .map(|(_, keyword)| *keyword)
    }

    /// Whether it says nothing but of which types a value may be.
    pub fn is_type_only(&self) -> bool {
        self.values.is_none()
            && self.groups.is_empty()
            && self.hard.is_empty()
            && self.spoken_of().is_none()
    }
}
