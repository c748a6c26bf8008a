//! The syntax of JPEG files, for reading and for writing (ITU-T T.81, 09/92).

mod frame;
mod segment;

pub(crate) use frame::{Component, Frame, Preamble, Process};
pub(crate) use segment::{Segment, Segments, marker};

/// What stops a reader of JPEG syntax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SyntaxError {
    /// The bytes end too early.
    Truncated,
    /// The bytes contradict the standard.
    Damaged(&'static str),
    /// The bytes use a process or a size that is not read.
    Unsupported(&'static str),
}
