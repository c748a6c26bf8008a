//! Least-squares similarity between two point sets in space.

/// A rotation, then a uniform scale, then a translation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity {
    /// Orthonormal rows, determinant 1.
    pub rotation: [[f32; 3]; 3],
    /// Greater than 0.
    pub scale: f32,
    /// In the unit of the target.
    pub translation: [f32; 3],
}

impl Similarity {
    /// Finds the similarity that takes `from` nearest to `to` in the weighted least-squares sense.
    ///
    /// Each item is (from, to, weight) with weight >= 0. `None` when the points do not determine
    /// it (all in one place, no weight, not finite). Closed form with unit quaternions (Horn,
    /// "Closed-form solution of absolute orientation using unit quaternions", 1987).
    pub fn fit(pairs: impl Iterator<Item = ([f32; 3], [f32; 3], f32)> + Clone) -> Option<Self> {
        let mut total = 0.0;
        let (mut from_mean, mut to_mean) = ([0.0; 3], [0.0; 3]);
        for (from, to, weight) in pairs.clone() {
            let weight = f64::from(weight);
            total += weight;
            for axis in 0..3 {
                from_mean[axis] += weight * f64::from(from[axis]);
                to_mean[axis] += weight * f64::from(to[axis]);
            }
        }
        if total.is_nan() || total <= 0.0 {
            return None;
        }
        let from_mean = from_mean.map(|sum| sum / total);
        let to_mean = to_mean.map(|sum| sum / total);

        let mut covariance = [[0.0; 3]; 3];
        let mut spread = 0.0;
        for (from, to, weight) in pairs {
            let weight = f64::from(weight);
            let centred = |point: [f32; 3], mean: [f64; 3]| -> [f64; 3] {
                std::array::from_fn(|axis| f64::from(point[axis]) - mean[axis])
            };
            let (from, to) = (centred(from, from_mean), centred(to, to_mean));
            for row in 0..3 {
                spread += weight * from[row] * from[row];
                for column in 0..3 {
                    covariance[row][column] += weight * from[row] * to[column];
                }
            }
        }
        if !spread.is_finite() || spread <= f64::EPSILON {
            return None;
        }
        let rotation = rotation_of(largest_eigenvector(horn_matrix(&covariance)));
        let mut along = 0.0;
        for row in 0..3 {
            for column in 0..3 {
                along += rotation[column][row] * covariance[row][column];
            }
        }
        let scale = along / spread;
        if !scale.is_finite() || scale <= 0.0 {
            return None;
        }
        let translation = std::array::from_fn(|row| {
            let turned: f64 = (0..3)
                .map(|axis| rotation[row][axis] * from_mean[axis])
                .sum();
            (to_mean[row] - scale * turned) as f32
        });
        let rotation = rotation.map(|row| row.map(|value| value as f32));
        Some(Similarity {
            rotation,
            scale: scale as f32,
            translation,
        })
    }

    /// Where `point` goes.
    pub fn apply(&self, point: [f32; 3]) -> [f32; 3] {
        std::array::from_fn(|row| {
            let turned: f32 = (0..3)
                .map(|axis| self.rotation[row][axis] * point[axis])
                .sum();
            self.scale * turned + self.translation[row]
        })
    }
}

/// Horn's symmetric 4×4 matrix, whose leading eigenvector is the rotation as a quaternion.
fn horn_matrix(s: &[[f64; 3]; 3]) -> [[f64; 4]; 4] {
    let (yz, zx, xy) = (s[1][2] - s[2][1], s[2][0] - s[0][2], s[0][1] - s[1][0]);
    let (sxy, szx, syz) = (s[0][1] + s[1][0], s[2][0] + s[0][2], s[1][2] + s[2][1]);
    [
        [s[0][0] + s[1][1] + s[2][2], yz, zx, xy],
        [yz, s[0][0] - s[1][1] - s[2][2], sxy, szx],
        [zx, sxy, s[1][1] - s[0][0] - s[2][2], syz],
        [xy, szx, syz, s[2][2] - s[0][0] - s[1][1]],
    ]
}

/// Jacobi's rotations on a symmetric matrix; the eigenvector of its largest eigenvalue.
fn largest_eigenvector(mut a: [[f64; 4]; 4]) -> [f64; 4] {
    let mut vectors = [[0.0; 4]; 4];
    for (index, row) in vectors.iter_mut().enumerate() {
        row[index] = 1.0;
    }
    for _sweep in 0..24 {
        for p in 0..3 {
            for q in p + 1..4 {
                if a[p][q].abs() < 1e-300 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let cos = 1.0 / (t * t + 1.0).sqrt();
                let sin = t * cos;
                for row in &mut a {
                    (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
                }
                let (row_p, row_q) = (a[p], a[q]);
                for k in 0..4 {
                    a[p][k] = cos * row_p[k] - sin * row_q[k];
                    a[q][k] = sin * row_p[k] + cos * row_q[k];
                }
                for row in &mut vectors {
                    (row[p], row[q]) = (cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]);
                }
            }
        }
    }
    let largest = (0..4).fold(0, |best, index| {
        if a[index][index] > a[best][best] {
            index
        } else {
            best
        }
    });
    vectors.map(|row| row[largest])
}

fn rotation_of([w, x, y, z]: [f64; 4]) -> [[f64; 3]; 3] {
    [
        [
            w * w + x * x - y * y - z * z,
            2.0 * (x * y - w * z),
            2.0 * (x * z + w * y),
        ],
        [
            2.0 * (x * y + w * z),
            w * w - x * x + y * y - z * z,
            2.0 * (y * z - w * x),
        ],
        [
            2.0 * (x * z - w * y),
            2.0 * (y * z + w * x),
            w * w - x * x - y * y + z * z,
        ],
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about_z_then_x(z: f32, x: f32) -> [[f32; 3]; 3] {
        let ((sz, cz), (sx, cx)) = (z.sin_cos(), x.sin_cos());
        [
            [cz, -sz, 0.0],
            [cx * sz, cx * cz, -sx],
            [sx * sz, sx * cz, cx],
        ]
    }

    #[test]
    fn a_known_similarity_is_found_again() {
        let points: Vec<[f32; 3]> = (0..40)
            .map(|i| {
                let i = i as f32;
                [
                    (i * 1.7).sin() * 5.0,
                    (i * 2.3).cos() * 4.0,
                    (i * 0.9).sin() * 3.0,
                ]
            })
            .collect();
        for (z, x, scale) in [
            (0.0, 0.0, 1.0),
            (0.6, -0.4, 12.5),
            (3.0, 1.2, 0.01),
            (-2.0, 2.9, 7.0),
        ] {
            let known = Similarity {
                rotation: about_z_then_x(z, x),
                scale,
                translation: [3.0, -40.0, 500.0],
            };
            let found = Similarity::fit(points.iter().map(|&p| (p, known.apply(p), 1.0))).unwrap();
            for &point in &points {
                let (a, b) = (known.apply(point), found.apply(point));
                assert!(
                    (0..3).all(|axis| (a[axis] - b[axis]).abs() < 1e-3),
                    "{a:?} {b:?}"
                );
            }
        }
    }

    #[test]
    fn points_that_say_nothing_are_refused() {
        assert!(Similarity::fit(std::iter::empty()).is_none());
        let same = [([1.0; 3], [2.0; 3], 1.0); 5];
        assert!(Similarity::fit(same.into_iter()).is_none());
        let broken = [([f32::NAN; 3], [2.0; 3], 1.0), ([0.0; 3], [1.0; 3], 1.0)];
        assert!(Similarity::fit(broken.into_iter()).is_none());
    }
}
