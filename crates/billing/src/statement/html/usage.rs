//! The sections on calls: by day, outcome, payer, activity and grant.

use super::write::grouped;
use super::{Page, chart, words};
use crate::statement::{GrantUse, Usage, total};
use crate::{ActivityId, ChargedTo, Day, Outcome};
use std::collections::BTreeMap;

/// Calls of a payer in an activity.
#[derive(Default)]
struct Split {
    fused: u64,
    not_fused: u64,
    failed: u64,
}

impl Split {
    fn add(&mut self, outcome: Outcome, calls: u64) {
        let part = match outcome {
            Outcome::Fused => &mut self.fused,
            Outcome::ServiceFailed => &mut self.failed,
            _ => &mut self.not_fused,
        };
        *part = part.saturating_add(calls);
    }

    fn total(&self) -> u64 {
        self.fused
            .saturating_add(self.not_fused)
            .saturating_add(self.failed)
    }

    fn cells(&self) -> String {
        [self.fused, self.not_fused, self.failed, self.total()]
            .map(|calls| format!("<td class=\"n\">{}</td>", number(calls)))
            .concat()
    }
}

impl Page<'_> {
    pub(super) fn days(&self) -> String {
        let days = self.calls_of_days();
        let peak = days.iter().rev().max_by_key(|&&(_, calls)| calls);
        let Some(&(day, most)) = peak.filter(|&&(_, calls)| calls > 0) else {
            let body = format!("<p class=\"empty\">{}</p>", self.words.no_calls);
            return self.section(self.words.calls_by_day, "", &body);
        };
        let aside = format!("{} {} · {day}", self.words.peak, self.calls(most));
        self.section(self.words.calls_by_day, &aside, &chart::days(&days))
    }

    /// Every day of the month.
    fn calls_of_days(&self) -> Vec<(Day, u64)> {
        let month = self.statement.month;
        let marks = &self.statement.chain.days;
        let calls: BTreeMap<Day, u64> = marks.iter().map(|mark| (mark.day, mark.calls)).collect();
        let first = month.first_day();
        let count = first.days_until(month.next().first_day());
        (0..count)
            .map(|index| first.plus_days(index))
            .map(|day| (day, calls.get(&day).copied().unwrap_or(0)))
            .collect()
    }

    pub(super) fn shares(&self) -> String {
        let usage = &self.statement.usage;
        if usage.is_empty() {
            return String::new();
        }
        let outcomes = sums(usage, |usage| usage.outcome);
        let payers = sums(usage, |usage| usage.charged_to);
        let outcomes = outcomes.iter().map(|&(outcome, calls)| {
            let name = words::outcome(outcome, self.language).to_owned();
            (name, calls)
        });
        let payers = payers
            .iter()
            .map(|&(payer, calls)| (self.payer(payer), calls));
        format!(
            "<div class=\"pair\">{}{}</div>",
            self.share_list(self.words.by_outcome, &outcomes.collect::<Vec<_>>()),
            self.share_list(self.words.by_payer, &payers.collect::<Vec<_>>()),
        )
    }

    fn share_list(&self, title: &str, shares: &[(String, u64)]) -> String {
        let whole = self.statement.calls();
        let rows: String = shares
            .iter()
            .map(|(name, calls)| {
                format!(
                    "<tr><th scope=\"row\">{name}</th><td class=\"n\">{}</td><td class=\"bar\">{}</td><td class=\"n percent\">{}</td></tr>",
                    grouped(*calls),
                    chart::share(*calls, whole),
                    percent(*calls, whole)
                )
            })
            .collect();
        let body = format!("<table class=\"shares\">{rows}</table>");
        self.section(title, "", &body)
    }

    pub(super) fn activities(&self) -> String {
        let mut splits: BTreeMap<ActivityId, BTreeMap<ChargedTo, Split>> = BTreeMap::new();
        let mut total = Split::default();
        for usage in &self.statement.usage {
            let payers = splits.entry(usage.activity).or_default();
            let split = payers.entry(usage.charged_to).or_default();
            split.add(usage.outcome, usage.calls);
            total.add(usage.outcome, usage.calls);
        }
        if splits.is_empty() {
            return String::new();
        }
        let words = self.words;
        let rows: String = splits
            .iter()
            .map(|(&activity, payers)| self.activity_rows(activity, payers))
            .collect();
        let body = format!(
            "<table><thead><tr><th>{}</th><th>{}</th><th class=\"n\">{}</th><th class=\"n\">{}</th>\
             <th class=\"n\">{}</th><th class=\"n\">{}</th></tr></thead><tbody>{rows}</tbody>\
             <tfoot><tr><th colspan=\"2\">{}</th>{}</tr></tfoot></table>",
            words.activity,
            words.paid_by,
            words.fused,
            words.not_fused,
            words.failed,
            words.total,
            words.total,
            total.cells()
        );
        self.section(words.by_activity, "", &body)
    }

    fn activity_rows(&self, activity: ActivityId, payers: &BTreeMap<ChargedTo, Split>) -> String {
        let mut rows = String::new();
        for (index, (&payer, split)) in payers.iter().enumerate() {
            let (class, name) = if index == 0 {
                let (count, name) = (payers.len(), self.activity(activity));
                let cell = format!("<th scope=\"rowgroup\" rowspan=\"{count}\">{name}</th>");
                (" class=\"first\"", cell)
            } else {
                ("", String::new())
            };
            rows += &format!(
                "<tr{class}>{name}<td>{}</td>{}</tr>",
                self.payer(payer),
                split.cells()
            );
        }
        rows
    }

    fn payer(&self, payer: ChargedTo) -> String {
        let kind = match payer {
            ChargedTo::Grant(id) => self.grant_kind(id),
            ChargedTo::Postpaid | ChargedTo::Nobody => None,
        };
        words::payer(payer, kind, self.language)
    }

    pub(super) fn grants(&self) -> String {
        let grants = &self.statement.grants;
        if grants.is_empty() {
            return String::new();
        }
        let cards: String = grants.iter().map(|grant| self.grant(grant)).collect();
        let body = format!("<div class=\"grants\">{cards}</div>");
        self.section(self.words.grants, "", &body)
    }

    fn grant(&self, grant: &GrantUse) -> String {
        let words = self.words;
        let ends = grant.ends.map_or_else(
            || words.endless.to_owned(),
            |ends| {
                // The last day is what people know, not the midnight behind it.
                let last = self.calendar.day_of(ends.plus_ms(-1));
                format!("{} {last}", words.valid_to)
            },
        );
        let activity = grant
            .activity
            .map_or_else(String::new, |id| format!(" · {}", self.activity(id)));
        let before = if grant.used_before > 0 {
            format!(
                " · {} <b>{}</b>",
                words.used_before,
                grouped(grant.used_before)
            )
        } else {
            String::new()
        };
        format!(
            "<div class=\"grant\"><p><b>{} #{}</b>{activity}</p>\
             <p class=\"small\">{} <b class=\"left\">{}</b> {} {}<span>{ends}</span></p>{}\
             <p class=\"small\">{} <b>{}</b>{before}</p></div>",
            words::grant(grant.kind, self.language),
            grant.id,
            words.left,
            grouped(grant.left),
            words.of_all,
            grouped(grant.total),
            chart::progress(grant.used_before, grant.used_in_month, grant.total),
            words.used_in_month,
            grouped(grant.used_in_month),
        )
    }

    /// What part of the calls ended in a picture.
    pub(super) fn fused_share(&self) -> String {
        let fused = self.statement.usage.iter();
        let fused = fused.filter(|usage| usage.outcome == Outcome::Fused);
        let (fused, all) = (total(fused), self.statement.calls());
        if all == 0 {
            return String::new();
        }
        format!("{} {}", self.words.fused, percent(fused, all))
    }
}

/// Sums of calls by a key, the greatest first.
fn sums<K: Ord + Copy>(usage: &[Usage], key: fn(&Usage) -> K) -> Vec<(K, u64)> {
    let mut sums: BTreeMap<K, u64> = BTreeMap::new();
    for usage in usage {
        let sum = sums.entry(key(usage)).or_default();
        *sum = sum.saturating_add(usage.calls);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|&(_, calls)| std::cmp::Reverse(calls));
    sums
}

/// A number in a table, where a zero is only a dash.
fn number(calls: u64) -> String {
    if calls == 0 {
        "–".to_owned()
    } else {
        grouped(calls)
    }
}

/// To a tenth, rounded down; what is there is never nothing.
fn percent(part: u64, whole: u64) -> String {
    let thousandths = u128::from(part) * 1000 / u128::from(whole.max(1));
    if thousandths == 0 && part > 0 {
        return "&lt; 0.1 %".to_owned();
    }
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}
