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
    let inner = match member.node {
        XmlNode::Text | XmlNode::CData => content(&member.element.content),
        _ => element(&member.element),
    };
    quote!(specmint_runtime::xml::Member::#method(#json, #inner))
}

/// An element, or an attribute.
pub fn element(element: &XmlElement) -> TokenStream {
    let (local, content) = (&element.local, content(&element.content));
    let prefix = element.prefix.iter();
    let namespace = element.namespace.iter();
    quote! {
        specmint_runtime::xml::Element::new(#local, #content) #(.prefixed(#prefix))* #(.in_namespace(#namespace))*
    }
}

fn content(content: &XmlContent) -> TokenStream {
    let content = match content {
        XmlContent::String => quote!(String),
        XmlContent::Number => quote!(Number),
        XmlContent::Boolean => quote!(Boolean),
        XmlContent::Object(name) => {
            let name = ident(name);
            quote!(Object(&__models::#name))
        }
        XmlContent::List(item) => {
            let item = element(item);
            quote!(List(const { &#item }))
        }
    };
    quote!(specmint_runtime::xml::Content::#content)
}
