//! The low band of a face: its skin tone and the light on it, without its features.
//!
//! Skin colours are taken where the face shows plain skin, a low-order light model over the
//! normals is fitted to them robustly (hair, beards, glasses and glare are outliers), and what the
//! model leaves is smoothed over the face.

use crate::atlas::{self, SIDE, atlas};
use crate::color::{Encoded, luma};
use crate::light::{Light, Sample, terms};
use crate::normals::vertex_normals;
use crate::surface::{smoothstep, surface};
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};
use pixel::{Srgb8, View};
use std::ops::Range;

/// Blur radius of the low band over the features, in texels.
const WIDE: usize = 4;
/// Blur radius along the outline.
const FINE: usize = 1;
/// Over which distances from the outline, in centimetres, the fine blur gives way to the wide one.
const BORDER: Range<f32> = 1.0..3.5;
/// How much skin it takes for the picture to overrule the model, as a share of the blur's window.
const PRIOR: f32 = 0.12;

/// Skin tone, light and skin likelihood of one face.
#[derive(Clone, Debug)]
pub(crate) struct Tone {
    /// The skin's colour at each mesh vertex as it would be without features.
    pub(crate) low: Vec<Encoded>,
    /// How much hair grows about the mouth, 0 (clean) ..= 1 (full beard).
    pub(crate) beard: f32,
    /// How much hair hangs over the forehead down to the brows, 0 (none) ..= 1.
    pub(crate) bangs: f32,
    /// How much of each vertex to take from its own place in the picture rather than from across
    /// the face, 0..=1.
    pub(crate) own: Vec<f32>,
}

/// How much a vertex with this normal looks at the camera: 0 turned away ..= 1.
pub(crate) fn facing(normal: [f32; 3]) -> f32 {
    smoothstep(0.2, 0.65, -normal[2])
}

impl Tone {
    pub(crate) fn measure(picture: View<'_, Srgb8>, mesh: &[Point3]) -> Tone {
        let normals = vertex_normals(mesh);
        let colors = atlas().sample(picture, mesh);
        let mut samples: Vec<Sample> = atlas()
            .texels
            .iter()
            .map(|texel| {
                let normal = texel.mix(|vertex| normals[vertex]);
                let [x, y] = texel.mix(|vertex| [mesh[vertex].x, mesh[vertex].y]);
                let within = x >= 0.0
                    && y >= 0.0
                    && x < picture.width() as f32
                    && y < picture.height() as f32;
                let trust = if within {
                    texel.skin * facing(normal)
                } else {
                    0.0
                };
                Sample {
                    index: texel.index,
                    terms: terms(normal),
                    color: colors[texel.index],
                    feature: 1.0 - texel.skin,
                    trust,
                    weight: trust,
                }
            })
            .collect();
        let light = Light::fit(&mut samples);
        let low = low_band(&samples, &light);
        let bare = bareness(&samples, &low);
        let beard = hidden(&bare, &CHIN_AND_LIP, 0.2, 0.6);
        let bangs = hidden(&bare, &ABOVE_BROWS, 0.15, 0.4);
        let own = own_shares(&normals);
        Tone {
            low: atlas().at_vertices(&low),
            beard,
            bangs,
            own,
        }
    }
}

impl Tone {
    /// How far pixels at a vertex that are not skin are hair over the face rather than part of it,
    /// 0..=1.
    pub(crate) fn fringe(&self, vertex: usize) -> f32 {
        let surface = surface();
        let (core, tight) = (surface.core[vertex], surface.below_brows[vertex]);
        let core = core + self.bangs * (tight - core);
        (1.0 - core) * surface.fringe[vertex].max(1.0 - self.beard)
    }
}

/// The model plus the smoothed remainder of what is skin: smoothed widely over the features, so
/// that their forms stay detail, and finely along the outline, where two faces must meet.
fn low_band(samples: &[Sample], light: &Light) -> Vec<Encoded> {
    let wide = smoothed(samples, light, WIDE);
    let fine = smoothed(samples, light, FINE);
    let inward = atlas().border_distance();
    let mix = |index: usize| {
        let share = smoothstep(BORDER.start, BORDER.end, inward[index]);
        std::array::from_fn(|k| fine[index][k] + share * (wide[index][k] - fine[index][k]))
    };
    let mut low: Vec<Encoded> = (0..SIDE * SIDE).map(mix).collect();
    fill_margin(&mut low, samples);
    low
}

