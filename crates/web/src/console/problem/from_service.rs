use super::{Problem, chinese};
use crate::codes::url_chinese;
use axum::http::StatusCode;
use serde_json::{Value, json};
use service::{ServiceError, catalogue_version_taken_zh};
use store::objects::ObjectError;

impl From<ServiceError> for Problem {
    fn from(error: ServiceError) -> Problem {
        match error {
            ServiceError::Refused(refusal) => refusal.into(),
            ServiceError::People(fault) => fault.into(),
            ServiceError::Campaign(fault) => fault.into(),
            ServiceError::NotFound { what, id } => Problem::not_found(what, &id),
            // Who answers it adds how things are now.
            ServiceError::ChangedMeanwhile { what } => Problem::new(
                StatusCode::PRECONDITION_FAILED,
                "changed_meanwhile",
                format!("{}已在别处被更改，请查看现在的内容后再决定", noun(what)),
                ServiceError::ChangedMeanwhile { what }.to_string(),
            ),
            ServiceError::BadName { what, length, most } => bad_name(what, length, most),
            ServiceError::Catalogue(error) => {
                let faults: Vec<Value> = error
                    .faults
                    .iter()
                    .map(|fault| {
                        let (message, message_zh) = (&fault.problem, &fault.problem_zh);
                        json!({ "line": fault.line, "message": message, "message_zh": message_zh })
                    })
                    .collect();
                let chinese = format!("价目表有 {} 处错误，请按 faults 逐条修改", faults.len());
                refused("bad_catalogue", chinese, error.to_string()).with("faults", faults)
            }
            ServiceError::CatalogueVersionTaken(version) => Problem::new(
                StatusCode::CONFLICT,
                "catalogue_version_taken",
                catalogue_version_taken_zh(&version),
                ServiceError::CatalogueVersionTaken(version.clone()).to_string(),
            ),
            ServiceError::FutureMonth(month) => refused(
                "future_month",
                format!("{month} 尚未开始，没有对账单"),
                ServiceError::FutureMonth(month).to_string(),
            ),
            ServiceError::TooManyPeriods { most } => refused(
                "too_many_periods",
                format!("时间段超过 {most} 个，请缩短日期范围或选择更长的周期"),
                error.to_string(),
            )
            .with("most", most),
            ServiceError::DaysReversed { first, last } => refused(
                "days_reversed",
                format!("结束日期 {last} 早于开始日期 {first}"),
                error.to_string(),
            ),
            ServiceError::Calendar(error) => {
                refused("bad_day", chinese::calendar(&error), error.to_string())
            }
            ServiceError::WebhookUrl(error) => {
                let chinese = format!("回调地址不可用：{}", url_chinese(&error));
                let english = ServiceError::WebhookUrl(error).to_string();
                refused("bad_url", chinese, english)
            }
            ServiceError::Store(error) if error.is_passing() => {
                Problem::unavailable(&error.to_string())
            }
            ServiceError::Object(error @ ObjectError::Full { .. }) => {
                Problem::unavailable(&error.to_string())
            }
            ServiceError::Object(ObjectError::NotFound { .. }) | ServiceError::Template(_) => {
                Problem::new(
                    StatusCode::CONFLICT,
                    "picture_gone",
                    "素材图片已不可用，请重新上传",
                    "the material's picture cannot be used any more; upload it again",
                )
            }
            ServiceError::Undecodable(error) => refused(
                "undecodable",
                "图片无法解码，请换用完整的 JPG 或 PNG 图片".to_owned(),
                ServiceError::Undecodable(error).to_string(),
            ),
            ServiceError::Object(ObjectError::TooLarge { bytes, .. }) => {
                Problem::too_large(store::objects::MOST_OBJECT_BYTES).with("bytes", bytes)
            }
            error => Problem::internal(&error.to_string()),
        }
    }
}

fn refused(code: &'static str, chinese: String, english: String) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, code, chinese, english)
}

fn bad_name(what: &'static str, length: usize, most: usize) -> Problem {
    let text = ServiceError::BadName { what, length, most }.to_string();
    let noun = noun(what);
    let chinese = format!("{noun}有 {length} 个字符，应为 1 到 {most} 个");
    refused("bad_name", chinese, text)
        .with("what", what)
        .with("length", length)
        .with("most", most)
}

/// A thing's name in Chinese; its English one where it has none.
pub(super) fn noun(what: &str) -> &str {
    match what {
        "account" => "账户",
        "activity" => "活动",
        "campaign page" | "campaign page of activity" => "活动页面",
        "cover of page" => "封面，页面",
        "catalogue edition" => "价目表版本",
        "consent" => "同意记录",
        "dead letter" => "失败的投递",
        "exemption" => "标识豁免",
        "result" => "结果",
        "material" => "素材",
        "API key" => "密钥",
        "webhook" => "回调",
        "user" => "用户",
        "member" => "成员",
        "delivery" => "投递",
        "notice" => "通知",
        "exemption of account" => "标识豁免，账户",
        "name" => "名称",
        "label" => "备注",
        "note" => "备注",
        "key" => "入账键",
        "order key" => "订单键",
        "reason" => "理由",
        "page" | "operation" => "接口",
        other => other,
    }
}
