//! The ledger, bills, and the ends of months.

use super::cast::{TEXT, add_account, assert_refused, at, noon, read, write};
use crate::{Bill, ClosedMonth, LedgerLine, PaidMovement, Records, Store, StoreError};
use billing::ledger::Revenue;
use billing::{AccountId, Digest, LedgerAccount, Line, LineKind, Moment, Money, Month, Transfer};

pub(super) const CASES: &[fn(&Store)] = &[
    the_ledger_balances,
    a_transfer_key_holds_once,
    the_ledger_is_listed,
    the_ledger_comes_in_pages,
    bills,
    closed_months,
];

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn movement<'a>(account: AccountId, kind: &'a str, key: &'a str) -> PaidMovement<'a> {
    PaidMovement {
        account,
        kind,
        key,
        note: TEXT,
        at: noon(),
    }
}

fn packs(amounts: &[&str]) -> Vec<Line> {
    let line = |amount: &&str| Line {
        kind: LineKind::Pack {
            pack: "pack-100k".to_owned(),
            calls: 100_000,
            ends: noon(),
        },
        amount: yuan(amount),
    };
    amounts.iter().map(line).collect()
}

/// Asserts that kept balances are the sums of their entries, and that all together are nothing.
fn assert_balanced(records: &mut Records<'_>) -> Result<(), StoreError> {
    let mut all = 0;
    for (name, kept, sum) in records.ledger_audit()? {
        assert_eq!(kept, sum, "{name}");
        all += kept.fen();
    }
    assert_eq!(all, 0, "the sum of all accounts");
    Ok(())
}

fn the_ledger_balances(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let transfers = [
        ("top_up", Transfer::top_up(account, yuan("25000.00"))),
        (
            "order",
            Transfer::order(account, &packs(&["1700", "16000.01"])),
        ),
        (
            "bill_drawn",
            Transfer::bill_drawn(account, yuan("12000.01")),
        ),
        ("bill_paid", Transfer::bill_paid(account, yuan("0.01"))),
        ("top_up 2", Transfer::top_up(other, yuan("0.01"))),
    ];
    for (kind, transfer) in &transfers {
        write(store, |records| {
            records.book(&movement(account, kind, "key"), transfer)?;
            assert_balanced(records)
        });
    }
    let balances = [
        (LedgerAccount::Customer(account), "7299.98"),
        (LedgerAccount::Owed(account), "-12000.00"),
        (LedgerAccount::Customer(other), "0.01"),
        (LedgerAccount::Owed(other), "0"),
        (LedgerAccount::Funding, "-25000.01"),
        (LedgerAccount::Revenue(Revenue::Pack), "17700.01"),
        (LedgerAccount::Revenue(Revenue::Postpaid), "12000.01"),
        (LedgerAccount::Revenue(Revenue::Qps), "0"),
    ];
    for (account, balance) in balances {
        let found = read(store, |records| records.balance(account));
        assert_eq!(found, yuan(balance), "{account}");
    }
    read(store, assert_balanced);
    let audited = read(store, |records| Ok(records.ledger_audit()?.len()));
    assert_eq!(audited, 6, "every account that money moved at");
}

fn a_transfer_key_holds_once(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let hundred = yuan("100");
    let book = |account, kind, key| {
        store.write(|records| {
            let transfer = Transfer::top_up(account, hundred);
            records.book(&movement(account, kind, key), &transfer)
        })
    };
    book(account, "top_up", "key").unwrap();
    book(account, "top_up", "other key").unwrap();
    book(account, "other kind", "key").unwrap();
    book(other, "top_up", "key").unwrap();
    let again = book(account, "top_up", "key");
    assert!(matches!(again, Err(StoreError::Constraint(_))), "{again:?}");
    let balance = read(store, |records| {
        assert_balanced(records)?;
        records.balance(LedgerAccount::Customer(account))
    });
    assert_eq!(balance, yuan("300"));
    let booked = |account, kind, key| read(store, |records| records.booked(account, kind, key));
    assert_eq!(booked(account, "top_up", "key"), Some(hundred));
    assert_eq!(booked(other, "top_up", "key"), Some(hundred));
    assert_eq!(booked(other, "top_up", "other key"), None);
    assert_eq!(booked(account, "order", "key"), None);
}

fn the_ledger_is_listed(store: &Store) {
    let account = add_account(store);
    let customer = LedgerAccount::Customer(account);
    let line = |transfer: u64, kind: &str, amount: &str| LedgerLine {
        transfer,
        at: noon().plus_ms(transfer as i64),
        kind: kind.to_owned(),
        key: TEXT.to_owned(),
        note: TEXT.to_owned(),
        amount: yuan(amount),
    };
    let lines = [line(1, "top_up", "25000"), line(2, "order", "-17700.01")];
    let transfers = [
        Transfer::top_up(account, yuan("25000")),
        Transfer::order(account, &packs(&["1700", "16000.01"])),
    ];
    for (line, transfer) in lines.iter().zip(&transfers) {
        let movement = PaidMovement {
            at: line.at,
            ..movement(account, &line.kind, TEXT)
        };
        write(store, |records| records.book(&movement, transfer));
    }
    for (from, to, range) in [(0, 9, 0..2), (1, 2, 0..1), (2, 3, 1..2), (2, 2, 0..0)] {
        let (from, to) = (noon().plus_ms(from), noon().plus_ms(to));
        let found = read(store, |records| records.ledger(customer, from, to));
        assert_eq!(found, lines[range], "{from} to {to}");
    }
    // Both lines of the order went to one account of income.
    let income = LedgerAccount::Revenue(Revenue::Pack);
    let found = read(store, |records| {
        records.ledger(income, noon(), noon().plus_ms(9))
    });
    let amounts: Vec<Money> = found.iter().map(|line| line.amount).collect();
    assert_eq!(amounts, [yuan("1700"), yuan("16000.01")]);
}

