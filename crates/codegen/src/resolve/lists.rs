//! Lists of CommonMark (section 5.2), laid out so that each line of an item begins where its text does.

/// The list items that are open around a line.
#[derive(Debug, Default)]
pub struct Lists {
    open: Vec<Item>,
    after_blank: bool,
}

#[derive(Debug)]
struct Item {
    /// Where its text begins in the document.
    source: usize,
    /// Where it begins here.
    here: usize,
}

impl Lists {
    /// What a line is to begin with, and what is left of it.
    pub fn line<'l>(&mut self, line: &'l str) -> (String, &'l str) {
        let text = line.trim_start();
        let indent = line.len() - text.len();
        if text.is_empty() {
            self.after_blank = true;
            return (String::new(), "");
        }
        let after_blank = std::mem::take(&mut self.after_blank);
        if let Some(marker) = marker(text) {
            self.open.retain(|item| item.source <= indent);
            let rest = text.get(marker.len()..).unwrap_or_default().trim_start();
            let begin = self.open.last().map_or(0, |item| item.here);
            self.open.push(Item {
                source: line.len() - rest.len(),
                here: begin + marker.len() + 1,
            });
            return (format!("{}{marker} ", " ".repeat(begin)), rest);
        }
        if after_blank {
            self.open.retain(|item| item.source <= indent);
        }
        // Four spaces would make it code, and code is run.
        let begin = self.open.last().map_or(indent.min(3), |item| item.here);
        (" ".repeat(begin), text)
    }

    /// Ends all lists.
    pub fn end(&mut self) {
        *self = Self::default();
    }
}

/// `-`, `*`, `+`, or a number, with a space behind it.
fn marker(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let signs: &[u8] = if digits == 0 { b"-*+" } else { b".)" };
    let sign = text.as_bytes().get(digits)?;
    let is_followed = matches!(text.as_bytes().get(digits + 1), Some(b' '));
    let marker = text.get(..=digits)?;
    let rest = text.get(digits + 1..)?.trim();
    (signs.contains(sign) && digits <= 9 && is_followed && !rest.is_empty()).then_some(marker)
}

#[cfg(test)]
mod tests {
    use super::Lists;

    #[test]
    fn lines_of_an_item_begin_where_its_text_does() {
        let mut lists = Lists::default();
        let mut shown = Vec::new();
        for line in [
            "a",
            "-   b",
            "c",
            "        d",
            "    1) e",
            "f",
            "",
            "g",
            "      h",
            "10. i",
            "  j",
            "-k",
            "* *",
        ] {
            let (begin, rest) = lists.line(line);
            shown.push(format!("{begin}{rest}"));
        }
        let expected = [
            "a", "- b", "  c", "  d", "  1) e", "     f", "", "g", "   h", "10. i", "    j",
            "    -k", "* *",
        ];
        assert_eq!(shown, expected);
    }
}
