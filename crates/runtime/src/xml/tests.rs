use serde_json::{Value, json};

use super::{Element, Member, Object, read, write};

const fn plain(element: Element) -> Member {
    Member::element(element.name.local, element)
}

static CATEGORY: Object = Object(&[plain(Element::string("name"))]);

static PET: Object = Object(&[
    Member::attribute("id", Element::number("id")),
    plain(Element::string("name")),
    plain(Element::boolean("sold")),
    plain(Element::number("weight")),
    Member::element("kind", Element::object("category", &CATEGORY)),
    Member::element("tags", Element::list("tags", &TAG)),
    Member::elements("urls", Element::string("url")),
    Member::element("mother", Element::object("mother", &PET)),
]);

static TAG: Element = Element::string("tag");

const ROOT: Element = Element::object("pet", &PET);

const DECLARATION: &str = r#"<?xml version="1.0" encoding="UTF-8"?>"#;

fn of(text: &str) -> Value {
    read(text, &ROOT).unwrap_or_else(|fault| panic!("{fault}"))
}

fn fault(text: &str) -> String {
    read(text, &ROOT).unwrap_err()
}

fn text(value: &Value, root: &Element) -> String {
    let octets = write(value, root).unwrap();
    let text = String::from_utf8(octets).unwrap();
    text.strip_prefix(DECLARATION).unwrap().to_owned()
}

fn full() -> Value {
    json!({
        "id": 7,
        "name": "A & <b>",
        "sold": true,
        "weight": 1.5,
        "kind": { "name": "" },
        "tags": ["a", "b"],
        "urls": ["c"],
        "mother": { "name": "M", "tags": [] },
    })
}

#[test]
fn a_value_is_written_as_described() {
    assert_eq!(
        text(&full(), &ROOT),
        "<pet id=\"7\"><name>A &amp; &lt;b&gt;</name><sold>true</sold><weight>1.5</weight>\
         <category><name/></category><tags><tag>a</tag><tag>b</tag></tags><url>c</url>\
         <mother><name>M</name><tags/></mother></pet>"
    );
}

#[test]
fn what_was_written_is_read() {
    let octets = write(&full(), &ROOT).unwrap();
    assert_eq!(of(std::str::from_utf8(&octets).unwrap()), full());
}

#[test]
fn white_space_comments_and_prefixes_do_not_matter() {
    let value = of(
        "\u{FEFF}<?xml version='1.0' encoding='utf-8'?>\n<!-- a -->\n<x:pet xmlns:x='urn:a'>\n  <x:name>a<![CDATA[<b>]]>&#33;&lt;</x:name>\n  <weight> 2 </weight>\n</x:pet>\n",
    );
    assert_eq!(value, json!({ "name": "a<b>!<", "weight": 2 }));
}

#[test]
fn nil_is_null() {
    let xsi = "xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'";
    let value = of(&format!(
        "<pet {xsi}><weight xsi:nil='true'/><name xsi:nil='false'/></pet>"
    ));
    assert_eq!(value, json!({ "weight": null, "name": "" }));
    let value = json!({ "id": null, "weight": null, "urls": null });
    let written = text(&value, &ROOT);
    assert_eq!(
        written,
        "<pet><weight xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/></pet>"
    );
    assert_eq!(of(&written), json!({ "weight": null }));
}

#[test]
fn what_is_not_described_can_be_refused() {
    let value =
        of("<pet color='red' urls='x'><name>a</name><legs><n>4</n></legs><kind/><legs/></pet>");
    let expected = json!({
        "color": "red", "@urls": "x", "name": "a", "legs": [{ "n": "4" }, ""], "<kind": "",
    });
    assert_eq!(value, expected);
}

#[test]
fn what_is_of_another_kind_can_be_refused() {
    let value =
        of("<pet id='x'><name>a</name><name>b</name><weight/><sold>1</sold><tags/><tags/></pet>");
    let expected = json!({
        "id": "x", "name": ["a", "b"], "weight": "", "sold": "1", "tags": [[], []],
    });
    assert_eq!(value, expected);
    assert_eq!(
        of("<pet><name><b/></name></pet>"),
        json!({ "name": { "b": "" } })
    );
}

