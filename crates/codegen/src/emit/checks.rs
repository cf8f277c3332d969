//! Checks.

mod members;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::{ident, types};
use crate::ir::{
    self as constant, Additional, Constraint, Field, Item, Model, Presence, Shape, Struct, Type,
};

/// `Check` of an object, if there is anything to check.
pub fn of_struct(name: &Ident, object: &Struct) -> Option<TokenStream> {
    if !is_struct_checked(object) {
        return None;
    }
    let mut checks: Vec<TokenStream> = object.fields.iter().filter_map(field).collect();
    if let Additional::Kept {
        name,
        ty,
        constraints,
        ..
    } = &object.additional
        && !constraints.is_empty()
    {
        let (name, ty) = (ident(name), Type::Map(Box::new(ty.clone())));
        checks.push(all(constraints, &ty, &quote!(self.#name), true));
    }
    checks.extend(members::checks(object));
    Some(check(name, &checks))
}

/// `Check` of a struct without names, if there is anything to check.
pub fn of_items(name: &Ident, items: &[Item]) -> Option<TokenStream> {
    if !are_items_checked(items) {
        return None;
    }
    let checks = items.iter().enumerate();
    let checks = checks.filter(|(_, item)| !item.constraints.is_empty());
    let checks: Vec<TokenStream> = checks
        .map(|(place, item)| {
            let place = Literal::usize_unsuffixed(place);
            all(&item.constraints, &item.ty, &quote!(self.#place), true)
        })
        .collect();
    Some(check(name, &checks))
}

/// `Check` of the models that have nothing to check, of those that a request can carry.
pub fn unconstrained(models: &[Model]) -> Option<TokenStream> {
    let names: Vec<Ident> = models
        .iter()
        .filter(|model| model.request && !is_checked(model))
        .map(|model| ident(&model.name))
        .collect();
    (!names.is_empty()).then(|| quote!(specmint_runtime::unconstrained! { #(#names),* }))
}

/// Whether the model's own code, or its macro, has its `Check`.
fn is_checked(model: &Model) -> bool {
    match &model.shape {
        Shape::Struct(object) => is_struct_checked(object),
        Shape::Tuple(items) => are_items_checked(items),
        Shape::Newtype(item) => are_items_checked(std::slice::from_ref(item)),
        Shape::Strings(_)
        | Shape::Integers(_)
        | Shape::Boolean(_)
        | Shape::Union(_)
        | Shape::Json(_) => true,
    }
}

fn is_struct_checked(object: &Struct) -> bool {
    let kept = match &object.additional {
        Additional::Kept { constraints, .. } => constraints.as_slice(),
        Additional::Ignored | Additional::Refused => &[],
    };
    let mut fields = object.fields.iter();
    fields.any(|field| !field.constraints.is_empty()) || !kept.is_empty() || members::any(object)
}

fn are_items_checked(items: &[Item]) -> bool {
    items.iter().any(|item| !item.constraints.is_empty())
}

fn check(name: &Ident, checks: &[TokenStream]) -> TokenStream {
    quote! {
        impl specmint_runtime::Check for #name {
            fn check(&self) -> bool { #(#checks)&&* }
        }
    }
}

fn field(field: &Field) -> Option<TokenStream> {
    if field.constraints.is_empty() {
        return None;
    }
    let name = ident(&field.name);
    Some(match &field.presence {
        Presence::Required | Presence::Defaulted(_) => {
            all(&field.constraints, &field.ty, &quote!(self.#name), true)
        }
        Presence::Optional => {
            let below = closure(&field.constraints, &field.ty);
            quote!(self.#name.as_ref().is_none_or(#below))
        }
    })
}

/// A closure from a reference to the value to the answer.
pub fn closure(constraints: &[Constraint], ty: &Type) -> TokenStream {
    closure_of(constraints, ty, &quote!(value))
}

/// The same where the type cannot be inferred.
pub fn typed_closure(constraints: &[Constraint], ty: &Type) -> TokenStream {
    let of = types::of(ty);
    closure_of(constraints, ty, &quote!(value: &#of))
}

fn closure_of(constraints: &[Constraint], ty: &Type, argument: &TokenStream) -> TokenStream {
    match constraints {
        [] => quote!(|_| true),
        [Constraint::Nested] => quote!(specmint_runtime::Check::check),
        constraints => {
            let all = all(constraints, ty, &quote!(value), false);
            quote!(|#argument| #all)
        }
    }
}

/// All checks of a value; `value` is a place when `place`, else a reference.
fn all(constraints: &[Constraint], ty: &Type, value: &TokenStream, place: bool) -> TokenStream {
    if let Type::Nullable(inner) = ty {
        let below = closure(constraints, inner);
        return quote!(#value.as_option().is_none_or(#below));
    }
    let checks = constraints
        .iter()
        .map(|constraint| one(constraint, ty, value, place));
    quote!(#(#checks)&&*)
}

fn one(constraint: &Constraint, ty: &Type, value: &TokenStream, place: bool) -> TokenStream {
    let reference = if place {
        quote!(&#value)
    } else {
        value.clone()
    };
    let text = match ty {
        Type::Uri => quote!(#value.as_str()),
        Type::Uuid | Type::DateTime | Type::Date | Type::Ipv4 | Type::Ipv6 | Type::Base64 => {
            quote!(&#value.to_string())
        }
        _ => reference.clone(),
    };
    match constraint {
        Constraint::MinLength(limit) => call("min_length", &text, limit),
        Constraint::MaxLength(limit) => call("max_length", &text, limit),
        Constraint::Pattern { name, source: _ } => {
            let name = ident(name);
            quote!(specmint_runtime::check::pattern(#text, &__models::#name))
        }
        Constraint::Minimum(limit) => bound("minimum", &reference, limit),
        Constraint::ExclusiveMinimum(limit) => bound("exclusive_minimum", &reference, limit),
        Constraint::Maximum(limit) => bound("maximum", &reference, limit),
        Constraint::ExclusiveMaximum(limit) => bound("exclusive_maximum", &reference, limit),
        Constraint::MultipleOf(limit) => bound("multiple_of", &reference, limit),
        Constraint::MinItems(limit) => call("min_items", &reference, limit),
        Constraint::MaxItems(limit) => call("max_items", &reference, limit),
        Constraint::UniqueItems => quote!(specmint_runtime::check::unique_items(#reference)),
        Constraint::Items(below) => {
            let item = match ty {
                Type::Array(item) => item,
                other => other,
            };
            let below = closure(below, item);
            quote!(#value.iter().all(#below))
        }
        Constraint::Nested => quote!(specmint_runtime::Check::check(#reference)),
        Constraint::MinProperties(limit) => call("min_properties", &reference, limit),
        Constraint::MaxProperties(limit) => call("max_properties", &reference, limit),
        Constraint::Values(below) => {
            let member = match ty {
                Type::Map(member) => member,
                other => other,
            };
            let below = closure(below, member);
            quote!(#value.values().all(#below))
        }
        Constraint::PropertyNames(below) => {
            let below = closure(below, &Type::String);
            quote!(#value.keys().all(#below))
        }
        Constraint::Format(name) => {
            let name = ident(&name.to_uppercase().replace('-', "_"));
            quote!(specmint_runtime::check::format(#text, &specmint_runtime::check::formats::#name))
        }
        Constraint::Enum(values) => options(values, &reference),
        // Of a struct as a whole: `members` has it.
        Constraint::DependentRequired(_) => quote!(true),
    }
}

/// One of these values, by the equality of JSON Schema.
fn options(values: &[constant::Literal], value: &TokenStream) -> TokenStream {
    let texts: Vec<String> = values.iter().map(json).collect();
    let text = format!("[{}]", texts.join(","));
    quote!({
        static OPTIONS: specmint_runtime::check::Options = specmint_runtime::check::Options::new(#text);
        OPTIONS.has(#value)
    })
}

fn json(value: &constant::Literal) -> String {
    match value {
        constant::Literal::String(text) => serde_json::Value::from(text.as_str()).to_string(),
        constant::Literal::Integer(number) => number.to_string(),
        constant::Literal::Float(number) => serde_json::Value::from(*number).to_string(),
        constant::Literal::Boolean(value) => value.to_string(),
        constant::Literal::Json(text) => text.clone(),
        // Its type has checked it.
        constant::Literal::Variant { .. } => "null".to_owned(),
    }
}

fn call(function: &str, value: &TokenStream, limit: &usize) -> TokenStream {
    let (function, limit) = (
        ident(function),
        proc_macro2::Literal::usize_unsuffixed(*limit),
    );
    quote!(specmint_runtime::check::#function(#value, #limit))
}

fn bound(function: &str, value: &TokenStream, limit: &constant::Literal) -> TokenStream {
    let (function, limit) = (ident(function), types::literal(limit));
    quote!(specmint_runtime::check::#function(#value, #limit))
}
