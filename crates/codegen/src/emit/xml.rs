//! How values stand in XML.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use crate::ir::{XmlContent, XmlElement, XmlMember, XmlNode, XmlObject};

/// The static that describes an object.
pub fn object(object: &XmlObject) -> TokenStream {
    let name = ident(&object.name);
    let members = object.members.iter().map(member);
    quote! {
        pub(super) static #name: specmint_runtime::xml::Object = specmint_runtime::xml::Object(&[#(#members),*]);
    }
}

fn member(member: &XmlMember) -> TokenStream {
    let json = &member.json;
    let method = match member.node {
        XmlNode::Attribute => quote!(attribute),
        XmlNode::Element => quote!(element),
        XmlNode::Elements { or_none: false } => quote!(elements),
        XmlNode::Elements { or_none: true } => quote!(elements_or_none),
        XmlNode::Text => quote!(text),
        XmlNode::CData => quote!(cdata),
    };
    let element = element(&member.element);
    quote!(specmint_runtime::xml::Member::#method(#json, #element))
}

/// An element, or an attribute.
pub fn element(element: &XmlElement) -> TokenStream {
    let local = &element.local;
    let content = match &element.content {
        XmlContent::String => quote!(string(#local)),
        XmlContent::Number => quote!(number(#local)),
        XmlContent::Boolean => quote!(boolean(#local)),
        XmlContent::Object(name) => {
            let name = ident(name);
            quote!(object(#local, &__models::#name))
        }
        XmlContent::List(item) => {
            let item = self::element(item);
            quote!(list(#local, const { &#item }))
        }
    };
    let prefix = element.prefix.iter();
    let namespace = element.namespace.iter();
    quote! {
        specmint_runtime::xml::Element::#content #(.prefixed(#prefix))* #(.in_namespace(#namespace))*
    }
}
