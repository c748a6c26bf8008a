//! Notices in plain words: a title of a line, and a text that says what to do.

use super::Notice;
use crate::{ActivityId, Calendar, GrantKind, MaterialStatus, Moment};

impl Notice {
    /// A line in English.
    pub fn title_en(&self, calendar: &Calendar) -> String {
        match self {
            Notice::PackUsed {
                kind,
                activity,
                percent,
                ..
            } => {
                let source = capital(&source_en(*kind, *activity));
                match percent {
                    100 => format!("{source} is used up"),
                    _ => format!("{source} is {percent} % used"),
                }
            }
            Notice::LicenceEnds { activity, ends, .. } => format!(
                "The licence of activity {activity} ends on {}",
                end(*ends, calendar)
            ),
            Notice::PackEnds {
                kind,
                activity,
                ends,
                ..
            } => format!(
                "{} ends on {}",
                capital(&source_en(*kind, *activity)),
                end(*ends, calendar)
            ),
            Notice::WindowEnds { activity, ends, .. } => format!(
                "The materials of activity {activity} will be frozen after {}",
                end(*ends, calendar)
            ),
            Notice::InArrears { short, .. } => {
                format!("The account is in arrears: {short} yuan are missing")
            }
            Notice::ServiceRestored { .. } => {
                "The bills are paid: calls are served again".to_owned()
            }
            Notice::MaterialDecided {
                material, status, ..
            } => format!("Material {material}: {}", decision_en(*status)),
            Notice::BillDrawn { month, amount, .. } => {
                format!("The bill for {month}: {amount} yuan")
            }
        }
    }

    /// A line in Chinese.
    pub fn title_zh(&self, calendar: &Calendar) -> String {
        match self {
            Notice::PackUsed {
                kind,
                activity,
                percent,
                ..
            } => {
                let source = source_zh(*kind, *activity);
                match percent {
                    100 => format!("{source}已用完"),
                    _ => format!("{source}已使用 {percent}%"),
                }
            }
            Notice::LicenceEnds { activity, ends, .. } => format!(
                "活动 {activity} 的技术授权将于 {} 到期",
                end(*ends, calendar)
            ),
            Notice::PackEnds {
                kind,
                activity,
                ends,
                ..
            } => format!(
                "{}将于 {} 到期",
                source_zh(*kind, *activity),
                end(*ends, calendar)
            ),
            Notice::WindowEnds { activity, ends, .. } => format!(
                "活动 {activity} 的素材将于 {} 后不可更换",
                end(*ends, calendar)
            ),
            Notice::InArrears { short, .. } => format!("账户已欠费，尚缺 {short} 元"),
            Notice::ServiceRestored { .. } => "账单已结清，服务已恢复".to_owned(),
            Notice::MaterialDecided {
                material, status, ..
            } => format!("素材 {material}：{}", decision_zh(*status)),
            Notice::BillDrawn { month, amount, .. } => format!("{month} 账单：{amount} 元"),
        }
    }

