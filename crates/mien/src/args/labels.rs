//! What a picture says of itself: `mien label`.

use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

/// Read the labels of synthetic pictures.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  mien label check fused.jpg")]
pub(crate) struct LabelArgs {
    #[command(subcommand)]
    pub(crate) action: LabelAction,
}

const CHECK_EXAMPLES: &str = "\
Examples:
  mien label check fused.jpg
  mien label check fused.png --json

Reads the implicit label that GB 45438-2025 asks for (XMP, property TC260:AIGC), whoever wrote it, and the
caller's own pairs (mien:MetaData). Exit code 1 where the picture carries neither: that proves nothing,
for a label is easily taken out.";

/// What is done with labels.
#[derive(Debug, Subcommand)]
pub(crate) enum LabelAction {
    /// Tell what label a picture carries.
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// The picture (JPEG or PNG).
        image: PathBuf,

        /// Prints one JSON document instead of text.
        #[arg(long)]
        json: bool,
    },
}
