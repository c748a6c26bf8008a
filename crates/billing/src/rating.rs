use crate::catalogue::{Catalogue, Tier};
use crate::{ExactAmount, Money};
use serde::Serialize;

/// The price of a month's postpaid calls.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rated {
    /// Postpaid calls of the account in the month.
    pub calls: u64,
    /// The tier they reach, which prices all of them.
    pub tier: Tier,
    /// Before rounding.
    #[serde(serialize_with = "as_text")]
    pub exact: ExactAmount,
    /// Rounded half-up to the fen.
    pub amount: Money,
}

/// Prices a month's postpaid calls; `None` where there is nothing to bill.
pub fn rate(catalogue: &Catalogue, calls: u64) -> Option<Rated> {
    let tier = *catalogue.tier_of(calls)?;
    let exact = tier.unit_price.times(calls);
    let amount = exact.round_half_up()?;
    Some(Rated {
        calls,
        tier,
        exact,
        amount,
    })
}

fn as_text<S: serde::Serializer>(amount: &ExactAmount, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(amount)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;

    #[test]
    fn the_tier_reached_prices_every_call() {
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        for (calls, exact, amount) in [
            (1, "0.02", "0.02"),
            (1_000_000, "20000.00", "20000.00"),
            (1_000_001, "12000.012", "12000.01"),
            (5_000_000, "60000.00", "60000.00"),
            (5_000_001, "25000.005", "25000.01"),
        ] {
            let rated = rate(&catalogue, calls).unwrap();
            assert_eq!(rated.exact.to_string(), exact, "{calls}");
            assert_eq!(rated.amount.to_string(), amount, "{calls}");
        }
        assert_eq!(rate(&catalogue, 0), None);
    }
}
