//! Rows under headings, for people.

use std::fmt;

/// A table whose columns are as wide as they need to be.
pub(crate) struct Table<const COLUMNS: usize> {
    rows: Vec<[String; COLUMNS]>,
}

impl<const COLUMNS: usize> Table<COLUMNS> {
    /// With nothing but headings.
    pub(crate) fn new(headings: [&str; COLUMNS]) -> Self {
        Self {
            rows: vec![headings.map(str::to_owned)],
        }
    }

    /// Adds a row. What could move a terminal's cursor, or turn the order of letters, is shown as an escape.
    pub(crate) fn row(&mut self, cells: [String; COLUMNS]) {
        let plain = |cell: String| {
            let characters = cell.chars().map(|character| {
                if character.is_control() || turns(character) {
                    character.escape_default().to_string()
                } else {
                    character.to_string()
                }
            });
            characters.collect()
        };
        self.rows.push(cells.map(plain));
    }
}

/// Whether it tells how the letters around it are ordered (Unicode Standard Annex 9, section 2).
const fn turns(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

impl<const COLUMNS: usize> fmt::Display for Table<COLUMNS> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut widths = [0; COLUMNS];
        for row in &self.rows {
            for (width, cell) in widths.iter_mut().zip(row) {
                *width = (*width).max(cell.chars().count());
            }
        }
        for (number, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(widths);
            let cells: Vec<_> = cells
                .map(|(cell, width)| format!("{cell:width$}"))
                .collect();
            let line = cells.join("  ");
            let end = if number + 1 < self.rows.len() {
                "\n"
            } else {
                ""
            };
            write!(f, "{}{end}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_and_nothing_moves_the_cursor() {
        let mut table = Table::new(["NAME", "STATE"]);
        table.row(["Build server".to_owned(), "active".to_owned()]);
        table.row(["\u{1b}[2J".to_owned(), String::new()]);
        table.row(["\u{202e}tac".to_owned(), "\u{2066}".to_owned()]);
        let text =
            "NAME          STATE\nBuild server  active\n\\u{1b}[2J\n\\u{202e}tac   \\u{2066}";
        assert_eq!(table.to_string(), text);
    }
}
