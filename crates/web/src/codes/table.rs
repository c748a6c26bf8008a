//! The table.

use super::picture::Picture;
use super::why::Why;
use crate::dispatch::Version;
use crate::language::Language;
use billing::{ActivityId, MaterialId, Money};

/// The call counts: the user's input is the reason, found after the call was let in.
const COUNTS: bool = true;
/// Nobody pays.
const FREE: bool = false;

/// One row of the table, with the texts before numbers are put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The variant of [`ApiError`].
    pub cause: &'static str,
    /// The code in version 2018-12-01.
    pub code_2018: &'static str,
    /// The code in version 2022-09-27.
    pub code_2022: &'static str,
    /// Whether the call counts.
    pub counts: bool,
    /// The message in Chinese.
    pub chinese: &'static str,
    /// The message in English.
    pub english: &'static str,
}

/// The code of 2022-09-27: the one of 2018-12-01 unless another is given.
macro_rules! newer {
    ($old:literal) => {
        $old
    };
    ($old:literal $new:literal) => {
        $new
    };
}

macro_rules! api_errors {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $type:ty),* })?
        $old:literal $(| $new:literal)?, $counts:ident,
        $chinese:literal, $english:literal;
    )*) => {
        /// Why a request is not answered with what it asked for. Each cause has one row of the table.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ApiError {$(
            $(#[$doc])*
            $name $({ $(
                #[doc = concat!("Fills `{", stringify!($field), "}` of the messages.")]
                $field: $type
            ),* })?
        ),*}

        /// All rows, in the order of the checks.
        pub const ROWS: &[Row] = &[$(Row {
            cause: stringify!($name),
            code_2018: $old,
            code_2022: newer!($old $($new)?),
            counts: $counts,
            chinese: $chinese,
            english: $english,
        }),*];

        impl ApiError {
            /// The code that programs read, as published for a version of the API.
            pub fn code(&self, version: Version) -> &'static str {
                match (self, version) {$(
                    (ApiError::$name $({ $($field: _),* })?, Version::V2018) => $old,
                    (ApiError::$name $({ $($field: _),* })?, Version::V2022) => newer!($old $($new)?),
                )*}
            }

            /// Whether a call that ends so counts.
            pub fn counts(&self) -> bool {
                match self {$(
                    ApiError::$name $({ $($field: _),* })? => $counts,
                )*}
            }

            /// The message that people read.
            // Not every text repeats every value.
            #[allow(unused_variables)]
            pub fn message(&self, language: Language) -> String {
                match (self, language) {$(
                    (ApiError::$name $({ $($field),* })?, Language::Chinese) => format!($chinese),
                    (ApiError::$name $({ $($field),* })?, Language::English) => format!($english),
                )*}
            }
        }
    };
}

