use super::{Records, integer, read, time};
use crate::StoreError;
use crate::sql::{Row, Value};
use billing::{ActivityId, Moment};

/// The page that an activity has for visitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Whose page.
    pub activity: ActivityId,
    /// Its name in addresses; no two pages have the same.
    pub slug: String,
    /// Whether visitors see it.
    pub published: bool,
    /// What it says and looks like, as JSON.
    pub body: String,
    /// Key of its cover in the object store; empty without one.
    pub cover: String,
    /// When it last changed.
    pub updated: Moment,
}

/// That a visitor agreed to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The receipt.
    pub id: String,
    /// On whose page.
    pub activity: ActivityId,
    /// When.
    pub at: Moment,
    /// SHA-256 of the text.
    pub text_digest: [u8; 32],
    /// Who, as a keyed hash that tells visitors apart and nothing else.
    pub visitor: [u8; 32],
}

fn campaign(row: &dyn Row) -> Result<Campaign, StoreError> {
    Ok(Campaign {
        activity: read::activity(row, 0)?,
        slug: read::text(row, 1)?,
        published: read::integer(row, 2)? != 0,
        body: read::text(row, 3)?,
        cover: read::text(row, 4)?,
        updated: read::moment(row, 5)?,
    })
}

fn consent(row: &dyn Row) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: read::text(row, 0)?,
        activity: read::activity(row, 1)?,
        at: read::moment(row, 2)?,
        text_digest: read::array(row, 3)?,
        visitor: read::array(row, 4)?,
    })
}

impl Records<'_> {
    /// Keeps an activity's page, in place of the one it had.
    pub fn set_campaign(&mut self, campaign: &Campaign) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO campaign (activity, slug, published, body, cover, updated)
             VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (activity) DO UPDATE SET slug = excluded.slug,
                published = excluded.published, body = excluded.body, cover = excluded.cover,
                updated = excluded.updated",
            &[
                integer(campaign.activity.number()),
                Value::Text(&campaign.slug),
                Value::Integer(i64::from(campaign.published)),
                Value::Text(&campaign.body),
                Value::Text(&campaign.cover),
                time(campaign.updated),
            ],
        )?;
        Ok(())
    }

    /// Forgets an activity's page; what visitors agreed to stays.
    pub fn remove_campaign(&mut self, activity: ActivityId) -> Result<(), StoreError> {
        let sql = "DELETE FROM campaign WHERE activity = $1";
        self.execute(sql, &[integer(activity.number())])?;
        Ok(())
    }

    /// An activity's page.
    pub fn campaign(&mut self, activity: ActivityId) -> Result<Option<Campaign>, StoreError> {
        self.row(
            "SELECT activity, slug, published, body, cover, updated FROM campaign WHERE activity = $1",
            &[integer(activity.number())],
            campaign,
        )
    }

    /// The page with a name.
    pub fn campaign_by_slug(&mut self, slug: &str) -> Result<Option<Campaign>, StoreError> {
        self.row(
            "SELECT activity, slug, published, body, cover, updated FROM campaign WHERE slug = $1",
            &[Value::Text(slug)],
            campaign,
        )
    }

    /// Keeps that a visitor agreed.
    pub fn add_consent(&mut self, consent: &Consent) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO consent (id, activity, at, text_digest, visitor) VALUES ($1, $2, $3, $4, $5)",
            &[
                Value::Text(&consent.id),
                integer(consent.activity.number()),
                time(consent.at),
                Value::Bytes(&consent.text_digest),
                Value::Bytes(&consent.visitor),
            ],
        )?;
        Ok(())
    }

    /// A consent by its receipt.
    pub fn consent(&mut self, id: &str) -> Result<Option<Consent>, StoreError> {
        self.row(
            "SELECT id, activity, at, text_digest, visitor FROM consent WHERE id = $1",
            &[Value::Text(id)],
            consent,
        )
    }

    /// What visitors of an activity's page agreed to, the newest first: those behind `after`, where one is
    /// given, and `most` of them at most.
    pub fn consents(
        &mut self,
        activity: ActivityId,
        after: Option<&Consent>,
        most: u64,
    ) -> Result<Vec<Consent>, StoreError> {
        let (at, id) = after.map_or((Moment::from_unix_ms(i64::MAX), ""), |after| {
            (after.at, after.id.as_str())
        });
        self.rows(
            "SELECT id, activity, at, text_digest, visitor FROM consent
             WHERE activity = $1 AND (at < $2 OR (at = $2 AND id > $3))
             ORDER BY at DESC, id LIMIT $4",
            &[
                integer(activity.number()),
                time(at),
                Value::Text(id),
                integer(most),
            ],
            consent,
        )
    }

    /// How many visitors of an activity's page agreed.
    pub fn consent_count(&mut self, activity: ActivityId) -> Result<u64, StoreError> {
        let count = self.row(
            "SELECT COUNT(*) FROM consent WHERE activity = $1",
            &[integer(activity.number())],
            |row| read::count(row, 0),
        )?;
        Ok(count.unwrap_or(0))
    }
}
