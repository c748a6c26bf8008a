use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{ActivityId, Degree, MaterialId, MaterialStatus, Moment};

/// A material as it is kept; its bytes lie in the object store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// Its id.
    pub id: MaterialId,
    /// Its name, in the customer's words.
    pub name: String,
    /// Key of its bytes in the object store.
    pub object: String,
    /// Where it is in its review.
    pub status: MaterialStatus,
    /// What the machine's review found, as JSON.
    pub review: String,
    /// The reason of a refusal or a decision, in plain words; empty without one.
    pub reason: String,
    /// Its own feature degree.
    pub feature_degree: Degree,
    /// Its own shape degree.
    pub shape_degree: Degree,
    /// When it was uploaded.
    pub created: Moment,
    /// When it last changed.
    pub updated: Moment,
}

/// Materials of all accounts that an operator looks through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewQueue {
    /// Those that wait for a decision; whose wait began first comes first.
    Appealed,
    /// Those that were refused, by the machine or by a person; the last that changed comes first.
    Refused,
    /// All; the last that changed comes first.
    All,
}

fn material(row: &dyn Row) -> Result<Material, StoreError> {
    Ok(Material {
        id: MaterialId {
            serial: read::count(row, 0)?,
            activity: read::activity(row, 1)?,
            number: read::count(row, 2)?,
        },
        name: read::text(row, 3)?,
        object: read::text(row, 4)?,
        status: read::coded(row, 5, MaterialStatus::from_code)?,
        review: read::text(row, 6)?,
        reason: read::text(row, 7)?,
        feature_degree: degree(row, 8)?,
        shape_degree: degree(row, 9)?,
        created: read::moment(row, 10)?,
        updated: read::moment(row, 11)?,
    })
}

fn degree(row: &dyn Row, column: usize) -> Result<Degree, StoreError> {
    let number = read::count(row, column)?;
    Degree::new(number).map_err(|refused| StoreError::Unreadable(refused.to_string()))
}

impl Records<'_> {
    /// The id of an activity's next material, to be added in the same transaction.
    pub fn next_material(&mut self, activity: ActivityId) -> Result<MaterialId, StoreError> {
        let serial = self.next("material", 154_001)?;
        let last = self.row(
            "SELECT MAX(number) FROM material WHERE activity = $1",
            &[integer(activity.number())],
            |row| read::optional_count(row, 0),
        )?;
        let number = last.flatten().unwrap_or(0) + 1;
        Ok(MaterialId {
            activity,
            serial,
            number,
        })
    }

    /// Adds a material.
    pub fn add_material(&mut self, material: &Material) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO material (serial, activity, number, name, object, status, review, reason,
                feature_degree, shape_degree, created, updated)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            &[
                integer(material.id.serial),
                integer(material.id.activity.number()),
                integer(material.id.number),
                Value::Text(&material.name),
                Value::Text(&material.object),
                integer(material.status.code().into()),
                Value::Text(&material.review),
                Value::Text(&material.reason),
                integer(material.feature_degree.get().into()),
                integer(material.shape_degree.get().into()),
                time(material.created),
                time(material.updated),
            ],
        )?;
        Ok(())
    }

    /// Writes a material's changed fields.
    pub fn update_material(&mut self, material: &Material) -> Result<(), StoreError> {
        self.execute(
            "UPDATE material SET name = $1, object = $2, status = $3, review = $4, reason = $5,
                feature_degree = $6, shape_degree = $7, updated = $8
             WHERE serial = $9",
            &[
                Value::Text(&material.name),
                Value::Text(&material.object),
                integer(material.status.code().into()),
                Value::Text(&material.review),
                Value::Text(&material.reason),
                integer(material.feature_degree.get().into()),
                integer(material.shape_degree.get().into()),
                time(material.updated),
                integer(material.id.serial),
            ],
        )?;
        Ok(())
    }

    /// Marks a material as deleted.
    pub fn delete_material(&mut self, id: MaterialId, at: Moment) -> Result<(), StoreError> {
        let sql = "UPDATE material SET deleted = $1 WHERE serial = $2";
        self.execute(sql, &[time(at), integer(id.serial)])?;
        Ok(())
    }

    /// A material by its id, unless deleted.
    pub fn material(&mut self, id: MaterialId) -> Result<Option<Material>, StoreError> {
        self.row(
            "SELECT serial, activity, number, name, object, status, review, reason,
                feature_degree, shape_degree, created, updated
             FROM material WHERE serial = $1 AND activity = $2 AND number = $3 AND deleted IS NULL",
            &[
                integer(id.serial),
                integer(id.activity.number()),
                integer(id.number),
            ],
            material,
        )
    }

    /// An activity's materials, by number, without deleted ones.
    pub fn materials(&mut self, activity: ActivityId) -> Result<Vec<Material>, StoreError> {
        self.rows(
            "SELECT serial, activity, number, name, object, status, review, reason,
                feature_degree, shape_degree, created, updated
             FROM material WHERE activity = $1 AND deleted IS NULL ORDER BY number",
            &[integer(activity.number())],
            material,
        )
    }

    /// Materials of all accounts that wait for an operator's decision, the oldest first.
    pub fn appeals(&mut self) -> Result<Vec<Material>, StoreError> {
        self.rows(
            "SELECT serial, activity, number, name, object, status, review, reason,
                feature_degree, shape_degree, created, updated
             FROM material WHERE status = 3 AND deleted IS NULL ORDER BY updated, serial",
            &[],
            material,
        )
    }

    /// Materials of all accounts, in the order of a queue: those behind `after` (when a material changed, and
    /// its serial number), where it is given, and `most` of them at most.
    pub fn review_queue(
        &mut self,
        queue: ReviewQueue,
        after: Option<(Moment, u64)>,
        most: u64,
    ) -> Result<Vec<Material>, StoreError> {
        let (sql, start) = match queue {
            ReviewQueue::Appealed => (
                "SELECT serial, activity, number, name, object, status, review, reason,
                    feature_degree, shape_degree, created, updated
                 FROM material WHERE status = 3 AND deleted IS NULL
                    AND (updated > $1 OR (updated = $1 AND serial > $2))
                 ORDER BY updated, serial LIMIT $3",
                i64::MIN,
            ),
            ReviewQueue::Refused => (
                "SELECT serial, activity, number, name, object, status, review, reason,
                    feature_degree, shape_degree, created, updated
                 FROM material WHERE status IN (2, 12, 22) AND deleted IS NULL
                    AND (updated < $1 OR (updated = $1 AND serial < $2))
                 ORDER BY updated DESC, serial DESC LIMIT $3",
                i64::MAX,
            ),
            ReviewQueue::All => (
                "SELECT serial, activity, number, name, object, status, review, reason,
                    feature_degree, shape_degree, created, updated
                 FROM material WHERE deleted IS NULL
                    AND (updated < $1 OR (updated = $1 AND serial < $2))
                 ORDER BY updated DESC, serial DESC LIMIT $3",
                i64::MAX,
            ),
        };
        let (updated, serial) = after.unwrap_or((Moment::from_unix_ms(start), 0));
        self.rows(
            sql,
            &[time(updated), integer(serial), integer(most)],
            material,
        )
    }
}
