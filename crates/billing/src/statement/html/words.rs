use crate::{ChargedTo, GrantKind, Month, Outcome};

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

/// The page's fixed texts in one language. None of them needs escaping.
pub(super) struct Words {
    pub(super) tag: &'static str,
    pub(super) title: &'static str,
    pub(super) account: &'static str,
    pub(super) complete: &'static str,
    pub(super) preliminary: &'static str,
    pub(super) preliminary_note: &'static str,
    pub(super) issued: &'static str,
    pub(super) zone: &'static str,
    pub(super) catalogue: &'static str,
    pub(super) currency: &'static str,
    pub(super) postpaid: &'static str,
    pub(super) postpaid_none: &'static str,
    pub(super) orders: &'static str,
    pub(super) calls: &'static str,
    pub(super) closing: &'static str,
    pub(super) opening: &'static str,
    pub(super) calls_by_day: &'static str,
    pub(super) no_calls: &'static str,
    pub(super) peak: &'static str,
    pub(super) by_outcome: &'static str,
    pub(super) by_payer: &'static str,
    pub(super) by_activity: &'static str,
    pub(super) activity: &'static str,
    pub(super) paid_by: &'static str,
    pub(super) fused: &'static str,
    pub(super) not_fused: &'static str,
    pub(super) failed: &'static str,
    pub(super) total: &'static str,
    pub(super) grants: &'static str,
    pub(super) used_before: &'static str,
    pub(super) used_in_month: &'static str,
    pub(super) left: &'static str,
    pub(super) of_all: &'static str,
    pub(super) valid_to: &'static str,
    pub(super) endless: &'static str,
    pub(super) rounded: &'static str,
    pub(super) tier_rule: &'static str,
    pub(super) tier: &'static str,
    pub(super) and_more: &'static str,
    pub(super) settlement: &'static str,
    pub(super) order: &'static str,
    pub(super) paid_at: &'static str,
    pub(super) item: &'static str,
    pub(super) amount: &'static str,
    pub(super) licence: &'static str,
    pub(super) pack: &'static str,
    pub(super) qps: &'static str,
    pub(super) no_orders: &'static str,
    pub(super) balance: &'static str,
    pub(super) top_up: &'static str,
    pub(super) bill_paid: &'static str,
    pub(super) proof: &'static str,
    pub(super) proof_text: &'static str,
    pub(super) rows: &'static str,
    pub(super) head: &'static str,
    pub(super) fingerprint: &'static str,
    pub(super) signature: &'static str,
}

impl Words {
    pub(super) fn of(language: Language) -> &'static Words {
        match language {
            Language::Zh => &ZH,
            Language::En => &EN,
        }
    }
}

static ZH: Words = Words {
    tag: "zh-Hans",
    title: "月度账单",
    account: "账户",
    complete: "正式",
    preliminary: "未出账",
    preliminary_note: "本月尚未结束，以下数字截至出具时间。",
    issued: "出具时间",
    zone: "时区",
    catalogue: "价目版本",
    currency: "金额单位：人民币元",
    postpaid: "月结后付费",
    postpaid_none: "本月没有后付费调用。",
    orders: "订单",
    calls: "调用次数",
    closing: "期末余额",
    opening: "期初余额",
    calls_by_day: "每日调用次数",
    no_calls: "本月没有调用。",
    peak: "最高",
    by_outcome: "调用结果",
    by_payer: "由谁支付",
    by_activity: "各活动用量",
    activity: "活动",
    paid_by: "支付",
    fused: "融合成功",
    not_fused: "用户图片不可用",
    failed: "服务失败（不计费）",
    total: "合计",
    grants: "资源包与免费额度",
    used_before: "此前",
    used_in_month: "本月",
    left: "剩余",
    of_all: "/",
    valid_to: "有效期至",
    endless: "长期有效",
    rounded: "四舍五入至分",
    tier_rule: "全账户当月后付费调用总次数所达到的档位，决定其中每一次调用的单价；每张账单只四舍五入一次。",
    tier: "所达档位：",
    and_more: "次及以上",
    settlement: "次月 1 日零点出账并从余额结算。",
    order: "订单",
    paid_at: "支付时间",
    item: "内容",
    amount: "金额",
    licence: "技术授权费套餐",
    pack: "共享资源包",
    qps: "升级 QPS",
    no_orders: "本月没有订单。",
    balance: "余额变动",
    top_up: "充值",
    bill_paid: "支付往月账单",
    proof: "核对凭据",
    proof_text: "这份账单由服务方签名，并固定了每天调用记录的末尾。凭您自己保存的调用记录，无需访问服务器即可逐行核对：",
    rows: "调用记录",
    head: "末行摘要",
    fingerprint: "公钥指纹",
    signature: "签名",
};

