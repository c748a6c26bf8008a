//! From a picture to its faces.

use crate::Face;
use crate::detection::Detection;
use crate::detector::Detector;
use crate::error::FinderError;
use crate::luma_grid::LumaGrid;
use crate::mesh::MeshNet;
use crate::quality::LEAST_WIDTH;
use crate::search::Search;
use pixel::{Srgb8, View};

/// Most faces that are ever looked for in one picture.
pub const MOST_FACES: usize = 256;

/// What to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct FindOptions {
    /// How many faces to return, the largest; at most [`MOST_FACES`]. With 1 the search ends at the
    /// first large face, which is much quicker.
    pub most_faces: usize,
    /// Width in pixels, from ear to ear, of the narrowest face worth finding. Large pictures are
    /// searched in tiles for it: half the width takes four times as long.
    pub least_width: f32,
    /// Whether to try turned pictures when no face is upright.
    pub turned: bool,
    /// Whether to place lips, eyes and irises by the attention net.
    pub refined: bool,
}

impl FindOptions {
    /// The largest face of a picture: what a selfie is for.
    pub fn largest() -> Self {
        FindOptions {
            most_faces: 1,
            ..FindOptions::default()
        }
    }
}

impl Default for FindOptions {
    /// All faces that are large enough to use, at any turn, refined.
    fn default() -> Self {
        FindOptions {
            most_faces: MOST_FACES,
            least_width: LEAST_WIDTH,
            turned: true,
            refined: true,
        }
    }
}

/// The nets, loaded once and shared by all threads.
#[derive(Debug)]
pub struct FaceFinder {
    pub(crate) short_range: Detector,
    pub(crate) full_range: Detector,
    pub(crate) mesh: MeshNet,
    pub(crate) attention: MeshNet,
}

/// The buffers that one search at a time works in.
#[derive(Debug)]
pub struct Scratch {
    pub(crate) short_range: net::Scratch,
    pub(crate) full_range: net::Scratch,
    pub(crate) mesh: net::Scratch,
    pub(crate) attention: net::Scratch,
    pub(crate) work: Vec<Detection>,
    pub(crate) grid: LumaGrid,
}

impl FaceFinder {
    /// Loads the nets that are built in.
    pub fn new() -> Result<FaceFinder, FinderError> {
        Ok(FaceFinder {
            short_range: Detector::short_range()?,
            full_range: Detector::full_range()?,
            mesh: MeshNet::plain()?,
            attention: MeshNet::attention()?,
        })
    }

    /// Buffers for [`FaceFinder::find`]; keep them for the next picture.
    pub fn scratch(&self) -> Scratch {
        Scratch {
            short_range: self.short_range.scratch(),
            full_range: self.full_range.scratch(),
            mesh: self.mesh.scratch(),
            attention: self.attention.scratch(),
            work: Vec::new(),
            grid: LumaGrid::default(),
        }
    }

    /// Finds the faces of `picture`, largest first; none is an answer too.
    pub fn find(
        &self,
        picture: View<'_, Srgb8>,
        options: &FindOptions,
        scratch: &mut Scratch,
    ) -> Vec<Face> {
        if picture.width() == 0 || picture.height() == 0 || options.most_faces == 0 {
            return Vec::new();
        }
        Search::new(self, picture, options, scratch).run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_may_share_the_finder_and_move_the_scratch() {
        fn shared<T: Send + Sync>(_: &T) {}
        fn moved<T: Send>(_: &T) {}
        let finder = FaceFinder::new().unwrap();
        shared(&finder);
        moved(&finder.scratch());
    }
}
