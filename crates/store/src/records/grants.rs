use super::{Records, integer, optional_integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{AccountId, ActivityId, Grant, GrantId, GrantKind, Moment, OrderId};

const fn kind_code(kind: GrantKind) -> i64 {
    match kind {
        GrantKind::Free => 0,
        GrantKind::Licence => 1,
        GrantKind::Pack => 2,
    }
}

fn kind_from(code: i64) -> Option<GrantKind> {
    [GrantKind::Free, GrantKind::Licence, GrantKind::Pack]
        .into_iter()
        .find(|&kind| kind_code(kind) == code)
}

fn grant(row: &dyn Row) -> Result<Grant, StoreError> {
    Ok(Grant {
        id: GrantId::new(read::count(row, 0)?),
        kind: read::coded(row, 1, kind_from)?,
        activity: read::optional_count(row, 2)?.map(ActivityId::new),
        total: read::count(row, 3)?,
        used: read::count(row, 4)?,
        bought: read::moment(row, 5)?,
        ends: read::optional_moment(row, 6)?,
    })
}

impl Records<'_> {
    /// The id of the next grant.
    pub fn next_grant(&mut self) -> Result<GrantId, StoreError> {
        self.next("call_grant", 1).map(GrantId::new)
    }

    /// Adds a grant; `order` is what it was bought with.
    pub fn add_grant(
        &mut self,
        account: AccountId,
        order: Option<OrderId>,
        grant: &Grant,
    ) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO call_grant (id, account, kind, activity, purchase, total, used, bought, ends)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                integer(grant.id.number()),
                integer(account.number()),
                Value::Integer(kind_code(grant.kind)),
                optional_integer(grant.activity.map(ActivityId::number)),
                optional_integer(order.map(OrderId::number)),
                integer(grant.total),
                integer(grant.used),
                time(grant.bought),
                grant.ends.map_or(Value::Null, time),
            ],
        )?;
        Ok(())
    }

    /// Sets how many calls of a grant are used.
    pub(super) fn set_grant_used(&mut self, id: GrantId, used: u64) -> Result<(), StoreError> {
        let sql = "UPDATE call_grant SET used = $1 WHERE id = $2";
        self.execute(sql, &[integer(used), integer(id.number())])?;
        Ok(())
    }

    /// All grants of an account, ended and used ones included, by id.
    pub fn grants(&mut self, account: AccountId) -> Result<Vec<Grant>, StoreError> {
        self.rows(
            "SELECT id, kind, activity, total, used, bought, ends FROM call_grant
             WHERE account = $1 ORDER BY id",
            &[integer(account.number())],
            grant,
        )
    }

    /// The grants of one activity that may still pay at a moment.
    pub fn activity_grants(
        &mut self,
        account: AccountId,
        activity: ActivityId,
        at: Moment,
    ) -> Result<Vec<Grant>, StoreError> {
        self.rows(
            "SELECT id, kind, activity, total, used, bought, ends FROM call_grant
             WHERE account = $1 AND activity = $2 AND used < total AND (ends IS NULL OR ends > $3)",
            &[
                integer(account.number()),
                integer(activity.number()),
                time(at),
            ],
            grant,
        )
    }

    /// The shared packs of an account that may still pay at a moment.
    pub fn shared_grants(
        &mut self,
        account: AccountId,
        at: Moment,
    ) -> Result<Vec<Grant>, StoreError> {
        self.rows(
            "SELECT id, kind, activity, total, used, bought, ends FROM call_grant
             WHERE account = $1 AND activity IS NULL AND used < total AND (ends IS NULL OR ends > $2)",
            &[integer(account.number()), time(at)],
            grant,
        )
    }

    /// The free calls of an activity.
    pub fn free_grant(
        &mut self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Option<Grant>, StoreError> {
        self.row(
            "SELECT id, kind, activity, total, used, bought, ends FROM call_grant
             WHERE account = $1 AND activity = $2 AND kind = 0",
            &[integer(account.number()), integer(activity.number())],
            grant,
        )
    }
}
