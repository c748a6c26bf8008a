use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{
    AccountId, ActivityId, Day, Licence, LicenceId, LicencePeriod, Moment, OrderId, Upgrade,
    UpgradeId,
};

fn licence(row: &dyn Row) -> Result<Licence, StoreError> {
    Ok(Licence {
        id: LicenceId::new(read::count(row, 0)?),
        activity: read::activity(row, 1)?,
        package: read::text(row, 2)?,
        qps: read::small(row, 3)?,
        period: LicencePeriod {
            bought: read::moment(row, 4)?,
            starts: read::moment(row, 5)?,
            ends: read::moment(row, 6)?,
            window_ends: read::moment(row, 7)?,
        },
    })
}

fn upgrade(row: &dyn Row) -> Result<Upgrade, StoreError> {
    Ok(Upgrade {
        id: UpgradeId::new(read::count(row, 0)?),
        activity: read::activity(row, 1)?,
        first_day: read::parsed(row, 2)?,
        last_day: read::parsed(row, 3)?,
        extra: read::small(row, 4)?,
    })
}

impl Records<'_> {
    /// Adds a licence period that an order brought.
    pub fn add_licence(
        &mut self,
        activity: ActivityId,
        order: OrderId,
        package: &str,
        qps: u32,
        period: &LicencePeriod,
    ) -> Result<(), StoreError> {
        let id = self.next("licence", 1)?;
        self.execute(
            "INSERT INTO licence (id, activity, purchase, package, qps, bought, starts, ends, window_ends)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                integer(id),
                integer(activity.number()),
                integer(order.number()),
                Value::Text(package),
                integer(qps.into()),
                time(period.bought),
                time(period.starts),
                time(period.ends),
                time(period.window_ends),
            ],
        )?;
        Ok(())
    }

    /// All licence periods of an activity, in the order of time.
    pub fn licences(&mut self, activity: ActivityId) -> Result<Vec<Licence>, StoreError> {
        self.rows(
            "SELECT id, activity, package, qps, bought, starts, ends, window_ends FROM licence
             WHERE activity = $1 ORDER BY starts, id",
            &[integer(activity.number())],
            licence,
        )
    }

    /// Whether a licence of the activity covers a moment, in the sense of [`Licence::covers`].
    pub fn is_licensed(&mut self, activity: ActivityId, at: Moment) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT 1 FROM licence WHERE activity = $1 AND (starts <= $2 OR starts = bought) AND ends > $2",
            &[integer(activity.number()), time(at)],
            |row| read::integer(row, 0),
        )?;
        Ok(found.is_some())
    }

    /// Whether an activity is an account's own and licensed at a moment.
    pub(super) fn is_licensed_of(
        &mut self,
        account: AccountId,
        activity: ActivityId,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT 1 FROM licence JOIN activity ON activity.id = licence.activity
             WHERE licence.activity = $1 AND activity.account = $2
                AND (licence.starts <= $3 OR licence.starts = licence.bought) AND licence.ends > $3 LIMIT 1",
            &[
                integer(activity.number()),
                integer(account.number()),
                time(at),
            ],
            |row| read::integer(row, 0),
        )?;
        Ok(found.is_some())
    }

    /// Whether any activity of an account is licensed at a moment.
    pub fn has_licensed_activity(
        &mut self,
        account: AccountId,
        at: Moment,
    ) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT 1 FROM licence JOIN activity ON activity.id = licence.activity
             WHERE activity.account = $1 AND activity.deleted IS NULL
                AND (licence.starts <= $2 OR licence.starts = licence.bought) AND licence.ends > $2 LIMIT 1",
            &[integer(account.number()), time(at)],
            |row| read::integer(row, 0),
        )?;
        Ok(found.is_some())
    }

    /// Adds extra QPS that an order brought.
    pub fn add_upgrade(
        &mut self,
        activity: ActivityId,
        order: OrderId,
        first_day: Day,
        last_day: Day,
        extra: u32,
    ) -> Result<(), StoreError> {
        let id = self.next("qps_upgrade", 1)?;
        let (first_day, last_day) = (first_day.to_string(), last_day.to_string());
        self.execute(
            "INSERT INTO qps_upgrade (id, activity, purchase, first_day, last_day, extra)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                integer(id),
                integer(activity.number()),
                integer(order.number()),
                Value::Text(&first_day),
                Value::Text(&last_day),
                integer(extra.into()),
            ],
        )?;
        Ok(())
    }

    /// An activity's QPS upgrades whose last day is `from` or later, by first day.
    pub fn upgrades(
        &mut self,
        activity: ActivityId,
        from: Day,
    ) -> Result<Vec<Upgrade>, StoreError> {
        let from = from.to_string();
        self.rows(
            "SELECT id, activity, first_day, last_day, extra FROM qps_upgrade
             WHERE activity = $1 AND last_day >= $2 ORDER BY first_day, id",
            &[integer(activity.number()), Value::Text(&from)],
            upgrade,
        )
    }
}
