//! What may be bought now, what it costs, and what it brings: a quote is decided in whole before
//! anything is paid.

use crate::licence::{LicencePeriod, licence_period};
use crate::qps::price_upgrade;
use crate::{
    ActivityId, Calendar, Catalogue, Licence, LicenceId, Moment, Money, Refusal, Standing,
    UpgradeRequest,
};
use serde::{Deserialize, Serialize};

/// What somebody wants to buy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "buy", rename_all = "snake_case")]
pub enum Purchase {
    /// A licence for an activity that has none, or its renewal; with QPS upgrades if wanted.
    Licence {
        /// The activity.
        activity: ActivityId,
        /// Whether a running licence is to be extended. Without it a licensed activity is refused.
        renew: bool,
        /// Extra QPS in the same order.
        qps: Vec<UpgradeRequest>,
    },
    /// Extra QPS for a licensed activity.
    Qps {
        /// The activity.
        activity: ActivityId,
        /// How much and when.
        request: UpgradeRequest,
    },
    /// A shared pack.
    Pack {
        /// Its id in the catalogue.
        pack: String,
    },
}

impl Purchase {
    /// The activity it is for; `None` for what the whole account uses.
    pub fn activity(&self) -> Option<ActivityId> {
        match self {
            Purchase::Licence { activity, .. } | Purchase::Qps { activity, .. } => Some(*activity),
            Purchase::Pack { .. } => None,
        }
    }
}

/// One thing that an order brings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is.
    #[serde(flatten)]
    pub kind: LineKind,
    /// What it costs.
    pub amount: Money,
}

/// What a line of an order is; all that is needed to bring it about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum LineKind {
    /// A period of a licence, with its call pack.
    Licence {
        /// The activity.
        activity: ActivityId,
        /// The package's id in the catalogue.
        package: String,
        /// Fixed calls a second.
        qps: u32,
        /// Calls in its pack.
        calls: u64,
        /// From when to when.
        period: LicencePeriod,
    },
    /// Extra QPS.
    Qps {
        /// The activity.
        activity: ActivityId,
        /// How much and when.
        #[serde(flatten)]
        request: UpgradeRequest,
    },
    /// A shared pack.
    Pack {
        /// Its id in the catalogue.
        pack: String,
        /// Calls.
        calls: u64,
        /// The first moment after it.
        ends: Moment,
    },
}

/// What an order would bring and cost now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The edition of the catalogue that priced it.
    pub catalogue: String,
    /// What it brings.
    pub lines: Vec<Line>,
    /// Sum of the lines.
    pub total: Money,
}

