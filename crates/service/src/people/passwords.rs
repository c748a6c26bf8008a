//! Passwords: their rules, and the hashes that the books keep of them.
//!
//! Argon2id (A. Biryukov, D. Dinu, D. Khovratovich, S. Josefsson, RFC 9106, 2021) in the PHC form, with the
//! least cost that OWASP's Password Storage Cheat Sheet names (19 MiB, 2 passes).

use super::PeopleFault;
use crate::ServiceError;
use crate::random::Random;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use data_encoding::BASE32_NOPAD;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

const SHORTEST: usize = 8;
const LONGEST: usize = 128;

/// Hashes that may wait for one another. Each takes memory and a core for a while.
const MOST_WAITING: usize = 8;

/// What it costs to try a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Times that all of it is gone through.
    pub passes: u32,
}

impl PasswordCost {
    /// Next to nothing, for tests: such hashes protect no password.
    pub const FOR_TESTS: PasswordCost = PasswordCost {
        memory_kib: 8,
        passes: 1,
    };
}

impl Default for PasswordCost {
    fn default() -> PasswordCost {
        PasswordCost {
            memory_kib: 19 * 1024,
            passes: 2,
        }
    }
}

/// Hashes passwords, one at a time.
pub(super) struct Passwords {
    hasher: Argon2<'static>,
    waiting: AtomicUsize,
    turn: Mutex<()>,
    /// Of no password that anybody has: tried where there is no user, so that this takes as long.
    nobody: String,
}

impl Passwords {
    pub(super) fn new(cost: PasswordCost) -> Result<Passwords, ServiceError> {
        let params = Params::new(cost.memory_kib, cost.passes, 1, None);
        let params = params.map_err(|error| ServiceError::Secret(error.to_string()))?;
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&hasher, "", &[0; 16])?;
        Ok(Passwords {
            hasher,
            waiting: AtomicUsize::new(0),
            turn: Mutex::new(()),
            nobody,
        })
    }

    /// What to keep of a password.
    pub(super) fn hash(&self, password: &str, random: &dyn Random) -> Result<String, ServiceError> {
        let mut salt = [0; 16];
        random.fill(&mut salt)?;
        self.in_turn(|| hash(&self.hasher, password, &salt))?
    }

    /// Whether a password is the one of which `kept` was kept; as slow where nothing was.
    pub(super) fn fits(&self, password: &str, kept: Option<&str>) -> Result<bool, ServiceError> {
        // Nobody chooses more, and hashing it would take longer.
        let (password, possible) = match password.chars().count() {
            0..=LONGEST => (password, true),
            _ => ("", false),
        };
        let hash = PasswordHash::new(kept.unwrap_or(&self.nobody));
        let hash = hash.map_err(|error| ServiceError::Secret(error.to_string()))?;
        let fits = self.in_turn(|| {
            let verified = self.hasher.verify_password(password.as_bytes(), &hash);
            verified.is_ok()
        })?;
        Ok(fits && possible && kept.is_some())
    }

    /// Waits for the one place where hashing is done, unless too many wait there.
    fn in_turn<T>(&self, work: impl FnOnce() -> T) -> Result<T, ServiceError> {
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let done = (before < MOST_WAITING).then(|| {
            let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
            work()
        });
        self.waiting.fetch_sub(1, Ordering::AcqRel);
        let retry_after_s = 1;
        done.ok_or_else(|| PeopleFault::TooManyAttempts { retry_after_s }.into())
    }
}

fn hash(hasher: &Argon2<'_>, password: &str, salt: &[u8; 16]) -> Result<String, ServiceError> {
    let hashed = hasher.hash_password_with_salt(password.as_bytes(), salt);
    let hashed = hashed.map_err(|error| ServiceError::Secret(error.to_string()))?;
    Ok(hashed.to_string())
}

/// Whether a user may choose a password.
pub(super) fn check(password: &str, login: &str) -> Result<(), PeopleFault> {
    let length = password.chars().count();
    let (least, most) = (SHORTEST, LONGEST);
    if !(least..=most).contains(&length) {
        return Err(PeopleFault::PasswordLength {
            length,
            least,
            most,
        });
    }
    if password.eq_ignore_ascii_case(login) {
        return Err(PeopleFault::PasswordIsLogin);
    }
    Ok(())
}

/// A password that nobody guesses: 80 random bits in four groups.
pub(super) fn draw(random: &dyn Random) -> Result<String, ServiceError> {
    let mut bytes = [0; 10];
    random.fill(&mut bytes)?;
    let text = BASE32_NOPAD.encode(&bytes).to_ascii_lowercase();
    let groups: Vec<&str> = (0..4)
        .map(|group| &text[group * 4..group * 4 + 4])
        .collect();
    Ok(groups.join("-"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::SeededRandom;

    #[test]
    fn passwords_have_rules() {
        let long = "p".repeat(129);
        for (password, fault) in [
            ("12345678", None),
            ("人脸融合服务密码", None),
            (&long[..128], None),
            ("1234567", Some("password_length")),
            (&long, Some("password_length")),
            ("Somebody@example", Some("password_is_login")),
        ] {
            let checked = check(password, "somebody@example").err();
            let code = checked.map(|fault| serde_json::to_value(fault).unwrap()["code"].clone());
            assert_eq!(code.as_ref().and_then(|code| code.as_str()), fault);
        }
    }

    #[test]
    fn a_hash_fits_its_password_only() {
        let random = SeededRandom::new(1);
        let passwords = Passwords::new(PasswordCost::FOR_TESTS).unwrap();
        let kept = passwords.hash("right horse", &random).unwrap();
        assert!(kept.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{kept}");
        assert_ne!(kept, passwords.hash("right horse", &random).unwrap());
        for (password, kept, fits) in [
            ("right horse", Some(kept.as_str()), true),
            ("wrong horse", Some(kept.as_str()), false),
            ("", Some(kept.as_str()), false),
            ("right horse", None, false),
            ("", None, false),
        ] {
            assert_eq!(passwords.fits(password, kept).unwrap(), fits, "{password}");
        }
        assert!(passwords.fits("x", Some("no hash")).is_err());
        // Another cost later does not lock anybody out.
        let dearer = PasswordCost {
            memory_kib: 16,
            passes: 2,
        };
        assert!(
            Passwords::new(dearer)
                .unwrap()
                .fits("right horse", Some(&kept))
                .unwrap()
        );
    }

    #[test]
    fn more_than_a_few_do_not_wait() {
        let passwords = Passwords::new(PasswordCost::FOR_TESTS).unwrap();
        passwords.waiting.store(MOST_WAITING, Ordering::Release);
        let refused = passwords.fits("right horse", None);
        let busy = PeopleFault::TooManyAttempts { retry_after_s: 1 };
        assert!(matches!(refused, Err(ServiceError::People(fault)) if fault == busy));
        passwords.waiting.store(MOST_WAITING - 1, Ordering::Release);
        assert!(!passwords.fits("right horse", None).unwrap());
    }

    #[test]
    fn drawn_passwords_can_be_chosen() {
        let random = SeededRandom::new(1);
        let one = draw(&random).unwrap();
        assert_eq!(one.len(), 19);
        assert_eq!(check(&one, "operator"), Ok(()));
        assert_ne!(one, draw(&random).unwrap());
    }
}
