//! Times of calls.

use std::time::Duration;

/// Durations, ascending.
#[derive(Debug, Default)]
pub(super) struct Times(Vec<Duration>);

impl Times {
    pub(super) fn new(mut times: Vec<Duration>) -> Times {
        times.sort();
        Times(times)
    }

    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// Milliseconds that so many percent do not exceed; 0 of nothing.
    pub(super) fn percentile_ms(&self, percent: usize) -> f64 {
        let rank = (self.0.len() * percent).div_ceil(100).saturating_sub(1);
        self.0
            .get(rank)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles() {
        assert_eq!(Times::default().percentile_ms(99), 0.0);
        let times = Times::new((1..=200).rev().map(Duration::from_millis).collect());
        assert_eq!(times.count(), 200);
        assert_eq!(
            [50, 99, 100].map(|percent| times.percentile_ms(percent)),
            [100.0, 198.0, 200.0]
        );
    }
}
