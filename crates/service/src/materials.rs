//! Materials: uploaded portraits, their review, their degrees.

use crate::error::ServiceError;
use crate::notices::tell;
use crate::pictures::{KeptPicture, picture_name};
use crate::service::{Service, activity_of, check_name};
use crate::version::{Expected, version};
use billing::notice::Notice;
use billing::{
    AccountId, ActivityId, Degree, FaceId, MaterialId, MaterialStatus, Moment, Standing,
};
use engine::Review;
use serde::Serialize;
use store::{Material, Records};

/// Characters in the name of a material.
const LONGEST_NAME: usize = 60;

/// Characters in the reason of an appeal or a decision.
const LONGEST_REASON: usize = 200;

/// A material as its owner sees it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MaterialView {
    /// Its id.
    pub id: MaterialId,
    /// Its name.
    pub name: String,
    /// Where it is in its review.
    pub status: MaterialStatus,
    /// The API's number for that.
    pub status_code: u8,
    /// Whether calls may use it.
    pub usable: bool,
    /// Why it was refused, what its owner said in an appeal, or how it was decided; empty without.
    pub reason: String,
    /// Its faces that users can be fused into, by id, the largest first.
    pub faces: Vec<FaceId>,
    /// What the machine found.
    pub review: Review,
    /// Its own feature degree.
    pub feature_degree: Degree,
    /// Its own shape degree.
    pub shape_degree: Degree,
    /// When it was uploaded.
    pub created: Moment,
    /// When it last changed.
    pub updated: Moment,
    /// Tells one picture of it from the next.
    #[serde(skip)]
    pub picture: String,
    /// Another one once its name or degrees are others.
    #[serde(skip)]
    pub version: String,
}

/// What is to change about a material; `None` leaves it. Allowed at any time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MaterialChange {
    /// Its name.
    pub name: Option<String>,
    /// Its own feature degree.
    pub feature_degree: Option<Degree>,
    /// Its own shape degree.
    pub shape_degree: Option<Degree>,
}

impl Service {
    /// Adds a material to an activity: reviews the picture, keeps it, tells what was found. What the
    /// machine refuses is kept too, so that it can be appealed.
    pub fn add_material(
        &self,
        account: AccountId,
        activity: ActivityId,
        name: &str,
        bytes: &[u8],
    ) -> Result<MaterialView, ServiceError> {
        check_name("name", name, LONGEST_NAME)?;
        let now = self.now();
        // Before the work: a window that is closed or a quota that is full.
        self.ports
            .store
            .read(|records| check_room(records, account, activity, now))?;
        let review = self.studio.review(bytes)?;
        let (status, reason) = machine_verdict(&review);
        let body = to_json(&review)?;
        let object = self.keep_picture(activity, &review, bytes)?;
        let added = self.ports.store.write(|records| {
            check_room(records, account, activity, now)?;
            let material = Material {
                id: records.next_material(activity)?,
                name: name.to_owned(),
                object: object.as_str().to_owned(),
                status,
                review: body.clone(),
                reason: reason.clone(),
                feature_degree: Degree::HALF,
                shape_degree: Degree::HALF,
                created: now,
                updated: now,
            };
            records.add_material(&material)?;
            self.tell_of_material(records, account, &material, now)?;
            Ok(material)
        });
        match added {
            Ok(material) => view(material),
            Err(error) => {
                self.drop_object(object.as_str());
                Err(error)
            }
        }
    }

    /// Puts another picture in the place of a material's; its id and degrees stay.
    pub fn replace_material(
        &self,
        account: AccountId,
        id: MaterialId,
        bytes: &[u8],
    ) -> Result<MaterialView, ServiceError> {
        let now = self.now();
        self.ports.store.read(|records| {
            let (_, open) = owned(records, account, id, now)?;
            open
        })?;
        let review = self.studio.review(bytes)?;
        let (status, reason) = machine_verdict(&review);
        let body = to_json(&review)?;
        let object = self.keep_picture(id.activity, &review, bytes)?;
        let replaced = self.ports.store.write(|records| {
            let (before, open) = owned(records, account, id, now)?;
            open?;
            let mut material = before.clone();
            material.object = object.as_str().to_owned();
            (material.status, material.reason) = (status, reason.clone());
            (material.review, material.updated) = (body.clone(), now);
            records.update_material(&material)?;
            self.tell_of_material(records, account, &material, now)?;
            Ok((before, material))
        });
        match replaced {
            Ok((before, material)) => {
                self.drop_object(&before.object);
                view(material)
            }
            Err(error) => {
                self.drop_object(object.as_str());
                Err(error)
            }
        }
    }

