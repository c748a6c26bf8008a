//! A call from end to end: admit, fuse, charge, answer.

use crate::error::ServiceError;
use crate::materials::{material_of, review_of};
use crate::meter::{Admission, ChargeError, Ended};
use crate::service::Service;
use crate::studio::{Made, NotMade};
use billing::{AccountId, ActivityId, AlgorithmVersion, CallId, Degree, MaterialId, Outcome};
use engine::{CallError, PhotoPlacement, UserError};
use face::Fault;
use fusion::{Algorithm, Recipe};
use pixel::{DecodeError, Format, Limits};
use sha2::{Digest as _, Sha256};
use store::{Charged, ClientToken, Material};

/// Characters in a client's token.
const LONGEST_TOKEN: usize = 64;

/// Photos in one call.
const MOST_PHOTOS: usize = 6;

/// What is refused of a user's photo.
const PHOTO_LIMITS: Limits = Limits {
    max_bytes: 10 << 20,
    max_side: 8_000,
    max_pixels: 50_000_000,
    max_working_bytes: 256 << 20,
};

/// One user's photo and where it goes.
#[derive(Clone, Copy, Debug)]
pub struct UserPhoto<'a> {
    /// The photo's file.
    pub photo: &'a [u8],
    /// Index of the material's face, from 1; `None` for the largest.
    pub face: Option<u64>,
}

/// A call to fuse users into a material.
#[derive(Clone, Copy, Debug)]
pub struct FuseCall<'a> {
    /// Whose call.
    pub account: AccountId,
    /// The activity.
    pub activity: ActivityId,
    /// The material.
    pub material: MaterialId,
    /// The users, one for each face.
    pub photos: &'a [UserPhoto<'a>],
    /// In place of the material's own feature degree.
    pub feature_degree: Option<Degree>,
    /// In place of the material's own shape degree.
    pub shape_degree: Option<Degree>,
    /// By which the client repeats the call if the answer is lost.
    pub token: Option<&'a str>,
}

/// A fused picture, paid for.
#[derive(Clone, Debug)]
pub struct FusedPicture {
    /// The call.
    pub call: CallId,
    /// The picture's file.
    pub bytes: Vec<u8>,
    /// Its format.
    pub format: Format,
    /// What paid.
    pub charged: Charged,
}

