use billing::{AccountId, CallRow, ChargedTo, Digest, GrantId, Moment, Month};
use service::Service;
use std::collections::BTreeMap;
use store::{Store, StoreError};

/// Far behind all times of the tests.
const LATEST: Moment = Moment::from_unix_ms(i64::MAX);

/// Holds the books to what must always be true of them: the ledger sums to zero and balances are the sums
/// of their entries; logs have no gaps and an unbroken chain; grants, postpaid counts and usage are what
/// the log says, and no grant gave more than it has. Returns the rows of all logs.
pub(crate) fn audit(service: &Service, store: &Store) -> BTreeMap<AccountId, Vec<CallRow>> {
    let accounts = service.accounts().unwrap();
    let mut logs = BTreeMap::new();
    store
        .read(|records| {
            let mut sum_fen = 0;
            for (name, kept, summed) in records.ledger_audit()? {
                assert_eq!(kept, summed, "{name}");
                sum_fen += kept.fen();
            }
            assert_eq!(sum_fen, 0);
            for account in &accounts {
                let log = log_of(records, account.id)?;
                check_chain(records, account.id, &log)?;
                check_counts(service, records, account.id, &log)?;
                logs.insert(account.id, log);
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    logs
}

fn log_of(
    records: &mut store::Records<'_>,
    account: AccountId,
) -> Result<Vec<CallRow>, StoreError> {
    let (last, ..) = records.call_log_end(account)?;
    let mut rows = Vec::new();
    // One more than there should be.
    records.each_call(account, 0, last + 1, |row| {
        rows.push(row);
        Ok::<_, StoreError>(())
    })?;
    assert_eq!(rows.len() as u64, last);
    Ok(rows)
}

fn check_chain(
    records: &mut store::Records<'_>,
    account: AccountId,
    log: &[CallRow],
) -> Result<(), StoreError> {
    let (_, head, last_at) = records.call_log_end(account)?;
    let mut digest = Digest::origin(account);
    let mut before = Moment::default();
    for (row, seq) in log.iter().zip(1..) {
        assert_eq!(row.seq, seq);
        digest = digest.then(row);
        assert_eq!(row.digest, digest, "call {seq}");
        assert!(before <= row.at, "call {seq} is older than the one before");
        assert_eq!(
            row.charged_to == ChargedTo::Nobody,
            !row.outcome.is_charged()
        );
        before = row.at;
    }
    assert_eq!(head, digest);
    assert!(before <= last_at);
    if let Some(closed) = records.last_closed_month(account)? {
        let of_month = log.get((closed.last_seq as usize).wrapping_sub(1));
        let head = of_month.map_or(Digest::origin(account), |row| row.digest);
        assert_eq!(closed.head, head, "the log of a closed month changed");
    }
    Ok(())
}

fn check_counts(
    service: &Service,
    records: &mut store::Records<'_>,
    account: AccountId,
    log: &[CallRow],
) -> Result<(), StoreError> {
    let calendar = service.calendar();
    let mut used: BTreeMap<GrantId, u64> = BTreeMap::new();
    let mut postpaid: BTreeMap<Month, u64> = BTreeMap::new();
    let mut usage: BTreeMap<_, u64> = BTreeMap::new();
    for row in log {
        match row.charged_to {
            ChargedTo::Grant(grant) => *used.entry(grant).or_default() += 1,
            ChargedTo::Postpaid => *postpaid.entry(calendar.month_of(row.at)).or_default() += 1,
            ChargedTo::Nobody => {}
        }
        let hour = row.at.unix_ms() / 3_600_000;
        let key = (hour, row.activity, row.charged_to, row.outcome);
        *usage.entry(key).or_default() += 1;
    }
    for grant in records.grants(account)? {
        let counted = used.remove(&grant.id).unwrap_or(0);
        assert_eq!(grant.used, counted, "grant {}", grant.id);
        assert!(grant.used <= grant.total, "grant {}", grant.id);
    }
    assert!(used.is_empty(), "{used:?} paid and are not the account's");
    for (month, counted) in postpaid {
        assert_eq!(records.postpaid_calls(account, month)?, counted, "{month}");
    }
    let kept: BTreeMap<_, u64> = records
        .usage(account, Moment::default(), LATEST)?
        .into_iter()
        .map(|row| {
            let hour = row.hour.unix_ms() / 3_600_000;
            ((hour, row.activity, row.charged_to, row.outcome), row.calls)
        })
        .collect();
    assert_eq!(kept, usage);
    for bill in records.bills(account)? {
        let counted = records.postpaid_calls(account, bill.month)?;
        assert_eq!(bill.calls, counted, "the bill of {}", bill.month);
    }
    Ok(())
}
