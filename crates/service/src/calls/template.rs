//! Calls that bring their template along.

use super::{
    CallFailure, Fetched, FusedPicture, MadeCall, ParameterError, PhotoSource, PictureFault,
    PictureRole, TEMPLATE_CALL_LIMITS, TemplateCall, Unmade, parameters, recipe, token, unmade,
};
use crate::course::{Stage, measure};
use crate::meter::{Admission, Turn};
use crate::service::Service;
use crate::studio::Made;
use engine::PhotoPlacement;

/// A call with a template of its own that was let in and is not made yet. Dropped, the call never happened.
#[derive(Debug)]
pub struct AdmittedTemplateCall {
    admission: Admission,
    fetched: Fetched,
}

impl AdmittedTemplateCall {
    /// Bytes that were fetched for it.
    pub fn fetched_bytes(&self) -> usize {
        self.fetched.bytes()
    }
}

impl Service {
    /// Fuses users into a template that comes with the call, for money, as [`Service::fuse`] does. The
    /// activity pays as for its own materials; the template is not kept.
    pub fn fuse_template(&self, call: &TemplateCall<'_>) -> Result<FusedPicture, CallFailure> {
        let turn = self.meter().take_turn(call.account, call.activity)?;
        let admitted = self.admit_template(call, turn)?;
        self.fuse_admitted_template(call, admitted)
    }

    /// The first part of [`Service::fuse_template`], for a call whose turn was taken: checks the call and lets
    /// it in.
    pub fn admit_template(
        &self,
        call: &TemplateCall<'_>,
        turn: Turn,
    ) -> Result<AdmittedTemplateCall, CallFailure> {
        let token = token::of_template_call(call)?;
        self.check_template_call(call)?;
        let admission = self
            .meter()
            .admit_in_turn(turn, call.account, call.activity, token)?;
        Ok(AdmittedTemplateCall {
            admission,
            fetched: Fetched::default(),
        })
    }

    /// The rest of [`Service::fuse_template`], as [`Service::fuse_admitted`] is that of [`Service::fuse`].
    pub fn fuse_admitted_template(
        &self,
        call: &TemplateCall<'_>,
        admitted: AdmittedTemplateCall,
    ) -> Result<FusedPicture, CallFailure> {
        let admitted = self.fetch_for_template(call, admitted);
        let made = self.make_template_call(call, admitted)?;
        self.deliver(made, call.labelling)
    }

    /// Fetches what the call gives by URL, as [`Service::fetch_for`] does it.
    pub fn fetch_for_template(
        &self,
        call: &TemplateCall<'_>,
        admitted: AdmittedTemplateCall,
    ) -> AdmittedTemplateCall {
        let fetched = self.fetch_pictures(&sources(call), &TEMPLATE_CALL_LIMITS);
        AdmittedTemplateCall {
            fetched,
            ..admitted
        }
    }

    /// The work of a call that was let in, as [`Service::make`] does it.
    pub fn make_template_call(
        &self,
        call: &TemplateCall<'_>,
        admitted: AdmittedTemplateCall,
    ) -> Result<MadeCall, CallFailure> {
        let AdmittedTemplateCall { admission, fetched } = admitted;
        self.work(admission, None, call.keep, || {
            self.make_from_template(call, fetched)
        })
    }

    fn check_template_call(&self, call: &TemplateCall<'_>) -> Result<(), ParameterError> {
        parameters::check_count(call.photos.len())?;
        self.check_source(PictureRole::Template, &call.template)?;
        for (index, user) in call.photos.iter().enumerate() {
            let picture = PictureRole::Photo(index + 1);
            self.check_source(picture, &user.photo)?;
            parameters::check_box(picture, user.face_near)?;
            parameters::check_box(PictureRole::Template, user.template_face_near)?;
            let same = |other: &&super::TemplatePhoto<'_>| {
                other.template_face_near == user.template_face_near
            };
            if call.photos[..index].iter().any(|other| same(&other)) {
                return Err(ParameterError::FaceTwice { face: None });
            }
        }
        Ok(())
    }

    fn make_from_template(
        &self,
        call: &TemplateCall<'_>,
        fetched: Fetched,
    ) -> Result<Made, Unmade> {
        let limits = TEMPLATE_CALL_LIMITS;
        let files = self.pictures(&sources(call), fetched, &limits)?;
        let Some((template, photos)) = files.split_first() else {
            return Err(Unmade::Broken("a call without pictures".to_owned()));
        };
        let places: Vec<_> = call
            .photos
            .iter()
            .map(|user| user.template_face_near)
            .collect();
        let prepared = measure(Stage::Template, || {
            self.studio.template_at(template, limits, &places)
        });
        let (template, faces) = prepared
            .map_err(|error| Unmade::Broken(error.to_string()))?
            .map_err(|error| of_template(error.into()))?;
        if let Some((first, second)) = first_pair(&faces) {
            return Err(of_template(PictureFault::SameFace {
                first: first + 1,
                second: second + 1,
            }));
        }
        let recipe = recipe(call.algorithm, call.feature_degree, call.shape_degree);
        let photos: Vec<PhotoPlacement<'_>> = (call.photos.iter().zip(photos).zip(&faces))
            .map(|((user, photo), &template_face)| PhotoPlacement {
                photo,
                face_near: user.face_near,
                template_face,
                recipe,
            })
            .collect();
        self.studio
            .fuse(&template, &photos, limits, Some(&call.labelling.mark))
            .map_err(|not_made| {
                unmade(not_made, |fault| {
                    of_template(PictureFault::TemplateFace(fault))
                })
            })
    }
}

/// Where a call's pictures come from: the template, then the photos.
fn sources<'a>(call: &TemplateCall<'a>) -> Vec<(PictureRole, PhotoSource<'a>)> {
    let photos = call.photos.iter().enumerate();
    let photos = photos.map(|(index, user)| (PictureRole::Photo(index + 1), user.photo));
    [(PictureRole::Template, call.template)]
        .into_iter()
        .chain(photos)
        .collect()
}

fn of_template(fault: PictureFault) -> Unmade {
    Unmade::Picture(PictureRole::Template, fault)
}

/// The first two places that hold the same number.
fn first_pair(numbers: &[usize]) -> Option<(usize, usize)> {
    numbers.iter().enumerate().find_map(|(second, number)| {
        let first = numbers[..second].iter().position(|other| other == number)?;
        Some((first, second))
    })
}
