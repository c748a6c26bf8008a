use serde::{Deserialize, Serialize};

/// What speaks against a face of a material.
///
/// In JSON it is an object whose `code` is [`FaceFinding::code`], beside its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code")]
pub enum FaceFinding {
    /// Narrower than the rules ask for.
    #[serde(rename = "face_too_small")]
    TooSmall {
        /// From ear to ear, in pixels.
        width: u32,
        /// Least width, in pixels.
        least: u32,
    },
    /// Turned too far to the side.
    #[serde(rename = "face_turned_aside")]
    TurnedAside {
        /// Degrees; positive when it looks to the right of the picture.
        yaw: f32,
        /// Most degrees either way.
        most: f32,
    },
    /// Looks too far up or down.
    #[serde(rename = "face_turned_up_or_down")]
    TurnedUpOrDown {
        /// Degrees; positive when it looks down.
        pitch: f32,
        /// Most degrees either way.
        most: f32,
    },
    /// Reaches beyond the picture.
    #[serde(rename = "face_cut_by_border")]
    CutByBorder {
        /// How much of it lies outside, 1..=100.
        outside_percent: u32,
    },
    /// The picture has as many larger faces as can be used.
    #[serde(rename = "face_one_too_many")]
    OneTooMany {
        /// Most usable faces of a picture.
        most: u32,
    },
    /// Too dark to tell the features; it can be used all the same.
    #[serde(rename = "face_dark")]
    Dark {
        /// Median luma, 0..=255.
        luma: u32,
        /// Least luma that is enough.
        least: u32,
    },
    /// Out of focus or painted softly; it can be used all the same.
    #[serde(rename = "face_blurred")]
    Blurred {
        /// Sharpness, 0..=100.
        sharpness_percent: u32,
        /// Least sharpness that is enough.
        least_percent: u32,
    },
}

impl FaceFinding {
    /// Whether the face cannot be used because of it; other findings are advice, for many a template
    /// is dark or soft on purpose.
    pub fn is_barring(&self) -> bool {
        match self {
            FaceFinding::TooSmall { .. }
            | FaceFinding::TurnedAside { .. }
            | FaceFinding::TurnedUpOrDown { .. }
            | FaceFinding::CutByBorder { .. }
            | FaceFinding::OneTooMany { .. } => true,
            FaceFinding::Dark { .. } | FaceFinding::Blurred { .. } => false,
        }
    }

    /// A name for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            FaceFinding::TooSmall { .. } => "face_too_small",
            FaceFinding::TurnedAside { .. } => "face_turned_aside",
            FaceFinding::TurnedUpOrDown { .. } => "face_turned_up_or_down",
            FaceFinding::CutByBorder { .. } => "face_cut_by_border",
            FaceFinding::OneTooMany { .. } => "face_one_too_many",
            FaceFinding::Dark { .. } => "face_dark",
            FaceFinding::Blurred { .. } => "face_blurred",
        }
    }

    /// What is wrong and what to do, in English.
    pub fn text_en(&self) -> String {
        match *self {
            FaceFinding::TooSmall { width, least } => format!(
                "The face is too small: it is {width} pixels wide and needs at least {least}. Use a \
                 picture in which the face is larger."
            ),
            FaceFinding::TurnedAside { yaw, most } => format!(
                "The face is turned {}° to the side; at most {most}° is allowed. Use a picture that \
                 shows the face more from the front.",
                yaw.abs()
            ),
            FaceFinding::TurnedUpOrDown { pitch, most } => format!(
                "The face looks {}° {}; at most {most}° is allowed. Use a picture in which the face \
                 looks ahead.",
                pitch.abs(),
                if pitch < 0.0 { "up" } else { "down" }
            ),
            FaceFinding::CutByBorder { outside_percent } => format!(
                "{outside_percent}% of the face lies outside the picture. Use a picture that shows the \
                 whole face."
            ),
            FaceFinding::OneTooMany { most } => format!(
                "At most {most} faces of a picture can be used, the largest; this one is left as it \
                 is. To use it, choose a picture with fewer faces."
            ),
            FaceFinding::Dark { luma, least } => format!(
                "The face is dark: brightness {luma} of 255, {least} or more is better. It can be \
                 used; a brighter picture gives a better result."
            ),
            FaceFinding::Blurred {
                sharpness_percent,
                least_percent,
            } => format!(
                "The face is blurred: sharpness {sharpness_percent} of 100, {least_percent} or more is \
                 better. It can be used; a sharper picture gives a better result."
            ),
        }
    }

    /// What is wrong and what to do, in Simplified Chinese.
    pub fn text_zh(&self) -> String {
        match *self {
            FaceFinding::TooSmall { width, least } => {
                format!("人脸太小：宽 {width} 像素，至少需要 {least} 像素。请换用人脸更大的图片。")
            }
            FaceFinding::TurnedAside { yaw, most } => format!(
                "人脸侧转 {}°，最多允许 {most}°。请换用更接近正面的图片。",
                yaw.abs()
            ),
            FaceFinding::TurnedUpOrDown { pitch, most } => format!(
                "人脸{} {}°，最多允许 {most}°。请换用平视的图片。",
                if pitch < 0.0 { "上仰" } else { "下俯" },
                pitch.abs()
            ),
            FaceFinding::CutByBorder { outside_percent } => {
                format!("人脸有 {outside_percent}% 超出图片边缘。请换用露出完整人脸的图片。")
            }
            FaceFinding::OneTooMany { most } => format!(
                "一张图片最多可使用 {most} 张人脸，按大小取用，这张人脸将保持原样。如需使用，请换用人脸较少的图片。"
            ),
            FaceFinding::Dark { luma, least } => format!(
                "人脸偏暗：亮度 {luma}（满分 255），建议不低于 {least}。可以使用，换用更明亮的图片效果更好。"
            ),
            FaceFinding::Blurred {
                sharpness_percent,
                least_percent,
            } => format!(
                "人脸模糊：清晰度 {sharpness_percent}（满分 100），建议不低于 {least_percent}。可以使用，换用更清晰的图片效果更好。"
            ),
        }
    }
}
