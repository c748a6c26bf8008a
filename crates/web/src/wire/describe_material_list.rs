use super::fields::Fields;
use super::fuse_face::{parse_activity, parse_material};
use crate::codes::ApiError;
use crate::dispatch::Version;
use billing::{ActivityId, MaterialId};
use service::MaterialView;

/// Rows where a request does not say.
const USUAL_LIMIT: usize = 20;

/// The materials of an activity, a page at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DescribeMaterialList {
    /// The activity.
    pub activity: ActivityId,
    /// Only this material.
    pub material: Option<MaterialId>,
    /// Rows at most.
    pub limit: usize,
    /// Rows to skip.
    pub offset: usize,
}

impl DescribeMaterialList {
    /// A limit above the greatest is the greatest: 20, in 2018-12-01 100.
    pub(super) fn read(
        fields: &Fields<'_>,
        version: Version,
    ) -> Result<DescribeMaterialList, ApiError> {
        let (activity, most) = match version {
            Version::V2018 => (fields.required_integer("ActivityId")?.to_string(), 100),
            Version::V2022 => (fields.required_text("ActivityId")?.to_owned(), USUAL_LIMIT),
        };
        let material = fields.filled_text("MaterialId")?;
        let limit = fields.integer_in("Limit", 1..=u64::MAX)?;
        let offset = fields.integer_in("Offset", 0..=u64::MAX)?;
        let whole = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        Ok(DescribeMaterialList {
            activity: parse_activity(&activity)?,
            material: material.map(parse_material).transpose()?,
            limit: limit.map_or(USUAL_LIMIT, |limit| whole(limit).min(most)),
            offset: offset.map_or(0, whole),
        })
    }

    /// The rows asked for among all materials of the activity, and how many there are without paging.
    ///
    /// # Errors
    /// `MaterialIdNotFound` when a material is named that is not among them.
    pub fn select<'v>(
        &self,
        all: &'v [MaterialView],
    ) -> Result<(Vec<&'v MaterialView>, usize), ApiError> {
        let wanted = |view: &&MaterialView| self.material.is_none_or(|id| view.id == id);
        let count = all.iter().filter(wanted).count();
        if let (Some(id), 0) = (self.material, count) {
            let material = id.to_string();
            return Err(ApiError::MaterialUnknown { material });
        }
        let rows = all.iter().filter(wanted);
        Ok((rows.skip(self.offset).take(self.limit).collect(), count))
    }
}
