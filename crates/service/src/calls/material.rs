//! Calls into a material.

use super::{
    CallFailure, Fetched, FuseCall, FusedPicture, MadeCall, PHOTO_LIMITS, PhotoSource, PictureRole,
    Unmade, parameters, recipe, token, unmade,
};
use crate::course::{Stage, measure};
use crate::error::ServiceError;
use crate::materials::{material_of, review_of};
use crate::meter::{Admission, Turn};
use crate::service::Service;
use crate::studio::Made;
use billing::AlgorithmVersion;
use engine::PhotoPlacement;
use pixel::{Format, Limits};
use store::Material;
use store::objects::ObjectError;

/// By which the label of a trial names its call.
const TRIAL: &str = "trial";

/// A call into a material that was let in and is not made yet. Dropped, the call never happened.
#[derive(Debug)]
pub struct AdmittedCall {
    admission: Admission,
    target: Target,
    fetched: Fetched,
}

impl AdmittedCall {
    fn new(admission: Admission, target: Target) -> AdmittedCall {
        AdmittedCall {
            admission,
            target,
            fetched: Fetched::default(),
        }
    }

    /// Bytes that were fetched for it.
    pub fn fetched_bytes(&self) -> usize {
        self.fetched.bytes()
    }
}

/// What a call goes into.
#[derive(Debug)]
struct Target {
    material: Material,
    algorithm: AlgorithmVersion,
    /// The material's face for each photo.
    faces: Vec<usize>,
}

impl Service {
    /// Fuses users into a material, for money: lets the call in, fetches what is given by URL, fuses,
    /// labels the picture and keeps it if asked to, charges durably, then answers.
    pub fn fuse(&self, call: &FuseCall<'_>) -> Result<FusedPicture, CallFailure> {
        let admitted = self.admit(call)?;
        self.fuse_admitted(call, admitted)
    }

    /// The first part of [`Service::fuse`], for a server whose calls wait for a core: checks the call and
    /// lets it in, so that one over its calls a second is refused when it comes, not when its turn comes.
    pub fn admit(&self, call: &FuseCall<'_>) -> Result<AdmittedCall, CallFailure> {
        let token = token::of_fuse_call(call)?;
        let target = self.target_of(call)?;
        let admission = self.meter().admit(call.account, call.activity, token)?;
        Ok(AdmittedCall::new(admission, target))
    }

    /// As [`Service::admit`], for a call whose turn was taken before its fields were looked at.
    pub fn admit_in_turn(
        &self,
        call: &FuseCall<'_>,
        turn: Turn,
    ) -> Result<AdmittedCall, CallFailure> {
        let token = token::of_fuse_call(call)?;
        let target = self.target_of(call)?;
        let admission = self
            .meter()
            .admit_in_turn(turn, call.account, call.activity, token)?;
        Ok(AdmittedCall::new(admission, target))
    }

    /// The rest of [`Service::fuse`]: [`Service::fetch_for`], [`Service::make`], then [`Service::deliver`]. `call` is
    /// the one that was let in; only its `labelling` may be another.
    pub fn fuse_admitted(
        &self,
        call: &FuseCall<'_>,
        admitted: AdmittedCall,
    ) -> Result<FusedPicture, CallFailure> {
        let admitted = self.fetch_for(call, admitted);
        let made = self.make(call, admitted)?;
        self.deliver(made, call.labelling)
    }

    /// Fetches what a call that was let in gives by URL. That mostly waits and needs no core. What could not be
    /// fetched is told by [`Service::make`].
    pub fn fetch_for(&self, call: &FuseCall<'_>, admitted: AdmittedCall) -> AdmittedCall {
        let fetched = self.fetch_pictures(&sources(call), &PHOTO_LIMITS);
        AdmittedCall {
            fetched,
            ..admitted
        }
    }

    /// The work of a call that was let in and whose pictures are there: all that needs a core and nothing that waits for
    /// a disk or a network, for a server whose cores have more to do.
    pub fn make(
        &self,
        call: &FuseCall<'_>,
        admitted: AdmittedCall,
    ) -> Result<MadeCall, CallFailure> {
        let AdmittedCall {
            admission,
            target,
            fetched,
        } = admitted;
        self.work(admission, Some(call.material), call.keep, || {
            self.picture_of(call, &target, fetched)
        })
    }

