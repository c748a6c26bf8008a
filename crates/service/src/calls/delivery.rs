//! From a made picture to one that may be given out: labelled, kept where it is to be fetched, and paid.
//!
//! In this order, so that nothing is paid that cannot be given: a label that cannot be written and a place
//! that takes no more pictures are found before the charge. A picture that was kept and then not paid for is
//! deleted; its key was told to nobody.

use super::{CallFailure, FusedPicture, PictureFault, PictureRole};
use crate::course::{Stage, measure};
use crate::labelling::Labelling;
use crate::meter::{Admission, Ended};
use crate::results::{Lifetime, ResultLink};
use crate::service::Service;
use crate::studio::Made;
use crate::{ChargeError, ServiceError};
use billing::{CallId, MaterialId, Outcome};
use store::Charged;

/// Why the work of a call gave no picture.
pub(super) enum Unmade {
    /// A picture that came with the call.
    Picture(PictureRole, PictureFault),
    /// The material's picture, which is gone or not what passed the review.
    Material(ServiceError),
    /// The service itself.
    Broken(String),
}

/// What becomes of a picture once it is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Delivery<'a> {
    pub(super) labelling: &'a Labelling,
    pub(super) keep: Option<Lifetime>,
}

/// A call that is under way.
struct UnderWay<'a> {
    service: &'a Service,
    id: CallId,
    material: Option<MaterialId>,
    admission: Admission,
}

impl Service {
    /// Does the work of a call that was let in, labels and keeps its picture, charges it durably, and gives
    /// its answer.
    pub(super) fn answer(
        &self,
        admission: Admission,
        material: Option<MaterialId>,
        delivery: Delivery<'_>,
        work: impl FnOnce() -> Result<Made, Unmade>,
    ) -> Result<FusedPicture, CallFailure> {
        let call = UnderWay {
            service: self,
            id: self.draw_call_id()?,
            material,
            admission,
        };
        match work() {
            Ok(made) => call.deliver(&made, delivery),
            Err(unmade) => Err(call.explain(unmade)),
        }
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

impl UnderWay<'_> {
    fn deliver(self, made: &Made, delivery: Delivery<'_>) -> Result<FusedPicture, CallFailure> {
        let (service, id) = (self.service, self.id);
        let labelled = match label(made, delivery.labelling, id) {
            Ok(labelled) => labelled,
            Err(reason) => return Err(self.fail(CallFailure::Service(reason))),
        };
        let keep = |lifetime| {
            measure(Stage::Keep, || {
                service.keep_result(&labelled, made.format, lifetime)
            })
        };
        let kept = match delivery.keep.map(keep).transpose() {
            Ok(kept) => kept,
            Err(error) => return Err(self.fail(CallFailure::NotKept(error))),
        };
        let charged = match self.charge(Outcome::Fused) {
            Ok(charged) => charged,
            Err(error) => {
                drop_kept(service, kept.as_ref());
                return Err(error.into());
            }
        };
        let mut fused = FusedPicture {
            call: charged.id,
            bytes: labelled,
            format: made.format,
            kept,
            charged,
        };
        if fused.call != id {
            name_first_call(service, made, delivery.labelling, &mut fused)
                .inspect_err(|_| drop_kept(service, fused.kept.as_ref()))?;
        }
        Ok(fused)
    }

    /// What a call that gave no picture ends with. It counts where the user's input is the reason.
    fn explain(self, unmade: Unmade) -> CallFailure {
        let (picture, fault) = match unmade {
            Unmade::Picture(picture, fault) => (picture, fault),
            Unmade::Material(error) => return self.fail(CallFailure::NotAdmitted(error)),
            Unmade::Broken(reason) => return self.fail(CallFailure::Service(reason)),
        };
        let outcome = fault.outcome();
        if outcome == Outcome::ServiceFailed {
            return self.fail(CallFailure::Service(fault.to_string()));
        }
        match self.charge(outcome) {
            Ok(charged) => CallFailure::Picture {
                call: charged.id,
                picture,
                outcome,
                fault: Box::new(fault),
                charged,
            },
            Err(error) => error.into(),
        }
    }

    /// Ends a call that the service failed at. Its row tells of it; that it could not be written changes
    /// nothing.
    fn fail(self, failure: CallFailure) -> CallFailure {
        let _ = self.charge(Outcome::ServiceFailed);
        failure
    }

    fn charge(self, outcome: Outcome) -> Result<Charged, ChargeError> {
        let ended = Ended {
            id: self.id,
            material: self.material,
            outcome,
        };
        measure(Stage::Charge, || {
            self.service.meter().charge(self.admission, ended)
        })
    }
}

fn label(made: &Made, labelling: &Labelling, call: CallId) -> Result<Vec<u8>, String> {
    let labelled = measure(Stage::Label, || {
        labelling.write(&made.bytes, &call.to_string())
    });
    labelled.map_err(|error| format!("the label of call {call}: {error}"))
}

/// A repeated call is the call that was paid first, and its picture says so. Nothing is paid for this one,
/// so it may still fail.
fn name_first_call(
    service: &Service,
    made: &Made,
    labelling: &Labelling,
    fused: &mut FusedPicture,
) -> Result<(), CallFailure> {
    fused.bytes = label(made, labelling, fused.call).map_err(CallFailure::Service)?;
    match &fused.kept {
        Some(kept) => service
            .replace_result(&kept.key, &fused.bytes)
            .map_err(CallFailure::NotKept),
        None => Ok(()),
    }
}

/// Deletes what nobody will ask for. Where that fails it is swept when it expires.
fn drop_kept(service: &Service, kept: Option<&ResultLink>) {
    if let Some(kept) = kept {
        let _ = service.delete_result(&kept.key);
    }
}
