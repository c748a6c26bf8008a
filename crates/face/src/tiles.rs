//! Overlapping squares of a large picture, for faces too small to see on the whole.

use crate::Point2;
use crate::region::Region;

/// Side of a tile in widths of the narrowest face that is looked for: what the full-range detector
/// sees reliably. At twice that it misses a face in four.
const SIDE_IN_FACES: f32 = 9.5;

/// Share of a tile that the next one covers too, so that no small face is cut by both.
const SHARED: f32 = 0.3;

/// Most tiles of one size, whatever the picture: a larger one gets larger tiles.
const MOST_TILES: usize = 100;

/// A picture's tiles of one size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Tiling {
    width: f32,
    height: f32,
    side: f32,
}

impl Tiling {
    /// Tilings of a picture, the largest tiles first, each half as large as the one before, down to
    /// those for faces `least_width` wide; none when these would be about as large as the picture.
    pub(crate) fn of_picture(
        width: usize,
        height: usize,
        least_width: f32,
    ) -> impl Iterator<Item = Tiling> {
        let mut finest = Tiling {
            width: width as f32,
            height: height as f32,
            side: least_width.max(1.0) * SIDE_IN_FACES,
        };
        while finest.len() > MOST_TILES {
            finest.side *= 1.05;
        }
        let longer = finest.width.max(finest.height);
        let sizes = (longer / 1.25 / finest.side).log2().floor() as i32 + 1;
        (0..sizes).rev().map(move |doublings| Tiling {
            side: finest.side * 2_f32.powi(doublings),
            ..finest
        })
    }

    fn len(&self) -> usize {
        self.count(self.width) * self.count(self.height)
    }

    /// How many tiles cover a length.
    fn count(&self, length: f32) -> usize {
        let step = self.side * (1.0 - SHARED);
        ((length - self.side) / step).ceil().max(0.0) as usize + 1
    }

    /// The tiles, row by row, spread evenly.
    pub(crate) fn tiles(self) -> impl Iterator<Item = Region> {
        let (columns, rows) = (self.count(self.width), self.count(self.height));
        let place = move |index: usize, count: usize, length: f32| {
            if count < 2 {
                length / 2.0
            } else {
                self.side / 2.0 + index as f32 * (length - self.side) / (count - 1) as f32
            }
        };
        (0..rows * columns).map(move |index| Region {
            center: Point2 {
                x: place(index % columns, columns, self.width),
                y: place(index / columns, rows, self.height),
            },
            side: self.side,
            turn: 0.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_face_lies_wholly_in_some_tile() {
        for (width, height) in [
            (1080, 1080),
            (4000, 3000),
            (900, 200),
            (30_000, 1),
            (12_000, 9_000),
        ] {
            let tilings: Vec<Tiling> = Tiling::of_picture(width, height, 34.0).collect();
            assert!(!tilings.is_empty(), "{width}x{height}");
            assert!(tilings.is_sorted_by(|a, b| a.side > b.side));
            for tiling in tilings {
                let tiles: Vec<Region> = tiling.tiles().collect();
                assert!(tiles.len() <= MOST_TILES, "{width}x{height}");
                for step in 0..200 {
                    let x = step as f32 / 199.0 * width as f32;
                    let y = (step * 37 % 200) as f32 / 199.0 * height as f32;
                    let holds = |value: f32, center: f32, length: usize| {
                        let face = tiling.side * SHARED / 2.0;
                        let from = (value - face).max(0.0) + 0.5;
                        let to = (value + face).min(length as f32) - 0.5;
                        from >= center - tiling.side / 2.0 && to <= center + tiling.side / 2.0
                    };
                    let whole = tiles.iter().any(|tile| {
                        holds(x, tile.center.x, width) && holds(y, tile.center.y, height)
                    });
                    assert!(whole, "{width}x{height} in {}: ({x}, {y})", tiling.side);
                }
            }
        }
    }

    #[test]
    fn a_picture_about_as_large_as_a_tile_needs_none() {
        for (width, height, least_width) in [
            (1, 1, 34.0),
            (400, 300, 34.0),
            (1080, 1080, 100.0),
            (1080, 1080, f32::INFINITY),
        ] {
            let count = Tiling::of_picture(width, height, least_width).count();
            assert_eq!(count, 0, "{width}x{height} for {least_width}");
        }
    }

    #[test]
    fn narrower_faces_take_more_tiles() {
        let count = |least_width| -> usize {
            Tiling::of_picture(2000, 1500, least_width)
                .map(|tiling| tiling.len())
                .sum()
        };
        assert!(count(40.0) > count(80.0) && count(80.0) > count(120.0));
        // Not a number, or less than a pixel, is as good as one pixel, and bounded.
        assert_eq!(count(f32::NAN), count(0.0));
    }
}
