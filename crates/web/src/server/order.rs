//! A fusion that was asked for and is well formed.

use super::body::HeldRoom;
use super::{marks, ultra};
use crate::codes::ApiError;
use crate::dispatch::{Operation, Version};
use crate::wire::{FuseFace, FuseFaceUltra, Logo, PictureSource, Rect, ResultForm, ReviewResult};
use billing::{AccountId, ActivityId};
use engine::PixelBox;
use service::labelling::Labelling;
use service::{
    AdmittedCall, AdmittedTemplateCall, CallFailure, FuseCall, LONGEST_SIDE, Lifetime, MadeCall,
    PhotoSource, Service, TemplateCall, TemplatePhoto, Turn, UserPhoto,
};

/// Pixels that a side of a photo may have in `FuseFace` of 2022-09-27.
const LONGEST_SIDE_2022: usize = 4096;

/// A fusion to be made.
pub(super) struct Order {
    pub(super) operation: Operation,
    account: AccountId,
    fusion: Fusion,
    token: Option<String>,
    /// What the address of its result begins with.
    pub(super) base: String,
    pub(super) labelling: Labelling,
    /// Whether the account may have pictures without a mark.
    pub(super) is_exempt: bool,
    /// The memory that its pictures take, as long as they are there.
    _room: HeldRoom,
    /// That of the pictures that were fetched for it.
    _fetched_room: HeldRoom,
}

/// What is fused into what.
pub(super) enum Fusion {
    /// Into a material.
    Material(FuseFace),
    /// Into a template that came along; the activity pays.
    Template(FuseFaceUltra, ActivityId),
}

/// A fusion that was let in.
pub(super) enum Admitted {
    Material(AdmittedCall),
    Template(AdmittedTemplateCall),
}

impl Admitted {
    pub(super) fn fetched_bytes(&self) -> usize {
        match self {
            Admitted::Material(admitted) => admitted.fetched_bytes(),
            Admitted::Template(admitted) => admitted.fetched_bytes(),
        }
    }
}

impl Order {
    /// Checks what can be checked before the call waits for its turn.
    pub(super) fn new(
        operation: Operation,
        account: AccountId,
        fusion: Fusion,
        token: Option<String>,
        base: String,
        room: HeldRoom,
    ) -> Result<Order, ApiError> {
        let metadata = match &fusion {
            Fusion::Material(request) => request.metadata.as_slice(),
            Fusion::Template(..) => &[],
        };
        let labelling = marks::labelling(metadata)?;
        Ok(Order {
            operation,
            account,
            fusion,
            token,
            base,
            labelling,
            is_exempt: false,
            _room: room,
            _fetched_room: HeldRoom::default(),
        })
    }

    /// Has the meter let it in, before it waits: else a burst would fill the line at any rate.
    pub(super) fn admit(
        &mut self,
        service: &Service,
        turn: Option<Turn>,
    ) -> Result<Admitted, ApiError> {
        let admitted = match &self.fusion {
            Fusion::Material(request) => {
                let photos = material_photos(request);
                let call = self.material_call(request, &photos);
                Admitted::Material(match turn {
                    Some(turn) => service.admit_in_turn(&call, turn)?,
                    None => service.admit(&call)?,
                })
            }
            Fusion::Template(request, activity) => {
                let photos = template_photos(request);
                let call = self.template_call(request, *activity, &photos);
                let turn = turn.ok_or(ApiError::NoPayingActivity)?;
                Admitted::Template(service.admit_template(&call, turn)?)
            }
        };
        self.is_exempt =
            matches!(self.logo(), Some(Logo::Absent)) && service.is_label_exempt(self.account);
        Ok(admitted)
    }

    /// The most bytes that can come of what is given by URL; 0 where nothing is.
    pub(super) fn most_fetched_bytes(&self) -> usize {
        match &self.fusion {
            Fusion::Material(request) => {
                let photos = material_photos(request);
                self.material_call(request, &photos).most_fetched_bytes()
            }
            Fusion::Template(request, activity) => {
                let photos = template_photos(request);
                let call = self.template_call(request, *activity, &photos);
                call.most_fetched_bytes()
            }
        }
    }

    /// Fetches what is given by URL, for a thread that may wait.
    pub(super) fn fetch(&self, service: &Service, admitted: Admitted) -> Admitted {
        match (&self.fusion, admitted) {
            (Fusion::Material(request), Admitted::Material(admitted)) => {
                let photos = material_photos(request);
                let call = self.material_call(request, &photos);
                Admitted::Material(service.fetch_for(&call, admitted))
            }
            (Fusion::Template(request, activity), Admitted::Template(admitted)) => {
                let photos = template_photos(request);
                let call = self.template_call(request, *activity, &photos);
                Admitted::Template(service.fetch_for_template(&call, admitted))
            }
            // Refused when it is to be made.
            (_, admitted) => admitted,
        }
    }

