//! Glue: takes from a request what an operation is told, and hands it over.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::{checks, ident, parameter, types, xml};
use crate::ir::{
    Body, BodyType, BodyValue, Encoding, FieldEncoding, FieldForm, Literal as Constant, MediaBody,
    Operation, Parameter, Presence, Reading,
};

/// The name of the function.
pub fn name(operation: &Operation) -> Ident {
    format_ident!("serve_{}", operation.name.trim_start_matches('_'))
}

/// The function.
pub fn items(operation: &Operation) -> Vec<TokenStream> {
    let (name, method) = (name(operation), ident(&operation.name));
    let response = ident(&operation.response_type);
    let security = security(operation);
    let parameters = parameters(operation);
    let body = operation.body.as_ref().map(body);
    let mutable = body.is_some().then(|| quote!(mut));
    let uses_request = security.is_some() || parameters.is_some() || body.is_some();
    let request = if uses_request {
        quote!(#mutable request)
    } else {
        quote!(_request)
    };
    let arguments = arguments(operation);
    vec![quote! {
        async fn #name<A: Api>(api: &A, #request: specmint_runtime::Request) -> Result<#response, specmint_runtime::Stop<A::Error>> {
            #security
            #parameters
            #body
            api.#method(#(#arguments),*).await.map_err(specmint_runtime::Stop::Failed)
        }
    }]
}

