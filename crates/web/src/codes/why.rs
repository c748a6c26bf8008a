use engine::{Reason, TemplateError, UserError};
use pixel::DecodeError;
use service::PictureFault;
use service::fetch::FetchError;
use service::outbound::HttpUrlError;
use std::fmt;

/// Why something cannot be used, as messages say it: `{}` in English, `{:#}` in Chinese, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    english: String,
    chinese: String,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match f.alternate() {
            false => &self.english,
            true => &self.chinese,
        })
    }
}

impl From<&HttpUrlError> for Why {
    fn from(error: &HttpUrlError) -> Why {
        Why {
            english: error.to_string(),
            chinese: url_chinese(error),
        }
    }
}

impl From<&PictureFault> for Why {
    fn from(fault: &PictureFault) -> Why {
        let chinese = match fault {
            PictureFault::Fetch(error) => fetch_chinese(error),
            PictureFault::Photo(UserError::Decode(error))
            | PictureFault::Template(TemplateError::Decode(error)) => decode_chinese(error),
            // Their rows say it all.
            _ => "不符合要求".to_owned(),
        };
        Why {
            english: fault.to_string(),
            chinese,
        }
    }
}

/// Why a text is no address.
pub(crate) fn url_chinese(error: &HttpUrlError) -> String {
    match error {
        HttpUrlError::Long { characters, most } => {
            format!("地址有 {characters} 个字符，最多 {most} 个")
        }
        HttpUrlError::Form => {
            "地址应为 https://主机/路径 的形式，空格写成 %20，非 ASCII 的主机名写成 xn-- 的形式"
                .to_owned()
        }
        HttpUrlError::Scheme { scheme } => {
            format!("地址以 {scheme}: 开头，应为 https:// 或 http://")
        }
        HttpUrlError::Credentials => "地址含有用户名或密码，请删除".to_owned(),
        HttpUrlError::Port { port } => format!("端口 {port} 无效，应为 1 到 65535 的数字"),
    }
}

fn decode_chinese(error: &DecodeError) -> String {
    let text = Reason::from(error.clone()).text_zh();
    text.trim_end_matches('。').to_owned()
}

fn fetch_chinese(error: &FetchError) -> String {
    match error {
        FetchError::Url(error) => url_chinese(error),
        FetchError::Address { host, .. } => {
            format!("{host} 不在公网，请使用公网主机、直接发送图片，或请运营方允许该网络")
        }
        FetchError::Host { host, .. } => format!("找不到主机 {host}，请检查名称"),
        FetchError::Connection { host, .. } => format!("与 {host} 的连接失败"),
        FetchError::Status { host, status } => {
            format!("{host} 返回状态 {status}，只有 200 才会带来图片")
        }
        FetchError::Redirect { host, .. } => {
            format!("{host} 的重定向没有有效的目标，请使用图片自身的地址")
        }
        FetchError::TooManyRedirects { most } => {
            format!("重定向超过 {most} 次，请使用图片自身的地址")
        }
        FetchError::TooLarge { host, limit } => {
            format!("{host} 的文件超过 {limit} 字节，请使用更小的图片")
        }
        FetchError::TooSlow { host, limit_ms } => {
            format!("{host} 未在 {limit_ms} 毫秒内给出文件，请使用更快的主机")
        }
    }
}
