//! What calls cost the operator, as the operator says.

use crate::{Service, ServiceError};
use billing::{Money, Refusal};
use store::{Records, StoreError};

/// Where it lies among the settings.
const SETTING: &str = "cost-per-million-calls";

/// The most that a million calls may cost.
const MOST: Money = Money::from_fen(10_000_000_000);

impl Service {
    /// What a million calls cost; nothing until it is set.
    pub fn cost_per_million_calls(&self) -> Result<Money, ServiceError> {
        self.ports.store.read(read)
    }

    /// Sets what a million calls cost.
    pub fn set_cost_per_million_calls(&self, cost: Money) -> Result<(), ServiceError> {
        if cost < Money::ZERO {
            return Err(Refusal::NotPositive { amount: cost }.into());
        }
        if cost > MOST {
            let (amount, most) = (cost, MOST);
            return Err(Refusal::TooMuch { amount, most }.into());
        }
        let text = cost.to_string();
        let store = &self.ports.store;
        Ok(store.write(|records| records.keep_setting(SETTING, text.as_bytes()))?)
    }
}

pub(super) fn read(records: &mut Records<'_>) -> Result<Money, ServiceError> {
    let Some(bytes) = records.setting(SETTING)? else {
        return Ok(Money::ZERO);
    };
    let text = String::from_utf8_lossy(&bytes);
    let cost = text.parse::<Money>();
    Ok(cost.map_err(|error| StoreError::Unreadable(format!("{SETTING}: {error}")))?)
}

/// What so many calls cost, rounded half up to the fen.
pub(super) fn cost_of(calls: u64, per_million: Money) -> Money {
    let exact = i128::from(calls) * i128::from(per_million.fen());
    let fen = (exact + 500_000).div_euclid(1_000_000);
    Money::from_fen(i64::try_from(fen).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_are_rounded_once() {
        for (calls, per_million, cost) in [
            (0, "100.00", "0.00"),
            (1_000_000, "12.34", "12.34"),
            (1, "1000000.00", "1.00"),
            (1, "5000.00", "0.01"),
            (1, "4999.99", "0.00"),
            (1_500_000, "0.01", "0.02"),
            (1_499_999, "0.01", "0.01"),
        ] {
            let per_million = per_million.parse().unwrap();
            let text = cost_of(calls, per_million).to_string();
            assert_eq!(text, cost, "{calls} at {per_million}");
        }
    }
}
