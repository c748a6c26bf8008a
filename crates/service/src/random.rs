//! Where random bytes come from.

use sha2::{Digest, Sha256};
use std::sync::atomic::{AtomicU64, Ordering};
use thiserror::Error;

/// A source of random bytes.
pub trait Random: Send + Sync {
    /// Overwrites `bytes` with random ones.
    ///
    /// # Errors
    /// [`RandomError`] when there are none. `bytes` must not be used then.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError>;
}

/// The system has no random bytes.
///
/// This hardly happens on a running system, and nothing that needs randomness may go on without:
/// what was asked for fails, and the service stays up for all else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the system gives no random bytes ({0}); let mien use getrandom or /dev/urandom")]
pub struct RandomError(getrandom::Error);

/// The random bytes of the operating system, fit for keys.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsRandom;

impl Random for OsRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        getrandom::fill(bytes).map_err(RandomError)
    }
}

/// The same bytes for the same seed, for tests; never for anything that must stay secret.
///
/// The bytes are SHA-256 of the seed and a counter. Each call begins a new block of 32 bytes.
#[derive(Debug)]
pub struct SeededRandom {
    seed: u64,
    next_block: AtomicU64,
}

impl SeededRandom {
    /// The source whose bytes `seed` determines.
    pub fn new(seed: u64) -> SeededRandom {
        SeededRandom {
            seed,
            next_block: AtomicU64::new(0),
        }
    }
}

impl Random for SeededRandom {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for part in bytes.chunks_mut(32) {
            let block = self.next_block.fetch_add(1, Ordering::Relaxed);
            let digest = Sha256::new()
                .chain_update(self.seed.to_be_bytes())
                .chain_update(block.to_be_bytes())
                .finalize();
            part.copy_from_slice(&digest[..part.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn take<const N: usize>(random: &impl Random) -> [u8; N] {
        let mut bytes = [0; N];
        random.fill(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_seed_gives_the_same_bytes_again() {
        let (one, same, other) = (
            SeededRandom::new(1),
            SeededRandom::new(1),
            SeededRandom::new(2),
        );
        let first = take::<100>(&one);
        assert_eq!(first, take::<100>(&same));
        assert_ne!(first, take::<100>(&other));
        assert_ne!(first, take::<100>(&one));
        assert_ne!(first[..32], first[32..64]);
    }

    #[test]
    fn the_system_gives_bytes_that_differ() {
        assert_ne!(take::<32>(&OsRandom), take::<32>(&OsRandom));
        assert_eq!(take::<0>(&OsRandom), [0_u8; 0]);
    }
}
