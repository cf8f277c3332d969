//! From character counts, which the YAML parser reports, to bytes, which sources are cut by.

/// Every how many characters an offset is kept.
const STEP: usize = 64;

/// Byte offsets of a text's characters.
pub(super) struct Offsets<'a> {
    text: &'a str,
    /// Byte offset of each character whose index is a multiple of [`STEP`].
    steps: Vec<usize>,
}

impl<'a> Offsets<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let steps = text
            .char_indices()
            .step_by(STEP)
            .map(|(at, _)| at)
            .collect();
        Self { text, steps }
    }

    /// The byte offset of character `index`; the text's length past its end.
    pub(super) fn byte(&self, index: usize) -> usize {
        let Some(start) = self.steps.get(index / STEP) else {
            return self.text.len();
        };
        let rest = self.text.get(*start..).unwrap_or("");
        rest.char_indices()
            .nth(index % STEP)
            .map_or(self.text.len(), |(at, _)| start + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_counting() {
        let text: String = "aé漢😀\n".repeat(60);
        let offsets = Offsets::new(&text);
        for (index, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(offsets.byte(index), at);
        }
        assert_eq!(offsets.byte(100_000), text.len());
    }
}
