//! The members of an object, in every style.

use std::borrow::Cow;

use super::given::{Coding, Fault, Pieces};
use super::{Parameter, Parameters, Style, cookies};
use crate::untyped::{self, Members, Tree};
use crate::violation::Location;

impl<'r> Parameters<'r> {
    /// The members of an object parameter, decoded; `None` where none is given.
    pub(super) fn members(&mut self, parameter: &Parameter) -> Result<Option<Members<'r>>, Fault> {
        let tree = match parameter.style {
            Style::DeepObject => self.deep(parameter)?,
            _ if parameter.is_spread() => self.spread(parameter)?,
            _ => match self.pieces(parameter)? {
                Some(pieces) => written_out(parameter, pieces)?,
                None => return Ok(None),
            },
        };
        let members = tree.into_members();
        Ok((!members.is_empty()).then_some(members))
    }

    /// `n[x]=a&n[y][z]=b`.
    fn deep(&mut self, parameter: &Parameter) -> Result<Tree<'r>, Fault> {
        let mut tree = Tree::default();
        for (name, value) in self.query_fields()? {
            let path = name.strip_prefix(parameter.name);
            let path = path.and_then(|path| path.strip_prefix('[')?.strip_suffix(']'));
            let Some(path) = path else {
                continue;
            };
            let value = Coding::Form.decode(value).ok_or(Fault::Undecodable)?;
            if !tree.insert(path.split("]["), value) {
                return Err(Fault::TooDeep);
            }
        }
        Ok(tree)
    }

    /// `x=a&y=b`: the other parameters stand beside the members.
    fn spread(&mut self, parameter: &Parameter) -> Result<Tree<'r>, Fault> {
        let schema = self.schema(parameter);
        let is_member = untyped::members(self.request.operation.schemas, &schema);
        let coding = Coding::of(parameter);
        let whole = parameter.style == Style::Whole;
        let mut tree = Tree::default();
        let mut take = |name: Cow<'r, str>, value: &'r str| {
            let is_other = parameter.beside.contains(&&*name);
            if whole || (!is_other && is_member(&name)) {
                tree.push(name, coding.decode(value).ok_or(Fault::Undecodable)?);
            }
            Ok(())
        };
        if parameter.location == Location::Cookie {
            let mut all = cookies::all(self.request.headers(), true);
            all.try_for_each(|(name, value)| take(Cow::Borrowed(name), value))?;
        } else {
            let mut all = self.query_fields()?.iter();
            all.try_for_each(|(name, value)| take(name.clone(), value))?;
        }
        Ok(tree)
    }
}

/// All in one text: `x,a,y,b`, or exploded `x=a,y=b`.
fn written_out<'r>(parameter: &Parameter, pieces: Pieces<'r>) -> Result<Tree<'r>, Fault> {
    let Pieces { texts, coding } = pieces;
    let mut tree = Tree::default();
    let mut push = |name: Cow<'r, str>, value: Cow<'r, str>| {
        let pair = coding.decode_cow(name).zip(coding.decode_cow(value));
        let (name, value) = pair.ok_or(Fault::Undecodable)?;
        tree.push(name, value);
        Ok(())
    };
    let mut texts = texts.into_iter();
    while let Some(first) = texts.next() {
        if parameter.explode {
            let (name, value) = halves(first).ok_or(Fault::Misstyled)?;
            push(name, value)?;
        } else {
            push(first, texts.next().ok_or(Fault::Misstyled)?)?;
        }
    }
    Ok(tree)
}

/// What stands before and after the first `=`.
fn halves(pair: Cow<'_, str>) -> Option<(Cow<'_, str>, Cow<'_, str>)> {
    match pair {
        Cow::Borrowed(pair) => {
            let (name, value) = pair.split_once('=')?;
            Some((name.into(), value.into()))
        }
        Cow::Owned(pair) => {
            let (name, value) = pair.split_once('=')?;
            Some((name.to_owned().into(), value.to_owned().into()))
        }
    }
}
