use super::shapes::Material;
use crate::console::names::AlgorithmVersion;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Materials of an activity.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Materials {
    /// Those asked for, in the order asked for.
    pub(super) materials: Vec<Material>,
    /// How many the activity has.
    #[schema(example = 3)]
    pub(super) total: u64,
    /// How many it may have.
    #[schema(example = 10)]
    pub(super) quota: u64,
}

/// Which materials.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialState {
    /// Calls may use them.
    Usable,
    /// Somebody is to decide on them.
    Waiting,
    /// They were refused.
    Refused,
}

impl MaterialState {
    pub(super) fn holds(self, status: billing::MaterialStatus) -> bool {
        use billing::MaterialStatus::{
            AppealLost, Appealed, InReview, RejectedByMachine, RejectedByPerson,
        };
        match self {
            MaterialState::Usable => status.is_usable(),
            MaterialState::Waiting => matches!(status, InReview | Appealed),
            MaterialState::Refused => {
                matches!(status, RejectedByMachine | RejectedByPerson | AppealLost)
            }
        }
    }
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MaterialSort {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// By name.
    Name,
}

/// Which materials, and in which order.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MaterialFilter {
    /// Only those; all without it.
    #[param(inline)]
    pub(super) state: Option<MaterialState>,
    /// In which order.
    #[serde(default)]
    #[param(inline, required = false)]
    pub(super) sort: MaterialSort,
}

/// How a new material is called.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct MaterialName {
    /// Its name, 1 to 60 characters.
    #[param(example = "poster")]
    pub(super) name: String,
}

/// What is to change about a material; what is left out stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MaterialPatch {
    /// Its name, 1 to 60 characters.
    pub(super) name: Option<String>,
    /// Its own feature degree.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, example = 50)]
    pub(super) feature_degree: Option<u64>,
    /// Its own shape degree.
    #[schema(value_type = Option<u8>, minimum = 0, maximum = 100, example = 50)]
    pub(super) shape_degree: Option<u64>,
}

/// An appeal.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Appeal {
    /// Why the operator should let the material pass, at most 200 characters; may be empty.
    #[serde(default)]
    #[schema(example = "The face is painted; it is meant to be soft.")]
    pub(super) reason: String,
}

/// How a trial differs from a call.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct TrialSettings {
    /// Another algorithm version than the activity's.
    #[param(inline)]
    pub(crate) algorithm: Option<AlgorithmVersion>,
    /// Another feature degree than the material's, 0 to 100.
    #[param(minimum = 0, maximum = 100)]
    pub(crate) feature_degree: Option<u64>,
    /// Another shape degree than the material's, 0 to 100.
    #[param(minimum = 0, maximum = 100)]
    pub(crate) shape_degree: Option<u64>,
    /// The number of the material's face, from 1; the largest without it.
    #[param(minimum = 1)]
    pub(crate) face: Option<u64>,
}
