use service::PictureRole;
use std::fmt;

/// A picture of a request as messages name it: `{}` in English, `{:#}` in Chinese.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture(pub PictureRole);

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0, f.alternate()) {
            (PictureRole::Photo(number), false) => write!(f, "picture {number}"),
            (PictureRole::Photo(number), true) => write!(f, "第 {number} 张图片"),
            (PictureRole::Template, false) => f.write_str("the template"),
            (PictureRole::Template, true) => f.write_str("模板图片"),
        }
    }
}
