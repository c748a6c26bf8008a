//! Fields of requests and answers.
//!
//! [`read`] makes plain values of a request's fields, or says which field is wrong; what it returns needs
//! no more checks but those against the books and the pictures. [`Answer`] and [`envelope`] write what
//! goes back.
//!
//! Rules for all fields: `null` is the same as absent; fields that are not known are passed over, so that
//! newer client libraries work; a name that occurs twice in one object is refused, because two readers
//! could take two values from it; nesting and the number of values are limited.

mod answer;
mod describe_material_list;
mod document;
pub mod envelope;
mod fields;
mod fuse_face;
mod fuse_face_ultra;
mod json;
mod logo;
mod material_infos;
mod merge;
mod picture;
mod query;
mod rect;
mod verdict;

pub use answer::{Answer, ReviewDetail, ReviewResult};
pub use describe_material_list::DescribeMaterialList;
pub use fuse_face::{FuseFace, ResultForm};
pub use fuse_face_ultra::{Effects, FuseFaceUltra};
pub use logo::Logo;
pub use material_infos::{
    FaceInfo, MaterialFace, MaterialInfo2018, MaterialInfo2022, MaterialInfos,
};
pub use merge::{Merge, UltraMerge};
pub use picture::PictureSource;
pub use rect::Rect;
pub(crate) use verdict::payer_name;
pub use verdict::verdict_headers;

use crate::codes::ApiError;
use crate::dispatch::{Operation, Version};
use billing::ActivityId;
use document::Record;
use fields::Fields;

/// The fields of a request, as they came.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The body of a POST.
    Json(&'a [u8]),
    /// The query of a GET.
    Query(&'a str),
}

/// What a request asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// A fusion into a material; `FaceFusion` is one, too.
    FuseFace(FuseFace),
    /// A fusion into a template that came along.
    FuseFaceUltra(FuseFaceUltra),
    /// Materials of an activity.
    DescribeMaterialList(DescribeMaterialList),
}

/// The fields of a request by name, before anybody knows what they should be.
#[derive(Clone, Debug)]
pub struct Document<'a>(Record<'a>);

impl<'a> Document<'a> {
    /// Takes the bytes apart.
    ///
    /// # Errors
    /// What cannot be read at all, or is nested too deep.
    pub fn parse(input: Input<'a>) -> Result<Document<'a>, ApiError> {
        Ok(Document(match input {
            Input::Json(bytes) => json::parse(bytes)?,
            Input::Query(text) => query::parse(text)?,
        }))
    }

    /// The activity that `ProjectId` names, if it can be one: by it a caller is held to its requests a second
    /// before anything else is read.
    pub fn activity(&self) -> Option<ActivityId> {
        let text = Fields::new(&self.0).text("ProjectId").ok()?;
        text?.parse().ok()
    }

    /// Reads the fields of a request for `operation`.
    ///
    /// # Errors
    /// The first field that is missing or wrong, by its path, such as `MergeInfos.0.Url`.
    pub fn read(&self, operation: Operation) -> Result<Request, ApiError> {
        read_fields(operation, &Fields::new(&self.0))
    }
}

/// Reads the fields of a request for `operation` from its bytes.
///
/// # Errors
/// As [`Document::parse`] and [`Document::read`].
pub fn read(operation: Operation, input: Input<'_>) -> Result<Request, ApiError> {
    Document::parse(input)?.read(operation)
}

fn read_fields(operation: Operation, fields: &Fields<'_>) -> Result<Request, ApiError> {
    match operation {
        Operation::FaceFusion2018 => FuseFace::read_single(fields).map(Request::FuseFace),
        Operation::FuseFace2018 => FuseFace::read(fields, Version::V2018).map(Request::FuseFace),
        Operation::FuseFace2022 => FuseFace::read(fields, Version::V2022).map(Request::FuseFace),
        Operation::FuseFaceUltra2022 => FuseFaceUltra::read(fields).map(Request::FuseFaceUltra),
        Operation::DescribeMaterialList2018 | Operation::DescribeMaterialList2022 => {
            DescribeMaterialList::read(fields, operation.version())
                .map(Request::DescribeMaterialList)
        }
    }
}

#[cfg(test)]
mod tests;