fn smoothed(samples: &[Sample], light: &Light, radius: usize) -> Vec<Encoded> {
    let mut field = vec![[0.0f32; 4]; SIDE * SIDE];
    for sample in samples {
        let model = light.at(&sample.terms);
        let weight = sample
            .weight
            .max(sample.trust * shaded_skin(sample.color, model));
        let cell = &mut field[sample.index];
        for channel in 0..3 {
            cell[channel] = weight * (sample.color[channel] - model[channel]);
        }
        cell[3] = weight;
    }
    atlas::blur(&mut field, radius);
    let mut low = vec![[0.0; 3]; SIDE * SIDE];
    for sample in samples {
        let model = light.at(&sample.terms);
        let [red, green, blue, weight] = field[sample.index];
        let remainder = [red, green, blue].map(|value| value / (weight + PRIOR));
        low[sample.index] =
            std::array::from_fn(|channel| (model[channel] + remainder[channel]).clamp(0.03, 0.98));
    }
    low
}

/// How far a colour may be the model's skin in shadow: its chroma, at less light.
fn shaded_skin(color: Encoded, model: Encoded) -> f32 {
    let (light, chroma) = against(color, model);
    0.6 * smoothstep(0.15, 0.35, light) * (1.0 - smoothstep(0.2, 0.4, chroma))
}

/// A colour's lightness as a share of the skin's, and the distance of their chromas, both taken
/// relative to lightness.
fn against(color: Encoded, skin: Encoded) -> (f32, f32) {
    let (light, base) = (luma(color) + 0.04, luma(skin) + 0.04);
    let (red, blue) = (
        color[0] / light - skin[0] / base,
        color[2] / light - skin[2] / base,
    );
    (light / base, red.hypot(blue))
}

/// Gives the texels around the face the colour of their neighbours, for bilinear reading.
fn fill_margin(low: &mut [Encoded], samples: &[Sample]) {
    let mut known = vec![false; SIDE * SIDE];
    for sample in samples {
        known[sample.index] = true;
    }
    for _ in 0..2 {
        let before = known.clone();
        for y in 0..SIDE {
            for x in 0..SIDE {
                if before[y * SIDE + x] {
                    continue;
                }
                let (mut sum, mut count) = ([0.0; 3], 0.0);
                for ny in y.saturating_sub(1)..(y + 2).min(SIDE) {
                    for nx in x.saturating_sub(1)..(x + 2).min(SIDE) {
                        if before[ny * SIDE + nx] {
                            let neighbour = low[ny * SIDE + nx];
                            sum = std::array::from_fn(|k| sum[k] + neighbour[k]);
                            count += 1.0;
                        }
                    }
                }
                if count > 0.0 {
                    low[y * SIDE + x] = sum.map(|value| value / count);
                    known[y * SIDE + x] = true;
                }
            }
        }
    }
}

/// How far a colour may lie from the skin's low band and still be skin, 0 (is not) ..= 1.
pub(crate) fn skin_likeness(color: Encoded, low: Encoded) -> f32 {
    let (light, chroma) = against(color, low);
    smoothstep(0.5, 0.75, light) * (1.0 - smoothstep(0.25, 0.5, chroma))
}

fn bareness(samples: &[Sample], low: &[Encoded]) -> Vec<f32> {
    let mut field = vec![[0.0f32; 2]; SIDE * SIDE];
    for sample in samples {
        let bare = skin_likeness(sample.color, low[sample.index]).max(sample.feature);
        field[sample.index] = [bare, 1.0];
    }
    atlas::blur(&mut field, 1);
    let ratio: Vec<Encoded> = field
        .iter()
        .map(|[bare, weight]| [bare / weight.max(1e-3), 0.0, 0.0])
        .collect();
    atlas()
        .at_vertices(&ratio)
        .iter()
        .map(|value| smoothstep(0.3, 0.9, value[0]))
        .collect()
}

/// How much of an area is not bare: 0 up to a share of `low` ..= 1 from a share of `high`.
fn hidden(bare: &[f32], area: &[u16], low: f32, high: f32) -> f32 {
    let sum: f32 = area
        .iter()
        .map(|&vertex| 1.0 - bare[usize::from(vertex)])
        .sum();
    smoothstep(low, high, sum / area.len() as f32)
}

/// Vertices below the lower lip, on the chin and above the upper lip.
const CHIN_AND_LIP: [u16; 14] = [
    18, 200, 199, 175, 83, 313, 201, 421, 208, 428, 164, 165, 391, 167,
];

/// Vertices of the forehead just above the brows.
const ABOVE_BROWS: [u16; 9] = [9, 108, 337, 69, 299, 104, 333, 151, 66];

/// How much of each vertex the picture shows at its own place: all of what looks at the camera no
/// less than its mirror image does, and less the further it is turned away.
fn own_shares(normals: &[[f32; 3]]) -> Vec<f32> {
    let mirror = &canonical().mirror;
    (0..MESH_POINTS)
        .map(|vertex| {
            let seen = facing(normals[vertex]);
            let across = facing(normals[usize::from(mirror[vertex])]);
            if seen >= across {
                1.0
            } else {
                smoothstep(0.0, 0.9, seen)
            }
        })
        .collect()
}
