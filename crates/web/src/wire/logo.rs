use super::fields::Fields;
use super::picture::PictureSource;
use super::rect::Rect;
use crate::codes::ApiError;

/// The mark that says that a picture was made by a machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Logo {
    /// None.
    Absent,
    /// The usual words in the lower right corner.
    Usual,
    /// A mark of the caller's own, stretched to a box of the result.
    Own {
        /// The mark.
        picture: PictureSource,
        /// Where it goes.
        rect: Rect,
    },
}

impl Logo {
    /// From `LogoAdd` and `LogoParam`. Every number but 0 asks for a mark, and so does none; where no
    /// mark is asked for, `LogoParam` is not looked at.
    pub(super) fn read(fields: &Fields<'_>, longest_base64: usize) -> Result<Logo, ApiError> {
        if fields.integer("LogoAdd")? == Some(0) {
            return Ok(Logo::Absent);
        }
        let Some(own) = fields.record("LogoParam")? else {
            return Ok(Logo::Usual);
        };
        Ok(Logo::Own {
            rect: Rect::read_logo(&own, "LogoRect")?,
            picture: PictureSource::read(&own, "LogoUrl", "LogoImage", longest_base64)?,
        })
    }
}
