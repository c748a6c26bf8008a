use super::Notice;
use crate::{ActivityId, Calendar, Catalogue, Grant, Licence, Moment};
use std::collections::BTreeMap;

/// What an account has that can run out or end.
#[derive(Clone, Copy, Debug)]
pub struct DueInput<'a> {
    /// Its grants: the free calls of its activities, licence packs and shared packs, in any order.
    pub grants: &'a [Grant],
    /// All licence periods of its activities, in any order.
    pub licences: &'a [Licence],
}

/// The notices that are due now.
///
/// Of each grant, licence and update window only the threshold that is the most pressing, so that who
/// asks late tells no more than is true. What has ended, what is used up (of its end) and what a renewal
/// has prolonged are not told. Asked again it gives the same notices again, by their keys.
pub fn due(
    standing: &DueInput<'_>,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Vec<Notice> {
    let clock = Clock {
        catalogue,
        calendar,
        now,
    };
    let mut notices = Vec::new();
    for grant in standing.grants {
        if grant.is_valid_at(now) {
            notices.extend(pack_used(grant, catalogue));
            notices.extend(pack_ends(grant, &clock));
        }
    }
    notices.extend(licences_end(standing.licences, &clock));
    notices
}

/// Tells how urgent an end is.
struct Clock<'a> {
    catalogue: &'a Catalogue,
    calendar: &'a Calendar,
    now: Moment,
}

impl Clock<'_> {
    /// The least threshold in days that an end ahead has reached; `None` for a past end as well.
    fn threshold(&self, ends: Moment) -> Option<u32> {
        if ends <= self.now {
            return None;
        }
        let today = self.calendar.day_of(self.now);
        // The first moment after a day lies on the next: on its last day one day is left.
        let left = today.days_until(self.calendar.day_of(ends));
        let thresholds = &self.catalogue.notices.days_before_end;
        let reached = thresholds.iter().filter(|&&days| left <= i64::from(days));
        reached.min().copied()
    }
}

fn pack_used(grant: &Grant, catalogue: &Catalogue) -> Option<Notice> {
    let (used, total) = (u128::from(grant.used), u128::from(grant.total));
    let is_reached = |percent: &&u8| used * 100 >= total * u128::from(**percent);
    let reached = catalogue.notices.pack_used_percent.iter();
    let percent = *reached.filter(is_reached).max()?;
    (total > 0).then_some(Notice::PackUsed {
        grant: grant.id,
        kind: grant.kind,
        activity: grant.activity,
        percent,
        used: grant.used,
        total: grant.total,
    })
}

fn pack_ends(grant: &Grant, clock: &Clock<'_>) -> Option<Notice> {
    let ends = grant.ends.filter(|_| grant.left() > 0)?;
    Some(Notice::PackEnds {
        grant: grant.id,
        kind: grant.kind,
        activity: grant.activity,
        left: grant.left(),
        ends,
        days_left: clock.threshold(ends)?,
    })
}

/// The ends of licences and update windows, by activity; each at the last of its periods.
fn licences_end(licences: &[Licence], clock: &Clock<'_>) -> Vec<Notice> {
    let mut ends: BTreeMap<ActivityId, (Moment, Moment)> = BTreeMap::new();
    for licence in licences {
        let period = &licence.period;
        let (end, window_end) = ends.entry(licence.activity).or_default();
        *end = period.ends.max(*end);
        *window_end = period.window_ends.max(*window_end);
    }
    let mut notices = Vec::new();
    for (activity, (ends, window_ends)) in ends {
        if let Some(days_left) = clock.threshold(ends) {
            notices.push(Notice::LicenceEnds {
                activity,
                ends,
                days_left,
            });
        }
        // A window as long as the licence freezes nothing: an unlicensed activity's materials may change.
        let freezes = clock.threshold(window_ends).filter(|_| window_ends < ends);
        if let Some(days_left) = freezes {
            notices.push(Notice::WindowEnds {
                activity,
                ends: window_ends,
                days_left,
            });
        }
    }
    notices
}
