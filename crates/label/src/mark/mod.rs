//! The mark one sees: "AI生成" in the lower right corner.

mod field;
mod glyphs;

use crate::canvas::Row;
use field::Field;
use pixel::{Image, Rect, Srgb8};

/// The em as a share of the picture's short side. The least high of the letters, A and I, are then
/// 5.4 % of it; GB 45438-2025 asks for 5 %.
const SHARE: f32 = 0.064;

/// The least em in pixels at which the letters can still be read.
const LEAST_EM: f32 = 17.0;

/// Space around the text, in ems: to the picture's border, and for its dark edge.
const MARGIN: f32 = 0.45;
const EDGE: f32 = 0.2;

/// How dark the edge is where it touches the letters: the share of the picture that it takes away.
const DARKNESS: f32 = 0.74;

/// The mark "AI生成" (AI-made) for the lower right corner of pictures of one size, ready to be drawn.
///
/// White letters with a soft dark edge, so that they can be read on any picture, light, dark or
/// busy. Their height is at least 5 % of the picture's short side, and no less than 17 pixels
/// where the picture has room for that; in one that is too small the text shrinks to its width.
#[derive(Clone, Debug)]
pub struct UsualMark {
    size: (usize, usize),
    rect: Rect,
    /// Row by row: how much the mark covers of a pixel, and how much white it adds, 0..=1.
    ink: Vec<(f32, f32)>,
}

impl UsualMark {
    /// Prepares the mark for pictures of a size. Takes time and eight bytes of memory in proportion to the mark's
    /// pixels.
    pub fn new(width: usize, height: usize) -> UsualMark {
        let place = Place::on(width, height);
        let reach = (EDGE * place.em).max(1.0);
        let mut field = Field::new(&glyphs::TEXT, place.origin, place.em, reach);
        let columns = place.rect.columns();
        // For each column: what the letters cover, and what their dark edge lets through.
        let mut line = vec![(0.0, 1.0); columns.len()];
        let mut ink = Vec::with_capacity(columns.len() * place.rect.height);
        for y in place.rect.rows() {
            line.fill((0.0, 1.0));
            field.row(y, columns.clone(), |first, distances| {
                let line = line[first - columns.start..].iter_mut();
                for ((covered, clear), &distance) in line.zip(distances) {
                    *covered = letter(distance).max(*covered);
                    *clear *= 1.0 - shade(distance / reach);
                }
            });
            ink.extend(line.iter().map(|&(covered, clear)| {
                let kept = 1.0 - DARKNESS * (1.0 - clear);
                (1.0 - (1.0 - covered) * kept, covered)
            }));
        }
        UsualMark {
            size: (width, height),
            rect: place.rect,
            ink,
        }
    }

    /// Width and height of the pictures it is for.
    pub fn size(&self) -> (usize, usize) {
        self.size
    }

    /// The pixels that it has.
    pub fn pixels(&self) -> usize {
        self.ink.len()
    }

    /// Draws it and returns what may have changed. On a picture of another size nothing is drawn.
    ///
    /// `opacity` is that of a transparent picture, of the same size; the mark becomes opaque in it.
    pub fn draw(
        &self,
        picture: &mut Image<Srgb8>,
        mut opacity: Option<&mut Image<u8>>,
    ) -> Option<Rect> {
        if (picture.width(), picture.height()) != self.size {
            return None;
        }
        let lines = self.ink.chunks_exact(self.rect.width.max(1));
        for (y, line) in self.rect.rows().zip(lines) {
            let mut row = Row::of(picture, opacity.as_deref_mut(), y);
            for (x, &(covered, white)) in self.rect.columns().zip(line) {
                if covered > 0.0 {
                    row.cover(x, covered, [255.0 * white; 3]);
                }
            }
        }
        Some(self.rect)
    }
}

/// How much of a pixel the letters cover that are `distance` pixels away.
fn letter(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}

/// How dark the edge of one stroke is at a share of its width: full near the stroke, then softly
/// less. Where edges meet, both darken, so that no seam is seen between them.
fn shade(share: f32) -> f32 {
    let rest = 1.0 - share.clamp(0.0, 1.0);
    rest * rest * (3.0 - 2.0 * rest)
}

/// Where the mark goes.
#[derive(Clone, Copy, Debug)]
struct Place {
    em: f32,
    /// Where the text's own (0, 0) lies, in pixels.
    origin: [f32; 2],
    /// What the letters and their edge touch.
    rect: Rect,
}

impl Place {
    fn on(width: usize, height: usize) -> Place {
        let short = width.min(height) as f32;
        let (text, ink) = (
            glyphs::WIDTH / 1000.0,
            (glyphs::BOTTOM - glyphs::TOP) / 1000.0,
        );
        let em = (SHARE * short)
            .max(LEAST_EM)
            .min(width as f32 / (text + 2.0 * EDGE))
            .min(height as f32 / (ink + 2.0 * EDGE));
        // Where there is little room, the margin gives way before the letters do.
        let margin = |side: usize, ink: f32| {
            let left = side as f32 / em.max(1e-3) - ink;
            MARGIN.min(left / 2.0).max(EDGE) * em
        };
        let middle = |value: f32| value.floor() + 0.5;
        let cross = glyphs::CROSS.map(|value| value / 1000.0 * em);
        let left = width as f32 - margin(width, text) - text * em;
        let top = height as f32 - margin(height, ink) - glyphs::BOTTOM / 1000.0 * em;
        // Strokes are sharpest where their middle is that of a pixel.
        let origin = [
            middle(left + cross[0]) - cross[0],
            middle(top + cross[1]) - cross[1],
        ];
        let edge = EDGE * em;
        let bounds = [
            origin[0] - edge,
            origin[1] + glyphs::TOP / 1000.0 * em - edge,
            origin[0] + text * em + edge,
            origin[1] + glyphs::BOTTOM / 1000.0 * em + edge,
        ];
        Place {
            em,
            origin,
            rect: Rect::covering(bounds, width, height),
        }
    }
}

#[cfg(test)]
mod tests;
