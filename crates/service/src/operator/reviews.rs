use crate::materials::{material_of, view};
use crate::pictures::KeptPicture;
use crate::{MaterialView, Service, ServiceError};
use billing::{AccountId, ActivityId, MaterialId, MaterialStatus, Moment};
use store::{Material, Records, ReviewQueue};

/// A material of any account with where it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct ReviewItem {
    /// The material.
    pub material: MaterialView,
    /// Whose.
    pub account: AccountId,
    /// The account's name.
    pub account_name: String,
    /// Of which activity.
    pub activity: ActivityId,
    /// The activity's name.
    pub activity_name: String,
}

impl ReviewItem {
    /// Where it stands in a queue.
    pub fn place(&self) -> ReviewPlace {
        ReviewPlace {
            updated: self.material.updated,
            serial: self.material.id.serial,
        }
    }
}

/// A place in a queue, behind which the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReviewPlace {
    /// When the material changed.
    pub updated: Moment,
    /// Its serial number.
    pub serial: u64,
}

/// How many materials there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewCounts {
    /// Wait for a decision.
    pub appealed: u64,
    /// Were refused.
    pub refused: u64,
    /// All of them.
    pub all: u64,
}

impl Service {
    /// Materials of all accounts in the order of a queue: those behind `after`, `most` of them at most.
    pub fn reviews(
        &self,
        queue: ReviewQueue,
        after: Option<ReviewPlace>,
        most: u64,
    ) -> Result<Vec<ReviewItem>, ServiceError> {
        let after = after.map(|place| (place.updated, place.serial));
        self.ports.store.read(|records| {
            let materials = records.review_queue(queue, after, most)?;
            let items = materials.into_iter();
            let items = items.filter_map(|material| item(records, material).transpose());
            items.collect()
        })
    }

    /// How many materials are in each queue.
    pub fn review_counts(&self) -> Result<ReviewCounts, ServiceError> {
        let counted = self.ports.store.read(|records| records.material_counts())?;
        let mut counts = ReviewCounts::default();
        for (code, count) in counted {
            counts.all += count;
            let status = u8::try_from(code).ok().and_then(MaterialStatus::from_code);
            match status {
                Some(MaterialStatus::Appealed) => counts.appealed += count,
                Some(
                    MaterialStatus::RejectedByMachine
                    | MaterialStatus::RejectedByPerson
                    | MaterialStatus::AppealLost,
                ) => counts.refused += count,
                _ => {}
            }
        }
        Ok(counts)
    }

    /// One material of any account.
    pub fn review_item(&self, id: MaterialId) -> Result<ReviewItem, ServiceError> {
        self.ports.store.read(|records| {
            let material = material_of(records, id)?;
            item(records, material)?.ok_or_else(|| ServiceError::not_found("material", id))
        })
    }

    /// The picture of a material of any account.
    pub fn review_picture(&self, id: MaterialId) -> Result<KeptPicture, ServiceError> {
        let store = &self.ports.store;
        let material = store.read(|records| material_of(records, id))?;
        KeptPicture::of(&material)
    }
}

/// A material with where it belongs; `None` where its activity is gone.
fn item(records: &mut Records<'_>, material: Material) -> Result<Option<ReviewItem>, ServiceError> {
    let Some(activity) = records.activity(material.id.activity)? else {
        return Ok(None);
    };
    let Some(account) = records.account(activity.account)? else {
        return Ok(None);
    };
    Ok(Some(ReviewItem {
        material: view(material)?,
        account: account.id,
        account_name: account.name,
        activity: activity.id,
        activity_name: activity.name,
    }))
}
