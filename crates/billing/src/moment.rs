use crate::as_text::serde_as_text;
use std::fmt;
use std::str::FromStr;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z. Written as RFC 3339 in UTC.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// The last moment that can be written with a year of four digits.
const LATEST: i64 = 253_402_300_799_999;

impl Moment {
    /// From Unix milliseconds; held to the years 1970 to 9999.
    pub const fn from_unix_ms(unix_ms: i64) -> Moment {
        if unix_ms < 0 {
            Moment(0)
        } else if unix_ms > LATEST {
            Moment(LATEST)
        } else {
            Moment(unix_ms)
        }
    }

    /// Unix milliseconds.
    pub const fn unix_ms(self) -> i64 {
        self.0
    }

    /// This moment and `ms` milliseconds.
    pub const fn plus_ms(self, ms: i64) -> Moment {
        Moment::from_unix_ms(self.0.saturating_add(ms))
    }

    pub(crate) fn timestamp(self) -> jiff::Timestamp {
        // Every value lies within the years that jiff knows.
        jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.3}", self.timestamp())
    }
}

impl FromStr for Moment {
    type Err = String;

    /// Reads RFC 3339 with any offset, to the millisecond.
    fn from_str(text: &str) -> Result<Moment, String> {
        let timestamp: jiff::Timestamp = text.parse().map_err(|_| {
            format!("'{text}' is not a time; write it like 2027-01-10T08:00:00+08:00")
        })?;
        Ok(Moment::from_unix_ms(timestamp.as_millisecond()))
    }
}

serde_as_text!(Moment);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_in_utc_and_read_with_any_offset() {
        let moment: Moment = "2027-01-10T08:00:00.250+08:00".parse().unwrap();
        assert_eq!(moment.to_string(), "2027-01-10T00:00:00.250Z");
        assert_eq!(moment.to_string().parse(), Ok(moment));
        assert!("2027-01-10".parse::<Moment>().is_err());
    }

    #[test]
    fn extremes_are_held() {
        for ms in [i64::MIN, -1, 0, LATEST, i64::MAX] {
            let text = Moment::from_unix_ms(ms).to_string();
            assert_eq!(text.parse::<Moment>().unwrap().to_string(), text);
        }
    }
}