#[test]
fn what_is_no_xml_is_refused_with_its_place() {
    for (given, message) in [
        ("", "has no element: line 1, column 0"),
        ("{}", "is not XML: line 1, column 2"),
        ("<pet>\n<name>a</nam></pet>", "is not XML: line 2"),
        ("<pet>", "is not XML"),
        ("<pet/><pet/>", "has more than one element"),
        ("<pet/>x", "is not XML"),
        ("<dog/>", "must be the element `pet`"),
        ("<pet>x<name/></pet>", "has text between elements"),
        (
            "<pet><tags><b/></tags></pet>",
            "must have the element `tag` here",
        ),
        ("<pet a='1' a='2'/>", "is not XML"),
        ("<pet a='&b;'/>", "has a reference to nothing"),
        ("<pet><name>&b;</name></pet>", "has a reference to nothing"),
        (
            "<pet><name>&#1;</name></pet>",
            "has a character that XML has not",
        ),
        (
            "<pet><name>\u{1}</name></pet>",
            "has a character that XML has not: line 1, column 11",
        ),
        (
            "<!DOCTYPE pet [<!ENTITY b 'c'>]><pet/>",
            "must have no document type declaration",
        ),
        ("<pet><?xml version='1.0'?></pet>", "is not XML"),
        (
            "<?xml version='1.0' encoding='latin1'?><pet/>",
            "must be UTF-8",
        ),
    ] {
        let fault = fault(given);
        assert!(fault.starts_with(message), "{given}: {fault}");
    }
}

#[test]
fn elements_are_nested_only_so_deep() {
    let nested = |count: usize| {
        let names = "<mother>".repeat(count) + &"</mother>".repeat(count);
        read(&format!("<pet>{names}</pet>"), &ROOT)
    };
    assert!(nested(127).is_ok());
    assert!(
        nested(128)
            .unwrap_err()
            .starts_with("is nested deeper than 128 elements")
    );
    let unknown = "<a>".repeat(9999);
    assert!(fault(&format!("<pet>{unknown}")).starts_with("is nested deeper"));
}

#[test]
fn namespaces_are_declared_where_they_begin() {
    static INNER: Object = Object(&[
        Member::attribute(
            "id",
            Element::number("id").prefixed("s").in_namespace("urn:s"),
        ),
        Member::element(
            "a",
            Element::string("a").prefixed("s").in_namespace("urn:s"),
        ),
        Member::element(
            "b",
            Element::string("b").prefixed("t").in_namespace("urn:t"),
        ),
    ]);
    let root = Element::object("r", &INNER).in_namespace("urn:r");
    let value = json!({ "id": 1, "a": "x", "b": "y" });
    let written = text(&value, &root);
    assert_eq!(
        written,
        "<r xmlns=\"urn:r\" xmlns:s=\"urn:s\" s:id=\"1\"><s:a>x</s:a><t:b xmlns:t=\"urn:t\">y</t:b></r>"
    );
    assert_eq!(read(&written, &root), Ok(value));
}

#[test]
fn an_element_may_be_its_text() {
    static NOTE: Object = Object(&[
        Member::attribute("lang", Element::string("lang")),
        Member::cdata("html", Element::string("text")),
    ]);
    let root = Element::object("note", &NOTE);
    let value = json!({ "lang": "a\n\"b\"", "html": "<b>]]></b>" });
    let written = text(&value, &root);
    assert_eq!(
        written,
        "<note lang=\"a&#10;&quot;b&quot;\"><![CDATA[<b>]]]]><![CDATA[></b>]]></note>"
    );
    assert_eq!(read(&written, &root), Ok(value));
    let number = Element::object("n", &COUNT);
    static COUNT: Object = Object(&[Member::text("count", Element::number("text"))]);
    assert_eq!(read("<n>12</n>", &number), Ok(json!({ "count": 12 })));
    assert_eq!(text(&json!({ "count": 12 }), &number), "<n>12</n>");
}

#[test]
fn a_list_that_has_to_be_there_may_be_empty() {
    static BOTH: Object = Object(&[
        Member::elements_or_none("a", Element::number("a")),
        Member::elements("b", Element::number("b")),
    ]);
    let root = Element::object("r", &BOTH);
    assert_eq!(read("<r/>", &root), Ok(json!({ "a": [] })));
    assert_eq!(
        read("<r><b>1</b><a>2</a><b>3</b></r>", &root),
        Ok(json!({ "a": [2], "b": [1, 3] }))
    );
}

#[test]
fn what_has_no_form_is_not_written() {
    assert!(write(&json!({ "name": "\u{1}" }), &ROOT).is_none());
    assert!(write(&json!({ "name": ["a"] }), &ROOT).is_none());
}
