//! Lays the user's face over the bent template: the template's low band with the user's detail.
//!
//! Detail is what the user's skin tone does not explain: the ratio of a colour to the user's low
//! band. Darker detail multiplies the template's low band on a curve that keeps black black but is
//! held flat near the skin's own tone, so that pores and glare of dark skin do not burn on pale
//! skin; lighter detail is added with a bounded gain.

use crate::color::{Encoded, UNIT, luma};
use crate::paint::{Span, each_pixel, each_span};
use crate::surface::{smoothstep, surface};
use crate::texture::{Four, Patch, Texel4, Walk, bytes};
use crate::tone::Tone;
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};
use pixel::{Image, Rect, Srgb8};

/// Width of the blend along the outline, in canonical centimetres.
const FEATHER: f32 = 1.9;
/// Most by which fine detail may grow when it moves to lighter skin.
const MOST_GAIN: f32 = 1.25;

/// Most by which light detail may lift the skin's tone.
const MOST_LIGHT: f32 = 0.9;

/// Values carried over a triangle.
const VALUES: usize = 24;
const USER: usize = 0; // x, y in the user's patch
const MIRRORED: usize = 2; // x, y of the vertex's mirror image there
const OWN: usize = 4; // 1 take USER ..= 0 take MIRRORED
const COVER: usize = 5; // 0 template ..= 1 user
const DARK: usize = 6; // slope of dark detail near the skin's tone, 1 = multiply
const LIGHT: usize = 7; // slope of light detail
const LOW: usize = 8; // the template's low band, 0..=255
const BASE: usize = 12; // 1 / the user's low band at USER, for bytes; then 1 / 255
const MIRRORED_BASE: usize = 16; // and at MIRRORED
const TINT: usize = 20; // how much of the detail's colour is kept

/// A user's face cut out of the photo, with its mesh in the photo and its tone.
pub(crate) struct Source<'a> {
    pub(crate) patch: &'a Patch,
    pub(crate) mesh: &'a [Point3],
    pub(crate) tone: &'a Tone,
}

/// The template's side of a composition.
pub(crate) struct Ground<'a> {
    pub(crate) tone: &'a Tone,
    pub(crate) target: &'a [Point3],
    pub(crate) bent: &'a Image<Texel4>,
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
            blend_span(source.patch.texels(), span, bent, line);
        },
    );
}

/// Lays the user's colours, unchanged, over the target mesh.
pub(crate) fn user_texture(source: &Source<'_>, ground: &Ground<'_>, output: &mut Image<Srgb8>) {
    let place = |vertex: usize| {
        source
            .patch
            .place(source.mesh[vertex].x, source.mesh[vertex].y)
    };
    each_pixel(ground.target, ground.area, place, |x, y, [u, v]| {
        let mut walk = Walk::new(source.patch.texels(), [u, v], [0.0; 2]);
        let [red, green, blue, _] = bytes(walk.next());
        output.row_mut(y)[x] = Srgb8([red, green, blue]);
    });
}

/// How far a vertex is inside the blend along the outline, 0 (on it) ..= 1.
pub(crate) fn cover(vertex: usize) -> f32 {
    smoothstep(0.0, FEATHER, surface().from_border[vertex])
}

fn vertex_values(source: &Source<'_>, ground: &Ground<'_>, share: f32) -> Vec<[f32; VALUES]> {
    let mirror = &canonical().mirror;
    (0..MESH_POINTS)
        .map(|vertex| {
            let other = usize::from(mirror[vertex]);
            let (own, across) = (source.mesh[vertex], source.mesh[other]);
            let take_own = source.tone.own[vertex];
            let (low, base) = (ground.tone.low[vertex], source.tone.low[vertex]);
            let lightening = luma(low) / luma(base);
            let mut values = [0.0; VALUES];
            values[USER..][..2].copy_from_slice(&source.patch.place(own.x, own.y));
            values[MIRRORED..][..2].copy_from_slice(&source.patch.place(across.x, across.y));
            values[OWN] = take_own;
            values[COVER] = share * cover(vertex);
            values[LOW..][..3].copy_from_slice(&low.map(|value| 255.0 * value));
            values[BASE..][..4].copy_from_slice(&per_byte(base));
            values[MIRRORED_BASE..][..4].copy_from_slice(&per_byte(source.tone.low[other]));
            values[DARK] = dark_slope(lightening);
            values[LIGHT] = lightening.clamp(0.45, 1.15) / lightening;
            values[TINT] = (1.2 / lightening).min(1.0).max(surface().vivid[vertex]);
            values
        })
        .collect()
}

