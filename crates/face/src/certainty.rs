//! A net's yes or no as a number between.

/// The certainty, 0..=1, that a net's logit stands for.
pub(crate) fn certainty(logit: f32) -> f32 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logits_become_certainties() {
        for (logit, expected) in [
            (0.0, 0.5),
            (2.0, 0.880_797),
            (-2.0, 0.119_203),
            (1000.0, 1.0),
            (-1000.0, 0.0),
            (f32::INFINITY, 1.0),
        ] {
            assert!((certainty(logit) - expected).abs() < 1e-6, "{logit}");
        }
        assert!(certainty(f32::NAN).is_nan());
    }
}
