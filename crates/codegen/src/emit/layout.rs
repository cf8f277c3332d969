//! How the text is laid out: as `prettyplease` has it, with an empty line between items.

mod macros;

use proc_macro2::TokenStream;
use quote::quote;

/// The text of a module: `models` first, then `items`.
pub fn file(models: &[TokenStream], items: &[TokenStream]) -> Result<String, syn::Error> {
    let models = if models.is_empty() {
        TokenStream::new()
    } else {
        quote! {
            /// The data types of the contract's schemas.
            #[allow(missing_docs)]
            pub mod models { #(#models)* }
        }
    };
    let tokens = quote! { #models #(#items)* };
    let mut bodies = Vec::new();
    macros::bodies(tokens.clone(), &mut bodies);
    let file: syn::File = syn::parse2(tokens)?;
    let text = with_bodies(&prettyplease::unparse(&file), bodies);
    Ok(spaced(&text))
}

/// `text` with the bodies of the runtime's macros as we lay them out.
fn with_bodies(text: &str, bodies: Vec<Vec<String>>) -> String {
    let mut bodies = bodies.into_iter();
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        if !macros::opens(line) {
            continue;
        }
        let indent = " ".repeat(indent(line));
        let end = format!("{indent}}}");
        lines.by_ref().find(|line| *line == end);
        for line in bodies.next().into_iter().flatten() {
            out.push_str(&format!("{indent}    {line}\n"));
        }
        out.push_str(&end);
        out.push('\n');
    }
    out
}

/// `text` with an empty line before every item that follows another.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = "";
    for line in text.lines() {
        let apart = || {
            starts_item(line) || (line.trim_start().starts_with("use ") && previous.trim() == "}")
        };
        if ends_item(previous) && indent(previous) == indent(line) && apart() {
            out.push('\n');
        }
        out.push_str(line);
        out.push('\n');
        previous = line;
    }
    out
}

fn ends_item(line: &str) -> bool {
    line.ends_with([';', '}']) && !line.trim_start().starts_with("//")
}

fn starts_item(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "///",
        "#[",
        "pub ",
        "pub(",
        "impl",
        "async fn ",
        "fn ",
        "static ",
        "const ",
        "type ",
        "mod ",
        "::",
        "specmint_runtime::",
    ];
    let line = line.trim_start();
    STARTS.iter().any(|start| line.starts_with(start))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_apart() {
        let items = [
            quote!(
                use a::b;
            ),
            quote!(
                use a::c;
            ),
            quote!(
                fn a() {
                    b();
                    c();
                }
            ),
            quote!(
                /// Its end;
                /// and then some.
                fn b() {}
            ),
        ];
        let text = file(&[], &items).unwrap();
        assert_eq!(
            text,
            "use a::b;\nuse a::c;\n\nfn a() {\n    b();\n    c();\n}\n\n/// Its end;\n/// and then some.\nfn b() {}\n"
        );
    }
}