/// By how much dark detail deepens near the skin's own tone when the skin is `lightening` times as
/// light in the template: held down on lighter skin, lifted a little on darker skin, where the
/// same ratio is harder to see.
fn dark_slope(lightening: f32) -> f32 {
    if lightening < 1.0 {
        lightening.powf(-0.3).min(1.4)
    } else {
        (MOST_GAIN / lightening).min(1.0)
    }
}

/// What turns bytes into shares of a colour, and a byte of bareness into 0..=1.
fn per_byte(color: Encoded) -> Four {
    let [red, green, blue] = color.map(|value| UNIT / value);
    [red, green, blue, UNIT]
}

fn blend_span(user: &Image<Texel4>, span: &Span<VALUES>, bent: &[Texel4], line: &mut [Srgb8]) {
    let mut v = span.first;
    let pair = |values: &[f32; VALUES], at: usize| [values[at], values[at + 1]];
    let mut own = Walk::new(user, pair(&v, USER), pair(&span.step, USER));
    let mut across = Walk::new(user, pair(&v, MIRRORED), pair(&span.step, MIRRORED));
    for (under, out) in bent.iter().zip(line) {
        let cover = v[COVER] * f32::from(under[3]) * UNIT;
        if cover > 1.0 / 512.0 {
            let mut ratio = [0.0; 4];
            if v[OWN] > 0.01 {
                add_share(&mut ratio, v[OWN], own.next(), four(&v, BASE));
            } else {
                own.skip();
            }
            if v[OWN] < 0.99 {
                add_share(
                    &mut ratio,
                    1.0 - v[OWN],
                    across.next(),
                    four(&v, MIRRORED_BASE),
                );
            } else {
                across.skip();
            }
            blend(ratio, &v, cover, *under, out);
        } else {
            own.skip();
            across.skip();
        }
        for k in 0..VALUES {
            v[k] += span.step[k];
        }
    }
}

#[inline]
fn four(values: &[f32; VALUES], at: usize) -> Four {
    [values[at], values[at + 1], values[at + 2], values[at + 3]]
}

#[inline]
fn add_share(ratio: &mut Four, share: f32, texel: Four, base: Four) {
    for k in 0..4 {
        ratio[k] += share * texel[k] * base[k];
    }
}

/// Puts detail, given as a ratio to the user's tone and how bare the face is, over a pixel.
#[inline]
fn blend(ratio: Four, v: &[f32; VALUES], cover: f32, under: Texel4, out: &mut Srgb8) {
    let cover = cover * ratio[3];
    let grey = luma([ratio[0], ratio[1], ratio[2]]);
    let low = four(v, LOW);
    let mut mixed = [0.0; 4];
    for k in 0..4 {
        let ratio = grey + v[TINT] * (ratio[k] - grey);
        let dark = positive(1.0 - ratio);
        let light = positive(ratio - 1.0);
        let detail = v[LIGHT] * bounded(light) - dark * (v[DARK] + (1.0 - v[DARK]) * dark);
        let below = f32::from(under[k]);
        mixed[k] = (below + cover * (low[k] + low[k] * detail - below)).clamp(0.0, 255.0);
    }
    let [red, green, blue, _] = bytes(mixed);
    *out = Srgb8([red, green, blue]);
}

/// What is above 0; unlike `f32::max` it need not mind what is not a number.
#[inline]
fn positive(value: f32) -> f32 {
    if value > 0.0 { value } else { 0.0 }
}

/// Keeps light detail from glaring: near 0 unchanged, never above [`MOST_LIGHT`].
#[inline]
fn bounded(light: f32) -> f32 {
    light / (1.0 + light * (1.0 / MOST_LIGHT))
}
