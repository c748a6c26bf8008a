use std::fmt;
use std::ops::Range;

/// What is wrong at one place of a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// From 1; 0 where a whole part is missing.
    pub line: usize,
    /// What is wrong and what would be right.
    pub problem: String,
    /// The same in Chinese.
    pub problem_zh: String,
}

/// Everything that is wrong with a catalogue file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct CatalogueError {
    /// In the order of the lines; never empty.
    pub faults: Vec<Fault>,
}

impl fmt::Display for CatalogueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, fault) in self.faults.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{fault}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => f.write_str(&self.problem),
            line => write!(f, "line {line}: {}", self.problem),
        }
    }
}

/// Collects faults of one text.
pub(super) struct Faults<'a> {
    text: &'a str,
    found: Vec<Fault>,
}

impl<'a> Faults<'a> {
    pub(super) fn of(text: &'a str) -> Faults<'a> {
        Faults {
            text,
            found: Vec::new(),
        }
    }

    /// Notes a problem at a place of the text, in bytes.
    pub(super) fn add(
        &mut self,
        span: Range<usize>,
        problem: impl Into<String>,
        problem_zh: impl Into<String>,
    ) {
        let before = self.text.as_bytes().get(..span.start).unwrap_or_default();
        self.found.push(Fault {
            line: before.iter().filter(|&&byte| byte == b'\n').count() + 1,
            problem: problem.into(),
            problem_zh: problem_zh.into(),
        });
    }

    /// Notes a problem of the whole text.
    pub(super) fn add_general(
        &mut self,
        problem: impl Into<String>,
        problem_zh: impl Into<String>,
    ) {
        self.found.push(Fault {
            line: 0,
            problem: problem.into(),
            problem_zh: problem_zh.into(),
        });
    }

    pub(super) fn finish(mut self) -> Result<(), CatalogueError> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort_by_key(|fault| fault.line);
        Err(CatalogueError { faults: self.found })
    }
}
