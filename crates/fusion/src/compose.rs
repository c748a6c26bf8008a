//! Lays the user's face over the bent template: the template's low band with the user's detail.
//!
//! Detail is what the user's skin tone does not explain: the ratio of a colour to the user's low
//! band. Darker detail multiplies the template's low band on a curve that keeps black black but is
//! held flat near the skin's own tone, so that pores and glare of dark skin do not burn on pale
//! skin; lighter detail is added with a bounded gain.

use crate::color::{Encoded, UNIT, luma};
use crate::paint::{Span, each_span};
use crate::surface::{smoothstep, surface};
use crate::surroundings::Matted;
use crate::tone::{Tone, facing};
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};
use pixel::{Image, Rect, Srgb8, View};

/// Width of the blend along the outline, in canonical centimetres.
const FEATHER: f32 = 1.7;
/// Most by which fine detail may grow when it moves to lighter skin.
const MOST_GAIN: f32 = 1.25;

/// Values carried over a triangle.
const VALUES: usize = 18;
const USER: usize = 0; // x, y in the user's picture
const MIRRORED: usize = 2; // x, y of the vertex's mirror image there
const OWN: usize = 4; // 1 take USER ..= 0 take MIRRORED
const COVER: usize = 5; // 0 template ..= 1 user
const LOW: usize = 6; // the template's low band
const BASE: usize = 9; // 1 / the user's low band at USER
const MIRRORED_BASE: usize = 12; // and at MIRRORED
const DARK: usize = 15; // slope of dark detail near the skin's tone, 1 = multiply
const LIGHT: usize = 16; // slope of light detail
const FRINGE: usize = 17; // 1 where dark detail is hair over the face and not wanted

/// A user's picture and mesh, and their tone.
pub(crate) struct Source<'a> {
    pub(crate) picture: View<'a, Srgb8>,
    pub(crate) mesh: &'a [Point3],
    pub(crate) tone: &'a Tone,
}

/// The template's side of a composition.
pub(crate) struct Ground<'a> {
    pub(crate) tone: &'a Tone,
    pub(crate) target: &'a [Point3],
    pub(crate) bent: &'a Image<Matted>,
    pub(crate) area: Rect,
}

/// Writes the face into `output`; `share` is how much of the texture is the user's, 0..=1.
pub(crate) fn compose(
    source: &Source<'_>,
    ground: &Ground<'_>,
    share: f32,
    output: &mut Image<Srgb8>,
) {
    let vertices = vertex_values(source, ground, share);
    each_span(
        ground.target,
        ground.area,
        |vertex| vertices[vertex],
        |span| {
            let bent =
                &ground.bent.row(span.y - ground.area.y)[span.x - ground.area.x..][..span.length];
            let line = &mut output.row_mut(span.y)[span.x..][..span.length];
            blend_span(source.picture, span, bent, line);
        },
    );
}

fn vertex_values(source: &Source<'_>, ground: &Ground<'_>, share: f32) -> Vec<[f32; VALUES]> {
    let mirror = &canonical().mirror;
    (0..MESH_POINTS)
        .map(|vertex| {
            let other = usize::from(mirror[vertex]);
            let (own, across) = (source.mesh[vertex], source.mesh[other]);
            let (seen, seen_across) = (
                facing(source.tone.normals[vertex]),
                facing(source.tone.normals[other]),
            );
            let take_own = if seen >= seen_across { 1.0 } else { seen };
            let cover = smoothstep(0.0, FEATHER, surface().from_border[vertex]);
            let fringe = (1.0 - surface().core[vertex])
                * surface().fringe[vertex].max(1.0 - source.tone.beard);
            let bare = source.tone.bare[vertex].max(source.tone.bare[other] * (1.0 - take_own));
            let (low, base) = (ground.tone.low[vertex], source.tone.low[vertex]);
            let lightening = luma(low) / luma(base);
            let mut values = [0.0; VALUES];
            values[USER..][..2].copy_from_slice(&[own.x, own.y]);
            values[MIRRORED..][..2].copy_from_slice(&[across.x, across.y]);
            values[OWN] = take_own;
            values[COVER] = share * cover * (1.0 - fringe * (1.0 - bare));
            values[LOW..][..3].copy_from_slice(&low);
            values[BASE..][..3].copy_from_slice(&base.map(f32::recip));
            values[MIRRORED_BASE..][..3].copy_from_slice(&source.tone.low[other].map(f32::recip));
            values[DARK] = (MOST_GAIN / lightening).min(1.0);
            values[LIGHT] = lightening.clamp(0.45, 1.15) / lightening;
            values[FRINGE] = fringe;
            values
        })
        .collect()
}

fn blend_span(user: View<'_, Srgb8>, span: &Span<VALUES>, bent: &[Matted], line: &mut [Srgb8]) {
    let mut v = span.first;
    for (under, out) in bent.iter().zip(line) {
        let cover = v[COVER] * f32::from(under[3]) * UNIT;
        if cover > 1.0 / 512.0 {
            blend(user, &v, cover, *under, out);
        }
        for k in 0..VALUES {
            v[k] += span.step[k];
        }
    }
}

#[inline]
fn blend(user: View<'_, Srgb8>, v: &[f32; VALUES], cover: f32, under: Matted, out: &mut Srgb8) {
    let own = v[OWN];
    let mut ratio = [0.0; 3];
    if own > 0.01 {
        let color = read(user, v[USER], v[USER + 1]);
        ratio = std::array::from_fn(|k| own * color[k] * v[BASE + k]);
    }
    if own < 0.99 {
        let color = read(user, v[MIRRORED], v[MIRRORED + 1]);
        for k in 0..3 {
            ratio[k] += (1.0 - own) * color[k] * v[MIRRORED_BASE + k];
        }
    }
    let hair = smoothstep(0.25, 0.45, 1.0 - luma(ratio));
    let cover = cover * (1.0 - v[FRINGE] * hair);
    for k in 0..3 {
        let dark = (1.0 - ratio[k]).clamp(0.0, 1.0);
        let light = (ratio[k] - 1.0).max(0.0);
        let detail = v[LIGHT] * light - dark * (v[DARK] + (1.0 - v[DARK]) * dark);
        let face = v[LOW + k] * (1.0 + detail) * 255.0;
        let below = f32::from(under[k]);
        out.0[k] = (below + cover * (face - below) + 0.5) as u8;
    }
}

/// The colour between pixels; beyond the edge the edge repeats.
#[inline]
fn read(picture: View<'_, Srgb8>, x: f32, y: f32) -> Encoded {
    let (right, bottom) = (picture.width() - 1, picture.height() - 1);
    let (x, y) = (x.clamp(0.0, right as f32), y.clamp(0.0, bottom as f32));
    let (column, row) = (x as usize, y as usize);
    let (fx, fy) = (x - column as f32, y - row as f32);
    let (next, below) = ((column + 1).min(right), (row + 1).min(bottom));
    let (upper, lower) = (picture.row(row), picture.row(below));
    let (a, b, c, d) = (
        upper[column].0,
        upper[next].0,
        lower[column].0,
        lower[next].0,
    );
    std::array::from_fn(|k| {
        let (a, b, c, d) = (
            f32::from(a[k]),
            f32::from(b[k]),
            f32::from(c[k]),
            f32::from(d[k]),
        );
        let top = a + fx * (b - a);
        let bottom = c + fx * (d - c);
        (top + fy * (bottom - top)) * UNIT
    })
}