    /// Deletes a material.
    pub fn delete_material(&self, account: AccountId, id: MaterialId) -> Result<(), ServiceError> {
        let now = self.now();
        let material = self.ports.store.write(|records| {
            let (material, open) = owned(records, account, id, now)?;
            open?;
            records.delete_material(id, now)?;
            Ok::<_, ServiceError>(material)
        })?;
        self.drop_object(&material.object);
        Ok(())
    }

    /// Sets a material's own degrees; allowed at any time.
    pub fn tune_material(
        &self,
        account: AccountId,
        id: MaterialId,
        feature_degree: Option<Degree>,
        shape_degree: Option<Degree>,
    ) -> Result<MaterialView, ServiceError> {
        let change = MaterialChange {
            name: None,
            feature_degree,
            shape_degree,
        };
        self.edit_material(account, id, &change, &Expected::Anything)
    }

    /// Renames a material or sets its own degrees, if it is still as `expected`; allowed at any time.
    pub fn edit_material(
        &self,
        account: AccountId,
        id: MaterialId,
        change: &MaterialChange,
        expected: &Expected,
    ) -> Result<MaterialView, ServiceError> {
        if let Some(name) = &change.name {
            check_name("name", name, LONGEST_NAME)?;
        }
        self.change_material(account, id, |material| {
            expected.check("material", Some(&version_of(material)))?;
            if let Some(name) = &change.name {
                material.name.clone_from(name);
            }
            material.feature_degree = change.feature_degree.unwrap_or(material.feature_degree);
            material.shape_degree = change.shape_degree.unwrap_or(material.shape_degree);
            Ok(())
        })
    }

    /// Asks the operator to look at a material that the machine refused. A reason stands in the place of the
    /// machine's, which its review still tells.
    pub fn appeal_material(
        &self,
        account: AccountId,
        id: MaterialId,
        reason: &str,
    ) -> Result<MaterialView, ServiceError> {
        if !reason.is_empty() {
            check_name("reason", reason, LONGEST_REASON)?;
        }
        self.change_material(account, id, |material| {
            material.status = material.status.appealed()?;
            if !reason.is_empty() {
                reason.clone_into(&mut material.reason);
            }
            Ok(())
        })
    }

    /// An operator's decision on a material of any account.
    pub fn decide_material(
        &self,
        id: MaterialId,
        pass: bool,
        reason: &str,
    ) -> Result<MaterialView, ServiceError> {
        if !reason.is_empty() {
            check_name("reason", reason, LONGEST_REASON)?;
        }
        let now = self.now();
        let material = self.ports.store.write(|records| {
            let mut material = material_of(records, id)?;
            material.status = material.status.decided(pass)?;
            (material.reason, material.updated) = (reason.to_owned(), now);
            records.update_material(&material)?;
            if let Some(activity) = records.activity(id.activity)? {
                self.tell_of_material(records, activity.account, &material, now)?;
            }
            Ok::<_, ServiceError>(material)
        })?;
        view(material)
    }

    /// An activity's materials.
    pub fn materials(
        &self,
        account: AccountId,
        activity: ActivityId,
    ) -> Result<Vec<MaterialView>, ServiceError> {
        let materials = self.ports.store.read(|records| {
            activity_of(records, account, activity)?;
            Ok::<_, ServiceError>(records.materials(activity)?)
        })?;
        materials.into_iter().map(view).collect()
    }

    /// One material of an account.
    pub fn material(
        &self,
        account: AccountId,
        id: MaterialId,
    ) -> Result<MaterialView, ServiceError> {
        let now = self.now();
        let (material, _) = self
            .ports
            .store
            .read(|records| owned(records, account, id, now))?;
        view(material)
    }

    /// Materials of all accounts that wait for an operator's decision.
    pub fn appeals(&self) -> Result<Vec<MaterialView>, ServiceError> {
        let waiting = self.ports.store.read(|records| records.appeals())?;
        waiting.into_iter().map(view).collect()
    }

    /// The file of a material's picture.
    pub fn material_picture(
        &self,
        account: AccountId,
        id: MaterialId,
    ) -> Result<Vec<u8>, ServiceError> {
        self.read_picture(&self.kept_picture(account, id)?)
    }

    /// The picture of a material, whose file is not read yet.
    pub fn kept_picture(
        &self,
        account: AccountId,
        id: MaterialId,
    ) -> Result<KeptPicture, ServiceError> {
        let now = self.now();
        let (material, _) = self
            .ports
            .store
            .read(|records| owned(records, account, id, now))?;
        KeptPicture::of(&material)
    }