fn arguments(operation: &Operation) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    if !operation.security.alternatives.is_empty() {
        arguments.push(quote!(caller));
    }
    let names = operation
        .parameters
        .iter()
        .map(|parameter| ident(&parameter.name));
    match &operation.parameters_type {
        Some(ty) => {
            let ty = ident(ty);
            arguments.push(quote!(#ty { #(#names),* }));
        }
        None => arguments.extend(names.map(|name| quote!(#name))),
    }
    arguments.extend(operation.body.is_some().then(|| quote!(body)));
    arguments
}

fn security(operation: &Operation) -> Option<TokenStream> {
    let security = &operation.security;
    let function = ident(&security.function);
    let is_closed = !security.alternatives.is_empty();
    is_closed.then(|| quote!(let caller = __shared::#function(api, &request).await?;))
}

fn parameters(operation: &Operation) -> Option<TokenStream> {
    if operation.parameters.is_empty() {
        return None;
    }
    let base = parameter::base(operation);
    let taken = operation.parameters.iter().map(|one| take(one, base));
    let names: Vec<Ident> = operation
        .parameters
        .iter()
        .map(|parameter| ident(&parameter.name))
        .collect();
    let refused = quote!(else { return Err(parameters.rejection().into()); });
    let all = match names.as_slice() {
        [one] => quote!(let Some(#one) = #one #refused;),
        all => quote!(let (#(Some(#all)),*) = (#(#all),*) #refused;),
    };
    let defaults = operation.parameters.iter().filter_map(|parameter| {
        let Presence::Defaulted(default) = &parameter.presence else {
            return None;
        };
        Some(defaulted(parameter, default))
    });
    Some(quote! {
        let mut parameters = request.parameters(#base);
        #(#taken)*
        #all
        #(#defaults)*
    })
}

/// The value that stands for an absent one.
fn defaulted(parameter: &Parameter, default: &Constant) -> TokenStream {
    let name = ident(&parameter.name);
    let value = types::owned(default, &parameter.ty);
    match default {
        Constant::Json(_) => quote! {
            let #name = match #name {
                Some(#name) => #name,
                None => specmint_runtime::decode::constant(#value)?,
            };
        },
        Constant::String(_) => quote!(let #name = #name.unwrap_or_else(|| #value);),
        _ => quote!(let #name = #name.unwrap_or(#value);),
    }
}

fn take(parameter: &Parameter, base: &str) -> TokenStream {
    let (name, facts) = (ident(&parameter.name), parameter::of(parameter, base));
    let ty = types::of(&parameter.ty);
    let check = checks::typed_closure(&parameter.constraints, &parameter.ty);
    let required = parameter.presence == Presence::Required;
    let formatted = types::is_formatted(&parameter.ty);
    let method = ident(match (parameter.reading, required) {
        (Reading::Text, true) => "required",
        (Reading::Text, false) => "optional",
        (Reading::List, true) => "required_list",
        (Reading::List, false) => "optional_list",
        (Reading::Object, true) => "required_object",
        (Reading::Object, false) => "optional_object",
        (Reading::Json, true) if formatted => "required_json_formatted",
        (Reading::Json, false) if formatted => "optional_json_formatted",
        (Reading::Json, true) => "required_json",
        (Reading::Json, false) => "optional_json",
        (Reading::Value, true) => "required_value",
        (Reading::Value, false) => "optional_value",
    });
    let ty = if required {
        quote!(Option<#ty>)
    } else {
        quote!(Option<Option<#ty>>)
    };
    quote!(let #name: #ty = parameters.#method(&#facts, #check);)
}

fn body(body: &Body) -> TokenStream {
    let media_types = body.media.iter().map(|media| &media.media_type);
    let media_types = quote!(&[#(#media_types),*]);
    let values: Vec<TokenStream> = body
        .media
        .iter()
        .map(|media| decoded(body, media))
        .collect();
    let (Some(last), rest) = (
        values.last(),
        values
            .get(..values.len().saturating_sub(1))
            .unwrap_or_default(),
    ) else {
        return TokenStream::new();
    };
    let numbers = (0..rest.len()).map(Literal::usize_unsuffixed);
    match (body.required, rest.is_empty()) {
        (true, true) => quote! {
            request.content_type(#media_types)?;
            let body = #last;
        },
        (true, false) => quote! {
            let body = match request.content_type(#media_types)? {
                #(#numbers => #rest,)*
                _ => #last,
            };
        },
        (false, _) => quote! {
            let body = match request.content_type_option(#media_types)? {
                None => None,
                #(Some(#numbers) => Some(#rest),)*
                Some(_) => Some(#last),
            };
        },
    }
}

fn decoded(body: &Body, media: &MediaBody) -> TokenStream {
    let schema = &media.schema;
    let check = match &media.value {
        BodyValue::Type(ty) => checks::typed_closure(&media.constraints, ty),
        BodyValue::Stream | BodyValue::Parts(_) => TokenStream::new(),
    };
    let value = match &media.encoding {
        Encoding::Json if is_formatted(&media.value) => {
            quote!(request.json_formatted(#schema, #check).await?)
        }
        Encoding::Json => quote!(request.json(#schema, #check).await?),
        Encoding::Xml(root) => {
            let root = xml::element(root);
            let method = match is_formatted(&media.value) {
                true => quote!(xml_formatted),
                false => quote!(xml),
            };
            quote!(request.#method(#schema, #root, #check).await?)
        }
        Encoding::Form => quote!(request.form(#schema, #check).await?),
        Encoding::FormBySchema(fields) => {
            let fields = fields.iter().map(field_encoding);
            quote!(request.form_by_schema(#schema, &[#(#fields),*], #check).await?)
        }
        Encoding::Text => quote!(request.text(#schema, #check).await?),
        Encoding::Stream => quote!(request.stream()?),
        Encoding::Parts(_) => quote!(request.parts()?),
    };
    match &body.ty {
        BodyType::One(_) => value,
        BodyType::PerMediaType(name) => {
            let (name, variant) = (ident(name), ident(&media.variant));
            quote!(#name::#variant(#value))
        }
    }
}

fn is_formatted(value: &BodyValue) -> bool {
    matches!(value, BodyValue::Type(ty) if types::is_formatted(ty))
}

/// An Encoding Object of a form's field.
pub fn field_encoding(field: &FieldEncoding) -> TokenStream {
    let name = &field.name;
    let form = match &field.form {
        FieldForm::Json => quote!(Json),
        FieldForm::Deep => quote!(Deep),
        FieldForm::Spread(names) => quote!(Spread(&[#(#names),*])),
        FieldForm::Joined(style) => {
            let style = parameter::style(*style);
            quote!(Joined(specmint_runtime::Style::#style))
        }
    };
    quote! {
        specmint_runtime::FieldEncoding { name: #name, form: specmint_runtime::FieldForm::#form }
    }
}
