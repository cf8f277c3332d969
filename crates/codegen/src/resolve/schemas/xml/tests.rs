use crate::ir::{Api, Content, Encoding, XmlContent, XmlElement, XmlMember, XmlNode};
use crate::resolve::testing;

fn api(version: &str, schemas: &str) -> Api {
    let fields = "requestBody: { content: { application/xml: { schema: { $ref: '#/components/schemas/A' } } } }";
    testing::api_of(version, &testing::operation(fields, schemas))
}

fn root(version: &str, schemas: &str) -> Option<XmlElement> {
    let api = api(version, schemas);
    match api.operations[0]
        .body
        .clone()
        .unwrap()
        .media
        .remove(0)
        .encoding
    {
        Encoding::Xml(root) => Some(root),
        _ => None,
    }
}

/// The members of an object of these properties, of which `l` has to be there.
fn members(version: &str, properties: &str) -> Vec<XmlMember> {
    let required = if properties.starts_with("l:") {
        "required: [l],"
    } else {
        ""
    };
    let schema = format!("A: {{ type: object, {required} properties: {{ {properties} }} }}");
    let mut api = api(version, &schema);
    match api.xml.is_empty() {
        true => Vec::new(),
        false => api.xml.remove(0).members,
    }
}

fn only(version: &str, property: &str) -> Option<(XmlNode, XmlElement)> {
    let mut members = members(version, property);
    members.pop().map(|member| (member.node, member.element))
}

fn element(local: &str, content: XmlContent) -> XmlElement {
    XmlElement {
        local: local.into(),
        prefix: None,
        namespace: None,
        content,
    }
}

fn list(local: &str, item: XmlElement) -> XmlElement {
    element(local, XmlContent::List(Box::new(item)))
}

#[test]
fn names_come_from_xml_from_the_component_or_from_the_property() {
    let of = |schemas: &str| root("3.0.3", schemas).map(|root| root.local);
    let fields = "type: object, properties: { a: { type: string } }";
    assert_eq!(of(&format!("A: {{ {fields} }}")).as_deref(), Some("A"));
    let named = format!("A: {{ {fields}, xml: {{ name: b }} }}");
    assert_eq!(of(&named).as_deref(), Some("b"));
    let members = members(
        "3.0.3",
        "a: { type: string }, b: { type: number, xml: { name: c, prefix: p, namespace: 'urn:p' } }",
    );
    assert_eq!(members[0].element, element("a", XmlContent::String));
    let b = &members[1].element;
    assert_eq!(
        (
            b.local.as_str(),
            b.prefix.as_deref(),
            b.namespace.as_deref()
        ),
        ("c", Some("p"), Some("urn:p"))
    );
}

#[test]
fn a_schema_of_no_component_has_to_have_a_name() {
    let root = |xml: &str| {
        let fields = format!(
            "requestBody: {{ content: {{ text/xml: {{ schema: {{ type: array, items: {{ type: string }}{xml} }} }} }} }}"
        );
        let api = testing::api(&testing::operation(&fields, "A: { type: string }"));
        let mut media = api.operations[0].body.clone().unwrap().media;
        media.remove(0).encoding
    };
    assert_eq!(root(""), Encoding::Text);
    let item = element("b", XmlContent::String);
    assert_eq!(root(", xml: { name: b }"), Encoding::Xml(list("b", item)));
}

#[test]
fn arrays_are_wrapped_or_not() {
    let plain = XmlContent::String;
    let elements = |or_none| XmlNode::Elements { or_none };
    let b = || element("b", plain.clone());
    let items = "type: array, items: { type: string }";
    let named = "type: array, items: { type: string, xml: { name: b } }";
    for (property, expected) in [
        (
            format!("a: {{ {items} }}"),
            (elements(false), element("a", plain.clone())),
        ),
        (
            format!("l: {{ {items} }}"),
            (elements(true), element("l", plain.clone())),
        ),
        (
            format!("a: {{ {items}, xml: {{ name: b }} }}"),
            (elements(false), b()),
        ),
        (
            format!("a: {{ {named}, xml: {{ name: c }} }}"),
            (elements(false), b()),
        ),
        (
            format!("a: {{ {named}, xml: {{ wrapped: true }} }}"),
            (XmlNode::Element, list("a", b())),
        ),
        (
            format!("a: {{ {items}, xml: {{ wrapped: true, name: b }} }}"),
            (XmlNode::Element, list("b", b())),
        ),
    ] {
        assert_eq!(only("3.0.3", &property), Some(expected), "{property}");
    }
}

