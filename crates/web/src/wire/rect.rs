use super::fields::Fields;
use crate::codes::ApiError;

/// The least width and height of a face box, in pixels.
const LEAST_FACE: u32 = 30;

/// The greatest width and height of a mark, in pixels.
const MOST_LOGO: u32 = 2160;

/// Whole pixels from the upper left corner of an upright picture. The box may reach beyond the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// Column of its left edge.
    pub x: u32,
    /// Row of its upper edge.
    pub y: u32,
    /// Columns.
    pub width: u32,
    /// Rows.
    pub height: u32,
}

impl Rect {
    /// A face's box, 30×30 at least.
    pub(super) fn read_face(fields: &Fields<'_>, name: &str) -> Result<Option<Rect>, ApiError> {
        let Some(inner) = fields.record(name)? else {
            return Ok(None);
        };
        let rect = Rect::read(&inner)?;
        rect.filter(|rect| rect.width >= LEAST_FACE && rect.height >= LEAST_FACE)
            .map(Some)
            .ok_or_else(|| ApiError::FaceRectMalformed {
                path: fields.path_of(name),
                least: LEAST_FACE,
            })
    }

    /// A mark's box, 2160×2160 at most.
    pub(super) fn read_logo(fields: &Fields<'_>, name: &str) -> Result<Rect, ApiError> {
        let inner = fields.required_record(name)?;
        let fits = |side: u32| (1..=MOST_LOGO).contains(&side);
        let rect = Rect::read(&inner)?;
        rect.filter(|rect| fits(rect.width) && fits(rect.height))
            .ok_or_else(|| {
                let shown = ["X", "Y", "Width", "Height"]
                    .map(|side| inner.integer(side).ok().flatten().unwrap_or_default());
                let range = format!("X, Y 0..; Width, Height 1..{MOST_LOGO}");
                fields.out_of_range(name, &format!("{shown:?}"), range)
            })
    }

    /// The four numbers; `None` where one is negative or beyond any picture.
    fn read(fields: &Fields<'_>) -> Result<Option<Rect>, ApiError> {
        let mut sides = [0_i128; 4];
        for (side, name) in sides.iter_mut().zip(["X", "Y", "Width", "Height"]) {
            *side = fields.required_integer(name)?;
        }
        let [x, y, width, height] = sides.map(|side| u32::try_from(side).ok());
        Ok((|| {
            Some(Rect {
                x: x?,
                y: y?,
                width: width?,
                height: height?,
            })
        })())
    }
}
