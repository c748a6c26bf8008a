use billing::{Calendar, Moment};

/// The busiest second of a day. It is kept in memory: what came before the start is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Peak {
    day_starts: Moment,
    /// The first moment after the day.
    day_ends: Moment,
    /// The last second with a call, counted from 1970.
    second: i64,
    calls: u32,
    most: u32,
}

impl Peak {
    /// Counts a call.
    pub(super) fn count(&mut self, at: Moment, calendar: &Calendar) {
        if !self.holds(at) {
            let day = calendar.day_of(at);
            (self.day_starts, self.day_ends) = (calendar.start_of(day), calendar.end_of(day));
            self.most = 0;
        }
        let second = at.unix_ms().div_euclid(1000);
        if second != self.second {
            (self.second, self.calls) = (second, 0);
        }
        self.calls = self.calls.saturating_add(1);
        self.most = self.most.max(self.calls);
    }

    /// The calls of the busiest second on a moment's day.
    pub(super) fn on_day_of(&self, at: Moment) -> u32 {
        if self.holds(at) { self.most } else { 0 }
    }

    fn holds(&self, at: Moment) -> bool {
        self.day_starts <= at && at < self.day_ends
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_busiest_second_of_each_day() {
        let calendar = Calendar::default();
        let mut peak = Peak::default();
        let moment = |text: &str| text.parse::<Moment>().unwrap();
        for (at, most) in [
            ("2027-01-10T10:00:00.100+08:00", 1),
            ("2027-01-10T10:00:00.900+08:00", 2),
            ("2027-01-10T10:00:01.000+08:00", 2),
            ("2027-01-10T10:00:01.500+08:00", 2),
            ("2027-01-10T10:00:01.999+08:00", 3),
            ("2027-01-10T23:59:59.999+08:00", 3),
            ("2027-01-11T00:00:00.000+08:00", 1),
        ] {
            peak.count(moment(at), &calendar);
            assert_eq!(peak.on_day_of(moment(at)), most, "{at}");
        }
        assert_eq!(peak.on_day_of(moment("2027-01-10T12:00:00+08:00")), 0);
        assert_eq!(peak.on_day_of(moment("2027-01-12T00:00:00+08:00")), 0);
    }
}
