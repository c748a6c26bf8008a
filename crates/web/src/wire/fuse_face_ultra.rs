use super::fields::Fields;
use super::fuse_face::ResultForm;
use super::logo::Logo;
use super::merge::{UltraMerge, read_ultra_merges};
use super::picture::{LONGEST_BASE64_ULTRA, PictureSource};
use crate::codes::ApiError;

/// A fusion into a template that comes with the request. It names no activity: the API key does.
#[derive(Clone, Debug, PartialEq)]
pub struct FuseFaceUltra {
    /// How the result comes back.
    pub result: ResultForm,
    /// The users, 1..=6, each onto another face.
    pub merges: Vec<UltraMerge>,
    /// The template.
    pub template: PictureSource,
    /// How it should look.
    pub effects: Effects,
    /// The mark.
    pub logo: Logo,
    /// The algorithm, `SwapModelType`, 1..=6.
    pub swap_model: u8,
}

/// `FusionUltraParam`; meant for algorithms 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effects {
    /// How far the face's shape is pulled towards the user's, 0..=1. The opposite direction of a shape degree.
    pub shape_pull: f64,
    /// How much the face is made clearer, 0..=1.
    pub enhancement: f64,
    /// How much the skin is smoothed, 0..=1.
    pub smoothing: f64,
    /// Whether teeth are repaired.
    pub repairs_teeth: bool,
    /// Whether the template's make-up is carried over.
    pub keeps_make_up: bool,
}

impl Default for Effects {
    fn default() -> Effects {
        Effects {
            shape_pull: 0.7,
            enhancement: 0.5,
            smoothing: 0.5,
            repairs_teeth: true,
            keeps_make_up: false,
        }
    }
}

impl FuseFaceUltra {
    pub(super) fn read(fields: &Fields<'_>) -> Result<FuseFaceUltra, ApiError> {
        Ok(FuseFaceUltra {
            result: ResultForm::read(fields)?,
            merges: read_ultra_merges(fields)?,
            template: PictureSource::read(fields, "ModelUrl", "ModelImage", LONGEST_BASE64_ULTRA)?,
            effects: Effects::read(fields)?,
            logo: Logo::read(fields, LONGEST_BASE64_ULTRA)?,
            swap_model: fields.integer_in("SwapModelType", 1..=6)?.unwrap_or(1),
        })
    }
}

impl Effects {
    /// The wire says "Radio"; `BlurRadio` is documented as without effect and not looked at.
    fn read(fields: &Fields<'_>) -> Result<Effects, ApiError> {
        let usual = Effects::default();
        let Some(param) = fields.record("FusionUltraParam")? else {
            return Ok(usual);
        };
        let share = |name: &str, usual: f64| {
            Ok::<_, ApiError>(param.number_in(name, 0.0..=1.0)?.unwrap_or(usual))
        };
        Ok(Effects {
            shape_pull: share("WarpRadio", usual.shape_pull)?,
            enhancement: share("EnhanceRadio", usual.enhancement)?,
            smoothing: share("MpRadio", usual.smoothing)?,
            repairs_teeth: param
                .switch("TeethEnhanceRadio")?
                .unwrap_or(usual.repairs_teeth),
            keeps_make_up: param
                .switch("MakeupTransferRadio")?
                .unwrap_or(usual.keeps_make_up),
        })
    }
}
