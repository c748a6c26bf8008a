//! The labels of pictures that are given out, in one place for all who give them out: the mark that people
//! see, the implicit label that programs read in the file (GB 45438-2025), and over both of them the manifest that
//! the operator signs (C2PA), where there is a certificate.

use engine::Finish;
use label::{ImplicitLabel, Label, UsualMark, check_label, draw_logo, write_label};
use pixel::{DecodeError, DecodeOptions, Decoded, Image, Limits, Rect, Srgb8, decode};
use provenance::{Act, Credential, SignError};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

pub use label::{LabelError, MetaData};

/// Who made the pictures, in the label.
const PRODUCER: &str = "mien";

/// What manifests call every picture: a better title would tell of who is in it.
const TITLE: &str = "Fused picture";

/// As long as the id of any call.
const ANY_CALL: &str = "00000000-0000-4000-8000-000000000000";

/// What is refused of a caller's own mark: a file of 10 MB of base64, a side of 2160 pixels twice over.
pub const OWN_MARK_LIMITS: Limits = Limits {
    max_bytes: 10 << 20,
    max_side: 4320,
    max_pixels: 4320 * 4320,
    max_working_bytes: 256 << 20,
};

/// The usual mark and no pairs.
pub static USUAL_LABELLING: Labelling = Labelling {
    mark: Mark::Usual,
    metadata: Vec::new(),
};

/// How a picture is labelled. The implicit label is always written.
#[derive(Clone, Debug, Default)]
pub struct Labelling {
    /// What people see.
    pub mark: Mark,
    /// Pairs that the caller wants to find again in the file.
    pub metadata: Vec<MetaData>,
}

/// The mark that people see on a picture.
#[derive(Clone, Debug, Default)]
pub enum Mark {
    /// The usual words in the lower right corner.
    #[default]
    Usual,
    /// A customer's own.
    Own(Box<OwnMark>),
    /// None; only for an account with a recorded exemption
    /// ([`Service::is_label_exempt`](crate::Service::is_label_exempt)).
    Absent,
}

/// A customer's own mark, decoded.
#[derive(Clone)]
pub struct OwnMark {
    logo: Decoded,
    place: Rect,
}

impl Labelling {
    /// Says whether the pairs fit into a label, before anything is paid.
    pub fn check(&self) -> Result<(), LabelError> {
        check_label(&self.label(ANY_CALL))
    }

    /// The picture's file with its label; `produced_as` names the call. No pixel changes.
    pub fn write(&self, picture: &[u8], produced_as: &str) -> Result<Vec<u8>, LabelError> {
        let mut file = Vec::new();
        write_label(picture, &self.label(produced_as), &mut file)?;
        Ok(file)
    }

    fn label(&self, produced_as: &str) -> Label {
        Label {
            implicit: ImplicitLabel::ai_made(PRODUCER, produced_as),
            metadata: self.metadata.clone(),
        }
    }
}

/// Signs the pictures of calls for the operator.
pub trait PictureSigner: Send + Sync {
    /// The picture's file, labelled before, with a manifest over all of it; `produced_as` names the call, as in the
    /// label.
    fn sign(&self, picture: &[u8], produced_as: &str) -> Result<Vec<u8>, SignError>;
}

impl PictureSigner for Credential {
    fn sign(&self, picture: &[u8], produced_as: &str) -> Result<Vec<u8>, SignError> {
        let act = Act {
            title: TITLE,
            producer: PRODUCER,
            produce_id: produced_as,
        };
        Credential::sign(self, picture, &act)
    }
}

impl OwnMark {
    /// A mark from its file, a JPEG or PNG, to be stretched to `place` of the picture.
    pub fn read(file: &[u8], place: Rect) -> Result<OwnMark, DecodeError> {
        let options = DecodeOptions {
            limits: OWN_MARK_LIMITS,
            least_long_side: None,
        };
        let logo = decode(file, &options)?;
        Ok(OwnMark { logo, place })
    }
}

impl fmt::Debug for OwnMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OwnMark").field(&self.place).finish()
    }
}

/// Marks that were prepared last, the newest first: materials have few sizes, and to draw a mark is much
/// quicker than to prepare it.
static PREPARED: Mutex<Vec<Arc<UsualMark>>> = Mutex::new(Vec::new());

/// How many marks are kept, and of how many pixels: those of pictures as large as materials may be.
const MOST_PREPARED: usize = 8;
const MOST_PREPARED_PIXELS: usize = 1 << 16;

fn usual_mark(width: usize, height: usize) -> Arc<UsualMark> {
    let prepared = || PREPARED.lock().unwrap_or_else(PoisonError::into_inner);
    let find = |marks: &[Arc<UsualMark>]| {
        let mut marks = marks.iter();
        marks.find(|mark| mark.size() == (width, height)).cloned()
    };
    if let Some(known) = find(&prepared()) {
        return known;
    }
    let mark = Arc::new(UsualMark::new(width, height));
    if mark.pixels() <= MOST_PREPARED_PIXELS {
        let mut marks = prepared();
        // Another thread may have been quicker.
        if find(&marks).is_none() {
            marks.insert(0, Arc::clone(&mark));
            marks.truncate(MOST_PREPARED);
        }
    }
    mark
}

impl Finish for Mark {
    fn finish(&self, picture: &mut Image<Srgb8>, opacity: Option<&mut Image<u8>>) -> Vec<Rect> {
        match self {
            Mark::Usual => {
                let mark = usual_mark(picture.width(), picture.height());
                mark.draw(picture, opacity).into_iter().collect()
            }
            Mark::Own(own) => {
                let logo = &own.logo;
                let alpha = logo.alpha.as_ref();
                vec![draw_logo(picture, opacity, &logo.pixels, alpha, own.place)]
            }
            Mark::Absent => Vec::new(),
        }
    }
}
