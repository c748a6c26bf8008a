use service::CampaignFault;

/// What a fault with a campaign page says, in Chinese.
pub(super) fn chinese(fault: &CampaignFault) -> String {
    match fault {
        CampaignFault::BadSlug { least, most } => {
            format!("页面地址应为 {least} 到 {most} 个字符，可用 a-z、0-9 和 -")
        }
        CampaignFault::SlugTaken { slug } => format!("页面地址 {slug} 已被使用，请换一个"),
        CampaignFault::TextLength {
            field,
            length,
            least,
            most,
        } => format!(
            "{}有 {length} 个字符，应为 {least} 到 {most} 个",
            noun(field)
        ),
        CampaignFault::TextControl { field, character } => {
            format!("{}包含控制字符 U+{character:04X}，请删除", noun(field))
        }
        CampaignFault::BadColour { field } => {
            format!("{}不是颜色，请写成 #1a2b3c 的形式", noun(field))
        }
        CampaignFault::OutOfRange {
            field,
            given,
            least,
            most,
        } => format!("{}为 {given}，应为 {least} 到 {most}", noun(field)),
        CampaignFault::TooManyChosen { count, most } => {
            format!("选择了 {count} 个素材，最多 {most} 个")
        }
        CampaignFault::NotOfActivity { material } => {
            format!("素材 {material} 不属于该活动，请从活动的素材中选择")
        }
        CampaignFault::BadCover { reason_zh, .. } => {
            format!("封面无法使用：{}", reason_zh.trim_end_matches('。'))
        }
        CampaignFault::NothingToShow => {
            "页面没有可用的素材，请先添加通过审核的素材再发布".to_owned()
        }
        CampaignFault::NothingPays => "活动没有授权且免费次数已用完，请先购买授权再发布".to_owned(),
        CampaignFault::NoConsent => "未找到您的同意记录或已过期，请重新同意".to_owned(),
        CampaignFault::ConsentOutdated => "授权说明已更新，请重新阅读并同意".to_owned(),
        CampaignFault::TooManyVisits { retry_after_s } => {
            format!(
                "制作次数过多，请在 {} 分钟后再来",
                retry_after_s.div_ceil(60)
            )
        }
    }
}

fn noun(field: &str) -> &str {
    match field {
        "title" => "标题",
        "subtitle" => "副标题",
        "consent_text" => "授权说明",
        "buttons.choose" => "“选择照片”按钮",
        "buttons.fuse" => "“生成”按钮",
        "buttons.save" => "“保存”按钮",
        "buttons.again" => "“再来一次”按钮",
        "share.title" => "分享标题",
        "share.description" => "分享描述",
        "colours.primary" => "主色",
        "colours.background" => "背景色",
        "colours.text" => "文字颜色",
        "hourly_limit" => "每小时次数",
        "keep_result_hours" => "结果保留小时数",
        "attempt" => "制作编号",
        other => other,
    }
}