#[test]
fn node_types_say_what_the_older_fields_said() {
    let same = |old: &str, new: &str| {
        let old = only("3.0.3", old);
        assert!(old.is_some());
        assert_eq!(only("3.2.0", new), old);
    };
    same(
        "a: { type: integer, xml: { attribute: true } }",
        "a: { type: integer, xml: { nodeType: attribute } }",
    );
    same(
        "a: { type: array, items: { type: boolean }, xml: { wrapped: true } }",
        "a: { type: array, items: { type: boolean }, xml: { nodeType: element } }",
    );
    same(
        "a: { type: array, items: { type: boolean } }",
        "a: { type: array, items: { type: boolean }, xml: { nodeType: none } }",
    );
    let node = |property: &str| only("3.2.0", property).map(|(node, _)| node);
    assert_eq!(
        node("a: { type: string, xml: { nodeType: text } }"),
        Some(XmlNode::Text)
    );
    assert_eq!(
        node("a: { type: string, xml: { nodeType: cdata } }"),
        Some(XmlNode::CData)
    );
    assert_eq!(node("a: { type: string, xml: { nodeType: none } }"), None);
    assert_eq!(
        node("b: { type: string }, a: { type: string, xml: { nodeType: text } }"),
        None
    );
}

#[test]
fn objects_may_hold_themselves() {
    let api = api(
        "3.0.3",
        "A: { type: object, properties: { b: { $ref: '#/components/schemas/B' } } }\nB: { type: object, properties: { a: { $ref: '#/components/schemas/A' } }, xml: { name: c } }",
    );
    let shown: Vec<_> = api
        .xml
        .iter()
        .map(|one| (one.name.as_str(), one.members[0].element.clone()))
        .collect();
    let object = |local: &str, name: &str| element(local, XmlContent::Object(name.into()));
    assert_eq!(
        shown,
        [
            ("A_XML", object("c", "B_XML")),
            ("B_XML", object("a", "A_XML"))
        ]
    );
}

#[test]
fn what_is_not_simple_stays_text() {
    let b = "\nB: { type: object, properties: { a: { $ref: '#/components/schemas/A' }, m: { type: object } } }";
    for schema in [
        "{ type: string }",
        "{ type: object }",
        "{ type: object, additionalProperties: true, properties: { a: { type: string } } }",
        "{ type: object, properties: { a: {} } }",
        "{ type: object, properties: { a: { oneOf: [{ type: string }, { type: integer }] } } }",
        "{ type: object, properties: { 'a b': { type: string } } }",
        "{ type: object, properties: { a: { type: string }, b: { type: string, xml: { name: a } } } }",
        "{ type: object, properties: { a: { type: array, items: { type: array, items: { type: string } } } } }",
        "{ type: object, properties: { b: { $ref: '#/components/schemas/B' } } }",
        "{ type: array, items: { $ref: '#/components/schemas/A' } }",
    ] {
        assert_eq!(root("3.0.3", &format!("A: {schema}{b}")), None, "{schema}");
    }
}

#[test]
fn an_answer_in_both_is_one_variant_and_others_say_why() {
    let fields = r"
        responses:
          '200':
            description: x
            content:
              application/json: { schema: { $ref: '#/components/schemas/A' } }
              application/xml: { schema: { $ref: '#/components/schemas/A' } }
              text/xml: { schema: { oneOf: [{ $ref: '#/components/schemas/A' }, { type: string }] } }
              application/b+xml: { schema: { type: object, additionalProperties: { type: string } } }
    ";
    let api = testing::api(&testing::operation(
        fields,
        "A: { type: object, properties: { a: { type: string } } }",
    ));
    let responses = &api.operations[0].responses;
    let names: Vec<_> = responses.iter().map(|one| one.variant.as_str()).collect();
    assert_eq!(names, ["OkJson", "OkXml", "OkBXml"]);
    assert!(
        matches!(&responses[0].content, Some(Content::Xml { media_types, .. }) if media_types.len() == 2)
    );
    assert!(
        responses[1].docs.contains("by `oneOf`"),
        "{}",
        responses[1].docs
    );
    let docs = &responses[2].docs;
    assert!(docs.contains("by `additionalProperties`"), "{docs}");
}
