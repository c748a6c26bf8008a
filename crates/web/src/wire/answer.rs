use super::material_infos::MaterialInfos;
use crate::dispatch::Operation;
use serde::Serialize;

/// The fields of a successful answer, without `RequestId`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// Of `FaceFusion`.
    #[serde(rename_all = "PascalCase")]
    Image {
        /// The result's address or its base64 text.
        image: String,
        /// `null` when no review was asked for.
        review_result_set: Option<Vec<ReviewResult>>,
    },
    /// Of `FuseFace` of 2018-12-01.
    #[serde(rename_all = "PascalCase")]
    FusedImageWithReview {
        /// The result's address or its base64 text.
        fused_image: String,
        /// In the order of `MergeInfos`; `null` when no review was asked for.
        review_result_set: Option<Vec<ReviewResult>>,
    },
    /// Of the fusions of 2022-09-27.
    #[serde(rename_all = "PascalCase")]
    FusedImage {
        /// The result's address or its base64 text.
        fused_image: String,
    },
    /// Of `DescribeMaterialList`.
    #[serde(rename_all = "PascalCase")]
    Materials {
        /// The rows of this page.
        material_infos: MaterialInfos,
        /// Rows without paging.
        count: usize,
    },
}

/// What a review said of one picture.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReviewResult {
    /// Reserved.
    pub category: String,
    /// `"0"` when the picture was processed.
    pub code: String,
    /// What the code means.
    pub code_description: String,
    /// Reserved.
    pub confidence: f64,
    /// Reserved.
    pub suggestion: String,
    /// What was found.
    pub detail_set: Vec<ReviewDetail>,
}

/// One thing that a review found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReviewDetail {
    /// Reserved.
    pub field: String,
    /// Its name.
    pub label: String,
    /// 0..=100.
    pub confidence: f64,
    /// `PASS`, `REVIEW` or `BLOCK`.
    pub suggestion: String,
}

impl Answer {
    /// A fused picture, as address or base64 text, in the words of `operation`.
    ///
    /// `review` is what a review said: `None` when none was asked for, an empty list when there is nothing
    /// that reviews. Nobody claims that a check passed which was not made.
    pub fn fused(
        operation: Operation,
        picture: String,
        review: Option<Vec<ReviewResult>>,
    ) -> Answer {
        match operation {
            Operation::FaceFusion2018 => Answer::Image {
                image: picture,
                review_result_set: review,
            },
            Operation::FuseFace2018 => Answer::FusedImageWithReview {
                fused_image: picture,
                review_result_set: review,
            },
            _ => Answer::FusedImage {
                fused_image: picture,
            },
        }
    }
}