/// Decides whether something may be bought now and what it costs.
///
/// `standing` is the activity's, for purchases that have one; `licensed_activities` is whether any
/// activity of the account is licensed.
pub fn quote(
    purchase: &Purchase,
    standing: Option<&Standing<'_>>,
    licensed_activities: bool,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Result<Quote, Refusal> {
    let lines = match (purchase, standing) {
        (Purchase::Licence { renew, qps, .. }, Some(standing)) => {
            licence_lines(standing, *renew, qps, catalogue, calendar, now)?
        }
        (Purchase::Qps { request, .. }, Some(standing)) => {
            vec![qps_line(standing, request, catalogue, calendar, now)?]
        }
        (Purchase::Pack { pack }, _) => {
            if !licensed_activities {
                return Err(Refusal::NoLicensedActivity);
            }
            vec![pack_line(pack, catalogue, calendar, now)?]
        }
        // An activity that is not there has no licence.
        (_, None) => return Err(Refusal::NotLicensed),
    };
    let total = lines
        .iter()
        .try_fold(Money::ZERO, |sum, line| sum.plus(line.amount))
        .ok_or(Refusal::TooMuch {
            amount: Money::from_fen(i64::MAX),
            most: Money::from_fen(i64::MAX),
        })?;
    Ok(Quote {
        catalogue: catalogue.version.clone(),
        lines,
        total,
    })
}

fn licence_lines(
    standing: &Standing<'_>,
    renew: bool,
    upgrades: &[UpgradeRequest],
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Result<Vec<Line>, Refusal> {
    let activity = standing.activity;
    let current_end = standing.licensed_until(now);
    if let Some(until) = current_end.filter(|_| !renew) {
        return Err(Refusal::AlreadyLicensed { until });
    }
    let package =
        catalogue
            .package_for(activity.quota)
            .ok_or_else(|| Refusal::NoPackageForQuota {
                quota: activity.quota,
                offered: catalogue.quotas(),
            })?;
    let period = licence_period(package, calendar, now, current_end);
    let mut lines = vec![Line {
        kind: LineKind::Licence {
            activity: activity.id,
            package: package.id.clone(),
            qps: package.qps,
            calls: package.calls,
            period,
        },
        amount: package.price,
    }];
    // Upgrades of the same order see the licence as bought, and each other.
    let mut licences = standing.licences.to_vec();
    licences.push(Licence {
        id: LicenceId::new(0),
        activity: activity.id,
        package: package.id.clone(),
        qps: package.qps,
        period,
    });
    let mut bought = standing.upgrades.to_vec();
    for request in upgrades {
        let with_licence = Standing {
            activity,
            licences: &licences,
            upgrades: &bought,
        };
        lines.push(qps_line(&with_licence, request, catalogue, calendar, now)?);
        bought.push(crate::Upgrade {
            id: crate::UpgradeId::new(0),
            activity: activity.id,
            first_day: request.first_day,
            last_day: request.last_day,
            extra: request.extra,
        });
    }
    Ok(lines)
}

fn qps_line(
    standing: &Standing<'_>,
    request: &UpgradeRequest,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Result<Line, Refusal> {
    Ok(Line {
        kind: LineKind::Qps {
            activity: standing.activity.id,
            request: *request,
        },
        amount: price_upgrade(standing, request, catalogue, calendar, now)?,
    })
}

fn pack_line(
    id: &str,
    catalogue: &Catalogue,
    calendar: &Calendar,
    now: Moment,
) -> Result<Line, Refusal> {
    let pack = catalogue.pack(id).ok_or_else(|| Refusal::UnknownPack {
        asked: id.to_owned(),
        offered: catalogue.packs.iter().map(|pack| pack.id.clone()).collect(),
    })?;
    let end_day = calendar.day_of(now).plus_days(pack.valid_days.into());
    Ok(Line {
        kind: LineKind::Pack {
            pack: pack.id.clone(),
            calls: pack.calls,
            ends: calendar.start_of(end_day),
        },
        amount: pack.price,
    })
}

impl Quote {
    /// Whether a balance pays for it at the price agreed to, if one was.
    pub fn check_payable(&self, balance: Money, agreed: Option<Money>) -> Result<(), Refusal> {
        if let Some(agreed) = agreed.filter(|&agreed| agreed != self.total) {
            return Err(Refusal::PriceChanged {
                agreed,
                now: self.total,
            });
        }
        if balance < self.total {
            return Err(Refusal::BalanceTooLow {
                needed: self.total,
                balance,
                short: self.total.minus(balance).unwrap_or(self.total),
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::DEFAULT_TEXT;
    use crate::licence::tests::{licence, moment};
    use crate::{AccountId, Activity, AlgorithmVersion};

    const ACTIVITY: ActivityId = ActivityId::new(300_100);

    fn quoted(
        purchase: &Purchase,
        quota: u64,
        licences: &[Licence],
        licensed_activities: bool,
    ) -> Result<Quote, Refusal> {
        let activity = Activity {
            id: ACTIVITY,
            account: AccountId::new(1),
            name: "春节".to_owned(),
            details: String::new(),
            algorithm: AlgorithmVersion::Natural,
            quota,
            created: moment("2027-01-01T00:00:00+08:00"),
        };
        let standing = Standing {
            activity: &activity,
            licences,
            upgrades: &[],
        };
        let catalogue = Catalogue::read(DEFAULT_TEXT).unwrap();
        let now = moment("2027-01-10T15:00:00+08:00");
        let standing = purchase.activity().map(|_| &standing);
        quote(
            purchase,
            standing,
            licensed_activities,
            &catalogue,
            &Calendar::default(),
            now,
        )
    }

    fn buy_licence(extra: &[u32]) -> Purchase {
        let today = "2027-01-10".parse().unwrap();
        Purchase::Licence {
            activity: ACTIVITY,
            renew: false,
            qps: extra
                .iter()
                .map(|&extra| UpgradeRequest {
                    first_day: today,
                    last_day: today,
                    extra,
                })
                .collect(),
        }
    }

    #[test]
    fn a_licence_with_qps_for_a_day() {
        let quote = quoted(&buy_licence(&[950]), 30, &[], false).unwrap();
        let amounts: Vec<_> = quote
            .lines
            .iter()
            .map(|line| line.amount.to_string())
            .collect();
        assert_eq!(amounts, ["20000.00", "19950.00"]);
        assert_eq!(quote.total.to_string(), "39950.00");
        for extra in [&[960][..], &[500, 460]] {
            let refused = quoted(&buy_licence(extra), 30, &[], false).unwrap_err();
            assert!(
                matches!(refused, Refusal::AboveCeiling { would_be: 1010, .. }),
                "{refused}"
            );
        }
    }

    #[test]
    fn the_package_is_the_quotas() {
        for (quota, package, price) in [
            (10, "package-1", "5000.00"),
            (30, "package-2", "20000.00"),
            (1000, "package-3", "80000.00"),
        ] {
            let quote = quoted(&buy_licence(&[]), quota, &[], false).unwrap();
            let LineKind::Licence { package: found, .. } = &quote.lines[0].kind else {
                panic!("{quote:?}");
            };
            assert_eq!(
                (found.as_str(), quote.total.to_string().as_str()),
                (package, price)
            );
        }
        let refused = quoted(&buy_licence(&[]), 20, &[], false).unwrap_err();
        assert!(matches!(
            refused,
            Refusal::NoPackageForQuota { quota: 20, .. }
        ));
    }

    #[test]
    fn a_running_licence_is_renewed_not_bought_again() {
        let running = [licence("2027-01-01", "2028-01-01", 10)];
        let refused = quoted(&buy_licence(&[]), 10, &running, true).unwrap_err();
        assert!(matches!(refused, Refusal::AlreadyLicensed { .. }));
        let renewal = Purchase::Licence {
            activity: ACTIVITY,
            renew: true,
            qps: Vec::new(),
        };
        let quote = quoted(&renewal, 10, &running, true).unwrap();
        let LineKind::Licence { period, .. } = &quote.lines[0].kind else {
            panic!("{quote:?}");
        };
        assert_eq!(period.starts, moment("2028-01-01T00:00:00+08:00"));
        // After its end a renewal is a purchase.
        let ended = [licence("2026-01-01", "2027-01-01", 10)];
        assert!(quoted(&buy_licence(&[]), 10, &ended, false).is_ok());
    }

    #[test]
    fn packs_need_a_licensed_activity() {
        let pack = |id: &str| Purchase::Pack {
            pack: id.to_owned(),
        };
        let refused = quoted(&pack("pack-1m"), 10, &[], false);
        assert_eq!(refused, Err(Refusal::NoLicensedActivity));
        let refused = quoted(&pack("pack-2m"), 10, &[], true).unwrap_err();
        assert!(matches!(refused, Refusal::UnknownPack { .. }));
        let quote = quoted(&pack("pack-30m"), 10, &[], true).unwrap();
        assert_eq!(quote.total.to_string(), "126000.00");
        let LineKind::Pack { ends, .. } = &quote.lines[0].kind else {
            panic!("{quote:?}");
        };
        assert_eq!(*ends, moment("2028-01-10T00:00:00+08:00"));
    }

    #[test]
    fn an_order_is_paid_at_the_agreed_price_or_not_at_all() {
        let quote = quoted(&buy_licence(&[]), 10, &[], false).unwrap();
        let yuan = |text: &str| text.parse::<Money>().unwrap();
        assert_eq!(
            quote.check_payable(yuan("5000"), Some(yuan("5000"))),
            Ok(())
        );
        let low = Refusal::BalanceTooLow {
            needed: yuan("5000"),
            balance: yuan("4999.99"),
            short: yuan("0.01"),
        };
        assert_eq!(quote.check_payable(yuan("4999.99"), None), Err(low));
        let refused = quote.check_payable(yuan("9000"), Some(yuan("4000")));
        assert!(matches!(refused, Err(Refusal::PriceChanged { .. })));
    }

    #[test]
    fn a_quote_survives_being_written_down() {
        let quote = quoted(&buy_licence(&[10]), 30, &[], false).unwrap();
        let text = serde_json::to_string(&quote).unwrap();
        assert_eq!(serde_json::from_str::<Quote>(&text).unwrap(), quote);
    }
}
