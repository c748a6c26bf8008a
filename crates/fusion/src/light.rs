//! A low-order model of the light on a face, fitted to skin colours robustly.
//!
//! Colour is a quadratic in the normal: Ramamoorthi & Hanrahan, "An efficient representation for
//! irradiance environment maps", 2001. Hair, beards, glasses and glare are outliers that the fit
//! learns to leave out: Geman & McClure, "Statistical methods for tomographic image
//! reconstruction", 1987.

use crate::color::{Encoded, luma};

/// How many terms the model has: constant, the normal, and its five products.
pub(crate) const TERMS: usize = 9;

/// A place on a face and the colour seen there.
pub(crate) struct Sample {
    /// Which texel of the atlas.
    pub(crate) index: usize,
    /// The model's terms for its normal.
    pub(crate) terms: [f32; TERMS],
    /// The colour.
    pub(crate) color: Encoded,
    /// 1 on eyes, brows and lips.
    pub(crate) feature: f32,
    /// Weight before robust fitting.
    pub(crate) trust: f32,
    /// Weight after it.
    pub(crate) weight: f32,
}

/// The model's terms for a unit normal.
pub(crate) fn terms([x, y, z]: [f32; 3]) -> [f32; TERMS] {
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

/// The fitted model.
pub(crate) struct Light {
    coefficients: [[f32; TERMS]; 3],
}

impl Light {
    /// Iteratively reweighted least squares with Geman–McClure weights, started from the median.
    pub(crate) fn fit(samples: &mut [Sample]) -> Light {
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

    /// The skin's colour under this light, for a normal given by its terms.
    pub(crate) fn at(&self, terms: &[f32; TERMS]) -> Encoded {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Normals spread over a half-sphere that looks at the camera.
    fn normals() -> impl Iterator<Item = [f32; 3]> {
        (0..900).map(|i| {
            let (x, y) = ((i % 30) as f32 / 15.0 - 1.0, (i / 30) as f32 / 15.0 - 1.0);
            let (x, y) = (0.8 * x, 0.55 * y);
            [x, y, -(1.0 - x * x - y * y).max(0.05).sqrt()]
        })
    }

    fn lit([x, y, _]: [f32; 3]) -> Encoded {
        [0.6 + 0.2 * x, 0.45 + 0.15 * x - 0.05 * y, 0.4 + 0.1 * x]
    }

    #[test]
    fn light_from_the_side_is_found_under_a_beard_and_glare() {
        for outliers in [0, 4, 3] {
            let mut samples: Vec<Sample> = normals()
                .enumerate()
                .map(|(index, normal)| {
                    let color = match index {
                        i if outliers > 0 && i % outliers == 0 && i % 2 == 0 => [0.05; 3],
                        i if outliers > 0 && i % (3 * outliers) == 1 => [1.0; 3],
                        _ => lit(normal),
                    };
                    let terms = terms(normal);
                    Sample {
                        index,
                        terms,
                        color,
                        feature: 0.0,
                        trust: 1.0,
                        weight: 1.0,
                    }
                })
                .collect();
            let light = Light::fit(&mut samples);
            for normal in normals().step_by(7) {
                let (found, known) = (light.at(&terms(normal)), lit(normal));
                for k in 0..3 {
                    assert!(
                        (found[k] - known[k]).abs() < 0.04,
                        "{outliers}: {found:?} {known:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_face_without_skin_still_gets_a_finite_light() {
        for color in [[0.0; 3], [1.0; 3]] {
            let mut samples: Vec<Sample> = normals()
                .map(|normal| Sample {
                    index: 0,
                    terms: terms(normal),
                    color,
                    feature: 1.0,
                    trust: 0.0,
                    weight: 0.0,
                })
                .collect();
            let light = Light::fit(&mut samples);
            assert!(
                light
                    .at(&terms([0.0, 0.0, -1.0]))
                    .iter()
                    .all(|value| value.is_finite())
            );
        }
        let light = Light::fit(&mut []);
        assert!(
            light
                .at(&terms([0.0, 0.0, -1.0]))
                .iter()
                .all(|value| value.is_finite())
        );
    }
}
