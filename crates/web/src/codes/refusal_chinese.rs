//! The refusals of `billing` in Chinese; their English is `billing`'s own.

use billing::{LockedChange, Refusal};

/// What `refusal` says, in Chinese, without the full stop.
pub(crate) fn chinese(refusal: &Refusal) -> String {
    match refusal {
        Refusal::AccountSuspended => "账户已停用，请联系运营方".to_owned(),
        Refusal::InArrears {
            owed,
            balance,
            short,
        } => format!("账户欠费 {owed} 元，余额 {balance} 元，请至少充值 {short} 元"),
        Refusal::NotEntitled { activity, free } => {
            format!("活动 {activity} 没有技术授权，{free} 次免费额度已用完，请购买技术授权")
        }
        Refusal::OverQps {
            qps,
            retry_after_ms,
        } => format!("请求频率超过每秒 {qps} 次，请在 {retry_after_ms} 毫秒后重试，或升级 QPS"),
        Refusal::TokenReused => "该客户端令牌已用于另一个请求，请为每个请求使用新的值".to_owned(),
        Refusal::BalanceTooLow {
            needed,
            balance,
            short,
        } => format!("订单需要 {needed} 元，余额 {balance} 元，请至少充值 {short} 元"),
        Refusal::PriceChanged { agreed, now } => {
            format!("当前价格为 {now} 元，不是确认时的 {agreed} 元，请查看新报价后重新下单")
        }
        Refusal::OrderKeyReused => "该订单键已用于另一个订单，请为每个订单使用新的值".to_owned(),
        Refusal::NotPositive { amount } => format!("不能入账 {amount} 元，金额必须大于 0"),
        Refusal::TooMuch { amount, most } => format!("金额 {amount} 元超过单笔上限 {most} 元"),
        other => activity(other)
            .or_else(|| material(other))
            .or_else(|| purchase(other))
            .unwrap_or_else(|| other.to_string()),
    }
}

fn activity(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::NameEmpty { most } => format!("名称为空，请输入 1 到 {most} 个字符"),
        Refusal::NameTooLong { length, most } => {
            format!("名称有 {length} 个字符，最多 {most} 个")
        }
        Refusal::ControlCharacter { character } => {
            format!("文本含有控制字符 U+{character:04X}，请删除")
        }
        Refusal::DetailsTooLong { length, most } => {
            format!("活动说明有 {length} 个字符，最多 {most} 个")
        }
        Refusal::UnknownQuota { asked, offered } => {
            format!("没有 {asked} 的素材额度，可选 {}", list(offered))
        }
        Refusal::QuotaBelowMaterials { materials, quota } => {
            format!("活动已有 {materials} 个素材，超过额度 {quota}，请先删除一些")
        }
        Refusal::TooManyActivities { most } => {
            format!("账户已创建 {most} 个活动（含已删除），达到上限，请联系运营方")
        }
        Refusal::LockedByLicence { change, until } => {
            let change = match change {
                LockedChange::SwitchAlgorithm => "切换算法版本",
                LockedChange::SwitchQuota => "切换素材额度",
                LockedChange::Delete => "删除",
            };
            format!("已授权的活动不能{change}，技术授权到 {until} 为止")
        }
        _ => return None,
    })
}

fn material(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::MaterialsFrozen { since } => {
            format!("素材自 {since} 起已冻结，续费技术授权后可再次修改")
        }
        Refusal::QuotaFull { quota } => format!("活动已有 {quota} 个素材，达到额度，请先删除一个"),
        Refusal::WrongReviewState { status, .. } => {
            format!("素材当前状态为 {status}，不能进行此操作")
        }
        Refusal::DegreeOutOfRange { asked } => {
            format!("参数值 {asked} 超出范围，应为 0（像用户）到 100（像素材）")
        }
        _ => return None,
    })
}

