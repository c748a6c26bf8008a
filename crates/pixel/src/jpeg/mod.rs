//! The syntax of JPEG files, for reading and for writing (ITU-T T.81, 09/92).

mod bit_reader;
mod bit_writer;
mod coding;
mod coefficients;
mod entropy;
mod frame;
mod huffman;
pub(crate) mod lanes;
mod layout;
mod scan_decoder;
mod segment;
mod tables;

pub(crate) use bit_reader::{BitReader, Block};
pub(crate) use bit_writer::BitWriter;
pub(crate) use coding::{Scan, ScanComponent, Tables};
pub(crate) use coefficients::Coefficients;
pub(crate) use entropy::Entropy;
pub(crate) use frame::{Colour, Component, Frame, Preamble, Process};
pub(crate) use huffman::{Huffman, Reading, Writing};
pub(crate) use layout::{Layout, Plane};
pub(crate) use segment::{Segment, Segments, marker};
pub(crate) use tables::{COLUMN_ZIGZAG, ZIGZAG, standard_ac, standard_dc, standard_steps};

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
