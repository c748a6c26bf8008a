//! Whole months: an honest statement is clean, and whatever is altered is found.

mod rows;
mod whole;

use super::*;
use crate::catalogue::DEFAULT_TEXT;
use crate::{Calendar, CallId, CallRow, LicencePeriod, LineKind, MaterialId, UpgradeRequest};

const ACCOUNT: AccountId = AccountId::new(100_001);
const ACTIVITY: ActivityId = ActivityId::new(300_100);
const OTHER: ActivityId = ActivityId::new(300_101);
const FIRST_SEQ: u64 = 41;

/// Alters one thing.
type Alteration<T = CallRow> = fn(&mut T);

/// How a call follows the one before: milliseconds later, outcome, payer.
type Step = (i64, usize, usize);

fn moment(text: &str) -> Moment {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed(&[7; 32])
}

fn before() -> Digest {
    Digest::of(b"the month before")
}

/// Digests of rows from `from` on, as if they had been written so.
fn rechain(rows: &mut [CallRow], from: usize) {
    let mut head = match from.checked_sub(1) {
        Some(previous) => rows[previous].digest,
        None => before(),
    };
    for row in &mut rows[from..] {
        row.digest = head.then(row);
        head = row.digest;
    }
}

fn rows_of(steps: &[Step]) -> Vec<CallRow> {
    let mut at = moment("2027-01-01T00:00:00+08:00");
    let mut rows = Vec::new();
    for (index, &(later, outcome, payer)) in steps.iter().enumerate() {
        at = at.plus_ms(later);
        let outcome = Outcome::ALL[outcome % Outcome::ALL.len()];
        let (activity, charged_to) = match payer % 4 {
            _ if !outcome.is_charged() => (ACTIVITY, ChargedTo::Nobody),
            0 => (ACTIVITY, ChargedTo::Grant(GrantId::new(1))),
            1 => (OTHER, ChargedTo::Grant(GrantId::new(2))),
            2 => (OTHER, ChargedTo::Postpaid),
            _ => (ACTIVITY, ChargedTo::Postpaid),
        };
        let material = MaterialId {
            activity,
            serial: 154_021,
            number: 1,
        };
        let mut id = [9; 16];
        id[..8].copy_from_slice(&(index as u64).to_be_bytes());
        rows.push(CallRow {
            account: ACCOUNT,
            seq: FIRST_SEQ + index as u64,
            id: CallId(id),
            at,
            activity,
            material: (payer % 2 == 0).then_some(material),
            outcome,
            charged_to,
            digest: before(),
        });
    }
    rechain(&mut rows, 0);
    rows
}

fn tally_of(rows: &[CallRow]) -> Tally {
    let month = "2027-01".parse().unwrap();
    let mut tally = Tally::new(ACCOUNT, Calendar::default(), FIRST_SEQ, before()).within(month);
    for row in rows {
        tally.add(row).unwrap();
    }
    tally
}

fn order() -> PaidOrder {
    let day = |text: &str| text.parse().unwrap();
    let bought = moment("2027-01-03T09:05:00+08:00");
    PaidOrder {
        id: OrderId::new(7),
        paid: bought,
        lines: vec![
            Line {
                kind: LineKind::Licence {
                    activity: ACTIVITY,
                    package: "package-2".to_owned(),
                    qps: 50,
                    calls: 300_000,
                    period: LicencePeriod {
                        bought,
                        starts: bought,
                        ends: moment("2028-01-03T00:00:00+08:00"),
                        window_ends: moment("2028-01-03T00:00:00+08:00"),
                    },
                },
                amount: yuan("20000"),
            },
            Line {
                kind: LineKind::Qps {
                    activity: ACTIVITY,
                    request: UpgradeRequest {
                        first_day: day("2027-01-03"),
                        last_day: day("2027-01-05"),
                        extra: 20,
                    },
                },
                amount: yuan("1260"),
            },
        ],
        total: yuan("21260"),
    }
}

fn statement_of(rows: &[CallRow]) -> Statement {
    let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
    let grant = |id, kind, activity, total, used_before| GrantBefore {
        id: GrantId::new(id),
        kind,
        activity,
        total,
        used_before,
        ends: (kind != GrantKind::Free).then(|| moment("2028-01-03T00:00:00+08:00")),
    };
    let input = StatementInput {
        account_name: "春节活动 & Co. <\"studio\">".to_owned(),
        month: "2027-01".parse().unwrap(),
        issued: moment("2027-02-01T00:00:05+08:00"),
        catalogue: &catalogue,
        activities: vec![ActivityName {
            id: ACTIVITY,
            name: "新春<拜年>".to_owned(),
        }],
        opening: yuan("100"),
        closing: yuan("8840"),
        movements: vec![Movement {
            at: moment("2027-01-03T09:00:00+08:00"),
            kind: MovementKind::TopUp,
            amount: yuan("30000"),
        }],
        orders: vec![order()],
        grants: vec![
            grant(1, GrantKind::Free, Some(ACTIVITY), 500, 12),
            grant(2, GrantKind::Pack, None, 100_000, 0),
        ],
    };
    Statement::assemble(input, tally_of(rows))
}

fn sample_rows() -> Vec<CallRow> {
    let steps: Vec<Step> = (0..60)
        .map(|index| {
            (
                28_000_000 + 777 * index,
                index as usize / 3,
                index as usize / 2,
            )
        })
        .collect();
    rows_of(&steps)
}

pub(super) fn sample() -> SignedStatement {
    sign(statement_of(&sample_rows()), &key()).unwrap()
}

fn lines(rows: &[CallRow]) -> impl Iterator<Item = Result<CallLine, LineFault>> {
    (1..).zip(rows).map(|(line, row)| {
        Ok(CallLine {
            line,
            row: row.clone(),
        })
    })
}

fn verified(signed: &SignedStatement, rows: &[CallRow]) -> Verification {
    verify(signed, lines(rows), Some(&key().public_key()))
}

fn codes(found: &Verification) -> Vec<&'static str> {
    found.faults.iter().map(VerifyFault::code).collect()
}
