//! The face that a box in a picture points at.

use crate::{Engine, PixelBox};
use face::{Bounds, Face, FindOptions};
use pixel::{Image, Rect, Srgb8};

/// Share of the smaller of box and face that must be common to both: people and detectors draw their
/// boxes differently, but not past each other.
const LEAST_OVERLAP: f32 = 0.3;

/// A face is looked for in a square of so many sides of its box: the nets want to see some of what is
/// around a face, and what is further away costs time.
const SQUARE_SIDES: f32 = 4.0;

/// Share of a box that the face in it takes from ear to ear at least.
const LEAST_FACE_SHARE: f32 = 0.4;

/// Why a box points at no face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaceBoxError {
    /// Nothing of it lies in the picture.
    #[error(
        "the face box, {face_box}, lies outside the picture of {width}×{height} pixels; give it in \
         pixels of the upright picture at full size"
    )]
    Outside {
        /// The box.
        face_box: PixelBox,
        /// Columns of the upright picture at full size.
        width: usize,
        /// Rows of the upright picture at full size.
        height: usize,
    },
    /// There is no face in it.
    #[error("no face was found in the face box, {face_box}; give the box of one face")]
    NoFace {
        /// The box.
        face_box: PixelBox,
    },
}

impl PixelBox {
    /// Whether nothing of it lies in a picture of that size.
    pub(crate) fn check_in(&self, width: usize, height: usize) -> Result<(), FaceBoxError> {
        if self.x as usize >= width || self.y as usize >= height {
            return Err(FaceBoxError::Outside {
                face_box: *self,
                width,
                height,
            });
        }
        Ok(())
    }
}

impl Engine {
    /// The face of `picture` that a box points at: the one that has most in common with it. The box is
    /// in pixels of the picture at a size of `full` columns and rows.
    pub(crate) fn find_in_box(
        &self,
        picture: &Image<Srgb8>,
        full: [usize; 2],
        face_box: &PixelBox,
        scratch: &mut face::Scratch,
    ) -> Option<Face> {
        let area = scaled(face_box, picture, full);
        let square = square_around(&area, picture)?;
        let options = FindOptions {
            least_width: (area.width().min(area.height()) * LEAST_FACE_SHARE)
                .max(face::quality::LEAST_WIDTH),
            ..FindOptions::default()
        };
        let view = picture.view().crop(square)?;
        let (left, top) = (square.x as f32, square.y as f32);
        let faces = self.finder.find(view, &options, scratch);
        nearest(
            faces.into_iter().map(|face| face.moved_by(left, top)),
            &area,
        )
    }
}

/// A box of the picture at full size in pixels of the picture as it is.
fn scaled(face_box: &PixelBox, picture: &Image<Srgb8>, [width, height]: [usize; 2]) -> Bounds {
    let across = picture.width() as f32 / width.max(1) as f32;
    let down = picture.height() as f32 / height.max(1) as f32;
    let (left, top) = (face_box.x as f32 * across, face_box.y as f32 * down);
    Bounds {
        left,
        top,
        right: left + face_box.width as f32 * across,
        bottom: top + face_box.height as f32 * down,
    }
}

/// The square to look in, cut at the picture's border; `None` where that leaves nothing.
fn square_around(area: &Bounds, picture: &Image<Srgb8>) -> Option<Rect> {
    let half = area.width().max(area.height()) * SQUARE_SIDES / 2.0;
    let center = area.center();
    // Casts saturate, so that what is outside comes to lie on the border.
    let x = (center.x - half) as usize;
    let y = (center.y - half) as usize;
    let right = ((center.x + half).ceil() as usize).min(picture.width());
    let bottom = ((center.y + half).ceil() as usize).min(picture.height());
    Some(Rect {
        x,
        y,
        width: right.checked_sub(x).filter(|width| *width > 0)?,
        height: bottom.checked_sub(y).filter(|height| *height > 0)?,
    })
}

/// The face whose box has the largest share in common with `area`, of what both take together.
fn nearest(faces: impl Iterator<Item = Face>, area: &Bounds) -> Option<Face> {
    let share = |face: &Face| {
        let smaller = face.bounds.area().min(area.area());
        let common = face.bounds.overlap(area) * smaller;
        common / (face.bounds.area() + area.area() - common)
    };
    faces
        .filter(|face| face.bounds.overlap(area) >= LEAST_OVERLAP)
        .max_by(|a, b| share(a).total_cmp(&share(b)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portraits::collage;

    fn face_box(x: u32, y: u32, width: u32, height: u32) -> PixelBox {
        PixelBox {
            x,
            y,
            width,
            height,
        }
    }

    /// The box of a face, in whole pixels.
    fn box_of(face: &Face) -> PixelBox {
        let Bounds { left, top, .. } = face.bounds;
        let (width, height) = (face.bounds.width(), face.bounds.height());
        face_box(left as u32, top as u32, width as u32, height as u32)
    }

    #[test]
    fn a_box_points_at_the_face_it_shares_most_with() {
        let engine = Engine::new().unwrap();
        let picture = collage(
            [1500, 700],
            &[
                ("T1", 600, [0, 50]),
                ("U1", 300, [650, 200]),
                ("T2", 480, [1000, 100]),
            ],
        );
        let mut scratch = engine.finder.scratch();
        let all = engine
            .finder
            .find(picture.view(), &FindOptions::default(), &mut scratch);
        assert_eq!(all.len(), 3);
        let mut found = |face_box: &PixelBox, full: [usize; 2]| {
            let face = engine.find_in_box(&picture, full, face_box, &mut scratch)?;
            let same = |other: &Face| other.bounds.overlap(&face.bounds) > 0.8;
            all.iter().position(same)
        };
        for (index, face) in all.iter().enumerate() {
            let PixelBox {
                x,
                y,
                width,
                height,
            } = box_of(face);
            let (half_width, half_height) = (width / 2, height / 2);
            for face_box in [
                face_box(x, y, width, height),
                // Drawn generously, with hair and chin.
                face_box(
                    x.saturating_sub(half_width / 2),
                    y - half_height / 2,
                    width * 3 / 2,
                    height * 3 / 2,
                ),
                // Eyes to mouth.
                face_box(x + width / 4, y + height / 4, half_width, half_height),
                // Half past it.
                face_box(x + half_width, y, width, height),
            ] {
                assert_eq!(found(&face_box, [1500, 700]), Some(index), "{face_box:?}");
            }
            // The same box at twice the size.
            let double = face_box(2 * x, 2 * y, 2 * width, 2 * height);
            assert_eq!(found(&double, [3000, 1400]), Some(index));
        }
        for nowhere in [
            face_box(620, 0, 60, 60),
            face_box(1400, 600, 300, 300),
            face_box(0, 0, 30, 30),
            face_box(u32::MAX, u32::MAX, u32::MAX, u32::MAX),
            face_box(300, 300, 0, 0),
        ] {
            assert_eq!(found(&nowhere, [1500, 700]), None, "{nowhere:?}");
        }
    }

    #[test]
    fn boxes_outside_are_told_apart() {
        for (x, y, is_outside) in [
            (99, 49, false),
            (100, 0, true),
            (0, 50, true),
            (0, 0, false),
        ] {
            let checked = face_box(x, y, 30, 30).check_in(100, 50);
            assert_eq!(checked.is_err(), is_outside, "{x}, {y}");
        }
        let error = face_box(100, 7, 30, 40).check_in(100, 50).unwrap_err();
        assert!(error.to_string().starts_with(
            "the face box, 30×40 at (100, 7), lies outside the picture of 100×50 pixels;"
        ));
    }
}
