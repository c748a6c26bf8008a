//! What is refused, in Chinese; its English is its own.

use billing::CalendarError;
use billing::plan::PlanRefusal;

/// Why there is no plan.
pub(super) fn plan(refusal: &PlanRefusal) -> String {
    match refusal {
        PlanRefusal::MonthsOutOfRange { asked, most } => {
            format!("无法规划 {asked} 个月，请选择 1 到 {most} 个月")
        }
        PlanRefusal::PeakDaysOutOfRange { asked, most } => {
            format!("每月高峰天数不能为 {asked} 天，请填写 0 到 {most} 天")
        }
        PlanRefusal::TooManyCalls { asked, most } => {
            format!("每月 {asked} 次调用超出可规划的 {most} 次")
        }
        PlanRefusal::TooManyMaterials {
            asked,
            most,
            contact,
        } => format!(
            "{asked} 个素材超过最大的素材额度 {most}，请分为多个活动或联系运营方{}",
            reached_by(contact)
        ),
        PlanRefusal::AboveCeiling {
            asked,
            ceiling,
            contact,
        } => format!(
            "高峰 {asked} QPS 超过单个活动的上限 {ceiling}，更高需求请联系运营方{}",
            reached_by(contact)
        ),
        PlanRefusal::LongerThanLicences { months, days } => {
            format!("没有合适的技术授权能覆盖 {months} 个月，最长为 {days} 天，请缩短规划的月数")
        }
        PlanRefusal::TooMuch => "规划的金额过大，无法计算，请减少调用次数或月数".to_owned(),
    }
}

/// Why a text is no day, month or time zone.
pub(super) fn calendar(error: &CalendarError) -> String {
    match error {
        CalendarError::UnknownZone(zone) => {
            format!("没有时区 {zone}，请使用 Asia/Shanghai 这样的名称")
        }
        CalendarError::NotADay(text) => format!("{text} 不是日期，请写成 2027-01-31 的形式"),
        CalendarError::NotAMonth(text) => format!("{text} 不是月份，请写成 2027-01 的形式"),
    }
}

fn reached_by(contact: &str) -> String {
    match contact {
        "" => String::new(),
        contact => format!("（{contact}）"),
    }
}
