//! Activities.

use crate::error::ServiceError;
use crate::service::{Service, account_of, activity_of};
use crate::version::{Expected, version};
use billing::{
    AccountId, Activity, ActivityChange, ActivityId, AlgorithmVersion, Day, DayQps, Grant,
    GrantKind, Licence, LockedChange, Moment, Standing,
};
use serde::Serialize;
use store::Records;

/// What a new activity is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewActivity {
    /// Its name.
    pub name: String,
    /// Free text.
    pub details: String,
    /// How faces are fused.
    pub algorithm: AlgorithmVersion,
    /// How many materials it may have; `None` for the catalogue's smallest.
    pub quota: Option<u64>,
}

/// An activity with what it may do now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActivityView {
    /// Its id.
    pub id: ActivityId,
    /// Its name.
    pub name: String,
    /// Free text.
    pub details: String,
    /// How faces are fused.
    pub algorithm: AlgorithmVersion,
    /// How many materials it may have.
    pub quota: u64,
    /// How many it has.
    pub materials: u64,
    /// When its licence ends; `None` without one.
    pub licensed_until: Option<Moment>,
    /// When its materials are frozen; `None` while it has no licence.
    pub materials_frozen_from: Option<Moment>,
    /// Calls a second it may make now.
    pub qps: u32,
    /// Free calls in all.
    pub free_total: u64,
    /// Free calls left.
    pub free_left: u64,
    /// Calls left in its licence packs.
    pub licence_left: u64,
    /// When it was created.
    pub created: Moment,
    /// The licence it runs on now; `None` without one.
    pub licence: Option<LicenceView>,
    /// Another one once its name, details, algorithm version or quota are others.
    #[serde(skip)]
    pub version: String,
}

/// The licence an activity runs on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LicenceView {
    /// The package, by its id in the catalogue.
    pub package: String,
    /// When it began.
    pub starts: Moment,
    /// The first moment after it; a renewal follows on.
    pub ends: Moment,
    /// The first moment in which materials are frozen.
    pub window_ends: Moment,
    /// Fixed calls a second.
    pub qps: u32,
}

impl LicenceView {
    fn of(licence: &Licence) -> LicenceView {
        LicenceView {
            package: licence.package.clone(),
            starts: licence.period.starts,
            ends: licence.period.ends,
            window_ends: licence.period.window_ends,
            qps: licence.qps,
        }
    }
}

impl Service {
    /// Creates an activity with its free calls.
    pub fn create_activity(
        &self,
        account: AccountId,
        new: &NewActivity,
    ) -> Result<ActivityView, ServiceError> {
        let (now, catalogue) = (self.now(), self.catalogue());
        let quota = new.quota.or_else(|| catalogue.quotas().first().copied());
        let quota = quota.unwrap_or_default();
        self.ports.store.write(|records| {
            let owner = account_of(records, account)?;
            let most = owner.activity_limit.unwrap_or(self.settings.activity_limit);
            let created = records.activities_created(account)?;
            let created = u32::try_from(created).unwrap_or(u32::MAX);
            Activity::check_new(&new.name, &new.details, quota, &catalogue, created, most)?;
            let activity = Activity {
                id: records.next_activity()?,
                account,
                name: new.name.clone(),
                details: new.details.clone(),
                algorithm: new.algorithm,
                quota,
                created: now,
            };
            records.add_activity(&activity)?;
            let free = Grant {
                id: records.next_grant()?,
                kind: GrantKind::Free,
                activity: Some(activity.id),
                total: catalogue.free.calls,
                used: 0,
                bought: now,
                ends: None,
            };
            records.add_grant(account, None, &free)?;
            self.activity_view(records, activity, now)
        })
    }

    /// An account's activities.
    pub fn activities(&self, account: AccountId) -> Result<Vec<ActivityView>, ServiceError> {
        let now = self.now();
        self.ports.store.read(|records| {
            account_of(records, account)?;
            let activities = records.activities(account)?;
            activities
                .into_iter()
                .map(|activity| self.activity_view(records, activity, now))
                .collect()
        })
    }

    /// One activity.
    pub fn activity(
        &self,
        account: AccountId,
        id: ActivityId,
    ) -> Result<ActivityView, ServiceError> {
        let now = self.now();
        self.ports.store.read(|records| {
            let activity = activity_of(records, account, id)?;
            self.activity_view(records, activity, now)
        })
    }

