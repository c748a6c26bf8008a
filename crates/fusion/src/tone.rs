//! The low band of a face: its skin tone and the light on it, without its features.
//!
//! Skin colours are taken where the face shows plain skin, a low-order light model over the
//! normals is fitted to them robustly (hair, beards, glasses and glare are outliers), and what the
//! model leaves is smoothed over the face. Low-order lighting: Ramamoorthi & Hanrahan, "An
//! efficient representation for irradiance environment maps", 2001.

use crate::atlas::{self, SIDE, atlas};
use crate::color::{Encoded, luma};
use crate::normals::vertex_normals;
use crate::surface::{smoothstep, surface};
use face::canonical::canonical;
use face::{MESH_POINTS, Point3};
use pixel::{Srgb8, View};

/// How many terms the light model has: constant, the normal, and its five products.
const TERMS: usize = 9;
/// Blur radius of the low band in texels.
const SMOOTHING: usize = 4;
/// How much skin it takes for the picture to overrule the model, as a share of the blur's window.
const PRIOR: f32 = 0.12;

/// Skin tone, light and skin likelihood of one face.
#[derive(Clone, Debug)]
pub(crate) struct Tone {
    /// The skin's colour at each mesh vertex as it would be without features.
    pub(crate) low: Vec<Encoded>,
    /// How likely each vertex shows bare skin, 0..=1 (features count as skin).
    pub(crate) bare: Vec<f32>,
    /// How much hair grows about the mouth, 0 (clean) ..= 1 (full beard).
    pub(crate) beard: f32,
    /// How much hair hangs over the forehead down to the brows, 0 (none) ..= 1.
    pub(crate) bangs: f32,
    /// How much of each vertex to take from its own place in the picture rather than from across
    /// the face, 0..=1.
    pub(crate) own: Vec<f32>,
    /// The vertices' unit normals.
    pub(crate) normals: Vec<[f32; 3]>,
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
            bare,
            beard,
            bangs,
            own,
            normals,
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

struct Sample {
    index: usize,
    terms: [f32; TERMS],
    color: Encoded,
    /// 1 on eyes, brows and lips.
    feature: f32,
    /// Weight before robust fitting.
    trust: f32,
    /// Weight after it.
    weight: f32,
}

fn terms([x, y, z]: [f32; 3]) -> [f32; TERMS] {
    [
        1.0,
        x,
        y,
        z,
        x * y,
        x * z,
        y * z,
        x * x - y * y,
        3.0 * z * z - 1.0,
    ]
}

struct Light {
    coefficients: [[f32; TERMS]; 3],
}

impl Light {
    /// Iteratively reweighted least squares with Geman–McClure weights, started from the median.
    fn fit(samples: &mut [Sample]) -> Light {
        let middle = median_color(samples);
        let mut light = Light {
            coefficients: [[0.0; TERMS]; 3],
        };
        for channel in 0..3 {
            light.coefficients[channel][0] = middle[channel];
        }
        for round in 0..4 {
            let spread = if round == 0 {
                0.8
            } else {
                spread(samples, &light).clamp(0.05, 0.25) * 2.0
            };
            for sample in samples.iter_mut() {
                let model = light.at(&sample.terms);
                let off = deviation(sample.color, model);
                let ratio = (off / spread).powi(2);
                sample.weight = sample.trust / (1.0 + ratio).powi(2);
            }
            light.solve(samples, middle);
        }
        light
    }

    fn at(&self, terms: &[f32; TERMS]) -> Encoded {
        std::array::from_fn(|channel| {
            (0..TERMS)
                .map(|k| self.coefficients[channel][k] * terms[k])
                .sum()
        })
    }

