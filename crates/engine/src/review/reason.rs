use super::FaceFinding;
use pixel::DecodeError;
use serde::{Deserialize, Serialize};

/// Why a picture may not become a material.
///
/// In JSON it is an object whose `code` is [`Reason::code`], beside its numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Reason {
    /// There is nothing in the file.
    FileEmpty,
    /// The file is larger than the rules allow.
    FileTooLarge {
        /// Its size.
        bytes: u64,
        /// The most allowed.
        most_bytes: u64,
    },
    /// The bytes begin like no picture known here.
    NotAPicture,
    /// It is neither JPEG nor PNG.
    OtherFormat {
        /// What people call such a file, as `GIF`.
        kind: String,
    },
    /// The file ends before the picture does.
    FileCutOff,
    /// The bytes break the rules of their format.
    FileDamaged {
        /// What was found broken, in English, for those who look into it.
        detail: String,
    },
    /// The file uses a part of its format that is not read.
    UnsupportedCoding {
        /// The part in the way, in English.
        feature: String,
    },
    /// Reading the file takes more memory than the rules allow.
    TooMuchMemory {
        /// Bytes it takes besides the pixels.
        bytes: u64,
        /// The most allowed.
        most_bytes: u64,
    },
    /// One side is shorter than the rules ask for.
    PictureTooSmall {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
        /// Least of either.
        least: u32,
    },
    /// One side is longer than the rules allow.
    PictureTooLarge {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
        /// Most of either.
        most: u32,
    },
    /// Columns times rows are more than the rules allow.
    TooManyPixels {
        /// Columns.
        width: u32,
        /// Rows.
        height: u32,
        /// Most pixels.
        most: u64,
    },
    /// No face was found.
    NoFace,
    /// There are faces, and none can be used.
    NoUsableFace {
        /// How many.
        faces: u32,
        /// What bars the use of the largest.
        largest: FaceFinding,
    },
}

impl From<DecodeError> for Reason {
    fn from(error: DecodeError) -> Reason {
        match error {
            DecodeError::Empty => Reason::FileEmpty,
            DecodeError::TooManyBytes { found, limit } => Reason::FileTooLarge {
                bytes: found as u64,
                most_bytes: limit as u64,
            },
            DecodeError::NotAPicture => Reason::NotAPicture,
            DecodeError::OtherKind { kind } => Reason::OtherFormat {
                kind: kind.to_owned(),
            },
            DecodeError::NoPixels { width, height, .. } => Reason::PictureTooSmall {
                width: width as u32,
                height: height as u32,
                least: 1,
            },
            DecodeError::SideTooLong {
                width,
                height,
                limit,
            } => Reason::PictureTooLarge {
                width: width as u32,
                height: height as u32,
                most: limit as u32,
            },
            DecodeError::TooManyPixels {
                width,
                height,
                limit,
            } => Reason::TooManyPixels {
                width: width as u32,
                height: height as u32,
                most: limit as u64,
            },
            DecodeError::TooMuchMemory { needed, limit, .. } => Reason::TooMuchMemory {
                bytes: needed as u64,
                most_bytes: limit as u64,
            },
            DecodeError::Truncated { .. } => Reason::FileCutOff,
            DecodeError::Unsupported { feature, .. } => Reason::UnsupportedCoding {
                feature: feature.to_owned(),
            },
            DecodeError::Damaged { reason, .. } => Reason::FileDamaged { detail: reason },
            DecodeError::Fault { .. } => Reason::FileDamaged {
                detail: "the decoder failed on it".to_owned(),
            },
        }
    }
}