    /// What happened and what to do, in English.
    pub fn text_en(&self, calendar: &Calendar) -> String {
        match self {
            Notice::PackUsed {
                kind,
                activity,
                percent,
                used,
                total,
                ..
            } => format!(
                "{used} of {total} calls of {} are used. {}",
                source_en(*kind, *activity),
                used_advice_en(*kind, *percent)
            ),
            Notice::LicenceEnds {
                activity,
                ends,
                days_left,
            } => format!(
                "The licence of activity {activity} ends on {}, within {}. After that its calls are refused. Renew it before: the new period follows on and brings a new call pack and update window.",
                end(*ends, calendar),
                days_en(*days_left)
            ),
            Notice::PackEnds {
                kind,
                activity,
                left,
                ends,
                days_left,
                ..
            } => format!(
                "{left} calls of {} are left and end on {}, within {}. They cannot be prolonged or refunded; use them before, and renew in time what your calls need after that day.",
                source_en(*kind, *activity),
                end(*ends, calendar),
                days_en(*days_left)
            ),
            Notice::WindowEnds {
                activity,
                ends,
                days_left,
            } => format!(
                "The materials of activity {activity} can be added, replaced and deleted until {}, for {} at most. Make your changes before; the degrees stay adjustable. A renewed licence opens a new window.",
                end(*ends, calendar),
                days_en(*days_left)
            ),
            Notice::InArrears {
                month,
                owed,
                balance,
                short,
            } => format!(
                "The bill for {month} could not be paid: {owed} yuan are owed and the balance is {balance}. All calls are refused. Top up {short} yuan or more; that pays the bills and restores the service at once."
            ),
            Notice::ServiceRestored { month, paid } => format!(
                "{paid} yuan were paid for all bills up to {month}. Calls are served again; there is nothing to do."
            ),
            Notice::MaterialDecided {
                material,
                status,
                reason,
                reason_en,
                ..
            } => {
                let reason = if reason_en.is_empty() {
                    reason
                } else {
                    reason_en
                };
                let reason = match reason.trim_end_matches('.') {
                    "" => String::new(),
                    reason => format!("Reason: {reason}. "),
                };
                format!(
                    "The review of material {material}: {}. {reason}{}",
                    decision_en(*status),
                    decision_advice_en(*status)
                )
            }
            Notice::BillDrawn {
                month,
                calls,
                amount,
                paid,
            } => format!(
                "{calls} postpaid calls in {month} cost {amount} yuan. {}",
                if *paid {
                    "The balance paid the bill; there is nothing to do."
                } else {
                    "The balance is too low; top up to restore the service."
                }
            ),
        }
    }

    /// What happened and what to do, in Chinese.
    pub fn text_zh(&self, calendar: &Calendar) -> String {
        match self {
            Notice::PackUsed {
                kind,
                activity,
                percent,
                used,
                total,
                ..
            } => format!(
                "{}共 {total} 次，已使用 {used} 次。{}",
                source_zh(*kind, *activity),
                used_advice_zh(*kind, *percent)
            ),
            Notice::LicenceEnds {
                activity,
                ends,
                days_left,
            } => format!(
                "活动 {activity} 的技术授权将在 {days_left} 天内（{}）到期，到期后调用将被拒绝。请提前续费：新授权期自到期时起顺延，并附新的资源包与素材更换期。",
                end(*ends, calendar)
            ),
            Notice::PackEnds {
                kind,
                activity,
                left,
                ends,
                days_left,
                ..
            } => format!(
                "{}剩余 {left} 次，将在 {days_left} 天内（{}）到期。资源包不可延期、不可退款，请尽快使用，并为之后的调用及时续购。",
                source_zh(*kind, *activity),
                end(*ends, calendar)
            ),
            Notice::WindowEnds {
                activity,
                ends,
                days_left,
            } => format!(
                "活动 {activity} 的素材更换期将在 {days_left} 天内（{}）结束，之后不可新增、替换或删除素材，参数仍可调节。请提前完成更换；续费后会有新的更换期。",
                end(*ends, calendar)
            ),
            Notice::InArrears {
                month,
                owed,
                balance,
                short,
            } => format!(
                "{month} 账单扣款失败：欠费 {owed} 元，余额 {balance} 元，所有调用已被拒绝。请至少充值 {short} 元，充值后自动结清账单并立即恢复服务。"
            ),
            Notice::ServiceRestored { month, paid } => {
                format!("已支付 {paid} 元，{month} 及之前的账单已全部结清，服务已恢复，无需操作。")
            }
            Notice::MaterialDecided {
                material,
                status,
                reason,
                ..
            } => {
                let reason = match reason.trim_end_matches('。') {
                    "" => String::new(),
                    reason => format!("原因：{reason}。"),
                };
                format!(
                    "素材 {material} 的审核结果：{}。{reason}{}",
                    decision_zh(*status),
                    decision_advice_zh(*status)
                )
            }
            Notice::BillDrawn {
                month,
                calls,
                amount,
                paid,
            } => format!(
                "{month} 后付费调用 {calls} 次，共 {amount} 元。{}",
                if *paid {
                    "已从余额扣款，无需操作。"
                } else {
                    "余额不足，请充值以恢复服务。"
                }
            ),
        }
    }
}

