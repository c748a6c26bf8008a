//! Double-entry bookkeeping: every transfer's entries sum to zero, so the sum of all entries is always
//! zero and a balance is always the sum of its entries.

use crate::as_text::serde_as_text;
use crate::{AccountId, Line, LineKind, Money};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// A place that money moves from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LedgerAccount {
    /// What a customer holds: its balance.
    Customer(AccountId),
    /// What a customer owes for bills drawn, as a negative number.
    Owed(AccountId),
    /// Money that came in from outside, as a negative number.
    Funding,
    /// Income.
    Revenue(Revenue),
}

/// What income came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Revenue {
    /// Licences.
    Licence,
    /// QPS upgrades.
    Qps,
    /// Shared packs.
    Pack,
    /// Postpaid calls.
    Postpaid,
}

impl Revenue {
    /// All of them.
    pub const ALL: [Revenue; 4] = [
        Revenue::Licence,
        Revenue::Qps,
        Revenue::Pack,
        Revenue::Postpaid,
    ];

    /// A stable name.
    pub const fn name(self) -> &'static str {
        match self {
            Revenue::Licence => "licence",
            Revenue::Qps => "qps",
            Revenue::Pack => "pack",
            Revenue::Postpaid => "postpaid",
        }
    }
}

/// A movement of money at one place: in where positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Where.
    pub account: LedgerAccount,
    /// How much.
    pub amount: Money,
}

/// Entries that belong together; they sum to zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    entries: Vec<Entry>,
}

impl Transfer {
    /// Money comes in for a customer.
    pub fn top_up(account: AccountId, amount: Money) -> Transfer {
        Transfer::between(
            LedgerAccount::Funding,
            LedgerAccount::Customer(account),
            amount,
        )
    }

    /// A customer pays the lines of an order from its balance.
    pub fn order(account: AccountId, lines: &[Line]) -> Transfer {
        let paid = lines.iter().map(|line| line.amount.fen()).sum();
        let mut entries = vec![Entry {
            account: LedgerAccount::Customer(account),
            amount: Money::from_fen(paid).negated(),
        }];
        entries.extend(lines.iter().map(|line| Entry {
            account: LedgerAccount::Revenue(match line.kind {
                LineKind::Licence { .. } => Revenue::Licence,
                LineKind::Qps { .. } => Revenue::Qps,
                LineKind::Pack { .. } => Revenue::Pack,
            }),
            amount: line.amount,
        }));
        Transfer { entries }
    }

    /// A month's bill is drawn: the customer owes it.
    pub fn bill_drawn(account: AccountId, amount: Money) -> Transfer {
        let revenue = LedgerAccount::Revenue(Revenue::Postpaid);
        Transfer::between(LedgerAccount::Owed(account), revenue, amount)
    }

    /// A bill is paid from the balance.
    pub fn bill_paid(account: AccountId, amount: Money) -> Transfer {
        let customer = LedgerAccount::Customer(account);
        Transfer::between(customer, LedgerAccount::Owed(account), amount)
    }

    fn between(from: LedgerAccount, to: LedgerAccount, amount: Money) -> Transfer {
        let entry = |account, amount| Entry { account, amount };
        Transfer {
            entries: vec![entry(from, amount.negated()), entry(to, amount)],
        }
    }

    /// The entries.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

impl fmt::Display for LedgerAccount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LedgerAccount::Customer(account) => write!(f, "customer:{account}"),
            LedgerAccount::Owed(account) => write!(f, "owed:{account}"),
            LedgerAccount::Funding => f.write_str("funding"),
            LedgerAccount::Revenue(revenue) => write!(f, "revenue:{}", revenue.name()),
        }
    }
}

impl FromStr for LedgerAccount {
    type Err = String;

    fn from_str(text: &str) -> Result<LedgerAccount, String> {
        let (kind, rest) = text.split_once(':').unwrap_or((text, ""));
        let revenue = || {
            Revenue::ALL
                .into_iter()
                .find(|revenue| revenue.name() == rest)
        };
        let found = match (kind, rest) {
            ("customer", id) => id.parse().ok().map(LedgerAccount::Customer),
            ("owed", id) => id.parse().ok().map(LedgerAccount::Owed),
            ("funding", "") => Some(LedgerAccount::Funding),
            ("revenue", _) => revenue().map(LedgerAccount::Revenue),
            _ => None,
        };
        found.ok_or_else(|| format!("'{text}' is no account of the ledger"))
    }
}

serde_as_text!(LedgerAccount);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ACCOUNT: AccountId = AccountId::new(100_001);

    fn sum(transfer: &Transfer) -> i64 {
        transfer
            .entries()
            .iter()
            .map(|entry| entry.amount.fen())
            .sum()
    }

    #[test]
    fn accounts_read_as_they_are_written() {
        for account in [
            LedgerAccount::Customer(ACCOUNT),
            LedgerAccount::Owed(ACCOUNT),
            LedgerAccount::Funding,
            LedgerAccount::Revenue(Revenue::Qps),
        ] {
            assert_eq!(account.to_string().parse(), Ok(account));
        }
        for text in [
            "",
            "customer:",
            "customer:x",
            "revenue:tips",
            "funding:1",
            "cash",
        ] {
            assert!(text.parse::<LedgerAccount>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_transfer_sums_to_zero(amounts in proptest::collection::vec(0i64..1_000_000_000, 1..6)) {
            let lines: Vec<Line> = amounts.iter().map(|&fen| Line {
                kind: LineKind::Pack { pack: "p".to_owned(), calls: 1, ends: crate::Moment::default() },
                amount: Money::from_fen(fen),
            }).collect();
            prop_assert_eq!(sum(&Transfer::order(ACCOUNT, &lines)), 0);
            let amount = Money::from_fen(amounts[0]);
            for transfer in [
                Transfer::top_up(ACCOUNT, amount),
                Transfer::bill_drawn(ACCOUNT, amount),
                Transfer::bill_paid(ACCOUNT, amount),
            ] {
                prop_assert_eq!(sum(&transfer), 0);
            }
        }
    }
}
