//! What a child told before it died.

use billing::{AccountId, ActivityId, CallId, ChargedTo, OrderId};
use std::collections::BTreeMap;

/// What became of something that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate<T> {
    /// No word of it.
    Unknown,
    /// It was refused.
    Refused,
    /// It was answered.
    Answered(T),
}

/// A call that was begun.
#[derive(Clone, Debug)]
pub(crate) struct Begun {
    pub(crate) account: AccountId,
    pub(crate) activity: ActivityId,
    /// Its row and payer.
    pub(crate) fate: Fate<(u64, ChargedTo)>,
}

/// All that was told, in the child's own lines.
#[derive(Debug, Default)]
pub(crate) struct Script {
    /// Calls by their id, which stands for their token.
    pub(crate) calls: BTreeMap<CallId, Begun>,
    /// Orders by their key.
    pub(crate) orders: BTreeMap<String, Fate<OrderId>>,
    /// Top-ups by their key.
    pub(crate) top_ups: BTreeMap<String, Fate<()>>,
}

impl Script {
    /// Takes a line; tells whether it is the answer to a call. Lines of the test's own frame are passed
    /// over.
    pub(crate) fn read(&mut self, line: &str) -> bool {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["call", id, account, activity] => {
                let begun = Begun {
                    account: account.parse().unwrap(),
                    activity: activity.parse().unwrap(),
                    fate: Fate::Unknown,
                };
                let known = self.calls.entry(id.parse().unwrap()).or_insert(begun);
                // What was refused is tried again; what was answered must be answered the same.
                if known.fate == Fate::Refused {
                    known.fate = Fate::Unknown;
                }
            }
            ["answered", id, seq, payer] => {
                let answer = Fate::Answered((seq.parse().unwrap(), payer.parse().unwrap()));
                let begun = self.calls.get_mut(&id.parse().unwrap()).unwrap();
                match begun.fate {
                    Fate::Answered(_) => assert_eq!(begun.fate, answer, "{id} has two answers"),
                    _ => begun.fate = answer,
                }
                return true;
            }
            ["refused", id] => {
                let begun = self.calls.get_mut(&id.parse().unwrap()).unwrap();
                // A repetition can come too soon; its call stays answered.
                if begun.fate == Fate::Unknown {
                    begun.fate = Fate::Refused;
                }
            }
            ["order", key] => {
                self.orders.entry(key.to_owned()).or_insert(Fate::Unknown);
            }
            ["paid", key, order] => {
                let paid = Fate::Answered(order.parse().unwrap());
                let before = self.orders.insert(key.to_owned(), paid.clone()).unwrap();
                assert!(before == Fate::Unknown || before == paid, "{key}");
            }
            ["not-paid", key] => {
                let before = self.orders.insert(key.to_owned(), Fate::Refused);
                assert_eq!(before, Some(Fate::Unknown), "{key}");
            }
            ["top-up", key] => {
                self.top_ups.entry(key.to_owned()).or_insert(Fate::Unknown);
            }
            ["credited", key] => {
                self.top_ups.insert(key.to_owned(), Fate::Answered(()));
            }
            _ => {}
        }
        false
    }
}
