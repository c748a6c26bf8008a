/// Values below this have a bucket each.
const EXACT: u64 = 16;

/// Buckets between a power of two and the next.
const STEPS: usize = 8;

/// Buckets in all: what lies beyond the last (some 18 hours) counts as the last.
const BUCKETS: usize = EXACT as usize + 32 * STEPS;

/// How often which time was taken, in microseconds, to a sixteenth.
#[derive(Clone, Debug)]
pub(super) struct Latencies {
    counts: Vec<u32>,
    count: u64,
}

impl Default for Latencies {
    fn default() -> Latencies {
        Latencies {
            counts: vec![0; BUCKETS],
            count: 0,
        }
    }
}

impl Latencies {
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn add(&mut self, us: u64) {
        let bucket = &mut self.counts[bucket_of(us)];
        *bucket = bucket.saturating_add(1);
        self.count += 1;
    }

    pub(super) fn add_all(&mut self, other: &Latencies) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
        self.count += other.count;
    }

    /// The time that so many percent do not exceed; 0 of nothing.
    pub(super) fn percentile(&self, percent: u64) -> u64 {
        let rank = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (bucket, &count) in self.counts.iter().enumerate() {
            seen += u64::from(count);
            if seen >= rank {
                return middle_of(bucket);
            }
        }
        0
    }
}

fn bucket_of(us: u64) -> usize {
    if us < EXACT {
        return us as usize;
    }
    let power = us.ilog2() as usize;
    let step = (us >> (power - 3)) as usize & (STEPS - 1);
    (EXACT as usize + (power - 4) * STEPS + step).min(BUCKETS - 1)
}

fn middle_of(bucket: usize) -> u64 {
    let Some(over) = bucket.checked_sub(EXACT as usize) else {
        return bucket as u64;
    };
    let power = over / STEPS + 4;
    let width = 1 << (power - 3);
    (1 << power) + (over % STEPS) as u64 * width + width / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buckets_are_as_wide_as_an_eighth() {
        for us in (0..4000).chain([65_537, 1_000_000, 59_000_000, 3_600_000_000]) {
            let middle = middle_of(bucket_of(us));
            assert!(middle.abs_diff(us) <= us / 16 + 1, "{us}: {middle}");
        }
        assert_eq!(bucket_of(u64::MAX), BUCKETS - 1);
    }

    #[test]
    fn percentiles() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile(99), 0);
        for us in 1..=10 {
            latencies.add(us);
        }
        assert_eq!([50, 95, 100].map(|p| latencies.percentile(p)), [5, 10, 10]);
        let mut twice = latencies.clone();
        twice.add_all(&latencies);
        assert_eq!((twice.count(), twice.percentile(50)), (20, 5));
    }
}
