//! How parameters, forms and parts are read: decided by their types, when all types are known.
//!
//! | type | is read |
//! | --- | --- |
//! | a plain value | as one text |
//! | a list of plain values | text by text |
//! | an object of these | name by name |
//! | anything else | as its schema has it, when the request is there |

use std::collections::HashMap;

use crate::ir::{
    Additional, Api, BodyValue, Encoding, Model, Parameter, Reading, Shape, Style, Type,
};

/// Decides.
pub fn decide(api: &mut Api) {
    let Api {
        models, operations, ..
    } = api;
    let models = models.iter().map(|model| (model.name.as_str(), model));
    let models = Models(models.collect());
    for operation in operations {
        for parameter in &mut operation.parameters {
            models.parameter(parameter);
        }
        for media in operation.body.iter_mut().flat_map(|body| &mut body.media) {
            match (&mut media.encoding, &media.value) {
                (encoding @ Encoding::FormBySchema(_), BodyValue::Type(ty)) => {
                    let plain = *encoding == Encoding::FormBySchema(Vec::new());
                    if plain && models.is_flat(ty) {
                        *encoding = Encoding::Form;
                    }
                }
                (Encoding::Parts(parts), _) => {
                    for part in &mut parts.parts {
                        if let (Some(ty), true) = (&part.ty, part.reading != Reading::Json) {
                            part.reading = models.part(ty);
                        }
                    }
                }
                _ => {}
            }
        }
    }
}

struct Models<'m>(HashMap<&'m str, &'m Model>);

impl Models<'_> {
    fn parameter(&self, parameter: &mut Parameter) {
        if parameter.reading == Reading::Json {
            return;
        }
        let deep = parameter.style == Style::DeepObject;
        parameter.reading = match &parameter.ty {
            ty if self.is_text(ty) => Reading::Text,
            Type::Array(item) if self.is_text(item) && !deep => Reading::List,
            ty if self.is_flat(ty) => Reading::Object,
            _ => Reading::Value,
        };
    }

    fn part(&self, ty: &Type) -> Reading {
        match ty {
            ty if self.is_text(ty) => Reading::Text,
            Type::Map(_) => Reading::Json,
            Type::Model(name) => match self.0.get(name.as_str()).map(|model| &model.shape) {
                Some(Shape::Struct(_)) => Reading::Json,
                _ => Reading::Value,
            },
            _ => Reading::Value,
        }
    }

    /// Whether one text is a value of the type, and nothing else has to be known.
    fn is_text(&self, ty: &Type) -> bool {
        *ty == Type::Any || *ty == Type::Number || self.is_leaf(ty)
    }

    fn is_leaf(&self, ty: &Type) -> bool {
        match ty {
            Type::String | Type::Uri | Type::Base64 => true,
            Type::Model(name) => matches!(
                self.0.get(name.as_str()).map(|model| &model.shape),
                Some(Shape::Strings(_) | Shape::Integers(_) | Shape::Boolean(_))
            ),
            ty => ty.is_copy(),
        }
    }

    /// Whether it is an object whose members are plain values and lists of them.
    fn is_flat(&self, ty: &Type) -> bool {
        let Type::Model(name) = ty else {
            return false;
        };
        let Some(Shape::Struct(object)) = self.0.get(name.as_str()).map(|model| &model.shape)
        else {
            return false;
        };
        let is_plain = |ty: &Type| match ty {
            Type::Array(item) => self.is_leaf(item),
            ty => self.is_leaf(ty),
        };
        !matches!(object.additional, Additional::Kept { .. })
            && object.fields.iter().all(|field| is_plain(&field.ty))
    }
}

#[cfg(test)]
mod tests {
    use crate::ir::{Encoding, Reading};
    use crate::resolve::testing;

    const SCHEMAS: &str = r#"
        Flat: { type: object, properties: { a: { type: integer }, b: { type: array, items: { type: string } } } }
        Deep: { type: object, properties: { flat: { $ref: '#/components/schemas/Flat' } } }
        Order: { type: string, enum: [up, down] }
    "#;

    fn parameter(fields: &str) -> Reading {
        let fields = format!("parameters: [{{ name: a, {fields} }}]");
        let api = testing::api(&testing::operation(&fields, SCHEMAS));
        api.operations[0].parameters[0].reading
    }

    #[test]
    fn the_type_decides_how_a_parameter_is_read() {
        let of = |schema: &str| parameter(&format!("in: query, schema: {schema}"));
        let named = |name: &str| of(&format!("{{ $ref: '#/components/schemas/{name}' }}"));
        assert_eq!(named("Order"), Reading::Text);
        assert_eq!(named("Flat"), Reading::Object);
        assert_eq!(named("Deep"), Reading::Value);
        assert_eq!(
            of("{ type: array, items: { type: string } }"),
            Reading::List
        );
        let nested = "{ type: array, items: { $ref: '#/components/schemas/Flat' } }";
        assert_eq!(of(nested), Reading::Value);
        let json = "{ application/json: { schema: { type: string } } }";
        assert_eq!(
            parameter(&format!("in: query, content: {json}")),
            Reading::Json
        );
    }

    #[test]
    fn a_form_of_plain_fields_needs_no_schema() {
        let form = |name: &str| {
            let fields = format!(
                "requestBody: {{ content: {{ application/x-www-form-urlencoded: {{ schema: {{ $ref: '#/components/schemas/{name}' }} }} }} }}"
            );
            let mut api = testing::api(&testing::operation(&fields, SCHEMAS));
            api.operations
                .remove(0)
                .body
                .unwrap()
                .media
                .remove(0)
                .encoding
        };
        assert_eq!(form("Flat"), Encoding::Form);
        assert_eq!(form("Deep"), Encoding::FormBySchema(Vec::new()));
    }
}
