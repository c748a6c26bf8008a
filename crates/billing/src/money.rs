//! Exact money: amounts in fen and unit prices in millionths of a yuan.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::str::FromStr;

const FEN_PER_YUAN: i64 = 100;
const MICROS_PER_YUAN: i128 = 1_000_000;
const MICROS_PER_FEN: i128 = 10_000;

/// An amount of money in fen (a hundredth of a yuan); written in yuan with two decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Why a text is no amount of money.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// No decimal number.
    #[error("'{0}' is not an amount; write yuan like 20 or 20.50")]
    NotANumber(String),
    /// More decimals than the unit has.
    #[error("'{text}' has more than {most} decimals; the smallest step is {step} yuan")]
    TooFine {
        /// What was written.
        text: String,
        /// Decimals allowed.
        most: usize,
        /// The smallest amount that can be written.
        step: &'static str,
    },
    /// Beyond what can be counted.
    #[error("'{0}' is too large an amount")]
    TooLarge(String),
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// From fen.
    pub const fn from_fen(fen: i64) -> Money {
        Money(fen)
    }

    /// In fen.
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// The sum, `None` beyond what can be counted.
    pub fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// The difference, `None` beyond what can be counted.
    pub fn minus(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// `count` times as much, `None` beyond what can be counted.
    pub fn times(self, count: u64) -> Option<Money> {
        let count = i64::try_from(count).ok()?;
        self.0.checked_mul(count).map(Money)
    }

    /// The amount with the other sign.
    pub const fn negated(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", fen / 100, fen % 100))
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Reads yuan with at most two decimals, optionally with a minus sign.
    fn from_str(text: &str) -> Result<Money, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let fen = decimal(digits, 2, "0.01").map_err(|error| error.of(text))?;
        let fen = i64::try_from(fen).map_err(|_| MoneyError::TooLarge(text.to_owned()))?;
        Ok(Money(if negative { -fen } else { fen }))
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        amount(deserializer, |yuan| {
            yuan.checked_mul(FEN_PER_YUAN).map(Money)
        })
    }
}

/// The price of one call, in millionths of a yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitPrice(u64);

/// A sum of unit prices before it is rounded, in millionths of a yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ExactAmount(i128);

impl UnitPrice {
    /// From millionths of a yuan.
    pub const fn from_micro_yuan(micro_yuan: u64) -> UnitPrice {
        UnitPrice(micro_yuan)
    }

    /// In millionths of a yuan.
    pub const fn micro_yuan(self) -> u64 {
        self.0
    }

    /// What `calls` cost, not yet rounded.
    pub fn times(self, calls: u64) -> ExactAmount {
        // Two 64-bit numbers multiplied fit into 127 bits but for products past 2^127.
        ExactAmount(i128::from(self.0).saturating_mul(i128::from(calls)))
    }
}

impl ExactAmount {
    /// Rounded half-up to the fen; `None` beyond what can be counted.
    pub fn round_half_up(self) -> Option<Money> {
        let fen = self
            .0
            .saturating_add(MICROS_PER_FEN / 2)
            .div_euclid(MICROS_PER_FEN);
        i64::try_from(fen).ok().map(Money)
    }
}

impl fmt::Display for ExactAmount {
    /// Yuan with at least two decimals and no needless zeros behind them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let micros = self.0.unsigned_abs();
        let per_yuan = MICROS_PER_YUAN.unsigned_abs();
        let text = format!("{}.{:06}", micros / per_yuan, micros % per_yuan);
        let shortest = text.len() - 4;
        let end = text.trim_end_matches('0').len().max(shortest);
        f.pad(&format!("{sign}{}", &text[..end]))
    }
}

impl fmt::Display for UnitPrice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        ExactAmount(i128::from(self.0)).fmt(f)
    }
}

impl FromStr for UnitPrice {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<UnitPrice, MoneyError> {
        let micros = decimal(text, 6, "0.000001").map_err(|error| error.of(text))?;
        u64::try_from(micros)
            .map(UnitPrice)
            .map_err(|_| MoneyError::TooLarge(text.to_owned()))
    }
}

impl Serialize for UnitPrice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for UnitPrice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<UnitPrice, D::Error> {
        amount(deserializer, |yuan| {
            u64::try_from(i128::from(yuan) * MICROS_PER_YUAN)
                .ok()
                .map(UnitPrice)
        })
    }
}