static EN: Words = Words {
    tag: "en",
    title: "Monthly statement",
    account: "Account",
    complete: "Final",
    preliminary: "Preliminary",
    preliminary_note: "The month is not over; these are the numbers at the time of issue.",
    issued: "Issued",
    zone: "Time zone",
    catalogue: "Price list",
    currency: "Amounts in yuan (CNY)",
    postpaid: "Postpaid",
    postpaid_none: "No postpaid calls this month.",
    orders: "Orders",
    calls: "Calls",
    closing: "Closing balance",
    opening: "Opening balance",
    calls_by_day: "Calls per day",
    no_calls: "No calls this month.",
    peak: "Peak",
    by_outcome: "How calls ended",
    by_payer: "What paid for them",
    by_activity: "Usage by activity",
    activity: "Activity",
    paid_by: "Paid by",
    fused: "Fused",
    not_fused: "Unusable photo",
    failed: "Service failed (free)",
    total: "Total",
    grants: "Call packs and free calls",
    used_before: "before",
    used_in_month: "This month",
    left: "Left",
    of_all: "of",
    valid_to: "Valid to",
    endless: "Does not expire",
    rounded: "rounded half-up to the fen",
    tier_rule: "The tier that the account's postpaid calls of the month reach in total prices every one of them. A bill is rounded once.",
    tier: "Tier reached: ",
    and_more: "calls and more",
    settlement: "Billed at 00:00 on the 1st of the next month and settled from the balance.",
    order: "Order",
    paid_at: "Paid",
    item: "Item",
    amount: "Amount",
    licence: "Licence",
    pack: "Shared pack",
    qps: "QPS upgrade",
    no_orders: "No orders this month.",
    balance: "Balance",
    top_up: "Top-up",
    bill_paid: "Bill of an earlier month paid",
    proof: "Proof",
    proof_text: "This statement is signed and fixes where the call log ended on every day. With the call records that you keep, every row can be checked without access to the server:",
    rows: "Call records",
    head: "Last digest",
    fingerprint: "Key fingerprint",
    signature: "Signature",
};

/// How a call ended.
pub(super) fn outcome(outcome: Outcome, language: Language) -> &'static str {
    let (zh, en) = match outcome {
        Outcome::Fused => ("融合成功", "Fused"),
        Outcome::Undecodable => ("图片无法解码", "Picture unreadable"),
        Outcome::BadSize => ("图片尺寸不符", "Picture too large or small"),
        Outcome::NotFetched => ("图片下载失败", "Picture not fetched"),
        Outcome::NoFace => ("未检测到人脸", "No face"),
        Outcome::FaceTooSmall => ("人脸过小", "Face too small"),
        Outcome::FaceCut => ("人脸不完整", "Face cut off"),
        Outcome::Unfusable => ("人脸无法融合", "Face not fusable"),
        Outcome::ServiceFailed => ("服务失败（不计费）", "Service failed (free)"),
    };
    pick(language, zh, en)
}

/// What paid for a call.
pub(super) fn payer(payer: ChargedTo, kind: Option<GrantKind>, language: Language) -> String {
    match payer {
        ChargedTo::Grant(id) => match kind {
            Some(kind) => format!("{} #{id}", grant(kind, language)),
            None => format!("#{id}"),
        },
        ChargedTo::Postpaid => Words::of(language).postpaid.to_owned(),
        ChargedTo::Nobody => pick(language, "不计费", "Free of charge").to_owned(),
    }
}

/// What a grant comes from.
pub(super) fn grant(kind: GrantKind, language: Language) -> &'static str {
    let (zh, en) = match kind {
        GrantKind::Free => ("免费额度", "Free calls"),
        GrantKind::Licence => ("套餐资源包", "Licence pack"),
        GrantKind::Pack => ("共享资源包", "Shared pack"),
    };
    pick(language, zh, en)
}

/// A month as people write it.
pub(super) fn month(month: Month, language: Language) -> String {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let text = month.to_string();
    let parts = text.split_once('-');
    let number = parts.and_then(|(_, month)| month.parse::<usize>().ok());
    let name = number.and_then(|number| NAMES.get(number.wrapping_sub(1)));
    let (Some((year, _)), Some(number), Some(name)) = (parts, number, name) else {
        return text;
    };
    match language {
        Language::Zh => format!("{year} 年 {number} 月"),
        Language::En => format!("{name} {year}"),
    }
}

/// A number of orders: `2 笔`.
pub(super) fn orders(number: u64, language: Language) -> String {
    match (language, number) {
        (Language::Zh, _) => format!("{number} 笔"),
        (Language::En, 1) => "1 order".to_owned(),
        (Language::En, _) => format!("{number} orders"),
    }
}

/// A number of calls: `1,234 次`.
pub(super) fn calls(number: &str, language: Language) -> String {
    match language {
        Language::Zh => format!("{number} 次"),
        Language::En if number == "1" => "1 call".to_owned(),
        Language::En => format!("{number} calls"),
    }
}

fn pick(language: Language, zh: &'static str, en: &'static str) -> &'static str {
    match language {
        Language::Zh => zh,
        Language::En => en,
    }
}
