//! JSON values that no Rust type describes, checked against their schema.

/// A struct of one `serde_json::Value` that keeps a schema: `jsonschema::validator("...")`, JSON text, draft 2020-12. It is
/// compiled into code by that crate, which the crate that uses this macro has to depend on, with its feature `macros`.
/// Without a schema nothing is checked.
#[macro_export]
macro_rules! validated {
    ($name:ident) => {
        $crate::newtype! { $name($crate::types::Value): plain }
        $crate::unconstrained! { $name }
    };
    ($name:ident $krate:ident::validator($schema:literal)) => {
        $crate::newtype! { $name($crate::types::Value): plain }

        impl $crate::Check for $name {
            fn check(&self) -> bool {
                #[::$krate::validator(
                            schema = $schema,
                            draft = Draft202012,
                            validate_formats = true,
                            formats = {
                                "uuid" => ::specmint_runtime::decode::is_uuid,
                                "date-time" => ::specmint_runtime::decode::is_date_time,
                                "date" => ::specmint_runtime::decode::is_date,
                                "uri" => ::specmint_runtime::decode::is_uri,
                                "ipv4" => ::specmint_runtime::decode::is_ipv4,
                                "ipv6" => ::specmint_runtime::decode::is_ipv6,
                                "byte" => ::specmint_runtime::decode::is_base64,
                            },
                            methods = { is_valid = true, validate = false, iter_errors = false }
                        )]
                struct Schema;
                Schema::is_valid(&self.0)
            }
        }
    };
}