    /// The same without money, for trying out a material: no calls are counted, nothing is kept, and the
    /// label says that it was a trial.
    pub fn try_out(&self, call: &FuseCall<'_>) -> Result<(Vec<u8>, Format), CallFailure> {
        self.try_out_with(call, None)
    }

    /// The same, with another algorithm version than the activity's.
    pub fn try_out_with(
        &self,
        call: &FuseCall<'_>,
        algorithm: Option<AlgorithmVersion>,
    ) -> Result<(Vec<u8>, Format), CallFailure> {
        let mut target = self.target_of(call)?;
        target.algorithm = algorithm.unwrap_or(target.algorithm);
        let fetched = self.fetch_pictures(&sources(call), &PHOTO_LIMITS);
        match self.picture_of(call, &target, fetched) {
            Ok(made) => match call.labelling.write(&made.bytes, TRIAL) {
                Ok(labelled) => Ok((labelled, made.format)),
                Err(error) => Err(CallFailure::Service(error.to_string())),
            },
            Err(Unmade::Picture(picture, fault)) => {
                let fault = Box::new(fault);
                Err(CallFailure::Trial { picture, fault })
            }
            Err(Unmade::Material(error)) => Err(CallFailure::NotAdmitted(error)),
            Err(Unmade::Broken(reason)) => Err(CallFailure::Service(reason)),
        }
    }

    /// What a call that is well formed goes into.
    fn target_of(&self, call: &FuseCall<'_>) -> Result<Target, CallFailure> {
        parameters::check_count(call.photos.len())?;
        for (index, user) in call.photos.iter().enumerate() {
            let picture = PictureRole::Photo(index + 1);
            self.check_source(picture, &user.photo)?;
            parameters::check_box(picture, user.face_near)?;
        }
        let (material, algorithm) = self.ports.store.read(|records| {
            let activity = crate::service::activity_of(records, call.account, call.activity)?;
            if call.material.activity != call.activity {
                return Err(ServiceError::not_found("material", call.material));
            }
            Ok((material_of(records, call.material)?, activity.algorithm))
        })?;
        if !material.status.is_usable() {
            return Err(CallFailure::MaterialNotPassed {
                material: material.id,
                status: material.status.code(),
            });
        }
        let asked = call.photos.iter().map(|user| user.face);
        let faces = parameters::face_indices(asked, &review_of(&material)?)?;
        Ok(Target {
            material,
            algorithm,
            faces,
        })
    }

    fn picture_of(
        &self,
        call: &FuseCall<'_>,
        target: &Target,
        fetched: Fetched,
    ) -> Result<Made, Unmade> {
        let material = &target.material;
        let limits = Limits {
            max_side: call.longest_side.min(PHOTO_LIMITS.max_side),
            ..PHOTO_LIMITS
        };
        let files = self.pictures(&sources(call), fetched, &limits)?;
        let template = measure(Stage::Template, || {
            self.studio
                .template(&material.object, || self.read_object(&material.object))
        })
        .map_err(|error| match error {
            ServiceError::Object(ObjectError::NotFound { .. }) | ServiceError::Template(_) => {
                Unmade::Material(error)
            }
            other => Unmade::Broken(other.to_string()),
        })?;
        let recipe = recipe(
            target.algorithm,
            call.feature_degree.unwrap_or(material.feature_degree),
            call.shape_degree.unwrap_or(material.shape_degree),
        );
        let photos: Vec<PhotoPlacement<'_>> = (call.photos.iter().zip(&files).zip(&target.faces))
            .map(|((user, photo), &template_face)| PhotoPlacement {
                photo,
                face_near: user.face_near,
                template_face,
                recipe,
            })
            .collect();
        self.studio
            .fuse(&template, &photos, limits, Some(&call.labelling.mark))
            // The review let the material pass, so the user is not to blame.
            .map_err(|not_made| unmade(not_made, |fault| Unmade::Broken(fault.to_string())))
    }
}

/// Where a call's photos come from.
fn sources<'a>(call: &FuseCall<'a>) -> Vec<(PictureRole, PhotoSource<'a>)> {
    let photos = call.photos.iter().enumerate();
    let photos = photos.map(|(index, user)| (PictureRole::Photo(index + 1), user.photo));
    photos.collect()
}
