//! Lays the user's face over the bent template: the template's low band with the user's detail.
//!
//! Detail is what the user's skin tone does not explain: the ratio of a colour to the user's low
//! band. Darker detail multiplies the template's low band on a curve that keeps black black but is
//! held flat near the skin's own tone, so that pores and glare of dark skin do not burn on pale
//! skin; lighter detail is added with a bounded gain.

use crate::color::{Encoded, UNIT, luma};
use crate::paint::{Span, each_pixel, each_span};
use crate::surface::{smoothstep, surface};
use crate::texture::{Patch, Texel4, bilinear};
use crate::tone::Tone;
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};
use pixel::{Image, Rect, Srgb8};

/// Width of the blend along the outline, in canonical centimetres.
const FEATHER: f32 = 2.0;
/// Most by which fine detail may grow when it moves to lighter skin.
const MOST_GAIN: f32 = 1.25;

/// Most by which light detail may lift the skin's tone.
const MOST_LIGHT: f32 = 0.9;

/// Values carried over a triangle.
const VALUES: usize = 18;
const USER: usize = 0; // x, y in the user's patch
const MIRRORED: usize = 2; // x, y of the vertex's mirror image there
const OWN: usize = 4; // 1 take USER ..= 0 take MIRRORED
const COVER: usize = 5; // 0 template ..= 1 user
const LOW: usize = 6; // the template's low band
const BASE: usize = 9; // 1 / the user's low band at USER
const MIRRORED_BASE: usize = 12; // and at MIRRORED
const DARK: usize = 15; // slope of dark detail near the skin's tone, 1 = multiply
const LIGHT: usize = 16; // slope of light detail
const TINT: usize = 17; // how much of the detail's colour is kept

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

/// For every vertex: cover, the template's low band, the user's low band.
pub(crate) fn cover_and_tone(
    source: &Source<'_>,
    ground: &Ground<'_>,
    share: f32,
) -> Vec<[f32; 7]> {
    vertex_values(source, ground, share)
        .iter()
        .map(|values| {
            let base = [0, 1, 2].map(|k| values[BASE + k].recip());
            [
                values[COVER],
                values[LOW],
                values[LOW + 1],
                values[LOW + 2],
                base[0],
                base[1],
                base[2],
            ]
        })
        .collect()
}

/// Lays the user's colours, unchanged, over the target mesh.
pub(crate) fn user_texture(source: &Source<'_>, ground: &Ground<'_>, output: &mut Image<Srgb8>) {
    let place = |vertex: usize| {
        source
            .patch
            .place(source.mesh[vertex].x, source.mesh[vertex].y)
    };
    each_pixel(ground.target, ground.area, place, |x, y, [u, v]| {
        let [red, green, blue, _] = bilinear(source.patch.texels(), u, v);
        output.row_mut(y)[x] = Srgb8([red, green, blue]);
    });
}

fn vertex_values(source: &Source<'_>, ground: &Ground<'_>, share: f32) -> Vec<[f32; VALUES]> {
    let mirror = &canonical().mirror;
    (0..MESH_POINTS)
        .map(|vertex| {
            let other = usize::from(mirror[vertex]);
            let (own, across) = (source.mesh[vertex], source.mesh[other]);
            let take_own = source.tone.own[vertex];
            let cover = smoothstep(0.0, FEATHER, surface().from_border[vertex]);
            let (low, base) = (ground.tone.low[vertex], source.tone.low[vertex]);
            let lightening = luma(low) / luma(base);
            let mut values = [0.0; VALUES];
            values[USER..][..2].copy_from_slice(&source.patch.place(own.x, own.y));
            values[MIRRORED..][..2].copy_from_slice(&source.patch.place(across.x, across.y));
            values[OWN] = take_own;
            values[COVER] = share * cover;
            values[LOW..][..3].copy_from_slice(&low);
            values[BASE..][..3].copy_from_slice(&base.map(f32::recip));
            values[MIRRORED_BASE..][..3].copy_from_slice(&source.tone.low[other].map(f32::recip));
            values[DARK] = (MOST_GAIN / lightening).min(1.0);
            values[LIGHT] = lightening.clamp(0.45, 1.15) / lightening;
            values[TINT] = (1.2 / lightening).min(1.0).max(surface().vivid[vertex]);
            values
        })
        .collect()
}

fn blend_span(user: &Image<Texel4>, span: &Span<VALUES>, bent: &[Texel4], line: &mut [Srgb8]) {
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
fn blend(user: &Image<Texel4>, v: &[f32; VALUES], cover: f32, under: Texel4, out: &mut Srgb8) {
    let own = v[OWN];
    let (mut ratio, mut bare) = ([0.0; 3], 0.0);
    if own > 0.01 {
        let (color, shown) = read(user, v[USER], v[USER + 1]);
        ratio = std::array::from_fn(|k| own * color[k] * v[BASE + k]);
        bare = own * shown;
    }
    if own < 0.99 {
        let (color, shown) = read(user, v[MIRRORED], v[MIRRORED + 1]);
        for k in 0..3 {
            ratio[k] += (1.0 - own) * color[k] * v[MIRRORED_BASE + k];
        }
        bare += (1.0 - own) * shown;
    }
    let cover = cover * bare;
    let grey = luma(ratio);
    for k in 0..3 {
        ratio[k] = grey + v[TINT] * (ratio[k] - grey);
        let dark = (1.0 - ratio[k]).clamp(0.0, 1.0);
        let light = bounded((ratio[k] - 1.0).max(0.0));
        let detail = v[LIGHT] * light - dark * (v[DARK] + (1.0 - v[DARK]) * dark);
        let face = v[LOW + k] * (1.0 + detail) * 255.0;
        let below = f32::from(under[k]);
        out.0[k] = (below + cover * (face - below) + 0.5) as u8;
    }
}

/// Keeps light detail from glaring: near 0 unchanged, never above [`MOST_LIGHT`].
#[inline]
fn bounded(light: f32) -> f32 {
    light / (1.0 + light * (1.0 / MOST_LIGHT))
}

/// A colour and how bare the face is there.
#[inline]
fn read(user: &Image<Texel4>, x: f32, y: f32) -> (Encoded, f32) {
    let [red, green, blue, bare] = bilinear(user, x, y);
    (
        [red, green, blue].map(|value| f32::from(value) * UNIT),
        f32::from(bare) * UNIT,
    )
}
