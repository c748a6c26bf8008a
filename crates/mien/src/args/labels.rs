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
  mien label check fused.jpg --trust authorities.pem

Reads the implicit label that GB 45438-2025 asks for (XMP, property TC260:AIGC), whoever wrote it, the
caller's own pairs (mien:MetaData), and the signed manifest (C2PA): who signed, and whether the picture is
still what was signed. Nothing is fetched. Exit code 1 where the picture carries none of them: that proves
nothing, for labels are easily taken out. Exit code 10 where the picture was altered after it was
signed, where the manifest does not hold, and with --trust where the signer is not trusted.";

/// What is done with labels.
#[derive(Debug, Subcommand)]
pub(crate) enum LabelAction {
    /// Tell what label a picture carries.
    #[command(after_help = CHECK_EXAMPLES)]
    Check {
        /// The picture (JPEG or PNG).
        image: PathBuf,

        /// Authorities whose signers are trusted: certificates in PEM.
        #[arg(long, value_name = "FILE")]
        trust: Option<PathBuf>,

        /// Prints one JSON document instead of text.
        #[arg(long)]
        json: bool,
    },
}