fn the_ledger_comes_in_pages(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let customer = LedgerAccount::Customer(account);
    // The second is another account's.
    let whose = [account, other, account, account];
    for (number, (account, fen)) in (0..).zip(whose.into_iter().zip([100, 1000, 20, 3])) {
        let key = number.to_string();
        let movement = PaidMovement {
            at: noon().plus_ms(number),
            ..movement(account, "top_up", &key)
        };
        let transfer = Transfer::top_up(account, Money::from_fen(fen));
        write(store, |records| records.book(&movement, &transfer));
    }
    for (before, most, transfers) in [
        (9, 9, &[4, 3, 1][..]),
        (9, 2, &[4, 3]),
        (4, 2, &[3, 1]),
        (3, 9, &[1]),
        (1, 9, &[]),
        (9, 0, &[]),
    ] {
        let lines = read(store, |records| {
            records.ledger_before(customer, before, most)
        });
        let found: Vec<u64> = lines.iter().map(|line| line.transfer).collect();
        assert_eq!(found, transfers, "{most} before {before}");
        for line in lines {
            let listed = read(store, |records| {
                records.ledger(customer, line.at, line.at.plus_ms(1))
            });
            assert_eq!(listed, [line]);
        }
    }
    for (transfer, ms, fen) in [
        (1, 0, 0),
        (2, 1, 100),
        (3, 2, 100),
        (4, 3, 120),
        (5, 4, 123),
    ] {
        let found = read(store, |records| {
            let by_time = records.balance_before(customer, noon().plus_ms(ms))?;
            Ok((
                by_time,
                records.balance_before_transfer(customer, transfer)?,
            ))
        });
        let balance = Money::from_fen(fen);
        assert_eq!(found, (balance, balance), "before transfer {transfer}");
    }
}

fn bills(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let bill = |id: u64, account, text: &str, paid: Option<Moment>| Bill {
        id: billing::BillId::new(id),
        account,
        month: month(text),
        catalogue: TEXT.to_owned(),
        calls: 5_000_001,
        amount: yuan("25000.01"),
        drawn: noon(),
        paid,
    };
    // Drawn in another order than that of the months.
    let mut all = [
        bill(2, account, "2026-12", None),
        bill(3, account, "2027-01", Some(noon().plus_ms(1))),
        bill(1, account, "2027-02", None),
    ];
    for number in 1..=4 {
        let id = write(store, |records| records.next_bill());
        assert_eq!(id.number(), number);
    }
    for index in [2, 0, 1] {
        write(store, |records| records.add_bill(&all[index]));
    }
    let others = bill(4, other, "2027-01", None);
    write(store, |records| records.add_bill(&others));
    assert_eq!(read(store, |records| records.bills(account)), all);
    let unpaid = read(store, |records| records.unpaid_bills(account));
    assert_eq!(unpaid, [all[0].clone(), all[2].clone()]);

    all[0].paid = Some(noon().plus_ms(2));
    write(store, |records| {
        records.set_bill_paid(all[0].id, noon().plus_ms(2))
    });
    assert_eq!(read(store, |records| records.bills(account)), all);
    assert_eq!(
        read(store, |records| records.unpaid_bills(account)),
        all[2..]
    );
    assert_eq!(
        read(store, |records| records.unpaid_bills(other)),
        std::slice::from_ref(&others)
    );
    // Of all accounts, by month, then in the order in which they were drawn.
    let of_all = [all[0].clone(), all[1].clone(), others, all[2].clone()];
    for (first, last, range) in [
        ("2026-12", "2027-02", 0..4),
        ("2027-01", "2027-01", 1..3),
        ("2027-02", "2099-12", 3..4),
        ("2027-02", "2027-01", 0..0),
    ] {
        let (from, to) = (month(first), month(last));
        let found = read(store, |records| records.bills_of_months(from, to));
        assert_eq!(found, of_all[range], "{first} to {last}");
    }
    assert_refused(store, "a month's bill twice", |records| {
        records.add_bill(&bill(5, account, "2027-02", None))
    });
}

fn closed_months(store: &Store) {
    let (account, other) = (add_account(store), add_account(store));
    let closed = |text: &str, last_seq| ClosedMonth {
        month: month(text),
        last_seq,
        head: Digest::of(text.as_bytes()),
        closed: at("2027-02-01T00:00:00+08:00"),
    };
    let last = |account| read(store, |records| records.last_closed_month(account));
    assert_eq!(last(account), None);
    for (text, seq) in [("2026-09", 0), ("2026-10", 7), ("2027-01", 5_000_001)] {
        let month = closed(text, seq);
        write(store, |records| records.close_month(account, &month));
        assert_eq!(last(account), Some(month));
        assert_eq!(last(other), None);
    }
    assert_refused(store, "a month twice", |records| {
        records.close_month(account, &closed("2026-10", 9))
    });
}
