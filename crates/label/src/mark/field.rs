//! How far the pixels of a row are from the strokes.

use super::glyphs::{Glyph, Piece, Point, Stroke};
use std::ops::Range;

/// A curve is drawn as so many straight parts: finer than a pixel on the largest mark.
const PARTS: usize = 24;

/// A straight part of a stroke, in pixels; its radius goes evenly from one end's to the other's.
#[derive(Clone, Copy, Debug)]
struct Segment {
    from: Point,
    along: Point,
    /// The square of its length; 0 for a dot.
    square: f32,
    radius: [f32; 2],
}

/// The strokes of a text at its size and place.
#[derive(Debug)]
pub(super) struct Field {
    strokes: Vec<Vec<Segment>>,
    /// Distances beyond this do not matter.
    reach: f32,
    /// Those of one stroke, kept from row to row.
    distances: Vec<f32>,
}

impl Field {
    /// The glyphs with their origin at `origin`, at `em` pixels the em; distances are told up to `reach`.
    pub(super) fn new(glyphs: &[Glyph], origin: Point, em: f32, reach: f32) -> Field {
        let scale = em / 1000.0;
        let strokes = glyphs.iter().flat_map(|glyph| {
            let place =
                move |[x, y]: Point| [origin[0] + (glyph.left + x) * scale, origin[1] + y * scale];
            let strokes = glyph.strokes.iter();
            strokes.map(move |stroke| segments(stroke, scale, place))
        });
        Field {
            strokes: strokes.collect(),
            reach,
            distances: Vec::new(),
        }
    }

    /// Tells for each stroke near row `y` how far pixels of the row are from its edge: `tell` gets the
    /// first column, which is `columns.start` or right of it, and distances in pixels from there on,
    /// negative inside the stroke.
    pub(super) fn row(
        &mut self,
        y: usize,
        columns: Range<usize>,
        mut tell: impl FnMut(usize, &[f32]),
    ) {
        let middle = y as f32 + 0.5;
        for stroke in &self.strokes {
            self.distances.clear();
            self.distances.resize(columns.len(), self.reach);
            let (mut first, mut end) = (columns.len(), 0);
            for segment in stroke {
                let near = segment.columns_near(middle, self.reach, &columns);
                first = first.min(near.start);
                end = end.max(near.end);
                for column in near {
                    let x = (columns.start + column) as f32 + 0.5;
                    let distance = &mut self.distances[column];
                    *distance = distance.min(segment.distance([x, middle]));
                }
            }
            if first < end {
                tell(columns.start + first, &self.distances[first..end]);
            }
        }
    }
}

impl Segment {
    /// The columns, counted from `columns.start`, whose pixels in the row with this middle may be
    /// within `reach` of its edge.
    fn columns_near(&self, middle: f32, reach: f32, columns: &Range<usize>) -> Range<usize> {
        let around = reach + self.radius[0].max(self.radius[1]);
        let span = |axis: usize| {
            let ends = [self.from[axis], self.from[axis] + self.along[axis]];
            [ends[0].min(ends[1]) - around, ends[0].max(ends[1]) + around]
        };
        let [top, bottom] = span(1);
        if middle < top || middle > bottom {
            return 0..0;
        }
        let [left, right] = span(0);
        let column = |x: f32| ((x - columns.start as f32).max(0.0) as usize).min(columns.len());
        column(left)..column(right + 1.0)
    }

    /// How far a point is from its edge.
    fn distance(&self, point: Point) -> f32 {
        let to = [point[0] - self.from[0], point[1] - self.from[1]];
        let along = self.along;
        let share = if self.square > 0.0 {
            ((to[0] * along[0] + to[1] * along[1]) / self.square).clamp(0.0, 1.0)
        } else {
            0.0
        };
        let off = [to[0] - along[0] * share, to[1] - along[1] * share];
        let radius = self.radius[0] + (self.radius[1] - self.radius[0]) * share;
        (off[0] * off[0] + off[1] * off[1]).sqrt() - radius
    }
}

/// The straight parts of a stroke, its points brought to their place in pixels.
fn segments(stroke: &Stroke, scale: f32, place: impl Fn(Point) -> Point) -> Vec<Segment> {
    let points = middle_line(stroke.from, stroke.pieces);
    let last = (points.len() - 1).max(1) as f32;
    let radius = |index: usize| {
        let [start, end] = stroke.radius;
        (start + (end - start) * index as f32 / last) * scale
    };
    let pairs = points.windows(2).enumerate();
    pairs
        .map(|(index, pair)| {
            let (from, to) = (place(pair[0]), place(pair[1]));
            let along = [to[0] - from[0], to[1] - from[1]];
            Segment {
                from,
                along,
                square: along[0] * along[0] + along[1] * along[1],
                radius: [radius(index), radius(index + 1)],
            }
        })
        .collect()
}

/// The points of a stroke's middle line.
fn middle_line(from: Point, pieces: &[Piece]) -> Vec<Point> {
    let mut points = vec![from];
    let mut start = from;
    for piece in pieces {
        match *piece {
            Piece::Line(to) => {
                points.push(to);
                start = to;
            }
            Piece::Curve(control, to) => {
                points.extend((1..=PARTS).map(|part| {
                    let t = part as f32 / PARTS as f32;
                    let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
                    [0, 1].map(|axis| a * start[axis] + b * control[axis] + c * to[axis])
                }));
                start = to;
            }
        }
    }
    points
}
