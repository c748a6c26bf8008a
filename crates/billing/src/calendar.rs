//! Calendar days and months of one time zone.

use crate::Moment;
use crate::as_text::serde_as_text;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::fmt;
use std::str::FromStr;

/// A time zone, by which days and months begin and end.
#[derive(Clone, Debug)]
pub struct Calendar {
    name: String,
    zone: TimeZone,
}

/// Why a day, month or zone cannot be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// The zone has no such name.
    #[error("there is no time zone '{0}'; use an IANA name like Asia/Shanghai")]
    UnknownZone(String),
    /// No date.
    #[error("'{0}' is not a day; write it like 2027-01-31")]
    NotADay(String),
    /// No month.
    #[error("'{0}' is not a month; write it like 2027-01")]
    NotAMonth(String),
}

impl Default for Calendar {
    /// Asia/Shanghai.
    fn default() -> Calendar {
        Calendar::new("Asia/Shanghai").unwrap_or(Calendar {
            name: "UTC".to_owned(),
            zone: TimeZone::UTC,
        })
    }
}

impl Calendar {
    /// The calendar of an IANA time zone.
    pub fn new(name: &str) -> Result<Calendar, CalendarError> {
        let zone = TimeZone::get(name).map_err(|_| CalendarError::UnknownZone(name.to_owned()))?;
        Ok(Calendar {
            name: name.to_owned(),
            zone,
        })
    }

    /// The zone's IANA name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The day a moment falls on.
    pub fn day_of(&self, moment: Moment) -> Day {
        Day(self.zone.to_datetime(moment.timestamp()).date())
    }

    /// The month a moment falls in.
    pub fn month_of(&self, moment: Moment) -> Month {
        self.day_of(moment).month()
    }

    /// The first moment of a day.
    pub fn start_of(&self, day: Day) -> Moment {
        // Where clocks are set forward at midnight, the day begins later.
        match self.zone.to_timestamp(day.0.at(0, 0, 0, 0)) {
            Ok(start) => Moment::from_unix_ms(start.as_millisecond()),
            Err(_) => Moment::from_unix_ms(i64::MAX),
        }
    }

    /// The first moment after a day.
    pub fn end_of(&self, day: Day) -> Moment {
        self.start_of(day.plus_days(1))
    }

    /// The first moment of a month.
    pub fn start_of_month(&self, month: Month) -> Moment {
        self.start_of(month.first_day())
    }

    /// The first moment after a month.
    pub fn end_of_month(&self, month: Month) -> Moment {
        self.start_of_month(month.next())
    }

    /// A moment as a person of this zone writes it: `2027-01-10 08:00:00`.
    pub fn write(&self, moment: Moment) -> String {
        let local = self.zone.to_datetime(moment.timestamp());
        local.strftime("%Y-%m-%d %H:%M:%S").to_string()
    }
}

/// A calendar day, such as 2027-01-31.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// From year, month 1..=12 and day 1..=31; `None` where there is no such day.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// The day `days` later, or earlier where negative; held to the calendar's ends.
    pub fn plus_days(self, days: i64) -> Day {
        Day(self
            .0
            .saturating_add(jiff::Span::new().days(days.clamp(-4_000_000, 4_000_000))))
    }

    /// How many days later `other` is.
    pub fn days_until(self, other: Day) -> i64 {
        self.0
            .until(other.0)
            .map_or(0, |span| i64::from(span.get_days()))
    }

    /// The month it lies in.
    pub fn month(self) -> Month {
        Month {
            year: self.0.year(),
            month: self.0.month(),
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl FromStr for Day {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Day, CalendarError> {
        let error = || CalendarError::NotADay(text.to_owned());
        if text.len() != "2027-01-31".len() {
            return Err(error());
        }
        text.parse().map(Day).map_err(|_| error())
    }
}

/// A calendar month, such as 2027-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i16,
    month: i8,
}

impl Month {
    /// Its first day.
    pub fn first_day(self) -> Day {
        // The year and month come from a date.
        Day(Date::new(self.year, self.month, 1).unwrap_or(Date::ZERO))
    }

    /// The month after it.
    pub fn next(self) -> Month {
        self.first_day().plus_days(31).month()
    }

    /// The month before it.
    pub fn previous(self) -> Month {
        self.first_day().plus_days(-1).month()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year, self.month))
    }
}

impl FromStr for Month {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Month, CalendarError> {
        let day: Result<Day, _> = format!("{text}-01").parse();
        day.map(Day::month)
            .map_err(|_| CalendarError::NotAMonth(text.to_owned()))
    }
}

serde_as_text!(Day, Month);

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> Moment {
        text.parse().unwrap()
    }

    #[test]
    fn days_and_months_begin_at_midnight_of_the_zone() {
        let calendar = Calendar::default();
        for (time, day) in [
            ("2027-01-09T15:59:59.999Z", "2027-01-09"),
            ("2027-01-09T16:00:00Z", "2027-01-10"),
            ("2027-02-28T16:00:00Z", "2027-03-01"),
        ] {
            assert_eq!(calendar.day_of(moment(time)).to_string(), day);
        }
        let day: Day = "2027-01-10".parse().unwrap();
        assert_eq!(calendar.start_of(day), moment("2027-01-10T00:00:00+08:00"));
        assert_eq!(calendar.end_of(day), moment("2027-01-11T00:00:00+08:00"));
        let month: Month = "2027-12".parse().unwrap();
        assert_eq!(
            calendar.end_of_month(month),
            moment("2028-01-01T00:00:00+08:00")
        );
        assert_eq!(
            calendar.write(moment("2027-01-09T16:00:01Z")),
            "2027-01-10 00:00:01"
        );
    }

    #[test]
    fn a_day_without_midnight_begins_when_it_begins() {
        // Beirut's clocks went from 23:59:59 to 01:00:00.
        let calendar = Calendar::new("Asia/Beirut").unwrap();
        let day: Day = "2022-03-27".parse().unwrap();
        assert_eq!(calendar.start_of(day), moment("2022-03-27T01:00:00+03:00"));
    }

    #[test]
    fn leap_days_count() {
        let day: Day = "2027-03-01".parse().unwrap();
        assert_eq!(day.plus_days(365).to_string(), "2028-02-29");
        assert_eq!(day.days_until(day.plus_days(365)), 365);
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "2027",
            "2027-02-30",
            "2027-13-01",
            "2027-1-1",
            "2027-01-01T00:00",
        ] {
            assert!(text.parse::<Day>().is_err(), "{text}");
        }
        for text in ["", "2027", "2027-00", "2027-13", "27-01", "2027-01-01"] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
        assert!(Calendar::new("Mars/Base").is_err());
    }

    #[test]
    fn extremes_do_not_overflow() {
        let calendar = Calendar::default();
        for ms in [i64::MIN, i64::MAX] {
            let day = calendar.day_of(Moment::from_unix_ms(ms));
            calendar.end_of(day);
            calendar.end_of_month(day.month());
            day.plus_days(i64::MAX).month().next();
        }
    }
}