/// The end of a time: a midnight is written as 24:00 of the day before.
fn end(ends: Moment, calendar: &Calendar) -> String {
    let last_day = calendar.day_of(ends.plus_ms(-1));
    if calendar.end_of(last_day) == ends {
        format!("{last_day} 24:00")
    } else {
        calendar.write(ends)
    }
}

fn days_en(days: u32) -> String {
    match days {
        1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    }
}

fn source_en(kind: GrantKind, activity: Option<ActivityId>) -> String {
    let source = match kind {
        GrantKind::Free => "the free quota",
        GrantKind::Licence => "the licence pack",
        GrantKind::Pack => "a shared pack",
    };
    match activity {
        Some(activity) => format!("{source} of activity {activity}"),
        None => source.to_owned(),
    }
}

fn source_zh(kind: GrantKind, activity: Option<ActivityId>) -> String {
    let source = match kind {
        GrantKind::Free => "免费额度",
        GrantKind::Licence => "套餐资源包",
        GrantKind::Pack => "共享资源包",
    };
    match activity {
        Some(activity) => format!("活动 {activity} 的{source}"),
        None => source.to_owned(),
    }
}

fn used_advice_en(kind: GrantKind, percent: u8) -> &'static str {
    match (kind, percent) {
        (GrantKind::Free, 100) => {
            "Without a licence further calls are refused: buy a licence to go on."
        }
        (GrantKind::Free, _) => {
            "Buy a licence before the rest is used, or further calls will be refused."
        }
        (_, 100) => {
            "Further calls are paid by the next pack, or postpaid where there is none: buy a shared pack if that is cheaper for you."
        }
        _ => {
            "When it is used up the next pack pays, or calls are postpaid: buy a shared pack in time."
        }
    }
}

fn used_advice_zh(kind: GrantKind, percent: u8) -> &'static str {
    match (kind, percent) {
        (GrantKind::Free, 100) => "未购买技术授权的活动，后续调用将被拒绝，请购买技术授权。",
        (GrantKind::Free, _) => "用完后，未购买技术授权的活动将无法调用，请提前购买技术授权。",
        (_, 100) => "后续调用由其他资源包抵扣，没有资源包时按后付费计费，可购买共享资源包。",
        _ => "用完后由其他资源包抵扣，没有资源包时按后付费计费，请及时购买共享资源包。",
    }
}

fn decision_en(status: MaterialStatus) -> &'static str {
    match status {
        MaterialStatus::InReview => "in review",
        MaterialStatus::PassedByPerson | MaterialStatus::PassedByMachine => "passed",
        MaterialStatus::RejectedByPerson | MaterialStatus::RejectedByMachine => "rejected",
        MaterialStatus::Appealed => "appealed",
        MaterialStatus::AppealWon => "passed on appeal",
        MaterialStatus::AppealLost => "rejected on appeal",
    }
}

fn decision_zh(status: MaterialStatus) -> &'static str {
    match status {
        MaterialStatus::InReview => "审核中",
        MaterialStatus::PassedByPerson | MaterialStatus::PassedByMachine => "审核通过",
        MaterialStatus::RejectedByPerson | MaterialStatus::RejectedByMachine => "审核未通过",
        MaterialStatus::Appealed => "申诉中",
        MaterialStatus::AppealWon => "申诉通过",
        MaterialStatus::AppealLost => "申诉未通过",
    }
}

fn decision_advice_en(status: MaterialStatus) -> &'static str {
    match status {
        _ if status.is_usable() => "Calls can use it.",
        MaterialStatus::RejectedByMachine => "Upload another picture, or appeal.",
        MaterialStatus::RejectedByPerson | MaterialStatus::AppealLost => "Upload another picture.",
        _ => "Wait for the decision.",
    }
}

fn decision_advice_zh(status: MaterialStatus) -> &'static str {
    match status {
        _ if status.is_usable() => "现在可以使用该素材。",
        MaterialStatus::RejectedByMachine => "请更换图片，或提交申诉。",
        MaterialStatus::RejectedByPerson | MaterialStatus::AppealLost => "请更换图片。",
        _ => "请等待审核结果。",
    }
}

/// With a capital letter at the beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
