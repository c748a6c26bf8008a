use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, Activity, ActivityId, Moment};

fn activity(row: &dyn Row) -> Result<Activity, StoreError> {
    Ok(Activity {
        id: read::activity(row, 0)?,
        account: read::account(row, 1)?,
        name: read::text(row, 2)?,
        details: read::text(row, 3)?,
        algorithm: read::parsed(row, 4)?,
        quota: read::count(row, 5)?,
        created: read::moment(row, 6)?,
    })
}

impl Records<'_> {
    /// The id of the next activity.
    pub fn next_activity(&mut self) -> Result<ActivityId, StoreError> {
        self.next("activity", 300_100).map(ActivityId::new)
    }

    /// Adds an activity.
    pub fn add_activity(&mut self, activity: &Activity) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO activity (id, account, name, details, algorithm, quota, created)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                integer(activity.id.number()),
                integer(activity.account.number()),
                Value::Text(&activity.name),
                Value::Text(&activity.details),
                Value::Text(activity.algorithm.name()),
                integer(activity.quota),
                time(activity.created),
            ],
        )?;
        Ok(())
    }

    /// Writes an activity's changed fields.
    pub fn update_activity(&mut self, activity: &Activity) -> Result<(), StoreError> {
        self.execute(
            "UPDATE activity SET name = $1, details = $2, algorithm = $3, quota = $4 WHERE id = $5",
            &[
                Value::Text(&activity.name),
                Value::Text(&activity.details),
                Value::Text(activity.algorithm.name()),
                integer(activity.quota),
                integer(activity.id.number()),
            ],
        )?;
        Ok(())
    }

    /// Marks an activity as deleted; its calls stay in the log.
    pub fn delete_activity(&mut self, id: ActivityId, at: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE activity SET deleted = $1 WHERE id = $2";
        self.execute(sql, &[time(at), integer(id.number())])?;
        Ok(())
    }

    /// An activity by its id, unless deleted.
    pub fn activity(&mut self, id: ActivityId) -> Result<Option<Activity>, StoreError> {
        self.row(
            "SELECT id, account, name, details, algorithm, quota, created FROM activity
             WHERE id = $1 AND deleted IS NULL",
            &[integer(id.number())],
            activity,
        )
    }

    /// An account's activities, by id, without deleted ones.
    pub fn activities(&mut self, account: AccountId) -> Result<Vec<Activity>, StoreError> {
        self.rows(
            "SELECT id, account, name, details, algorithm, quota, created FROM activity
             WHERE account = $1 AND deleted IS NULL ORDER BY id",
            &[integer(account.number())],
            activity,
        )
    }

    /// Ids and names of all activities that an account ever had, by id.
    pub fn activities_ever(
        &mut self,
        account: AccountId,
    ) -> Result<Vec<(ActivityId, String)>, StoreError> {
        self.rows(
            "SELECT id, name FROM activity WHERE account = $1 ORDER BY id",
            &[integer(account.number())],
            |row| Ok((read::activity(row, 0)?, read::text(row, 1)?)),
        )
    }

    /// How many activities an account ever created: what free calls are limited by.
    pub fn activities_created(&mut self, account: AccountId) -> Result<u64, StoreError> {
        let sql = "SELECT COUNT(*) FROM activity WHERE account = $1";
        let count = self.row(sql, &[integer(account.number())], |row| read::count(row, 0))?;
        Ok(count.unwrap_or(0))
    }
}