/// Why a call ended without a picture.
#[derive(Debug, thiserror::Error)]
pub enum CallFailure {
    /// It was not let in, or named what is not there; nobody paid.
    #[error("{0}")]
    NotAdmitted(#[from] ServiceError),
    /// A parameter cannot be; nobody paid.
    #[error("{0}")]
    BadParameter(String),
    /// The material has not passed its review; nobody paid.
    #[error("material {material} cannot be used: its review has state {status}")]
    MaterialNotPassed {
        /// The material.
        material: MaterialId,
        /// Its status code.
        status: u8,
    },
    /// The user's picture is the reason; the call counts.
    #[error("photo {photo} cannot be used: {reason}")]
    Picture {
        /// The call.
        call: CallId,
        /// Which photo, from 1.
        photo: usize,
        /// How the call is logged.
        outcome: Outcome,
        /// What is wrong with it.
        reason: String,
        /// What paid.
        charged: Charged,
    },
    /// The service is the reason; nobody paid.
    #[error("a fault of mien itself, the call does not count: {0}")]
    Service(String),
    /// The call could not be charged, so it has no answer; nobody paid.
    #[error("{0}")]
    NotCharged(#[from] ChargeError),
}

impl Service {
    /// Fuses users into a material, for money: lets the call in, fuses, charges durably, then answers.
    pub fn fuse(&self, call: &FuseCall<'_>) -> Result<FusedPicture, CallFailure> {
        let token = call
            .token
            .map(|token| client_token(call, token))
            .transpose()?;
        let (material, algorithm) = self.material_for(call)?;
        let admission = self.meter().admit(call.account, call.activity, token)?;
        let id = self.draw_call_id()?;
        let recipe = recipe(call, &material, algorithm);
        match self.make(call, &material, recipe) {
            Ok(made) => {
                let charged = self.charge(admission, id, call, Outcome::Fused)?;
                Ok(FusedPicture {
                    call: self.logged_id(id, call, &charged)?,
                    bytes: made.bytes,
                    format: made.format,
                    charged,
                })
            }
            Err(NotMade::Call(error)) => Err(self.failed(admission, id, call, &error)),
            Err(NotMade::Broken(reason)) => {
                // The row tells of the failure; that it could not be written changes nothing.
                let _ = self.charge(admission, id, call, Outcome::ServiceFailed);
                Err(CallFailure::Service(reason))
            }
        }
    }

    /// The same without money, for trying out a material: no calls are counted.
    pub fn try_out(&self, call: &FuseCall<'_>) -> Result<(Vec<u8>, Format), CallFailure> {
        let (material, algorithm) = self.material_for(call)?;
        let recipe = recipe(call, &material, algorithm);
        match self.make(call, &material, recipe) {
            Ok(made) => Ok((made.bytes, made.format)),
            Err(NotMade::Call(error)) => Err(CallFailure::BadParameter(error.to_string())),
            Err(NotMade::Broken(reason)) => Err(CallFailure::Service(reason)),
        }
    }

    /// The material of a call that is well formed, with its activity's algorithm version.
    fn material_for(
        &self,
        call: &FuseCall<'_>,
    ) -> Result<(Material, AlgorithmVersion), CallFailure> {
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
        check_faces(call, &material)?;
        Ok((material, algorithm))
    }

    fn make(
        &self,
        call: &FuseCall<'_>,
        material: &Material,
        recipe: Recipe,
    ) -> Result<Made, NotMade> {
        let template = self
            .studio
            .template(&material.object, || self.read_object(&material.object))
            .map_err(|error| NotMade::Broken(error.to_string()))?;
        let photos: Vec<PhotoPlacement<'_>> = call
            .photos
            .iter()
            .map(|user| PhotoPlacement {
                face_near: None,
                photo: user.photo,
                template_face: face_index(user),
                recipe,
            })
            .collect();
        self.studio.fuse(&template, &photos, PHOTO_LIMITS)
    }

    fn charge(
        &self,
        admission: Admission,
        id: CallId,
        call: &FuseCall<'_>,
        outcome: Outcome,
    ) -> Result<Charged, ChargeError> {
        let ended = Ended {
            id,
            material: Some(call.material),
            outcome,
        };
        self.meter().charge(admission, ended)
    }

    /// Charges a call that the engine refused, if the user's picture is the reason.
    fn failed(
        &self,
        admission: Admission,
        id: CallId,
        call: &FuseCall<'_>,
        error: &CallError,
    ) -> CallFailure {
        let (photo, outcome, reason) = match error {
            CallError::Photo { index, source } => {
                (index + 1, user_outcome(source), source.to_string())
            }
            CallError::Fusion(source) => (1, Outcome::ServiceFailed, source.to_string()),
        };
        let charged = self.charge(admission, id, call, outcome);
        if outcome == Outcome::ServiceFailed {
            return CallFailure::Service(reason);
        }
        let charged = match charged {
            Ok(charged) => charged,
            Err(error) => return CallFailure::NotCharged(error),
        };
        match self.logged_id(id, call, &charged) {
            Ok(call) => CallFailure::Picture {
                call,
                photo,
                outcome,
                reason,
                charged,
            },
            Err(error) => CallFailure::NotAdmitted(error),
        }
    }

    /// The id under which a call is in the log: a repetition's is that of the call charged before.
    fn logged_id(
        &self,
        id: CallId,
        call: &FuseCall<'_>,
        charged: &Charged,
    ) -> Result<CallId, ServiceError> {
        if !charged.repeated {
            return Ok(id);
        }
        let row = self
            .ports
            .store
            .read(|records| Ok::<_, ServiceError>(records.call(call.account, charged.seq)?))?;
        Ok(row.map_or(id, |row| row.id))
    }

    fn draw_call_id(&self) -> Result<CallId, ServiceError> {
        let mut bytes = [0; 16];
        self.ports.random.fill(&mut bytes)?;
        // A random UUID says that it is one: version 4, variant 1 (RFC 9562, section 5.4).
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        Ok(CallId(bytes))
    }
}

/// Index of the material's face among the template's.
fn face_index(user: &UserPhoto<'_>) -> usize {
    let face = user.face.unwrap_or(1).saturating_sub(1);
    usize::try_from(face).unwrap_or(usize::MAX)
}

/// Whether the faces asked for are there, can be used, and are asked for once each.
fn check_faces(call: &FuseCall<'_>, material: &Material) -> Result<(), CallFailure> {
    let refuse = |reason: String| Err(CallFailure::BadParameter(reason));
    if call.photos.is_empty() || call.photos.len() > MOST_PHOTOS {
        return refuse(format!(
            "{} photos; a call takes 1 to {MOST_PHOTOS}",
            call.photos.len()
        ));
    }
    let review = review_of(material)?;
    let mut taken = Vec::new();
    for user in call.photos {
        let index = face_index(user);
        let Some(face) = review.faces.get(index).filter(|_| user.face != Some(0)) else {
            return refuse(format!(
                "the material has {} faces, so there is no face {}",
                review.faces.len(),
                user.face.unwrap_or(1)
            ));
        };
        if !face.usable && user.face.is_some() {
            let face = user.face.unwrap_or(1);
            return refuse(format!("face {face} of the material cannot be used"));
        }
        if taken.contains(&index) {
            return refuse(format!(
                "two photos go onto face {}; each face takes one",
                index + 1
            ));
        }
        taken.push(index);
    }
    Ok(())
}

fn recipe(call: &FuseCall<'_>, material: &Material, algorithm: AlgorithmVersion) -> Recipe {
    let degree = |own: Degree, asked: Option<Degree>| {
        let degree = asked.unwrap_or(own).get();
        fusion::Degree::new(degree).unwrap_or(fusion::Degree::HALF)
    };
    Recipe {
        algorithm: match algorithm {
            AlgorithmVersion::Natural => Algorithm::Natural,
            AlgorithmVersion::Likeness => Algorithm::Likeness,
        },
        feature_degree: degree(material.feature_degree, call.feature_degree),
        shape_degree: degree(material.shape_degree, call.shape_degree),
    }
}

/// How a call ends whose photo cannot be used.
fn user_outcome(error: &UserError) -> Outcome {
    match error {
        UserError::NoFace => Outcome::NoFace,
        UserError::Unusable(Fault::TooSmall { .. }) => Outcome::FaceTooSmall,
        UserError::Unusable(Fault::CutByBorder { .. }) => Outcome::FaceCut,
        UserError::Unusable(_) | UserError::FaceBox(_) => Outcome::Unfusable,
        UserError::Decode(decode) => match decode {
            DecodeError::TooManyBytes { .. }
            | DecodeError::SideTooLong { .. }
            | DecodeError::TooManyPixels { .. }
            | DecodeError::TooMuchMemory { .. } => Outcome::BadSize,
            // The decoder's own fault is not the user's.
            DecodeError::Fault { .. } => Outcome::ServiceFailed,
            _ => Outcome::Undecodable,
        },
    }
}

/// What is kept of a client's token: digests of it and of all that makes the call the same call.
fn client_token(call: &FuseCall<'_>, token: &str) -> Result<ClientToken, CallFailure> {
    let length = token.chars().count();
    if length == 0 || length > LONGEST_TOKEN {
        return Err(CallFailure::BadParameter(format!(
            "the client token has {length} characters; write 1 to {LONGEST_TOKEN}"
        )));
    }
    let mut body = Sha256::new();
    body.update(call.activity.number().to_le_bytes());
    body.update(call.material.serial.to_le_bytes());
    for degree in [call.feature_degree, call.shape_degree] {
        body.update([degree.map_or(u8::MAX, Degree::get)]);
    }
    for user in call.photos {
        body.update(user.face.unwrap_or(0).to_le_bytes());
        body.update(Sha256::digest(user.photo));
    }
    Ok(ClientToken {
        token: half(&Sha256::digest(token.as_bytes())),
        body: half(&body.finalize()),
    })
}

fn half(digest: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.iter_mut()
        .zip(digest)
        .for_each(|(to, from)| *to = *from);
    half
}