    fn change_material(
        &self,
        account: AccountId,
        id: MaterialId,
        change: impl Fn(&mut Material) -> Result<(), ServiceError>,
    ) -> Result<MaterialView, ServiceError> {
        let now = self.now();
        let material = self.ports.store.write(|records| {
            let (mut material, _) = owned(records, account, id, now)?;
            change(&mut material)?;
            material.updated = now;
            records.update_material(&material)?;
            Ok::<_, ServiceError>(material)
        })?;
        view(material)
    }

    fn tell_of_material(
        &self,
        records: &mut Records<'_>,
        account: AccountId,
        material: &Material,
        now: Moment,
    ) -> Result<(), ServiceError> {
        let reason_en = match material.status {
            MaterialStatus::RejectedByMachine => review_of(material)?
                .reason()
                .map_or_else(String::new, |reason| reason.text_en()),
            // A person's reason is in the language that he wrote.
            _ => String::new(),
        };
        let notice = Notice::MaterialDecided {
            material: material.id,
            status: material.status,
            reason: material.reason.clone(),
            reason_en,
            at: now,
        };
        tell(records, account, &notice, now).map(|_| ())
    }
}

/// Refuses where the window is closed or the quota is full.
fn check_room(
    records: &mut Records<'_>,
    account: AccountId,
    activity: ActivityId,
    now: Moment,
) -> Result<(), ServiceError> {
    let found = activity_of(records, account, activity)?;
    let licences = records.licences(activity)?;
    let standing = Standing {
        activity: &found,
        licences: &licences,
        upgrades: &[],
    };
    standing.check_materials_open(now)?;
    Ok(standing.check_room(records.materials(activity)?.len() as u64)?)
}

/// A material of an account, and whether its activity's materials may change now.
fn owned(
    records: &mut Records<'_>,
    account: AccountId,
    id: MaterialId,
    now: Moment,
) -> Result<(Material, Result<(), ServiceError>), ServiceError> {
    let not_found = || ServiceError::not_found("material", id);
    let activity = activity_of(records, account, id.activity).map_err(|_| not_found())?;
    let material = material_of(records, id)?;
    let licences = records.licences(activity.id)?;
    let standing = Standing {
        activity: &activity,
        licences: &licences,
        upgrades: &[],
    };
    let open = standing.check_materials_open(now);
    Ok((material, open.map_err(ServiceError::from)))
}

pub(crate) fn material_of(
    records: &mut Records<'_>,
    id: MaterialId,
) -> Result<Material, ServiceError> {
    let material = records.material(id)?;
    material.ok_or_else(|| ServiceError::not_found("material", id))
}

/// What the machine's review makes of a material.
fn machine_verdict(review: &Review) -> (MaterialStatus, String) {
    match review.reason() {
        None => (MaterialStatus::PassedByMachine, String::new()),
        Some(reason) => (MaterialStatus::RejectedByMachine, reason.text_zh()),
    }
}

fn to_json(review: &Review) -> Result<String, ServiceError> {
    let text = serde_json::to_string(review);
    Ok(text.map_err(|error| store::StoreError::Unreadable(error.to_string()))?)
}

/// The review as it was kept.
pub(crate) fn review_of(material: &Material) -> Result<Review, ServiceError> {
    let review = serde_json::from_str(&material.review);
    Ok(review.map_err(|error| store::StoreError::Unreadable(error.to_string()))?)
}

pub(crate) fn view(material: Material) -> Result<MaterialView, ServiceError> {
    let review = review_of(&material)?;
    let version = version_of(&material);
    let face = |(index, _): (usize, _)| FaceId {
        material: material.id,
        index: index as u64 + 1,
    };
    Ok(MaterialView {
        id: material.id,
        name: material.name,
        status: material.status,
        status_code: material.status.code(),
        usable: material.status.is_usable(),
        reason: material.reason,
        faces: review.usable_faces().map(face).collect(),
        review,
        feature_degree: material.feature_degree,
        shape_degree: material.shape_degree,
        created: material.created,
        updated: material.updated,
        picture: picture_name(&material.object),
        version,
    })
}

/// The version of what can be edited of a material.
fn version_of(material: &Material) -> String {
    let degrees = [material.feature_degree, material.shape_degree];
    let [feature, shape] = degrees.map(|degree| degree.get().to_string());
    version(&[&material.name, &feature, &shape])
}
