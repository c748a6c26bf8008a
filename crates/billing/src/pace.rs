//! Calls a second, held by the generic cell rate algorithm (ITU-T I.371, "virtual scheduling").

/// When an activity's next call conforms: the "theoretical arrival time" of the algorithm.
///
/// With `qps` calls a second and a burst of as many, at most `qps · T + qps` calls enter within
/// any T seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// Nanoseconds on the caller's monotonic clock.
    theoretical_arrival_ns: u64,
}

/// A call that came too soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooSoon {
    /// Nanoseconds until a call would enter.
    pub retry_after_ns: u64,
}

const SECOND_NS: u64 = 1_000_000_000;

impl Pace {
    /// Lets a call in, or says when one would be. A call that is refused takes nothing.
    ///
    /// `now_ns` is a monotonic clock's time; `qps` may change from call to call and 0 lets nobody in.
    pub fn admit(&mut self, qps: u32, now_ns: u64) -> Result<(), TooSoon> {
        let Some(interval) = interval_ns(qps) else {
            return Err(TooSoon {
                retry_after_ns: SECOND_NS,
            });
        };
        // A burst of `qps` calls takes the schedule this far ahead before its last one.
        let tolerance = interval * (u64::from(qps) - 1);
        let earliest = self.theoretical_arrival_ns.saturating_sub(tolerance);
        if now_ns < earliest {
            return Err(TooSoon {
                retry_after_ns: earliest - now_ns,
            });
        }
        self.theoretical_arrival_ns = self.theoretical_arrival_ns.max(now_ns) + interval;
        Ok(())
    }
}

/// Time between calls at an even pace, rounded up so that the rate is never exceeded.
fn interval_ns(qps: u32) -> Option<u64> {
    (qps > 0).then(|| SECOND_NS.div_ceil(u64::from(qps)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_burst_then_an_even_pace() {
        let mut pace = Pace::default();
        let start = 5 * SECOND_NS;
        let admitted = (0..20).filter(|_| pace.admit(10, start).is_ok()).count();
        assert_eq!(admitted, 10);
        let refused = pace.admit(10, start).unwrap_err();
        assert_eq!(refused.retry_after_ns, SECOND_NS / 10);
        assert!(pace.admit(10, start + refused.retry_after_ns - 1).is_err());
        assert!(pace.admit(10, start + refused.retry_after_ns).is_ok());
        assert!(pace.admit(0, 99 * SECOND_NS).is_err());
    }

    #[test]
    fn one_call_a_second() {
        let mut pace = Pace::default();
        assert!(pace.admit(1, SECOND_NS).is_ok());
        assert!(pace.admit(1, 2 * SECOND_NS - 1).is_err());
        assert!(pace.admit(1, 2 * SECOND_NS).is_ok());
    }

    proptest! {
        /// In every window [a, b] of T seconds at most qps·T + qps calls enter, and a caller who waits as
        /// told is let in.
        #[test]
        fn no_window_holds_more_than_rate_and_burst(
            qps in 1u32..1000,
            gaps in proptest::collection::vec(0u64..80_000_000, 1..400),
        ) {
            let mut pace = Pace::default();
            let mut now = SECOND_NS;
            let mut entered = Vec::new();
            for gap in gaps {
                now += gap;
                match pace.admit(qps, now) {
                    Ok(()) => entered.push(now),
                    Err(refused) => {
                        let mut later = pace;
                        prop_assert!(later.admit(qps, now + refused.retry_after_ns).is_ok());
                    }
                }
            }
            for (first, &from) in entered.iter().enumerate() {
                for (count, &to) in entered[first..].iter().enumerate() {
                    let allowed = u128::from(to - from) * u128::from(qps) / u128::from(SECOND_NS) + u128::from(qps);
                    prop_assert!((count as u128 + 1) <= allowed);
                }
            }
        }
    }
}