    /// Weighted ridge regression; the ridge holds the higher terms near 0 and the constant near
    /// the median colour, so that a face with little visible skin still gets a sane tone.
    fn solve(&mut self, samples: &[Sample], middle: Encoded) {
        let mut normal = [[0.0f64; TERMS]; TERMS];
        let mut right = [[0.0f64; 3]; TERMS];
        let mut total = 0.0;
        for sample in samples {
            let weight = f64::from(sample.weight);
            total += weight;
            for row in 0..TERMS {
                let scaled = weight * f64::from(sample.terms[row]);
                for (column, cell) in normal[row].iter_mut().enumerate().take(row + 1) {
                    *cell += scaled * f64::from(sample.terms[column]);
                }
                for channel in 0..3 {
                    right[row][channel] += scaled * f64::from(sample.color[channel]);
                }
            }
        }
        let total = total.max(1.0);
        for row in 0..TERMS {
            let ridge = total
                * match row {
                    0 => 1e-4,
                    1..=3 => 0.01,
                    _ => 0.03,
                };
            normal[row][row] += ridge;
            if row == 0 {
                for channel in 0..3 {
                    right[0][channel] += ridge * f64::from(middle[channel]);
                }
            }
            for column in row + 1..TERMS {
                normal[row][column] = normal[column][row];
            }
        }
        let solution = cholesky_solve(normal, right);
        for channel in 0..3 {
            for (term, row) in solution.iter().enumerate() {
                self.coefficients[channel][term] = row[channel] as f32;
            }
        }
    }
}

/// Solves `a x = b` for a symmetric positive definite `a`, in place.
fn cholesky_solve(mut a: [[f64; TERMS]; TERMS], mut b: [[f64; 3]; TERMS]) -> [[f64; 3]; TERMS] {
    for i in 0..TERMS {
        for j in 0..=i {
            let sum: f64 = a[i][j] - (0..j).map(|k| a[i][k] * a[j][k]).sum::<f64>();
            a[i][j] = if i == j {
                sum.max(1e-12).sqrt()
            } else {
                sum / a[j][j]
            };
        }
    }
    for channel in 0..3 {
        for i in 0..TERMS {
            let sum: f64 = (0..i).map(|k| a[i][k] * b[k][channel]).sum();
            b[i][channel] = (b[i][channel] - sum) / a[i][i];
        }
        for i in (0..TERMS).rev() {
            let sum: f64 = (i + 1..TERMS).map(|k| a[k][i] * b[k][channel]).sum();
            b[i][channel] = (b[i][channel] - sum) / a[i][i];
        }
    }
    b
}

/// Distance of a colour from the model's: lightness, and chroma counted twice, both as shares of
/// the model's lightness.
fn deviation(color: Encoded, model: Encoded) -> f32 {
    let off: Encoded = std::array::from_fn(|k| color[k] - model[k]);
    let light = luma(off);
    let (red, blue) = (off[0] - light, off[2] - light);
    let whole = (light * light + 4.0 * (red * red + blue * blue)).sqrt();
    whole / (luma(model) + 0.05).max(0.1)
}

fn median_color(samples: &[Sample]) -> Encoded {
    let mut trusted: Vec<&Sample> = samples.iter().filter(|sample| sample.trust > 0.5).collect();
    if trusted.is_empty() {
        trusted = samples.iter().collect();
    }
    std::array::from_fn(|channel| {
        let mut values: Vec<f32> = trusted.iter().map(|sample| sample.color[channel]).collect();
        let middle = values.len() / 2;
        if values.is_empty() {
            return 0.0;
        }
        *values.select_nth_unstable_by(middle, f32::total_cmp).1
    })
}

/// Median deviation of the trusted samples from the model.
fn spread(samples: &[Sample], light: &Light) -> f32 {
    let mut values: Vec<f32> = samples
        .iter()
        .filter(|sample| sample.trust > 0.3)
        .map(|sample| deviation(sample.color, light.at(&sample.terms)))
        .collect();
    if values.is_empty() {
        return 0.15;
    }
    let middle = values.len() / 2;
    1.48 * *values.select_nth_unstable_by(middle, f32::total_cmp).1
}

/// The model plus the smoothed remainder of what is skin.
fn low_band(samples: &[Sample], light: &Light) -> Vec<Encoded> {
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
    atlas::blur(&mut field, SMOOTHING);
    let mut low = vec![[0.0; 3]; SIDE * SIDE];
    for sample in samples {
        let model = light.at(&sample.terms);
        let [red, green, blue, weight] = field[sample.index];
        let remainder = [red, green, blue].map(|value| value / (weight + PRIOR));
        low[sample.index] =
            std::array::from_fn(|channel| (model[channel] + remainder[channel]).clamp(0.03, 0.98));
    }
    fill_margin(&mut low, samples);
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
