//! `--explain`: the stages of a fusion as numbered pictures in a folder.

use crate::failure::Failure;
use crate::output_file::{Inputs, OutputFile};
use fusion::Explain;
use pixel::{Image, Srgb8};
use std::fs;
use std::path::Path;

/// Writes each stage as `NN-stage.png`.
pub(super) struct StageFolder<'a> {
    folder: &'a Path,
    inputs: &'a Inputs,
    written: usize,
    outcome: Result<(), Failure>,
}

impl<'a> StageFolder<'a> {
    /// Creates the folder where it is missing.
    pub(super) fn new(folder: &'a Path, inputs: &'a Inputs) -> Result<StageFolder<'a>, Failure> {
        fs::create_dir_all(folder).map_err(|error| Failure::write(folder, error))?;
        Ok(StageFolder {
            folder,
            inputs,
            written: 0,
            outcome: Ok(()),
        })
    }

    /// The first failure to write a stage, if any.
    pub(super) fn finish(self) -> Result<(), Failure> {
        self.outcome
    }
}

impl Explain for StageFolder<'_> {
    fn picture(&mut self, stage: &str, picture: &Image<Srgb8>) {
        if self.outcome.is_ok() {
            let path = self.folder.join(format!("{:02}-{stage}.png", self.written));
            self.outcome =
                OutputFile::check(&path, self.inputs).and_then(|out| out.write_picture(picture));
            self.written += 1;
        }
    }
}