    /// Calls a second of an activity, day by day; from today where no first day is given.
    pub fn qps_by_day(
        &self,
        account: AccountId,
        id: ActivityId,
        first: Option<Day>,
        days: u32,
    ) -> Result<Vec<DayQps>, ServiceError> {
        let (calendar, catalogue) = (self.calendar(), self.catalogue());
        let first = first.unwrap_or_else(|| calendar.day_of(self.now()));
        let (licences, upgrades) = self.ports.store.read(|records| {
            activity_of(records, account, id)?;
            Ok::<_, ServiceError>((records.licences(id)?, records.upgrades(id, first)?))
        })?;
        let days = (0..i64::from(days)).map(|offset| first.plus_days(offset));
        let on = |day| billing::qps_on_day(&licences, &upgrades, &catalogue, calendar, day);
        Ok(days.map(on).collect())
    }

    /// Edits an activity, if it is still as `expected`.
    pub fn change_activity(
        &self,
        account: AccountId,
        id: ActivityId,
        change: &ActivityChange,
        expected: &Expected,
    ) -> Result<ActivityView, ServiceError> {
        let (now, catalogue) = (self.now(), self.catalogue());
        let view = self.ports.store.write(|records| {
            let activity = activity_of(records, account, id)?;
            let licences = records.licences(id)?;
            let materials = records.materials(id)?.len() as u64;
            let standing = Standing {
                activity: &activity,
                licences: &licences,
                upgrades: &[],
            };
            // What a licence locks is told first: it says more than that something changed.
            let changed = change
                .clone()
                .apply(&standing, &catalogue, materials, now)?;
            expected.check("activity", Some(&version_of(&activity)))?;
            records.update_activity(&changed)?;
            self.activity_view(records, changed, now)
        })?;
        self.meter().refresh_account(account);
        Ok(view)
    }

    /// Deletes an unlicensed activity with its materials, for ever. Its calls stay in the log.
    pub fn delete_activity(&self, account: AccountId, id: ActivityId) -> Result<(), ServiceError> {
        let now = self.now();
        let objects = self.ports.store.write(|records| {
            let activity = activity_of(records, account, id)?;
            let licences = records.licences(id)?;
            let standing = Standing {
                activity: &activity,
                licences: &licences,
                upgrades: &[],
            };
            standing.check_unlocked(LockedChange::Delete, now)?;
            let materials = records.materials(id)?;
            for material in &materials {
                records.delete_material(material.id, now)?;
            }
            let cover = records.campaign(id)?.map(|campaign| campaign.cover);
            records.remove_campaign(id)?;
            records.delete_activity(id, now)?;
            let objects = materials.into_iter().map(|material| material.object);
            Ok::<_, ServiceError>(objects.chain(cover).collect::<Vec<_>>())
        })?;
        self.meter().forget(id);
        for object in objects {
            self.drop_object(&object);
        }
        Ok(())
    }

    fn activity_view(
        &self,
        records: &mut Records<'_>,
        activity: Activity,
        now: Moment,
    ) -> Result<ActivityView, ServiceError> {
        let today = self.calendar().day_of(now);
        let licences = records.licences(activity.id)?;
        let upgrades = records.upgrades(activity.id, today)?;
        let grants = records.grants(activity.account)?;
        let own = |kind: GrantKind| {
            let id = activity.id;
            grants
                .iter()
                .filter(move |grant| grant.activity == Some(id) && grant.kind == kind)
        };
        let materials = records.materials(activity.id)?.len() as u64;
        let standing = Standing {
            activity: &activity,
            licences: &licences,
            upgrades: &upgrades,
        };
        let licensed_until = standing.licensed_until(now);
        let materials_frozen_from = standing.materials_frozen_from(now);
        Ok(ActivityView {
            id: activity.id,
            algorithm: activity.algorithm,
            quota: activity.quota,
            materials,
            licensed_until,
            materials_frozen_from,
            qps: billing::effective_qps(&licences, &upgrades, &self.catalogue(), now, today),
            free_total: own(GrantKind::Free).map(|grant| grant.total).sum(),
            free_left: own(GrantKind::Free).map(Grant::left).sum(),
            licence_left: own(GrantKind::Licence)
                .filter(|grant| grant.is_valid_at(now))
                .map(Grant::left)
                .sum(),
            licence: licences
                .iter()
                .find(|licence| licence.covers(now))
                .map(LicenceView::of),
            created: activity.created,
            version: version_of(&activity),
            name: activity.name,
            details: activity.details,
        })
    }
}

/// The version of what can be edited of an activity.
fn version_of(activity: &Activity) -> String {
    let algorithm = activity.algorithm.to_string();
    let quota = activity.quota.to_string();
    version(&[&activity.name, &activity.details, &algorithm, &quota])
}
