//! Whether a statement agrees with itself.

use super::{Chain, PaidOrder, Postpaid, Statement, VerifyFault, grant_calls, postpaid_calls};
use crate::{Calendar, ChargedTo, Moment, Money};

/// Every contradiction in a statement; `calendar` is that of its zone.
pub(super) fn check(statement: &Statement, calendar: &Calendar) -> Vec<VerifyFault> {
    let mut faults = Vec::new();
    check_chain(statement, &mut faults);
    check_grants(statement, &mut faults);
    let calls = postpaid_calls(&statement.usage);
    check_postpaid(statement.postpaid.as_ref(), calls, &mut faults);
    check_money(statement, &mut faults);
    check_times(statement, calendar, &mut faults);
    faults
}

/// Whether rows, days and counts lead from the chain's beginning to its end.
fn check_chain(statement: &Statement, faults: &mut Vec<VerifyFault>) {
    let chain = &statement.chain;
    let mut next_seq = chain.first_seq;
    let mut previous = None;
    for mark in &chain.days {
        let follows = previous.is_none_or(|day| day < mark.day);
        let last_seq = mark.calls.checked_sub(1);
        let last_seq = last_seq.and_then(|more| next_seq.checked_add(more));
        let in_month = mark.day.month() == statement.month;
        if !follows || !in_month || last_seq != Some(mark.last_seq) {
            faults.push(VerifyFault::DaysBroken(mark.day));
        }
        previous = Some(mark.day);
        next_seq = mark.last_seq.saturating_add(1);
    }
    if !ends_with_last_day(chain) {
        faults.push(VerifyFault::EndBroken {
            last_seq: chain.last_seq,
            head: chain.head,
        });
    }
    let rows = chain
        .last_seq
        .saturating_add(1)
        .saturating_sub(chain.first_seq);
    let stated = statement.calls();
    if stated != rows {
        faults.push(VerifyFault::CallsDiffer { stated, rows });
    }
}

fn ends_with_last_day(chain: &Chain) -> bool {
    match chain.days.last() {
        Some(mark) => (mark.last_seq, mark.head) == (chain.last_seq, chain.head),
        None => chain.last_seq.saturating_add(1) == chain.first_seq && chain.head == chain.before,
    }
}

fn check_grants(statement: &Statement, faults: &mut Vec<VerifyFault>) {
    for grant in &statement.grants {
        let counted = grant_calls(&statement.usage, grant.id);
        if grant.used_in_month != counted {
            faults.push(VerifyFault::GrantDiffers {
                grant: grant.id,
                stated: grant.used_in_month,
                counted,
            });
        }
        let used = grant.used_before.saturating_add(grant.used_in_month);
        if used.checked_add(grant.left) != Some(grant.total) {
            faults.push(VerifyFault::GrantSum {
                grant: grant.id,
                used,
                left: grant.left,
                total: grant.total,
            });
        }
    }
    let mut named = None;
    for usage in &statement.usage {
        let (activity, charged_to) = (usage.activity, usage.charged_to);
        let ChargedTo::Grant(id) = charged_to else {
            continue;
        };
        let pays = statement
            .grants
            .iter()
            .any(|grant| grant.id == id && grant.activity.is_none_or(|own| own == activity));
        // The outcomes of the same grant follow each other.
        if !pays && named.replace((activity, id)) != Some((activity, id)) {
            faults.push(VerifyFault::GrantMissing {
                grant: id,
                activity,
            });
        }
    }
}

pub(super) fn check_postpaid(
    postpaid: Option<&Postpaid>,
    counted: u64,
    faults: &mut Vec<VerifyFault>,
) {
    let stated = postpaid.map_or(0, |postpaid| postpaid.calls);
    if stated != counted || postpaid.is_some() != (counted > 0) {
        faults.push(VerifyFault::PostpaidCallsDiffer { stated, counted });
    }
    let Some(postpaid) = postpaid else {
        return;
    };
    let (calls, tier) = (postpaid.calls, postpaid.tier);
    if calls < tier.first || tier.last.is_some_and(|last| calls > last) {
        faults.push(VerifyFault::TierDiffers {
            calls,
            first: tier.first,
            last: tier.last,
        });
    }
    let exact = tier.unit_price.times(calls);
    let Some(amount) = exact.round_half_up() else {
        faults.push(VerifyFault::SumTooLarge);
        return;
    };
    if (postpaid.amount, &postpaid.exact) != (amount, &exact.to_string()) {
        faults.push(VerifyFault::AmountDiffers {
            stated_exact: postpaid.exact.clone(),
            stated: postpaid.amount,
            exact: exact.to_string(),
            amount,
        });
    }
}

fn check_money(statement: &Statement, faults: &mut Vec<VerifyFault>) {
    for order in &statement.orders {
        match sum_of_lines(order) {
            Some(lines) if lines == order.total => {}
            Some(lines) => faults.push(VerifyFault::OrderSum {
                order: order.id,
                total: order.total,
                lines,
            }),
            None => faults.push(VerifyFault::SumTooLarge),
        }
    }
    match closing(statement) {
        Some(computed) if computed == statement.closing => {}
        Some(computed) => faults.push(VerifyFault::ClosingDiffers {
            closing: statement.closing,
            computed,
        }),
        None => faults.push(VerifyFault::SumTooLarge),
    }
}

fn sum_of_lines(order: &PaidOrder) -> Option<Money> {
    order
        .lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.plus(line.amount))
}

fn closing(statement: &Statement) -> Option<Money> {
    let moved = statement
        .movements
        .iter()
        .try_fold(statement.opening, |sum, movement| sum.plus(movement.amount))?;
    statement
        .orders
        .iter()
        .try_fold(moved, |sum, order| sum.minus(order.total))
}

fn check_times(statement: &Statement, calendar: &Calendar, faults: &mut Vec<VerifyFault>) {
    let month = statement.month;
    let mut check = |at: Moment, what: String| {
        if calendar.month_of(at) != month {
            faults.push(VerifyFault::OutsideMonth { what, at, month });
        }
    };
    for order in &statement.orders {
        check(order.paid, format!("order {}", order.id));
    }
    for movement in &statement.movements {
        check(movement.at, format!("a movement of {}", movement.amount));
    }
    let (stated, issued) = (statement.complete, statement.issued);
    if stated != (issued >= calendar.end_of_month(month)) {
        faults.push(VerifyFault::CompleteDiffers { stated, issued });
    }
}
