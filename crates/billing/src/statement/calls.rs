use crate::CallRow;
use std::io::{self, BufRead, Read as _};

/// The longest line that a call row can have is far below this.
pub const LONGEST_LINE_BYTES: usize = 4096;

/// A call row and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallLine {
    /// The line, from 1.
    pub line: u64,
    /// The row.
    pub row: CallRow,
}

/// A line that is no call row.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {cause}")]
pub struct LineFault {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong.
    pub cause: LineCause,
}

/// Why a line is no call row.
#[derive(Debug, thiserror::Error)]
pub enum LineCause {
    /// No row as JSON, or with unknown, missing or unreadable fields.
    #[error("not a call row: {0}")]
    NotARow(#[from] serde_json::Error),
    /// Longer than any row.
    #[error("longer than {LONGEST_LINE_BYTES} bytes, which no call row is")]
    TooLong,
    /// It cannot be read; nothing behind it is.
    #[error("cannot be read: {0}")]
    Unreadable(#[from] io::Error),
}

/// Call rows from text with one JSON object a line, as the export of the call log writes them. Empty lines
/// are passed over. However long a line is, no more than [`LONGEST_LINE_BYTES`] of it are kept.
pub fn read_calls<R: BufRead>(text: R) -> CallLines<R> {
    CallLines {
        text,
        line: 0,
        bytes: Vec::new(),
        broken: false,
    }
}

/// See [`read_calls`].
#[derive(Debug)]
pub struct CallLines<R> {
    text: R,
    line: u64,
    bytes: Vec<u8>,
    broken: bool,
}

impl<R: BufRead> CallLines<R> {
    /// Reads a line into `bytes`; `false` at the end of the text.
    fn next_line(&mut self) -> Result<bool, LineCause> {
        self.bytes.clear();
        let most = LONGEST_LINE_BYTES as u64 + 1;
        let read = (&mut self.text)
            .take(most)
            .read_until(b'\n', &mut self.bytes)?;
        if self.bytes.len() > LONGEST_LINE_BYTES && self.bytes.last() != Some(&b'\n') {
            self.text.skip_until(b'\n')?;
            return Err(LineCause::TooLong);
        }
        Ok(read > 0)
    }
}

impl<R: BufRead> Iterator for CallLines<R> {
    type Item = Result<CallLine, LineFault>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            self.line += 1;
            let line = self.line;
            let fault = |cause| LineFault { line, cause };
            match self.next_line() {
                Ok(false) => return None,
                Ok(true) if self.bytes.trim_ascii().is_empty() => {}
                Ok(true) => {
                    let row = serde_json::from_slice(&self.bytes);
                    return Some(match row {
                        Ok(row) => Ok(CallLine { line, row }),
                        Err(error) => Err(fault(error.into())),
                    });
                }
                Err(cause) => {
                    // An error that persists must not make the lines endless.
                    self.broken = matches!(cause, LineCause::Unreadable(_));
                    return Some(Err(fault(cause)));
                }
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_that_is_no_row_is_named_and_the_rest_is_read() {
        let good = concat!(
            r#"{"account":"100001","seq":1,"id":"1b4e28ba-2fa1-41d2-883f-0016d3cca427","#,
            r#""at":"2027-01-10T00:00:00.000Z","activity":"300100","material":null,"#,
            r#""outcome":"fused","charged_to":"postpaid","#,
            r#""digest":"24ac70ecd430de2b931136fe9b9a82672d93f389bed7b3a71aed82b949da4fd3"}"#
        );
        let long = "x".repeat(3 * LONGEST_LINE_BYTES);
        let unknown = good.replace("\"seq\"", "\"more\":1,\"seq\"");
        let text = format!("{good}\r\n\nnothing\n{long}\n{unknown}\n{good}");
        let found: Vec<String> = read_calls(text.as_bytes())
            .map(|line| match line {
                Ok(line) => format!("{} row", line.line),
                Err(fault) => format!(
                    "{} {}",
                    fault.line,
                    match fault.cause {
                        LineCause::NotARow(_) => "not a row",
                        LineCause::TooLong => "too long",
                        LineCause::Unreadable(_) => "unreadable",
                    }
                ),
            })
            .collect();
        assert_eq!(
            found,
            ["1 row", "3 not a row", "4 too long", "5 not a row", "6 row"]
        );
    }

    #[test]
    fn a_text_that_breaks_off_ends() {
        struct Broken;
        impl io::Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("gone"))
            }
        }
        let lines: Vec<_> = read_calls(io::BufReader::new(Broken)).collect();
        assert_eq!(lines.len(), 1);
        let fault = lines[0].as_ref().unwrap_err();
        assert_eq!(fault.to_string(), "line 1: cannot be read: gone");
    }
}
