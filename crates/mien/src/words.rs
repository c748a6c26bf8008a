//! Numbers, times and payers in plain words.

use billing::{ActivityId, Calendar, ChargedTo, Grant, GrantKind, Moment};
use store::Charged;

/// A number with its thousands apart.
pub(crate) fn count(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number of things: `1 call`, `2 calls`.
pub(crate) fn many(number: u64, one: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{} {one}s", count(number)),
    }
}

/// A time, by the calendar's clock.
pub(crate) fn time(moment: Moment, calendar: &Calendar) -> String {
    calendar.write(moment)
}

/// Where something ends whose last moment is just before `ends`: `2028-01-09 24:00` at midnight.
pub(crate) fn end(ends: Moment, calendar: &Calendar) -> String {
    let last_day = calendar.day_of(ends.plus_ms(-1));
    if calendar.end_of(last_day) == ends {
        format!("{last_day} 24:00")
    } else {
        calendar.write(ends)
    }
}

/// What paid for a call, and what is left of it.
pub(crate) fn paid_by(charged: &Charged) -> String {
    if charged.repeated {
        return "nobody again: it is charged already".to_owned();
    }
    let left = charged.left.unwrap_or_default();
    match (charged.charged_to, charged.kind) {
        (ChargedTo::Grant(_), Some(kind)) => {
            format!("the {}, {} left", source(kind), many(left, "call"))
        }
        (ChargedTo::Grant(grant), None) => format!("grant {grant}"),
        (ChargedTo::Postpaid, _) => "the month's bill".to_owned(),
        (ChargedTo::Nobody, _) => "nobody".to_owned(),
    }
}

/// What a row of usage was paid by, short enough for a table.
pub(crate) fn payer(charged_to: ChargedTo, grants: &[Grant]) -> String {
    match charged_to {
        ChargedTo::Grant(id) => {
            let grant = grants.iter().find(|grant| grant.id == id);
            grant.map_or_else(
                || format!("grant {id}"),
                |grant| format!("{} {id}", source(grant.kind)),
            )
        }
        ChargedTo::Postpaid => "postpaid".to_owned(),
        ChargedTo::Nobody => "nobody".to_owned(),
    }
}

/// What a grant comes from.
pub(crate) fn source(kind: GrantKind) -> &'static str {
    match kind {
        GrantKind::Free => "free quota",
        GrantKind::Licence => "licence pack",
        GrantKind::Pack => "shared pack",
    }
}

/// The activity that a grant is bound to.
pub(crate) fn bound_to(activity: Option<ActivityId>) -> String {
    activity.map_or_else(|| "all licensed".to_owned(), |id| id.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (30_000_000, "30,000,000"),
            (u64::MAX, "18,446,744,073,709,551,615"),
        ] {
            assert_eq!(count(number), text);
        }
        assert_eq!([many(1, "call"), many(0, "call")], ["1 call", "0 calls"]);
    }

    #[test]
    fn midnight_belongs_to_the_day_before() {
        let calendar = Calendar::default();
        for (moment, text) in [
            ("2028-01-09T16:00:00Z", "2028-01-09 24:00"),
            ("2028-01-09T16:00:00.001Z", "2028-01-10 00:00:00"),
            ("2028-01-09T15:59:59Z", "2028-01-09 23:59:59"),
        ] {
            assert_eq!(end(moment.parse().unwrap(), &calendar), text, "{moment}");
        }
    }
}
