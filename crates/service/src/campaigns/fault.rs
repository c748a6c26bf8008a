use billing::MaterialId;
use serde::Serialize;

/// Why something with a campaign page was not done.
///
/// The text says what is wrong and what would help. `code` is stable for programs.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum CampaignFault {
    /// A name that cannot stand in an address.
    #[error(
        "the address of a page has {least} to {most} characters of a-z, 0-9 and '-'; choose another"
    )]
    BadSlug {
        /// Characters needed.
        least: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A name that another page has.
    #[error("the address '{slug}' is taken; choose another")]
    SlugTaken {
        /// The name.
        slug: String,
    },
    /// A text that is too short or too long.
    #[error("{field} has {length} characters; write {least} to {most}")]
    TextLength {
        /// Which text.
        field: &'static str,
        /// Characters it has.
        length: usize,
        /// Characters needed.
        least: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A text with a character that cannot be shown.
    #[error("{field} has the control character U+{character:04X}; remove it")]
    TextControl {
        /// Which text.
        field: &'static str,
        /// The character.
        character: u32,
    },
    /// Something that is no colour.
    #[error("{field} is no colour; write it as #1a2b3c")]
    BadColour {
        /// Which colour.
        field: &'static str,
    },
    /// A number out of its range.
    #[error("{field} is {given}; set {least} to {most}")]
    OutOfRange {
        /// Which number.
        field: &'static str,
        /// The number.
        given: u32,
        /// The least.
        least: u32,
        /// The greatest.
        most: u32,
    },
    /// More materials are named than an activity may have.
    #[error("{count} materials are chosen; choose {most} at most")]
    TooManyChosen {
        /// How many.
        count: usize,
        /// How many may be.
        most: usize,
    },
    /// A material that is not the activity's.
    #[error("material {material} is not the activity's; choose among its own")]
    NotOfActivity {
        /// The material.
        material: MaterialId,
    },
    /// A cover that browsers could not show.
    #[error("the cover cannot be used: {reason}")]
    BadCover {
        /// Why.
        reason: String,
        /// The same in Chinese.
        #[serde(skip)]
        reason_zh: String,
    },
    /// A page without anything to fuse into.
    #[error(
        "none of the page's materials can be used; add one that passes its review, then publish"
    )]
    NothingToShow,
    /// Nothing could pay for its fusions.
    #[error("the activity has no licence and no free calls left; buy a licence, then publish")]
    NothingPays,
    /// A receipt that is not this visitor's on this page, or too old.
    #[error("the consent is not known here or too old; agree to the text again")]
    NoConsent,
    /// The text is not the one that was agreed to.
    #[error("the text has changed; read it and agree again")]
    ConsentOutdated,
    /// A visitor, or those who share its address, did enough.
    #[error("too many pictures from here; try again in {retry_after_s} s")]
    TooManyVisits {
        /// When the next is let in.
        retry_after_s: u64,
    },
}