fn purchase(refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::AlreadyLicensed { until } => {
            format!("活动已有技术授权，到 {until} 为止，请改为续费")
        }
        Refusal::NotLicensed => "活动没有技术授权，请先购买".to_owned(),
        Refusal::NoLicensedActivity => {
            "账户没有已授权的活动，请先购买技术授权再购买资源包".to_owned()
        }
        Refusal::NoPackageForQuota { quota, offered } => {
            format!(
                "没有额度为 {quota} 的技术授权套餐，请将素材额度改为 {}",
                list(offered)
            )
        }
        Refusal::UnknownPack { asked, offered } => {
            format!("没有资源包 {asked}，可选 {}", offered.join("、"))
        }
        Refusal::NotAStep { asked, step } => {
            format!("不能购买 {asked} QPS，QPS 以 {step} 为单位")
        }
        Refusal::StartsInThePast { first_day, today } => {
            format!("{first_day} 已过，开始日期最早为 {today}")
        }
        Refusal::EndsBeforeItStarts {
            first_day,
            last_day,
        } => format!("结束日期 {last_day} 早于开始日期 {first_day}"),
        Refusal::TooFarAhead { day, last } => format!("{day} 太远，最晚可选 {last}"),
        Refusal::BeyondLicence { day, last } => {
            format!("技术授权在 {day} 之前到期，请先续费，或选择 {last} 及之前的日期")
        }
        Refusal::AboveCeiling {
            day,
            would_be,
            ceiling,
            contact,
        } => {
            let contact = if contact.is_empty() {
                String::new()
            } else {
                format!("（{contact}）")
            };
            format!(
                "{day} 的 QPS 将达到 {would_be}，超过上限 {ceiling}，更高需求请联系运营方{contact}"
            )
        }
        _ => return None,
    })
}

fn list(numbers: &[u64]) -> String {
    let texts: Vec<String> = numbers.iter().map(u64::to_string).collect();
    texts.join("、")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use billing::{ActivityId, Day, Money};

    /// One of each kind.
    pub(crate) fn every_refusal() -> Vec<Refusal> {
        let day = Day::new(2027, 1, 10).unwrap();
        let until = "2027-01-10T00:00:00Z".parse().unwrap();
        let money = Money::from_fen(1);
        vec![
            Refusal::AccountSuspended,
            Refusal::InArrears {
                owed: money,
                balance: money,
                short: money,
            },
            Refusal::NotEntitled {
                activity: ActivityId::new(300_100),
                free: 500,
            },
            Refusal::OverQps {
                qps: 10,
                retry_after_ms: 80,
            },
            Refusal::TokenReused,
            Refusal::BalanceTooLow {
                needed: money,
                balance: money,
                short: money,
            },
            Refusal::NameEmpty { most: 15 },
            Refusal::NameTooLong {
                length: 16,
                most: 15,
            },
            Refusal::ControlCharacter { character: 0 },
            Refusal::DetailsTooLong {
                length: 501,
                most: 500,
            },
            Refusal::UnknownQuota {
                asked: 7,
                offered: vec![10, 30],
            },
            Refusal::QuotaBelowMaterials {
                materials: 11,
                quota: 10,
            },
            Refusal::TooManyActivities { most: 20 },
            Refusal::LockedByLicence {
                change: LockedChange::Delete,
                until,
            },
            Refusal::MaterialsFrozen { since: until },
            Refusal::QuotaFull { quota: 10 },
            Refusal::WrongReviewState {
                status: 0,
                asked: "decided",
                advice: "wait",
            },
            Refusal::DegreeOutOfRange { asked: 101 },
            Refusal::AlreadyLicensed { until },
            Refusal::NotLicensed,
            Refusal::NoLicensedActivity,
            Refusal::NoPackageForQuota {
                quota: 7,
                offered: vec![10],
            },
            Refusal::UnknownPack {
                asked: "x".to_owned(),
                offered: vec!["y".to_owned()],
            },
            Refusal::NotAStep { asked: 5, step: 10 },
            Refusal::StartsInThePast {
                first_day: day,
                today: day,
            },
            Refusal::EndsBeforeItStarts {
                first_day: day,
                last_day: day,
            },
            Refusal::TooFarAhead { day, last: day },
            Refusal::BeyondLicence { day, last: day },
            Refusal::AboveCeiling {
                day,
                would_be: 1010,
                ceiling: 1000,
                contact: "a".to_owned(),
            },
            Refusal::PriceChanged {
                agreed: money,
                now: money,
            },
            Refusal::OrderKeyReused,
            Refusal::NotPositive { amount: money },
            Refusal::TooMuch {
                amount: money,
                most: money,
            },
        ]
    }

    /// English has no Chinese characters, so a refusal that was forgotten above shows none.
    #[test]
    fn refusals_speak_chinese() {
        for refusal in every_refusal() {
            let text = chinese(&refusal);
            assert!(text.chars().any(|c| ('一'..='龥').contains(&c)), "{text}");
        }
    }
}
