//! Tokens, read as paths between other things.

use proc_macro2::{Delimiter, Ident, Spacing, TokenStream, TokenTree};
use quote::quote;

use super::{IMPORTED, Item};

/// Tokens, as far as they matter here.
pub enum Step {
    Path(Path),
    Group(Delimiter, Vec<Step>),
    Other(TokenTree),
}

/// Names between `::`.
pub struct Path {
    names: Vec<Ident>,
    /// The module that it leads into, and how many names that one has.
    place: Option<(&'static str, usize)>,
    /// Whether a macro is called.
    bang: bool,
}

impl Path {
    fn new(names: Vec<Ident>, bang: bool) -> Self {
        let place = place(&names);
        Self { names, place, bang }
    }

    /// The item that the path leads to or through, if its module is one to import from.
    pub fn item(&self) -> Option<Item> {
        let (module, count) = self.place?;
        let name = self.names.get(count)?;
        let is_macro = self.bang && self.names.len() == count + 1;
        (!is_macro).then(|| (module, name.to_string()))
    }

    /// From the item on.
    pub fn rest(&self) -> &[Ident] {
        let count = self.place.map_or(0, |(_, count)| count);
        self.names.get(count..).unwrap_or_default()
    }

    pub fn tokens(&self) -> TokenStream {
        let names = &self.names;
        quote!(#(#names)::*)
    }
}

/// The module that a path of these names leads into, and how many of them are its own.
fn place(names: &[Ident]) -> Option<(&'static str, usize)> {
    let leads = |module: &[&str]| {
        let mut pairs = module.iter().zip(names);
        names.len() > module.len() && pairs.all(|(name, ident)| ident == name)
    };
    let fit = IMPORTED.iter().filter(|(_, module)| leads(module));
    let (path, module) = fit.max_by_key(|(_, module)| module.len())?;
    // Of `utoipa`, only the derive: the rest is written as it is.
    let is_other = *path == "utoipa" && names.get(1).is_none_or(|name| name != "ToSchema");
    (!is_other).then_some((*path, module.len()))
}

/// The keywords that a name follows which they declare.
const DECLARING: &[&str] = &[
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union",
];

fn declares(tree: &TokenTree) -> bool {
    matches!(tree, TokenTree::Ident(keyword) if DECLARING.iter().any(|one| keyword == one))
}

/// The names that items declare, and not those within them.
pub fn declared(items: &TokenStream) -> Vec<String> {
    let mut trees = items.clone().into_iter();
    let mut names = Vec::new();
    while let Some(tree) = trees.next() {
        if declares(&tree)
            && let Some(TokenTree::Ident(name)) = trees.next()
        {
            names.push(name.to_string());
        }
    }
    names
}

/// Reads tokens, and those of their groups.
pub fn steps(tokens: TokenStream) -> Vec<Step> {
    // A list can be looked ahead in without a copy of the rest.
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut steps = Vec::with_capacity(tokens.len());
    let mut tokens = tokens.into_iter();
    // `.a` and `'a` are no paths, and neither is a name that is declared.
    let mut is_other = false;
    while let Some(tree) = tokens.next() {
        let is_skipped = std::mem::take(&mut is_other);
        match tree {
            TokenTree::Ident(first) if !is_skipped && !declares(&first.clone().into()) => {
                let mut names = vec![first];
                while let [colon, second, TokenTree::Ident(name), ..] = tokens.as_slice()
                    && is_sign(colon, ':')
                    && is_sign(second, ':')
                {
                    names.push(name.clone());
                    tokens.nth(2);
                }
                let next = tokens.as_slice().first();
                let bang = next.is_some_and(|tree| is_sign(tree, '!'));
                steps.push(Step::Path(Path::new(names, bang)));
            }
            TokenTree::Group(group) => {
                let inner = self::steps(group.stream());
                steps.push(Step::Group(group.delimiter(), inner));
            }
            tree => {
                is_other = match &tree {
                    TokenTree::Punct(sign) => match sign.as_char() {
                        '.' => sign.spacing() == Spacing::Alone,
                        sign => sign == '\'',
                    },
                    tree => !is_skipped && declares(tree),
                };
                steps.push(Step::Other(tree));
            }
        }
    }
    steps
}

fn is_sign(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(sign) if sign.as_char() == wanted)
}
