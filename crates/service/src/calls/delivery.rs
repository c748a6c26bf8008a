//! From a made picture to one that may be given out: labelled, signed where the operator has a certificate, kept where it is to be fetched, and paid.
//!
//! In this order, so that nothing is paid that cannot be given: a label that cannot be written, a certificate that
//! ran out and a place that takes no more pictures are found before the charge. A picture that was kept and then not paid for is
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
use std::fmt;
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

/// A call whose work is done: its picture is neither kept nor paid, and nothing is told. Dropped, the call
/// never happened.
pub struct MadeCall {
    under_way: UnderWay,
    made: Result<Made, Unmade>,
    keep: Option<Lifetime>,
}

impl fmt::Debug for MadeCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("MadeCall").field(&self.under_way.id).finish()
    }
}

/// A call that was let in and is not charged yet.
struct UnderWay {
    id: CallId,
    material: Option<MaterialId>,
    admission: Admission,
}

impl Service {
    /// Does the work of a call that was let in; its picture is to be kept for `keep`.
    pub(super) fn work(
        &self,
        admission: Admission,
        material: Option<MaterialId>,
        keep: Option<Lifetime>,
        work: impl FnOnce() -> Result<Made, Unmade>,
    ) -> Result<MadeCall, CallFailure> {
        let under_way = UnderWay {
            id: self.draw_call_id()?,
            material,
            admission,
        };
        Ok(MadeCall {
            under_way,
            made: work(),
            keep,
        })
    }

    /// Labels, signs and keeps the picture of a call, charges the call durably, and gives its answer. Takes little
    /// work and waits for disks; the labelling is that of the call.
    pub fn deliver(
        &self,
        call: MadeCall,
        labelling: &Labelling,
    ) -> Result<FusedPicture, CallFailure> {
        match call.made {
            Ok(made) => self.give_out(call.under_way, &made, labelling, call.keep),
            Err(unmade) => Err(self.explain(call.under_way, unmade)),
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

    fn give_out(
        &self,
        call: UnderWay,
        made: &Made,
        labelling: &Labelling,
        keep: Option<Lifetime>,
    ) -> Result<FusedPicture, CallFailure> {
        let id = call.id;
        let labelled = match self.label(made, labelling, id) {
            Ok(labelled) => labelled,
            Err(reason) => return Err(self.fail(call, CallFailure::Service(reason))),
        };
        let kept = keep.map(|lifetime| {
            measure(Stage::Keep, || {
                self.keep_result(&labelled, made.format, lifetime)
            })
        });
        let kept = match kept.transpose() {
            Ok(kept) => kept,
            Err(error) => return Err(self.fail(call, CallFailure::NotKept(error))),
        };
        let charged = match self.charge(call, Outcome::Fused) {
            Ok(charged) => charged,
            Err(error) => {
                drop_kept(self, kept.as_ref());
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
            self.name_first_call(made, labelling, &mut fused)
                .inspect_err(|_| drop_kept(self, fused.kept.as_ref()))?;
        }
        Ok(fused)
    }

    /// What a call that gave no picture ends with. It counts where the user's input is the reason.
    fn explain(&self, call: UnderWay, unmade: Unmade) -> CallFailure {
        let (picture, fault) = match unmade {
            Unmade::Picture(picture, fault) => (picture, fault),
            Unmade::Material(error) => return self.fail(call, CallFailure::NotAdmitted(error)),
            Unmade::Broken(reason) => return self.fail(call, CallFailure::Service(reason)),
        };
        let outcome = fault.outcome();
        if outcome == Outcome::ServiceFailed {
            return self.fail(call, CallFailure::Service(fault.to_string()));
        }
        match self.charge(call, outcome) {
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
    fn fail(&self, call: UnderWay, failure: CallFailure) -> CallFailure {
        let _ = self.charge(call, Outcome::ServiceFailed);
        failure
    }

    fn charge(&self, call: UnderWay, outcome: Outcome) -> Result<Charged, ChargeError> {
        let ended = Ended {
            id: call.id,
            material: call.material,
            outcome,
        };
        measure(Stage::Charge, || self.meter().charge(call.admission, ended))
    }

    /// The picture's file with all its labels. The signature is the last: it is over every other byte.
    fn label(&self, made: &Made, labelling: &Labelling, call: CallId) -> Result<Vec<u8>, String> {
        let name = call.to_string();
        let labelled = measure(Stage::Label, || labelling.write(&made.bytes, &name));
        let labelled = labelled.map_err(|error| format!("the label of call {call}: {error}"))?;
        let Some(signer) = &self.ports.signer else {
            return Ok(labelled);
        };
        let signed = measure(Stage::Sign, || signer.sign(&labelled, &name));
        signed.map_err(|error| format!("the signature of call {call}: {error}"))
    }

    /// A repeated call is the call that was paid first, and its picture says so. Nothing is paid for this one,
    /// so it may still fail.
    fn name_first_call(
        &self,
        made: &Made,
        labelling: &Labelling,
        fused: &mut FusedPicture,
    ) -> Result<(), CallFailure> {
        let labelled = self.label(made, labelling, fused.call);
        fused.bytes = labelled.map_err(CallFailure::Service)?;
        match &fused.kept {
            Some(kept) => self
                .replace_result(&kept.key, &fused.bytes)
                .map_err(CallFailure::NotKept),
            None => Ok(()),
        }
    }
}

/// Deletes what nobody will ask for. Where that fails it is swept when it expires.
fn drop_kept(service: &Service, kept: Option<&ResultLink>) {
    if let Some(kept) = kept {
        let _ = service.delete_result(&kept.key);
    }
}
