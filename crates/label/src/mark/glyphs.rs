//! The four letters of the mark, drawn by hand as strokes.
//!
//! Units are thousandths of the em; `x` grows to the right, `y` down, and the Chinese letters
//! fill the square from 0 to 1000. Every stroke has round ends, as in the rounded kind of Hei type.

/// A point in units of the em.
pub(super) type Point = [f32; 2];

/// One part of a stroke's middle line, from where the part before ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum Piece {
    /// A straight line to a point.
    Line(Point),
    /// A quadratic Bézier curve: its control point, then its end.
    Curve(Point, Point),
}

/// A stroke of the brush.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stroke {
    pub(super) from: Point,
    pub(super) pieces: &'static [Piece],
    /// Half the width of the brush at the start and at the end.
    pub(super) radius: [f32; 2],
}

/// A letter.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// How far right of the text's left edge its own origin stands.
    pub(super) left: f32,
    pub(super) strokes: &'static [Stroke],
}

use Piece::{Curve, Line};

/// Half the width of a stroke that stands, and of one that lies: lying ones look heavier.
const STANDING: f32 = 47.0;
const LYING: f32 = 43.0;
/// Where a stroke thins out.
const THIN: f32 = 34.0;

/// Top and bottom of the letters' ink.
pub(super) const TOP: f32 = 40.0;
pub(super) const BOTTOM: f32 = 940.0;

/// Right edge of the text's ink, whose left edge is 0.
pub(super) const WIDTH: f32 = 2988.0;

/// The middle of two strokes of 生 that are put on the middle of pixels: the one that stands, and
/// the lowest that lies.
pub(super) const CROSS: Point = [1515.0, 895.0];

/// Top and bottom of the capitals' ink, which is the least high.
#[cfg(test)]
pub(super) const CAPITAL: [f32; 2] = [80.0, 930.0];

/// "AI生成", AI-made.
pub(super) const TEXT: [Glyph; 4] = [
    Glyph {
        left: 0.0,
        strokes: &[
            stroke([345.0, 127.0], &[Line([47.0, 883.0])], [STANDING; 2]),
            stroke([345.0, 127.0], &[Line([643.0, 883.0])], [STANDING; 2]),
            stroke([150.0, 640.0], &[Line([540.0, 640.0])], [LYING; 2]),
        ],
    },
    Glyph {
        left: 800.0,
        strokes: &[stroke([50.0, 127.0], &[Line([50.0, 883.0])], [STANDING; 2])],
    },
    Glyph {
        left: 990.0,
        strokes: &[
            stroke(
                [265.0, 100.0],
                &[Curve([215.0, 300.0], [90.0, 450.0])],
                [STANDING, THIN],
            ),
            stroke([225.0, 290.0], &[Line([890.0, 290.0])], [LYING; 2]),
            stroke([185.0, 580.0], &[Line([855.0, 580.0])], [LYING; 2]),
            stroke([525.0, 90.0], &[Line([525.0, 890.0])], [STANDING; 2]),
            stroke([70.0, 895.0], &[Line([950.0, 895.0])], [LYING; 2]),
        ],
    },
    Glyph {
        left: 2040.0,
        strokes: &[
            stroke([165.0, 265.0], &[Line([905.0, 265.0])], [LYING; 2]),
            stroke(
                [165.0, 265.0],
                &[Line([165.0, 490.0]), Curve([165.0, 740.0], [60.0, 900.0])],
                [LYING, THIN],
            ),
            stroke(
                [165.0, 490.0],
                &[
                    Line([410.0, 490.0]),
                    Curve([410.0, 660.0], [392.0, 745.0]),
                    Curve([382.0, 790.0], [330.0, 790.0]),
                    Line([285.0, 786.0]),
                ],
                [LYING, THIN],
            ),
            stroke(
                [545.0, 90.0],
                &[
                    Curve([545.0, 620.0], [745.0, 835.0]),
                    Curve([850.0, 940.0], [880.0, 850.0]),
                    Line([905.0, 730.0]),
                ],
                [STANDING, THIN],
            ),
            stroke(
                [835.0, 420.0],
                &[Curve([720.0, 720.0], [430.0, 905.0])],
                [STANDING, THIN],
            ),
            stroke([700.0, 85.0], &[Line([820.0, 170.0])], [LYING; 2]),
        ],
    },
];

const fn stroke(from: Point, pieces: &'static [Piece], radius: [f32; 2]) -> Stroke {
    Stroke {
        from,
        pieces,
        radius,
    }
}
