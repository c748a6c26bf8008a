//! Tables for people: columns wide enough for their cells, numbers to the right.

use crate::report::Report;

/// Blanks between two columns.
const GAP: &str = "  ";

/// Rows under titles.
#[derive(Debug, Default)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

#[derive(Debug)]
struct Column {
    title: &'static str,
    is_number: bool,
}

impl Table {
    /// A table of these columns; those whose title ends in `#` hold numbers and stand to the right.
    pub(crate) fn new(titles: &[&'static str]) -> Table {
        let column = |title: &&'static str| Column {
            title: title.trim_end_matches('#'),
            is_number: title.ends_with('#'),
        };
        Table {
            columns: titles.iter().map(column).collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row; a cell for each column.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        let cells = cells.into_iter().map(|cell| plain(&cell));
        self.rows.push(cells.collect());
    }

    /// Writes the table, or `nothing` where it has no rows.
    pub(crate) fn write(&self, nothing: &str, report: &mut Report) {
        if self.rows.is_empty() {
            report.line(nothing);
            return;
        }
        let titles: Vec<String> = self
            .columns
            .iter()
            .map(|column| column.title.to_owned())
            .collect();
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|index| {
                let cells = self.rows.iter().chain([&titles]);
                cells
                    .filter_map(|row| row.get(index))
                    .map(|cell| width(cell))
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        for row in [&titles].into_iter().chain(&self.rows) {
            let cells = row.iter().zip(&widths).zip(&self.columns);
            let padded: Vec<String> = cells
                .map(|((cell, width), column)| pad(cell, *width, column.is_number))
                .collect();
            report.line(padded.join(GAP).trim_end());
        }
    }
}

/// Writes names and values below one another; what is empty shows as `-`.
pub(crate) fn facts(facts: &[(&str, String)], report: &mut Report) {
    let widest = facts.iter().map(|(name, _)| width(name)).max().unwrap_or(0);
    for (name, value) in facts {
        let value = if value.is_empty() { "-" } else { value };
        report.line(&format!(
            "{}{GAP}{}",
            pad(name, widest, false),
            plain(value)
        ));
    }
}

fn pad(text: &str, wide: usize, to_the_right: bool) -> String {
    let blanks = " ".repeat(wide.saturating_sub(width(text)));
    if to_the_right {
        format!("{blanks}{text}")
    } else {
        format!("{text}{blanks}")
    }
}

/// A text on one line that cannot steer the terminal.
fn plain(text: &str) -> String {
    let shown = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(shown).collect()
}

/// Columns of a terminal that a text takes; East Asian characters take two (after Unicode Standard
/// Annex #11, simplified to whole blocks).
fn width(text: &str) -> usize {
    let wide = |c: char| match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f9ff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    };
    text.chars().map(wide).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(table: &Table) -> String {
        let mut report = Report::new(false);
        table.write("none", &mut report);
        report.into_text()
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let mut table = Table::new(&["id", "name", "yuan#"]);
        table.row(["1".into(), "春节活动".into(), "5.00".into()]);
        table.row(["100001".into(), "Gala".into(), "20000.00".into()]);
        assert_eq!(
            written(&table),
            "id      name          yuan\n\
             1       春节活动      5.00\n\
             100001  Gala      20000.00\n"
        );
    }

    #[test]
    fn a_table_without_rows_says_so() {
        assert_eq!(written(&Table::new(&["id"])), "none\n");
    }

    #[test]
    fn no_cell_steers_the_terminal_or_breaks_the_line() {
        let mut table = Table::new(&["note", "n#"]);
        table.row(["a\u{1b}[31m\nb\tc".into(), "1".into()]);
        assert_eq!(written(&table), "note        n\na [31m b c  1\n");
    }
}