api_errors! {
    // The request as a whole, and whose it is.

    /// A method other than GET and POST.
    MethodUnsupported { method: String } "UnsupportedProtocol", FREE,
        "不支持 HTTP 方法 {method}，请使用 POST 或 GET。",
        "The HTTP method {method} is not supported; use POST or GET.";
    /// Body or query is longer than is read.
    RequestTooLarge { most_kb: usize } "RequestSizeLimitExceeded", FREE,
        "请求超过 {most_kb} KB 上限，请缩小图片或改用图片 URL。",
        "The request is larger than {most_kb} KB; use smaller pictures, or their URLs.";
    /// No `Authorization`.
    AuthorizationMissing "AuthFailure.InvalidAuthorization", FREE,
        "缺少 Authorization 头，请使用 TC3-HMAC-SHA256 签名。",
        "The header Authorization is missing; sign the request with TC3-HMAC-SHA256.";
    /// `Authorization` of another kind.
    AuthorizationOther "AuthFailure.InvalidAuthorization", FREE,
        "只接受 TC3-HMAC-SHA256 签名，不接受其他签名方式或免签名请求。",
        "Only TC3-HMAC-SHA256 is accepted, no other way of signing and no unsigned request.";
    /// `Authorization` that cannot be read.
    AuthorizationMalformed { part: &'static str } "AuthFailure.InvalidAuthorization", FREE,
        "Authorization 头的 {part} 部分缺失或格式不正确。",
        "{part} of the header Authorization is missing or malformed.";
    /// A header that must be signed is not.
    HeaderNotSigned { name: &'static str } "AuthFailure.InvalidAuthorization", FREE,
        "SignedHeaders 必须包含 {name}。",
        "SignedHeaders must contain {name}.";
    /// A header that must be unambiguous is not.
    HeaderRepeated { name: &'static str } "AuthFailure.InvalidAuthorization", FREE,
        "{name} 头出现了多次，请只发送一次。",
        "The header {name} occurs more than once; send it once.";
    /// A header that every request needs is absent.
    HeaderMissing { name: &'static str } "MissingParameter", FREE,
        "缺少公共参数 {name}。",
        "The header {name} is missing.";
    /// The timestamp is no number.
    TimestampMalformed { value: String } "InvalidParameter", FREE,
        "X-TC-Timestamp 不是以秒为单位的 Unix 时间戳：{value}。",
        "X-TC-Timestamp is not a number of Unix seconds: {value}.";
    /// No key of ours looks like this.
    SecretIdMalformed "AuthFailure.InvalidSecretId", FREE,
        "SecretId 不是云 API 密钥的格式（AKID 加 32 位字母或数字），请从控制台完整复制。",
        "The SecretId is not that of an API key (AKID and 32 letters or digits); copy it from the console as a whole.";
    /// No key in use has this id.
    SecretIdUnknown { secret_id: String } "AuthFailure.SecretIdNotFound", FREE,
        "密钥 {secret_id} 不存在、已删除或已禁用，请在控制台查看。",
        "The key {secret_id} does not exist, was deleted or is disabled; look at the account's keys in the console.";
    /// Signed too long ago, or in the future.
    SignatureExpired { timestamp_s: u64, now_s: i64 } "AuthFailure.SignatureExpire", FREE,
        "签名过期：X-TC-Timestamp 为 {timestamp_s}，服务器时间为 {now_s}，相差超过 300 秒，请校准客户端时钟。",
        "The signature has expired: X-TC-Timestamp is {timestamp_s}, more than 300 s from the server's {now_s}; set the client's clock.";
    /// The client did not sign the body.
    PayloadUnsigned "AuthFailure.SignatureFailure", FREE,
        "不接受 UNSIGNED-PAYLOAD，请对请求体签名。",
        "UNSIGNED-PAYLOAD is not accepted; sign the payload.";
    /// The scope's date is another than the timestamp's.
    ScopeDateWrong { date: String, expected: String } "AuthFailure.SignatureFailure", FREE,
        "凭证中的日期 {date} 与 X-TC-Timestamp 的 UTC 日期 {expected} 不一致。",
        "The date {date} of the credential is not {expected}, the UTC date of X-TC-Timestamp.";
    /// The scope names another service.
    ScopeServiceForeign { service: String } "AuthFailure.SignatureFailure", FREE,
        "凭证中的服务名 {service} 不是 facefusion，也不是接入域名的第一段。",
        "The service {service} of the credential is neither facefusion nor the first label of the host.";
    /// The signature does not fit.
    SignatureMismatch "AuthFailure.SignatureFailure", FREE,
        "签名不匹配，请检查 SecretKey，并确认签名内容与实际发送的字节一致。",
        "The signature does not fit the request; check the SecretKey, and sign the bytes that are sent.";
    /// There are no temporary credentials.
    TokenInvalid "AuthFailure.TokenFailure", FREE,
        "X-TC-Token 无效，本服务没有临时密钥。",
        "X-TC-Token is not valid; temporary credentials do not exist here.";
    /// No such version.
    VersionUnknown { version: String } "NoSuchVersion", FREE,
        "API 版本 {version} 不存在，可用 2018-12-01 和 2022-09-27。",
        "There is no version {version} of the API; use 2018-12-01 or 2022-09-27.";
    /// No such action in that version.
    ActionUnknown { action: String, version: &'static str } "InvalidAction", FREE,
        "版本 {version} 没有接口 {action}。",
        "Version {version} has no action {action}.";
    /// More calls a second than allowed.
    TooManyRequests { qps: u32, retry_after_ms: u64 } "RequestLimitExceeded", FREE,
        "请求频率超过每秒 {qps} 次，请在 {retry_after_ms} 毫秒后重试，或升级 QPS。",
        "More than {qps} requests a second; try again in {retry_after_ms} ms, or upgrade the QPS.";

    // Its fields.

    /// A body that is sent as binary parts.
    Multipart "InvalidRequest", FREE,
        "本产品的接口不接受 multipart/form-data，请发送 JSON。",
        "No action here takes multipart/form-data; send JSON.";
    /// A body of another kind than JSON.
    ContentTypeOther { content_type: String } "InvalidParameter", FREE,
        "Content-Type 应为 application/json，而不是 {content_type}。",
        "The Content-Type must be application/json, not {content_type}.";
    /// Body or query cannot be read.
    Unreadable { reason: String } "InvalidParameter", FREE,
        "无法解析请求参数：{reason}。",
        "The parameters cannot be read: {reason}.";
    /// A value is of another type.
    WrongType { path: String, expected: &'static str } "InvalidParameter", FREE,
        "参数 {path} 的类型应为 {expected}。",
        "{path} must be of type {expected}.";
    /// A required field is absent.
    FieldMissing { path: String } "MissingParameter", FREE,
        "缺少参数 {path}。",
        "The parameter {path} is missing.";
    /// A number lies outside its range.
    OutOfRange { path: String, value: String, range: String }
        "InvalidParameterValue.ParameterValueError", FREE,
        "参数 {path} 的值 {value} 超出范围，应为 {range}。",
        "{path} is {value}; it must be {range}.";
    /// A text is none of the allowed ones.
    NotOneOf { path: String, value: String, allowed: &'static str }
        "InvalidParameterValue.ParameterValueError", FREE,
        "参数 {path} 的值 {value} 无效，应为 {allowed}。",
        "{path} is {value}; it must be {allowed}.";
    /// A text is too short or too long.
    TextLength { path: String, length: usize, least: usize, most: usize }
        "InvalidParameterValue.ParameterValueError", FREE,
        "参数 {path} 有 {length} 个字符，应为 {least} 到 {most} 个。",
        "{path} has {length} characters; {least} to {most} are allowed.";
    /// A list is too short or too long.
    EntryCount { path: String, count: usize, least: usize, most: usize }
        "InvalidParameterValue.ParameterValueError", FREE,
        "参数 {path} 有 {count} 项，应为 {least} 到 {most} 项。",
        "{path} has {count} entries; {least} to {most} are allowed.";
    /// Two pictures go onto one face.
    FaceTakenTwice { first: usize, second: usize }
        "InvalidParameterValue.ParameterValueError", FREE,
        "MergeInfos.{first} 与 MergeInfos.{second} 指向同一张素材人脸，每张人脸只能融合一张图片。",
        "MergeInfos.{first} and MergeInfos.{second} are aimed at one face; each face takes one picture.";
    /// Two pictures go onto one face, of which it is not known which they are.
    FaceShared "InvalidParameterValue.ParameterValueError", FREE,
        "两张图片指向同一张素材人脸，每张人脸只能融合一张图片。",
        "Two pictures go onto one face; each face takes one picture.";
    /// A value that the rules of selling or of the console do not allow.
    ValueRefused { reason: String } "InvalidParameterValue", FREE,
        "参数值无效：{reason}。",
        "The value is not allowed: {reason}.";
    /// The client token belongs to another call.
    ClientTokenReused "InvalidParameterValue", FREE,
        "该 X-Mien-Client-Token 已用于另一个请求，请为每个请求使用新的值。",
        "This X-Mien-Client-Token was used for another request; use a new one for each.";

    // Activity and material.

    /// No such activity of the account.
    ActivityUnknown { activity: String } "InvalidParameterValue.ActivityIdNotFound", FREE,
        "活动 {activity} 不存在。",
        "There is no activity {activity}.";
    /// No such material in the activity.
    MaterialUnknown { material: String } "InvalidParameterValue.MaterialIdNotFound", FREE,
        "素材 {material} 在该活动中不存在。",
        "There is no material {material} in the activity.";
    /// No such face in the material.
    TemplateFaceUnknown { face: String } "FailedOperation.TemplateFaceIDNotExist", FREE,
        "素材人脸 {face} 不存在。",
        "There is no face {face} in the material.";
    /// A face of the material that the review found unfit.
    TemplateFaceUnusable { face: u64 } "FailedOperation.TemplateFaceIDNotExist", FREE,
        "素材的第 {face} 张人脸不能用于融合。",
        "Face {face} of the material cannot be used.";
    /// The material's review did not pass.
    MaterialNotPassed { material: MaterialId, status: u8 }
        "FailedOperation.FuseMaterialNotAuth", FREE,
        "素材 {material} 未通过审核（状态 {status}），不能用于融合。",
        "The material {material} has not passed its review (status {status}) and cannot be used.";
    /// The material's picture is gone.
    MaterialDataGone "FailedOperation.FuseMaterialNotExist", FREE,
        "素材的图片数据不存在，请重新上传素材。",
        "The material's picture is gone; upload it again.";
    /// Nothing can pay.
    NotEntitled { activity: ActivityId, free: u64 } "FailedOperation.ProjectNotAuth", FREE,
        "活动 {activity} 没有技术授权，{free} 次免费额度已用完，请购买技术授权。",
        "The activity {activity} has no licence and its {free} free calls are used; buy a licence.";
    /// A call without an activity, by a key that names none that pays.
    NoPayingActivity "FailedOperation.ProjectNotAuth", FREE,
        "该密钥没有指定用于计费的已授权活动。",
        "The key names no licensed activity that would pay for this call.";
    /// Anything else that does not exist.
    ThingUnknown { what: &'static str, id: String } "ResourceNotFound", FREE,
        "资源不存在：{id}（{what}）。",
        "There is no {what} {id}.";

    // Account.

    /// The operator stopped the account.
    AccountSuspended "ResourceUnavailable.StopUsing", FREE,
        "账户已停用，请联系运营方。",
        "The account is suspended; ask the operator.";
    /// A bill could not be paid.
    InArrears { owed: Money, balance: Money, short: Money } "ResourceUnavailable.InArrears", FREE,
        "账户欠费 {owed} 元，余额 {balance} 元，请至少充值 {short} 元。",
        "The account is in arrears: {owed} yuan owed, balance {balance}; top up {short} yuan or more.";
    /// Too little money for an order.
    BalanceTooLow { needed: Money, balance: Money, short: Money }
        "ResourceUnavailable.LowBalance" | "FailedOperation.BalanceInsufficient", FREE,
        "订单需要 {needed} 元，余额 {balance} 元，请至少充值 {short} 元。",
        "The order costs {needed} yuan and the balance is {balance}; top up {short} yuan or more.";
    /// As many of something as may be.
    LimitReached { chinese: String, english: String } "LimitExceeded", FREE,
        "{chinese}。",
        "{english}.";
    /// The rules of selling do not allow it.
    Refused { chinese: String, english: String } "FailedOperation", FREE,
        "{chinese}。",
        "{english}.";

    // Pictures and faces. `{picture}` names one in English, `{picture:#}` in Chinese.

    /// Neither URL nor base64 text.
    PictureMissing { path: String }
        "InvalidParameterValue.ImageEmpty" | "InvalidParameterValue.ParameterValueError", FREE,
        "{path} 没有图片，请提供图片 URL 或 base64。",
        "{path} has no picture; give its URL or base64 text.";
    /// A field that is no http or https address.
    UrlIllegal { path: String, reason: Why }
        "FailedOperation.ImageDownloadError" | "InvalidParameterValue.UrlIllegal", FREE,
        "{path} 不是有效的 http 或 https 地址：{reason:#}。",
        "{path} cannot be used: {reason}.";
    /// An address that cannot be fetched from.
    PictureUrlIllegal { picture: Picture, reason: Why }
        "FailedOperation.ImageDownloadError" | "InvalidParameterValue.UrlIllegal", FREE,
        "{picture:#}的地址无效：{reason:#}。",
        "The address of {picture} cannot be used: {reason}.";
    /// An address where nothing is fetched.
    UrlsNotTaken { picture: Picture } "UnsupportedOperation", FREE,
        "本服务不下载图片，请用 base64 发送{picture:#}。",
        "Pictures are not fetched here; send {picture} as base64 text.";
    /// Base64 text that cannot be decoded.
    Base64Broken { path: String } "FailedOperation.ImageDecodeFailed", FREE,
        "{path} 不是有效的 base64（标准字母表，无换行）。",
        "{path} is not valid base64 (standard alphabet, no line breaks).";
    /// Base64 text that is too long.
    Base64TooLong { path: String, length: usize, most: usize }
        "FailedOperation.ImageSizeExceed", FREE,
        "{path} 的 base64 长度为 {length}，超过 {most}，请缩小图片。",
        "{path} has {length} characters of base64, more than {most}; use a smaller picture.";
    /// A face box that cannot be.
    FaceRectMalformed { path: String, least: u32 }
        "InvalidParameterValue.FaceRectParameterValueError", FREE,
        "人脸框 {path} 无效：坐标不能为负，宽高至少 {least} 像素。",
        "The face box {path} cannot be used: coordinates start at 0, width and height at {least} pixels.";
    /// A face box that is too small.
    FaceRectTooSmall { picture: Picture, least: u32 }
        "InvalidParameterValue.FaceRectParameterValueError", FREE,
        "{picture:#}的人脸框过小，宽高至少 {least} 像素。",
        "The face box of {picture} is too small; it needs {least} pixels a side.";
    /// The picture's address gave no picture.
    PictureNotFetched { picture: Picture, reason: Why } "FailedOperation.ImageDownloadError", COUNTS,
        "{picture:#}下载失败：{reason:#}。",
        "Cannot fetch {picture}: {reason}.";
    /// The picture's file is too large.
    PictureFileTooLarge { picture: Picture, most: usize } "FailedOperation.ImageSizeExceed", COUNTS,
        "{picture:#}的文件超过 {most} 字节，请缩小图片。",
        "The file of {picture} has more than {most} bytes; use a smaller one.";
    /// The picture cannot be decoded.
    PictureUndecodable { picture: Picture, reason: Why } "FailedOperation.ImageDecodeFailed", COUNTS,
        "{picture:#}无法解码，请使用 JPG 或 PNG：{reason:#}。",
        "Cannot decode {picture}, use JPG or PNG: {reason}.";
    /// A side has too few pixels.
    PictureSideTooShort { picture: Picture, width: usize, height: usize, least: usize }
        "FailedOperation.ImageResolutionTooSmall", COUNTS,
        "{picture:#}为 {width}×{height} 像素，每边至少需要 {least} 像素。",
        "The size of {picture} is {width}×{height}; each side needs {least} pixels.";
    /// The picture has more pixels than are read.
    PictureSizeInvalid { picture: Picture, reason: Why }
        "FailedOperation.ImageResolutionExceed" | "FailedOperation.ImageSizeInvalid", COUNTS,
        "{picture:#}的尺寸不符合要求：{reason:#}。",
        "The size of {picture} cannot be used: {reason}.";
    /// No face was found.
    NoFace { picture: Picture }
        "InvalidParameterValue.NoFaceInPhoto" | "FailedOperation.NoFaceDetected", COUNTS,
        "{picture:#}中未检测到人脸，请使用人脸清晰、足够大的图片。",
        "No face was found in {picture}; use one whose face is seen and large.";
    /// The face box holds no face.
    FaceRectWithoutFace { picture: Picture, reason: String }
        "FailedOperation.FaceRectInvalid" | "InvalidParameterValue.FaceRectParameterValueError", COUNTS,
        "{picture:#}的人脸框超出图片或框内没有人脸，请按正立原图的像素给出一张人脸的框。",
        "The face box of {picture} holds no face: {reason}.";
    /// The face is too small.
    FaceTooSmall { picture: Picture, reason: String } "FailedOperation.FaceSizeTooSmall", COUNTS,
        "{picture:#}中的人脸过小，请使用更大的图片或靠近拍摄。",
        "Cannot use {picture}: {reason}.";
    /// The face is cut by the border.
    FaceCut { picture: Picture, reason: String }
        "FailedOperation.FaceExceedBorder" | "FailedOperation.NoFaceDetected", COUNTS,
        "{picture:#}中的人脸被图片边缘截断，请使用完整的人脸。",
        "Cannot use {picture}: {reason}.";
    /// The face cannot be fused for another reason.
    FaceUnfusable { picture: Picture, reason: String }
        "FailedOperation.FaceFusionError" | "FailedOperation.NoFaceDetected", COUNTS,
        "{picture:#}中的人脸无法融合，请使用正面、清晰、光线充足的图片。",
        "Cannot use {picture}: {reason}.";
    /// Two boxes turned out to point at one face of the template.
    TemplateFaceShared { first: usize, second: usize }
        "InvalidParameterValue.ParameterValueError", COUNTS,
        "第 {first} 张与第 {second} 张图片指向模板的同一张人脸，每张人脸只能融合一张图片。",
        "Pictures {first} and {second} point at one face of the template; each face takes one picture.";

    // The service itself.

    /// The queue is full.
    Busy "ResourceInsufficient", FREE,
        "服务繁忙，请稍后重试。",
        "The service is busy; try again soon.";
    /// The work took too long.
    TimedOut { most_s: u32 } "FailedOperation.RequestTimeout", FREE,
        "处理超过 {most_s} 秒，本次调用不计费，请重试。",
        "The work took longer than {most_s} s; the call does not count, try again.";
    /// The result cannot be kept for its URL.
    ResultNotKept { detail: String }
        "FailedOperation.FuseSavePhotoFail" | "FailedOperation.InnerError", FREE,
        "融合结果保存失败，请重试或改用 base64 返回。",
        "The result could not be kept; try again, or ask for base64.";
    /// The fusion failed, and not because of the picture.
    WorkFailed { detail: String }
        "FailedOperation.FuseInnerError" | "FailedOperation.InnerError", FREE,
        "服务内部处理失败，本次调用不计费，请重试。",
        "The service failed at this call, which does not count; try again.";
    /// It is not known whether the call was charged.
    ChargeUnknown { detail: String } "ServiceUnavailable", FREE,
        "本次调用没有结果，请用同一个 X-Mien-Client-Token 重试，只会计费一次。",
        "The call has no answer; repeat it with its X-Mien-Client-Token, and it is charged once.";
    /// Starting, stopping, or the disk does not take writes.
    NotReady { detail: String } "ServiceUnavailable", FREE,
        "服务暂不可用，请稍后重试。",
        "The service is not available now; try again soon.";
    /// A bug or a damaged file of ours. `detail` is for the log, never for the caller.
    Internal { detail: String } "InternalError", FREE,
        "服务内部错误，请将 RequestId 告知运营方。",
        "An error inside the service; tell the operator the RequestId.";
}
