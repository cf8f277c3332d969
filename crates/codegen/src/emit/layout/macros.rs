//! How the runtime's macros are laid out: a line for each entry, where `prettyplease` would fill lines.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The first segment of their paths.
const CRATE: &str = "specmint_runtime";

/// How long a line of names may be.
const WIDTH: usize = 90;

/// The text of each such macro's body in `tokens`, in order, each line of it by itself.
pub fn bodies(tokens: TokenStream, found: &mut Vec<Vec<String>>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(tree) = tokens.next() {
        match tree {
            TokenTree::Ident(ident) if ident == CRATE => {
                // `::name!`, then the body.
                let path: Vec<TokenTree> = tokens.by_ref().take(4).collect();
                if let [.., TokenTree::Punct(bang)] = path.as_slice()
                    && bang.as_char() == '!'
                    && let Some(TokenTree::Group(body)) = tokens.next()
                {
                    found.push(lines(&body));
                }
            }
            TokenTree::Group(group) => bodies(group.stream(), found),
            _ => {}
        }
    }
}

/// Whether a line of text opens such a macro's body.
pub fn opens(line: &str) -> bool {
    line.trim_start().starts_with(CRATE) && line.ends_with("! {")
}

fn lines(body: &Group) -> Vec<String> {
    let mut head: Vec<TokenTree> = body.stream().into_iter().collect();
    let entries = match head.pop() {
        Some(TokenTree::Group(entries)) if entries.delimiter() == Delimiter::Brace => entries,
        last => {
            head.extend(last);
            return wrapped(&head);
        }
    };
    let entries: Vec<TokenTree> = entries.stream().into_iter().collect();
    let mut lines = vec![format!("{} {{", text(head))];
    let is_comma =
        |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == ',');
    for entry in entries.split_inclusive(is_comma) {
        lines.push(format!("    {}", text(entry.iter().cloned())));
    }
    lines.push("}".to_owned());
    lines
}

/// A list of names, filled into lines; anything else is one line.
fn wrapped(tokens: &[TokenTree]) -> Vec<String> {
    let whole = text(tokens.iter().cloned());
    if tokens
        .iter()
        .any(|tree| matches!(tree, TokenTree::Group(_)))
    {
        return vec![whole];
    }
    let mut lines: Vec<String> = Vec::new();
    for name in whole.split_inclusive(", ") {
        match lines.last_mut() {
            Some(line) if line.len() + name.len() <= WIDTH => line.push_str(name),
            _ => lines.push(name.to_owned()),
        }
    }
    lines
        .iter()
        .map(|line| line.trim_end().to_owned())
        .collect()
}

/// The tokens with the spaces that one would write.
fn text(tokens: impl IntoIterator<Item = TokenTree>) -> String {
    let mut out = String::new();
    let (mut glued, mut in_bars) = (true, false);
    for tree in tokens {
        let (before, word, after) = match &tree {
            TokenTree::Group(group) => {
                let inner = text(group.stream());
                match group.delimiter() {
                    Delimiter::Parenthesis => (out.ends_with('>'), format!("({inner})"), true),
                    Delimiter::Bracket => (true, format!("[{inner}]"), true),
                    Delimiter::Brace => (true, format!("{{ {inner} }}"), true),
                    Delimiter::None => (true, inner, true),
                }
            }
            TokenTree::Punct(punct) => match punct.as_char() {
                sign @ (',' | ';' | '?') => (false, sign.to_string(), true),
                ':' => (
                    false,
                    ":".to_owned(),
                    !out.ends_with(':') && is_alone(punct),
                ),
                sign @ ('.' | '!' | '<') => (false, sign.to_string(), false),
                '>' if !out.ends_with(['=', '-']) => (false, ">".to_owned(), true),
                sign @ ('=' | '>') => (!glued && sign == '=', sign.to_string(), is_alone(punct)),
                '|' => {
                    in_bars = !in_bars;
                    (in_bars, "|".to_owned(), !in_bars)
                }
                '&' => (true, "&".to_owned(), out.ends_with('&')),
                sign @ ('*' | '-') => (true, sign.to_string(), false),
                sign => (true, sign.to_string(), is_alone(punct)),
            },
            word => (true, word.to_string(), true),
        };
        if before && !glued && !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word);
        glued = !after;
    }
    out
}

fn is_alone(punct: &proc_macro2::Punct) -> bool {
    punct.spacing() == proc_macro2::Spacing::Alone
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    #[test]
    fn an_entry_is_a_line() {
        let mut found = Vec::new();
        let name = "a, b: c";
        bodies(
            quote! {
                mod a { specmint_runtime::object! { Thing kept(rest: plain) {
                    #name b: plain defaulted(a::B), "c" c: formatted optional,
                } } }
                specmint_runtime::union! { Id by kind {
                    A(Vec<B>): plain |value| check::max_items(value, 3) && Check::check(&value.a) => [Array, Null],
                } }
                specmint_runtime::constants! { Code: i64 { -1 => A, } }
                specmint_runtime::unconstrained! { A, B }
            },
            &mut found,
        );
        let found: Vec<String> = found.iter().map(|lines| lines.join("\n")).collect();
        assert_eq!(
            found.join("\n"),
            "Thing kept(rest: plain) {
    \"a, b: c\" b: plain defaulted(a::B),
    \"c\" c: formatted optional,
}
Id by kind {
    A(Vec<B>): plain |value| check::max_items(value, 3) && Check::check(&value.a) => [Array, Null],
}
Code: i64 {
    -1 => A,
}
A, B"
        );
    }
}
