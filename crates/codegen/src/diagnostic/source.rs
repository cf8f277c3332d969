//! The text of a given file, and places in it.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// One given file.
pub struct Source {
    name: String,
    text: String,
    /// Byte offset at which each line starts; the first is 0.
    lines: Vec<usize>,
}

impl Source {
    /// A source called `name` in messages.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(text.match_indices('\n').map(|(at, _)| at + 1));
        Self {
            name: name.into(),
            text,
            lines,
        }
    }

    /// How messages call it: the path as it was given.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Line (from 1) and column (from 1, in characters) of a byte offset.
    pub fn position(&self, offset: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let start = self.lines.get(line - 1).copied().unwrap_or(0);
        let before = self.text.get(start..offset).unwrap_or("");
        (line, before.chars().count() + 1)
    }

    /// The bytes of the lines from the one before `first` to the one after `last` (lines count from 1),
    /// and the number of the first of them.
    pub(super) fn excerpt(&self, first: usize, last: usize) -> (Range<usize>, usize) {
        let from = first.saturating_sub(1).max(1);
        let start = self.lines.get(from - 1).copied().unwrap_or(0);
        let end = self.lines.get(last + 1).copied().unwrap_or(self.text.len());
        (start..end, from)
    }

    /// The bytes of the line that `offset` is in which are not farther from it than `distance`.
    pub(super) fn around(&self, offset: usize, distance: usize) -> Range<usize> {
        let line = self.lines.partition_point(|start| *start <= offset);
        let first = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let next = self.lines.get(line).copied().unwrap_or(self.text.len());
        let mut start = offset.saturating_sub(distance).max(first);
        let mut end = (offset + distance).min(next);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        start..end
    }
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

/// A stretch of one given file.
#[derive(Clone)]
pub struct Place {
    source: Arc<Source>,
    start: usize,
    end: usize,
}

impl Place {
    /// The bytes `start..end` of `source`, brought within it and to character boundaries.
    pub fn new(source: Arc<Source>, start: usize, end: usize) -> Self {
        let text = source.text();
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(start), floor(end.max(start)));
        Self { source, start, end }
    }

    /// The file it stands in.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The name of the file it stands in.
    pub fn file(&self) -> &str {
        self.source.name()
    }

    /// The byte range in the file.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// Line of its start, from 1.
    pub fn line(&self) -> usize {
        self.source.position(self.start).0
    }

    /// Column of its start, from 1, in characters.
    pub fn column(&self) -> usize {
        self.source.position(self.start).1
    }

    /// Line and column just behind its end, both from 1, the column in characters.
    pub fn end(&self) -> (usize, usize) {
        self.source.position(self.end)
    }

    /// What stands there, as written.
    pub fn text(&self) -> &str {
        self.source.text().get(self.range()).unwrap_or("")
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file(), self.line(), self.column())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_survive_crlf() {
        let source = Arc::new(Source::new("a.yaml", "é: 1\r\nb: ü2\r\n"));
        let place = Place::new(Arc::clone(&source), 10, 13);
        assert_eq!((place.line(), place.column(), place.text()), (2, 4, "ü2"));
        assert_eq!(format!("{place:?}"), "a.yaml:2:4");
    }

    #[test]
    fn a_place_out_of_bounds_is_brought_within() {
        let source = Arc::new(Source::new("a.yaml", "é"));
        assert_eq!(Place::new(Arc::clone(&source), 1, 9).range(), 0..2);
        assert_eq!(Place::new(source, 7, 3).range(), 2..2);
    }
}
