//! Small damages to the structure of a sound document: values that change places, are lost, doubled or replaced.

use serde_json::{Map, Value, json};

/// Numbers that look random and are the same for the same seed (xorshift64*).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// A number below `bound`, or 0.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let number = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(number).unwrap_or(0) % bound.max(1)
    }
}

/// `document` with a few damages.
pub fn mutate(document: &mut Value, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let donor = pick(document, dice).clone();
        let node = pick(document, dice);
        match dice.below(8) {
            0 | 1 => *node = donor,
            2 => *node = odd(dice),
            3 => lose(node, dice),
            4 => rename(node, dice),
            5 | 6 => put(node, word(dice), odd_or(donor, dice)),
            _ => *node = json!({ word(dice): [node.clone(), donor] }),
        }
    }
}

/// Any node.
fn pick<'a>(document: &'a mut Value, dice: &mut Dice) -> &'a mut Value {
    let mut node = document;
    loop {
        let count = match &*node {
            Value::Array(items) => items.len(),
            Value::Object(members) => members.len(),
            _ => 0,
        };
        // Deeper nodes are many, so that going down is likelier than staying.
        if count == 0 || dice.below(6) == 0 {
            return node;
        }
        let index = dice.below(count);
        let next = match node {
            Value::Array(items) => items.get_mut(index),
            Value::Object(members) => members.values_mut().nth(index),
            _ => None,
        };
        node = next.unwrap_or_else(|| unreachable!("counted just now"));
    }
}

fn lose(node: &mut Value, dice: &mut Dice) {
    match node {
        Value::Array(items) if !items.is_empty() => {
            items.remove(dice.below(items.len()));
        }
        Value::Object(members) if !members.is_empty() => {
            let name = members.keys().nth(dice.below(members.len())).cloned();
            members.remove(&name.unwrap_or_default());
        }
        other => *other = Value::Null,
    }
}

fn rename(node: &mut Value, dice: &mut Dice) {
    let Value::Object(members) = node else {
        *node = odd(dice);
        return;
    };
    let chosen = dice.below(members.len());
    let renamed = std::mem::take(members).into_iter().enumerate();
    let renamed = renamed.map(|(index, (name, value))| match index == chosen {
        true => (word(dice).to_owned(), value),
        false => (name, value),
    });
    *members = renamed.collect::<Map<_, _>>();
}

fn put(node: &mut Value, name: &str, value: Value) {
    match node {
        Value::Array(items) => items.push(value),
        Value::Object(members) => {
            members.insert(name.to_owned(), value);
        }
        other => *other = json!({ name: value }),
    }
}

fn odd_or(donor: Value, dice: &mut Dice) -> Value {
    if dice.below(2) == 0 { donor } else { odd(dice) }
}

fn word(dice: &mut Dice) -> &'static str {
    WORDS.get(dice.below(WORDS.len())).copied().unwrap_or("x")
}

/// A value that is seldom expected.
fn odd(dice: &mut Dice) -> Value {
    match dice.below(16) {
        0 => Value::Null,
        1 => json!(true),
        2 => json!(-1),
        3 => json!(0.1),
        4 => json!(1e300),
        5 => json!(u64::MAX),
        6 => json!([]),
        7 => json!({}),
        8 => json!(""),
        9 => json!({ "$ref": "#/components/schemas/A" }),
        10 => json!({ "$ref": "#" }),
        11 => json!({ "type": ["object", "null", "string"], word(dice): word(dice) }),
        12 => json!({ "allOf": [{ "$ref": "#/components/schemas/B" }, { word(dice): 1 }] }),
        13 => json!({ "oneOf": [{ "type": "null" }, { "const": 1 }, { word(dice): {} }] }),
        14 => json!("#/components/schemas/C"),
        _ => json!(word(dice)),
    }
}

const WORDS: &[&str] = &[
    "$ref",
    "$defs",
    "$id",
    "$anchor",
    "$dynamicRef",
    "$dynamicAnchor",
    "type",
    "enum",
    "const",
    "multipleOf",
    "maximum",
    "minimum",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "required",
    "format",
    "properties",
    "additionalProperties",
    "items",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "dependentRequired",
    "dependentSchemas",
    "prefixItems",
    "contains",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "contentEncoding",
    "default",
    "readOnly",
    "writeOnly",
    "nullable",
    "discriminator",
    "mapping",
    "propertyName",
    "xml",
    "description",
    "title",
    "example",
    "examples",
    "deprecated",
    "servers",
    "url",
    "variables",
    "parameters",
    "name",
    "in",
    "path",
    "query",
    "header",
    "cookie",
    "style",
    "explode",
    "schema",
    "content",
    "requestBody",
    "responses",
    "default",
    "200",
    "4XX",
    "headers",
    "callbacks",
    "links",
    "security",
    "securitySchemes",
    "scopes",
    "flows",
    "operationId",
    "tags",
    "get",
    "post",
    "trace",
    "application/json",
    "multipart/form-data",
    "text/plain",
    "*/*",
    "encoding",
    "webhooks",
    "components",
    "schemas",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "null",
    "int64",
    "uuid",
    "date-time",
    "byte",
    "binary",
    "/",
    "/{id}",
    "/{id}.{id}",
    "{$request.body#/a}",
    "self",
    "Self",
    "_",
    "+1",
    "-1",
    "日本",
    "a b",
    "x-a",
    "\u{0}",
    "^(a+)+$",
    "(?=a)",
    "[",
    "http",
    "apiKey",
    "oauth2",
    "bearer",
    "deepObject",
    "A",
    "B",
    "C",
];
