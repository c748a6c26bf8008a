//! Result pictures that are fetched later, by a link that nobody can guess and that expires.
//!
//! A picture lies under the hour in which it expires, and its key tells that hour, so that no table is
//! needed to find or to sweep it. Who does not hold the key learns nothing: a key that never was, one
//! whose picture expired and one whose picture was deleted are answered alike.

use crate::error::ServiceError;
use crate::service::Service;
use billing::Moment;
use data_encoding::BASE32_NOPAD;
use pixel::Format;
use serde::Serialize;
use std::fmt;
use std::sync::PoisonError;
use store::StoreError;
use store::objects::{ObjectError, ObjectKey};

const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// Random bytes of a key: 160 bits.
const RANDOM_BYTES: usize = 20;

/// Characters that say when a picture expires: seconds since 1970 in hexadecimal.
const EXPIRY_CHARACTERS: usize = 8;

/// Days that the first sweep after a start looks back, for what expired while nobody was here.
const DAYS_BACK: i64 = 400;

/// How long a result can be fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// For results of materials.
    SevenDays,
    /// For results of templates that came with the call.
    OneDay,
    /// For results of campaign pages, as their owner says.
    Hours(u32),
}

impl Lifetime {
    fn ms(self) -> i64 {
        match self {
            Lifetime::SevenDays => 7 * DAY_MS,
            Lifetime::OneDay => DAY_MS,
            Lifetime::Hours(hours) => i64::from(hours) * HOUR_MS,
        }
    }
}

/// A result that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ResultLink {
    /// Whoever knows it may fetch the picture: letters, digits and nothing else.
    pub key: String,
    /// From when on it cannot be fetched.
    pub expires: Moment,
}

/// A result as it is fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptResult {
    /// The picture's file.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: Format,
    /// From when on it cannot be fetched.
    pub expires: Moment,
}

impl Service {
    /// Keeps a result under a new key.
    pub fn keep_result(
        &self,
        bytes: &[u8],
        format: Format,
        lifetime: Lifetime,
    ) -> Result<ResultLink, ServiceError> {
        let mut random = [0; RANDOM_BYTES];
        self.ports.random.fill(&mut random)?;
        // Whole seconds, rounded up: what is promised is kept.
        let expires_ms = self.now().unix_ms() + lifetime.ms();
        let key = ResultKey {
            format,
            expires_s: u32::try_from((expires_ms + 999).div_euclid(1000)).unwrap_or(u32::MAX),
            random,
        };
        self.ports.objects.put_new(&key.object()?, bytes)?;
        Ok(ResultLink {
            key: key.to_string(),
            expires: key.expires(),
        })
    }

    /// Puts other bytes under a key that [`Service::keep_result`] gave.
    pub(crate) fn replace_result(&self, key: &str, bytes: &[u8]) -> Result<(), ServiceError> {
        match ResultKey::parse(key) {
            Some(key) => Ok(self.ports.objects.put(&key.object()?, bytes)?),
            None => Err(ServiceError::not_found("result", key)),
        }
    }

    /// The result under a key; `None` for a key that is none, and where the picture is gone or expired,
    /// swept or not.
    pub fn result(&self, key: &str) -> Result<Option<KeptResult>, ServiceError> {
        let Some(key) = ResultKey::parse(key).filter(|key| self.now() < key.expires()) else {
            return Ok(None);
        };
        match self.ports.objects.get(&key.object()?) {
            Ok(bytes) => Ok(Some(KeptResult {
                bytes,
                format: key.format,
                expires: key.expires(),
            })),
            Err(ObjectError::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// Deletes the result under a key, if there is one.
    pub fn delete_result(&self, key: &str) -> Result<(), ServiceError> {
        match ResultKey::parse(key) {
            Some(key) => Ok(self.ports.objects.delete(&key.object()?)?),
            None => Ok(()),
        }
    }

    /// Deletes the results of hours that are over, and tells how many. To be called every hour or so; a
    /// sweep that failed is made up for by the next.
    pub fn sweep_results(&self) -> Result<u64, ServiceError> {
        let hour = self.now().unix_ms().div_euclid(HOUR_MS);
        // One sweep at a time: two would delete the same.
        let mut swept = self
            .swept_until_hour
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        // Where the clock was set back, what was kept since may lie before what was swept.
        let known = swept.filter(|swept| *swept <= hour);
        let mut from = known.unwrap_or(hour - DAYS_BACK * 24);
        let mut deleted = 0;
        while from < hour {
            // Whole days at once where they are over.
            let day = from.div_euclid(24);
            let (prefix, next) = if from % 24 == 0 && from + 24 <= hour {
                (format!("results/{day}/"), from + 24)
            } else {
                (folder(from), from + 1)
            };
            for key in self.ports.objects.list(&prefix)? {
                self.ports.objects.delete(&key)?;
                deleted += 1;
            }
            from = next;
            *swept = Some(from);
        }
        Ok(deleted)
    }
}

/// Where the results lie that expire in an hour (counted since 1970): by day, so that days that are over
/// can be listed as one.
fn folder(hour: i64) -> String {
    format!(
        "results/{}/{:02}/",
        hour.div_euclid(24),
        hour.rem_euclid(24)
    )
}

/// What a key says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ResultKey {
    format: Format,
    expires_s: u32,
    random: [u8; RANDOM_BYTES],
}

impl ResultKey {
    /// Reads a key; what [`ResultKey`] does not write is none.
    fn parse(text: &str) -> Option<ResultKey> {
        let format = match text.get(..1)? {
            "j" => Format::Jpeg,
            "p" => Format::Png,
            _ => return None,
        };
        let expiry = text.get(1..=EXPIRY_CHARACTERS)?;
        let random = text.get(EXPIRY_CHARACTERS + 1..)?.to_ascii_uppercase();
        let random = BASE32_NOPAD.decode(random.as_bytes()).ok()?;
        let key = ResultKey {
            format,
            expires_s: u32::from_str_radix(expiry, 16).ok()?,
            random: random.try_into().ok()?,
        };
        (key.to_string() == text).then_some(key)
    }

    fn expires(&self) -> Moment {
        Moment::from_unix_ms(i64::from(self.expires_s) * 1000)
    }

    /// The object's name. It repeats the whole key, so that nobody can change what a key says.
    fn object(&self) -> Result<ObjectKey, ServiceError> {
        let folder = folder(self.expires().unix_ms().div_euclid(HOUR_MS));
        let ending = self.format.extension();
        let key = ObjectKey::parse(&format!("{folder}{self}.{ending}"));
        Ok(key.map_err(|error| StoreError::Unreadable(error.to_string()))?)
    }
}

impl fmt::Display for ResultKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let format = match self.format {
            Format::Jpeg => 'j',
            Format::Png => 'p',
        };
        let random = BASE32_NOPAD.encode(&self.random).to_ascii_lowercase();
        write!(f, "{format}{:0EXPIRY_CHARACTERS$x}{random}", self.expires_s)
    }
}

#[cfg(test)]
mod tests;