impl Reason {
    /// A name for programs; it never changes.
    pub fn code(&self) -> &'static str {
        match self {
            Reason::FileEmpty => "file_empty",
            Reason::FileTooLarge { .. } => "file_too_large",
            Reason::NotAPicture => "not_a_picture",
            Reason::OtherFormat { .. } => "other_format",
            Reason::FileCutOff => "file_cut_off",
            Reason::FileDamaged { .. } => "file_damaged",
            Reason::UnsupportedCoding { .. } => "unsupported_coding",
            Reason::TooMuchMemory { .. } => "too_much_memory",
            Reason::PictureTooSmall { .. } => "picture_too_small",
            Reason::PictureTooLarge { .. } => "picture_too_large",
            Reason::TooManyPixels { .. } => "too_many_pixels",
            Reason::NoFace => "no_face",
            Reason::NoUsableFace { .. } => "no_usable_face",
        }
    }

    /// What is wrong and what to do, in English.
    pub fn text_en(&self) -> String {
        match self {
            Reason::FileEmpty => "The file is empty. Upload a JPG or PNG picture.".to_owned(),
            Reason::FileTooLarge { bytes, most_bytes } => {
                let [size, most] = mebibytes(*bytes, *most_bytes);
                format!(
                    "The file has {size} MB; at most {most} MB is allowed. Scale the picture down or \
                     compress it more."
                )
            }
            Reason::NotAPicture => {
                "The file is not a picture. Upload a JPG or PNG picture.".to_owned()
            }
            Reason::OtherFormat { kind } => {
                format!("This is a {kind} file. Save it as JPG or PNG and upload that.")
            }
            Reason::FileCutOff => "The file is cut off before the picture's end. Upload the whole \
                                   file again."
                .to_owned(),
            Reason::FileDamaged { .. } => {
                "The file is damaged and cannot be read. Save the picture \
                                           again and upload it."
                    .to_owned()
            }
            Reason::UnsupportedCoding { feature } => format!(
                "The file uses {feature}, which is not read. Save the picture as an ordinary JPG or \
                 PNG and upload that."
            ),
            Reason::TooMuchMemory { .. } => "Reading the picture takes too much memory. Scale it \
                                             down, or save it without progressive coding or \
                                             interlacing."
                .to_owned(),
            Reason::PictureTooSmall {
                width,
                height,
                least,
            } => format!(
                "The picture has {width}×{height} pixels; each side needs at least {least}. Use a \
                 larger picture."
            ),
            Reason::PictureTooLarge {
                width,
                height,
                most,
            } => format!(
                "The picture has {width}×{height} pixels; each side may have at most {most}. Scale it \
                 down."
            ),
            Reason::TooManyPixels {
                width,
                height,
                most,
            } => format!(
                "The picture has {width}×{height} pixels; at most {most} in all are allowed. Scale it \
                 down."
            ),
            Reason::NoFace => {
                "No face was found. Use a portrait whose face is clearly seen from the \
                               front."
                    .to_owned()
            }
            Reason::NoUsableFace { faces: 1, largest } => largest.text_en(),
            Reason::NoUsableFace { faces, largest } => format!(
                "None of the {faces} faces can be used. The largest: {}",
                largest.text_en()
            ),
        }
    }

    /// What is wrong and what to do, in Simplified Chinese.
    pub fn text_zh(&self) -> String {
        match self {
            Reason::FileEmpty => "文件是空的。请上传 JPG 或 PNG 图片。".to_owned(),
            Reason::FileTooLarge { bytes, most_bytes } => {
                let [size, most] = mebibytes(*bytes, *most_bytes);
                format!("文件大小为 {size} MB，最多允许 {most} MB。请缩小或压缩图片后再上传。")
            }
            Reason::NotAPicture => "文件不是图片。请上传 JPG 或 PNG 图片。".to_owned(),
            Reason::OtherFormat { kind } => {
                format!("文件是 {kind} 格式。请转换为 JPG 或 PNG 图片后再上传。")
            }
            Reason::FileCutOff => "图片文件不完整。请重新上传完整的文件。".to_owned(),
            Reason::FileDamaged { .. } => {
                "图片文件已损坏，无法读取。请重新保存图片后再上传。".to_owned()
            }
            Reason::UnsupportedCoding { .. } => {
                "不支持图片文件的编码方式。请另存为普通的 JPG 或 PNG 图片后再上传。".to_owned()
            }
            Reason::TooMuchMemory { .. } => {
                "读取图片所需的内存过多。请缩小图片，或另存为非渐进式、非隔行扫描的图片后再上传。"
                    .to_owned()
            }
            Reason::PictureTooSmall {
                width,
                height,
                least,
            } => format!(
                "图片尺寸为 {width}×{height} 像素，每边至少需要 {least} 像素。请换用更大的图片。"
            ),
            Reason::PictureTooLarge {
                width,
                height,
                most,
            } => format!(
                "图片尺寸为 {width}×{height} 像素，每边最多允许 {most} 像素。请缩小图片后再上传。"
            ),
            Reason::TooManyPixels {
                width,
                height,
                most,
            } => format!(
                "图片尺寸为 {width}×{height} 像素，总像素最多允许 {most}。请缩小图片后再上传。"
            ),
            Reason::NoFace => "没有检测到人脸。请换用正面、清晰露出人脸的图片。".to_owned(),
            Reason::NoUsableFace { faces: 1, largest } => largest.text_zh(),
            Reason::NoUsableFace { faces, largest } => format!(
                "检测到 {faces} 张人脸，都不可用。最大的一张：{}",
                largest.text_zh()
            ),
        }
    }
}

/// A size and what is allowed in units of 1,048,576 bytes with one decimal, rounded apart so that
/// the one beyond the other is also seen to be.
fn mebibytes(size: u64, most: u64) -> [String; 2] {
    let tenth = (1 << 20) as f64 / 10.0;
    [(size as f64 / tenth).ceil(), (most as f64 / tenth).floor()].map(|tenths| {
        let text = format!("{:.1}", tenths / 10.0);
        text.trim_end_matches(".0").to_owned()
    })
}