/// What is wrong with a decimal number, before its text is known.
enum DecimalFault {
    NotANumber,
    TooFine { most: usize, step: &'static str },
    TooLarge,
}

impl DecimalFault {
    fn of(self, text: &str) -> MoneyError {
        let text = text.to_owned();
        match self {
            DecimalFault::NotANumber => MoneyError::NotANumber(text),
            DecimalFault::TooFine { most, step } => MoneyError::TooFine { text, most, step },
            DecimalFault::TooLarge => MoneyError::TooLarge(text),
        }
    }
}

/// `text` as an integer number of units, `decimals` of which are behind the point.
fn decimal(text: &str, decimals: usize, step: &'static str) -> Result<i128, DecimalFault> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return Err(DecimalFault::NotANumber);
    }
    let fine = part.trim_end_matches('0');
    if fine.len() > decimals {
        return Err(DecimalFault::TooFine {
            most: decimals,
            step,
        });
    }
    if whole.len() > 18 {
        return Err(DecimalFault::TooLarge);
    }
    let padded = format!("{whole}{fine:0<decimals$}");
    padded.parse().map_err(|_| DecimalFault::TooLarge)
}

/// Reads an amount from text or from a whole number of yuan; floats are refused.
fn amount<'de, D, T>(deserializer: D, from_yuan: fn(i64) -> Option<T>) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err = MoneyError>,
{
    struct Visitor<T>(fn(i64) -> Option<T>);

    impl<T: FromStr<Err = MoneyError>> de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an amount in yuan as text, like \"0.02\", or a whole number")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(E::custom)
        }

        fn visit_i64<E: de::Error>(self, yuan: i64) -> Result<T, E> {
            (self.0)(yuan).ok_or_else(|| E::custom(MoneyError::TooLarge(yuan.to_string())))
        }

        fn visit_u64<E: de::Error>(self, yuan: u64) -> Result<T, E> {
            let too_large = || E::custom(MoneyError::TooLarge(yuan.to_string()));
            self.visit_i64(i64::try_from(yuan).map_err(|_| too_large())?)
        }
    }
    deserializer.deserialize_any(Visitor(from_yuan))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_read_and_written() {
        for (text, fen, written) in [
            ("0", 0, "0.00"),
            ("20", 2000, "20.00"),
            ("20.5", 2050, "20.50"),
            ("0.01", 1, "0.01"),
            ("0.010", 1, "0.01"),
            ("-3.07", -307, "-3.07"),
            ("126000.00", 12_600_000, "126000.00"),
        ] {
            let money: Money = text.parse().unwrap();
            assert_eq!((money.fen(), money.to_string().as_str()), (fen, written));
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        use MoneyError::{NotANumber, TooFine, TooLarge};
        let too_fine = |text: &str| TooFine {
            text: text.to_owned(),
            most: 2,
            step: "0.01",
        };
        for (text, error) in [
            ("", NotANumber(String::new())),
            ("ten", NotANumber("ten".to_owned())),
            ("1e3", NotANumber("1e3".to_owned())),
            ("1.", NotANumber("1.".to_owned())),
            (".5", NotANumber(".5".to_owned())),
            ("+5", NotANumber("+5".to_owned())),
            ("--5", NotANumber("--5".to_owned())),
            ("1,000", NotANumber("1,000".to_owned())),
            ("0.001", too_fine("0.001")),
            (
                "99999999999999999",
                TooLarge("99999999999999999".to_owned()),
            ),
            (
                "9999999999999999999999",
                TooLarge("9999999999999999999999".to_owned()),
            ),
        ] {
            assert_eq!(text.parse::<Money>(), Err(error), "{text}");
        }
    }

    #[test]
    fn unit_prices_multiply_exactly_and_round_half_up_once() {
        for (price, calls, exact, rounded) in [
            ("0.02", 1_000_000, "20000.00", "20000.00"),
            ("0.012", 1_000_001, "12000.012", "12000.01"),
            ("0.005", 5_000_001, "25000.005", "25000.01"),
            ("0.005", 1, "0.005", "0.01"),
            ("0.004", 1, "0.004", "0.00"),
            ("0.000001", 1, "0.000001", "0.00"),
        ] {
            let price: UnitPrice = price.parse().unwrap();
            let amount = price.times(calls);
            assert_eq!(amount.to_string(), exact);
            assert_eq!(amount.round_half_up().unwrap().to_string(), rounded);
        }
        assert_eq!(
            UnitPrice::from_micro_yuan(u64::MAX)
                .times(u64::MAX)
                .round_half_up(),
            None
        );
    }

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(fen in -1_000_000_000_000i64..1_000_000_000_000, micros in 0u64..1_000_000_000) {
            let money = Money::from_fen(fen);
            prop_assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
            let price = UnitPrice::from_micro_yuan(micros);
            prop_assert_eq!(price.to_string().parse::<UnitPrice>().unwrap(), price);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,24}") {
            let _ = text.parse::<Money>();
            let _ = text.parse::<UnitPrice>();
        }
    }
}
