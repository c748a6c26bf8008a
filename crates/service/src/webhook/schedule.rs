//! When a letter that was not delivered is tried again.

/// The waits after the first failure, the second and so on, in seconds.
pub const WAITS_S: [i64; 8] = [
    10,
    60,
    5 * 60,
    30 * 60,
    2 * 3600,
    6 * 3600,
    12 * 3600,
    24 * 3600,
];

/// When to try again (Unix milliseconds) after the attempt of that number, counted from 1, failed.
///
/// `None` after the ninth: the letter is dead and waits for a person.
pub fn next_attempt(attempt: u32, failed_at_ms: i64) -> Option<i64> {
    let index = usize::try_from(attempt.saturating_sub(1)).ok()?;
    let wait_s = WAITS_S.get(index)?;
    Some(failed_at_ms.saturating_add(wait_s * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schedule() {
        let failed_at_ms = 1_800_000_000_000;
        for (attempt, wait_ms) in [
            (0, Some(10_000)),
            (1, Some(10_000)),
            (2, Some(60_000)),
            (3, Some(300_000)),
            (4, Some(1_800_000)),
            (5, Some(7_200_000)),
            (6, Some(21_600_000)),
            (7, Some(43_200_000)),
            (8, Some(86_400_000)),
            (9, None),
            (10, None),
            (u32::MAX, None),
        ] {
            assert_eq!(
                next_attempt(attempt, failed_at_ms),
                wait_ms.map(|wait_ms: i64| failed_at_ms + wait_ms),
                "{attempt}"
            );
        }
        assert_eq!(next_attempt(1, i64::MAX), Some(i64::MAX));
    }
}