    /// Keeps the room of what was fetched for as long as the order is there.
    pub(super) fn hold(&mut self, fetched_room: HeldRoom) {
        self._fetched_room = fetched_room;
    }

    /// The work of the call, for a thread that has a core.
    pub(super) fn make(
        &self,
        service: &Service,
        admitted: Admitted,
    ) -> Result<MadeCall, CallFailure> {
        match (&self.fusion, admitted) {
            (Fusion::Material(request), Admitted::Material(admitted)) => {
                let photos = material_photos(request);
                service.make(&self.material_call(request, &photos), admitted)
            }
            (Fusion::Template(request, activity), Admitted::Template(admitted)) => {
                let photos = template_photos(request);
                let call = self.template_call(request, *activity, &photos);
                service.make_template_call(&call, admitted)
            }
            _ => Err(CallFailure::Service("a call of another kind".to_owned())),
        }
    }

    /// Who pays.
    pub(super) fn activity(&self) -> ActivityId {
        match &self.fusion {
            Fusion::Material(request) => request.activity,
            Fusion::Template(_, activity) => *activity,
        }
    }

    pub(super) fn logo(&self) -> Option<&Logo> {
        match &self.fusion {
            Fusion::Material(request) => request.logo.as_ref(),
            Fusion::Template(request, _) => Some(&request.logo),
        }
    }

    pub(super) fn result(&self) -> ResultForm {
        match &self.fusion {
            Fusion::Material(request) => request.result,
            Fusion::Template(request, _) => request.result,
        }
    }

    /// What was found of the pictures' contents: nothing, for nobody looks. `None` where that was not asked.
    pub(super) fn review(&self) -> Option<Vec<ReviewResult>> {
        match &self.fusion {
            Fusion::Material(request) => request.review.then(Vec::new),
            Fusion::Template(..) => None,
        }
    }

    fn keep(&self, lifetime: Lifetime) -> Option<Lifetime> {
        (self.result() == ResultForm::Url).then_some(lifetime)
    }

    fn material_call<'a>(
        &'a self,
        request: &'a FuseFace,
        photos: &'a [UserPhoto<'a>],
    ) -> FuseCall<'a> {
        FuseCall {
            account: self.account,
            activity: request.activity,
            material: request.material,
            photos,
            feature_degree: request.feature_degree,
            shape_degree: request.shape_degree,
            token: self.token.as_deref(),
            longest_side: match self.operation.version() {
                Version::V2018 => LONGEST_SIDE,
                Version::V2022 => LONGEST_SIDE_2022,
            },
            labelling: &self.labelling,
            keep: self.keep(Lifetime::SevenDays),
        }
    }

    fn template_call<'a>(
        &'a self,
        request: &'a FuseFaceUltra,
        activity: ActivityId,
        photos: &'a [TemplatePhoto<'a>],
    ) -> TemplateCall<'a> {
        let manner = ultra::manner(request);
        TemplateCall {
            account: self.account,
            activity,
            template: source(&request.template),
            algorithm: manner.algorithm,
            photos,
            feature_degree: manner.feature_degree,
            shape_degree: manner.shape_degree,
            token: self.token.as_deref(),
            labelling: &self.labelling,
            keep: self.keep(Lifetime::OneDay),
        }
    }
}

fn material_photos(request: &FuseFace) -> Vec<UserPhoto<'_>> {
    let merges = request.merges.iter();
    merges
        .map(|merge| UserPhoto {
            photo: source(&merge.picture),
            face_near: merge.face_rect.map(pixel_box),
            face: merge.template_face.map(|face| face.index),
        })
        .collect()
}

fn template_photos(request: &FuseFaceUltra) -> Vec<TemplatePhoto<'_>> {
    let merges = request.merges.iter();
    merges
        .map(|merge| TemplatePhoto {
            photo: source(&merge.picture),
            face_near: merge.face_rect.map(pixel_box),
            template_face_near: merge.template_rect.map(pixel_box),
        })
        .collect()
}

fn source(picture: &PictureSource) -> PhotoSource<'_> {
    match picture {
        PictureSource::Url(url) => PhotoSource::Url(url),
        PictureSource::Bytes(bytes) => PhotoSource::Bytes(bytes),
    }
}

fn pixel_box(rect: Rect) -> PixelBox {
    PixelBox {
        x: rect.x,
        y: rect.y,
        width: rect.width,
        height: rect.height,
    }
}
