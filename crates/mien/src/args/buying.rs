//! `mien buy` and `mien plan`.

use super::{BooksArgs, Owner};
use billing::plan::Need;
use billing::{ActivityId, Day, Money, UpgradeRequest};
use clap::{Args as ClapArgs, Subcommand};
use std::path::PathBuf;

const BUY_EXAMPLES: &str = "\
Examples:
  mien buy licence --account 100001 --activity 300100
  mien buy licence --account 100001 --activity 300100 --qps 2027-01-10..2027-01-12:20 --pay
  mien buy licence --account 100001 --activity 300100 --renew --pay --agreed 5000
  mien buy qps --account 100001 --activity 300100 --days 2027-01-10..2027-01-12 --extra 20 --pay
  mien buy pack pack-1m --account 100001 --pay --key order-17

Without --pay the order is only priced. With the same --key it is paid once, however often the command
is repeated. Nothing bought is taken back.";

/// Price an order, and pay it from the balance.
#[derive(Debug, ClapArgs)]
#[command(after_help = BUY_EXAMPLES)]
pub(crate) struct BuyArgs {
    #[command(subcommand)]
    pub(crate) action: BuyAction,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum BuyAction {
    /// The yearly right to run an activity: call pack, fixed QPS, update window.
    Licence {
        #[command(flatten)]
        owner: Owner,
        /// The activity; its quota of materials decides the package.
        #[arg(long, value_name = "ID")]
        activity: ActivityId,
        /// Prolongs a licence that runs.
        #[arg(long)]
        renew: bool,
        /// Extra QPS in the same order: first day, last day, how many. May be repeated.
        #[arg(long, value_name = "DAY..DAY:N", value_parser = parse_upgrade)]
        qps: Vec<UpgradeRequest>,
        #[command(flatten)]
        payment: Payment,
    },
    /// Extra QPS for days of a licensed activity.
    Qps {
        #[command(flatten)]
        owner: Owner,
        /// The activity.
        #[arg(long, value_name = "ID")]
        activity: ActivityId,
        /// First and last day, or one day.
        #[arg(long, value_name = "DAY..DAY", value_parser = parse_days)]
        days: (Day, Day),
        /// How many QPS on top, in steps of 10.
        #[arg(long, value_name = "N")]
        extra: u32,
        #[command(flatten)]
        payment: Payment,
    },
    /// A pack of calls shared by the account's licensed activities.
    Pack {
        /// The pack, as `mien catalogue show` names it.
        #[arg(value_name = "PACK")]
        id: String,
        #[command(flatten)]
        owner: Owner,
        #[command(flatten)]
        payment: Payment,
    },
}

/// Whether and how an order is paid.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Payment")]
pub(crate) struct Payment {
    /// Pays the order from the balance; without it the order is only priced.
    #[arg(long)]
    pub(crate) pay: bool,

    /// Pays only at this price, in yuan.
    #[arg(long, value_name = "YUAN", requires = "pay")]
    pub(crate) agreed: Option<Money>,

    /// What tells this order from others [default: drawn at random].
    #[arg(long, value_name = "TEXT", requires = "pay")]
    pub(crate) key: Option<String>,
}

const PLAN_EXAMPLES: &str = "\
Examples:
  mien plan --calls-per-month 200000 --peak-qps 60 --materials 20
  mien plan --calls-per-month 2000000 --peak-qps 300 --peak-days 3 --materials 8 --months 6
  mien plan --calls-per-month 200000 --peak-qps 60 --materials 20 --catalogue next.toml

For one activity of an account that has no other. The prices are those in force in the data folder, or
those mien comes with where there is none.";

/// What to buy for a need: the cheapest licence, QPS days and packs, and why.
#[derive(Debug, ClapArgs)]
#[command(after_help = PLAN_EXAMPLES)]
pub(crate) struct PlanArgs {
    /// Calls in each month.
    #[arg(long, value_name = "N")]
    pub(crate) calls_per_month: u64,

    /// Calls in the busiest second.
    #[arg(long, value_name = "N")]
    pub(crate) peak_qps: u32,

    /// Materials.
    #[arg(long, value_name = "N")]
    pub(crate) materials: u64,

    /// Months to plan for.
    #[arg(long, value_name = "1..12", default_value_t = Need::MOST_MONTHS)]
    pub(crate) months: u32,

    /// Days of a month on which the peak comes.
    #[arg(long, value_name = "0..31", default_value_t = Need::DAYS)]
    pub(crate) peak_days: u32,

    /// Takes the prices from this file.
    #[arg(long, value_name = "FILE")]
    pub(crate) catalogue: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) books: BooksArgs,
}

fn parse_days(text: &str) -> Result<(Day, Day), String> {
    let (first, last) = text.split_once("..").unwrap_or((text, text));
    let day = |text: &str| text.parse::<Day>().map_err(|error| error.to_string());
    Ok((day(first)?, day(last)?))
}

fn parse_upgrade(text: &str) -> Result<UpgradeRequest, String> {
    let wanted = || "expected DAY..DAY:N, as in 2027-01-10..2027-01-12:20".to_owned();
    let (days, extra) = text.rsplit_once(':').ok_or_else(wanted)?;
    let (first_day, last_day) = parse_days(days)?;
    Ok(UpgradeRequest {
        first_day,
        last_day,
        extra: extra.parse().map_err(|_| wanted())?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn upgrades_are_read_or_refused() {
        let request = parse_upgrade("2027-01-10..2027-01-12:20").unwrap();
        let read = (request.first_day, request.last_day, request.extra);
        let day = |text: &str| text.parse::<Day>().unwrap();
        assert_eq!(read, (day("2027-01-10"), day("2027-01-12"), 20));
        let one_day = parse_upgrade("2027-01-10:950").unwrap();
        assert_eq!(one_day.first_day, one_day.last_day);
        for bad in [
            "",
            "20",
            "2027-01-10",
            "2027-01-10:",
            "2027-01-10:-10",
            "2027-01-10:1.5",
            "2027-02-30:10",
            "2027-1-10:10",
            "2027-01-10..:10",
            "2027-01-10..2027-01-12..2027-01-14:10",
        ] {
            assert!(parse_upgrade(bad).is_err(), "{bad}");
        }
    }
}
