//! `FuseFaceUltra` in the terms of our engine, which has two algorithms and two degrees.

use crate::wire::{Effects, FuseFaceUltra};
use billing::{AlgorithmVersion, Degree};

/// How a picture is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub(super) algorithm: AlgorithmVersion,
    /// How much the features are the template's.
    pub(super) feature_degree: Degree,
    /// How much the shape is the template's.
    pub(super) shape_degree: Degree,
}

/// The nearest that there is to an algorithm and effects of the hosted product. Its algorithms 4 and 6 promise
/// likeness, the others a natural look; of the effects only the pull of the shape has a counterpart, and it
/// points the other way.
pub(super) fn manner(request: &FuseFaceUltra) -> Manner {
    let (algorithm, feature_percent) = match request.swap_model {
        6 => (AlgorithmVersion::Likeness, 0),
        4 => (AlgorithmVersion::Likeness, 25),
        _ => (AlgorithmVersion::Natural, 50),
    };
    // Effects are documented for algorithms 1 to 5.
    let pull = match request.swap_model {
        6 => Effects::default().shape_pull,
        _ => request.effects.shape_pull,
    };
    Manner {
        algorithm,
        feature_degree: degree(feature_percent),
        // Between 0 and 100, for the field was read so.
        shape_degree: degree(((1.0 - pull) * 100.0).round() as u64),
    }
}

fn degree(percent: u64) -> Degree {
    Degree::new(percent).unwrap_or(Degree::HALF)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Logo, PictureSource, ResultForm};

    #[test]
    fn algorithms_and_effects_have_their_nearest() {
        let natural = AlgorithmVersion::Natural;
        let likeness = AlgorithmVersion::Likeness;
        for (swap_model, shape_pull, expected) in [
            (1, 0.7, (natural, 50, 30)),
            (2, 0.0, (natural, 50, 100)),
            (3, 1.0, (natural, 50, 0)),
            (4, 0.7, (likeness, 25, 30)),
            (5, 0.255, (natural, 50, 75)),
            (6, 0.0, (likeness, 0, 30)),
        ] {
            let request = FuseFaceUltra {
                result: ResultForm::Url,
                merges: Vec::new(),
                template: PictureSource::Bytes(Vec::new()),
                effects: Effects {
                    shape_pull,
                    ..Effects::default()
                },
                logo: Logo::Usual,
                swap_model,
            };
            let made = manner(&request);
            let found = (
                made.algorithm,
                made.feature_degree.get(),
                made.shape_degree.get(),
            );
            assert_eq!(found, expected, "{swap_model} {shape_pull}");
        }
    }
}
