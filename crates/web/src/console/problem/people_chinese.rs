use service::PeopleFault;

/// What a fault with people says, in Chinese.
pub(super) fn chinese(fault: &PeopleFault) -> String {
    match fault {
        PeopleFault::WrongLogin => "用户名或密码错误".to_owned(),
        PeopleFault::CodeNeeded => "该用户已开启两步验证，请输入动态验证码".to_owned(),
        PeopleFault::WrongCode => "动态验证码错误、已过期或已使用，请等待下一个".to_owned(),
        PeopleFault::TooManyAttempts { retry_after_s } => {
            format!("尝试次数过多，请在 {retry_after_s} 秒后重试")
        }
        PeopleFault::WrongPassword => "密码错误".to_owned(),
        PeopleFault::LoginTaken { login } => format!("用户名 {login} 已被使用，请换一个"),
        PeopleFault::BadLogin { least, most } => {
            format!("用户名应为 {least} 到 {most} 个字符，可用 a-z、0-9、. _ - @")
        }
        PeopleFault::PasswordLength {
            length,
            least,
            most,
        } => format!("密码有 {length} 个字符，应为 {least} 到 {most} 个"),
        PeopleFault::PasswordIsLogin => "密码不能与用户名相同".to_owned(),
        PeopleFault::AlreadyMember { login } => {
            format!("{login} 已是该账户的成员，请直接修改其角色")
        }
        PeopleFault::LastOwner => "这是账户的最后一位所有者，请先将其他成员设为所有者".to_owned(),
        PeopleFault::LastOperator => "这是最后一位可用的运营人员，请先添加另一位".to_owned(),
        PeopleFault::TotpActive => "已开启两步验证，请先关闭".to_owned(),
        PeopleFault::NoTotp => "尚未开始设置两步验证".to_owned(),
        PeopleFault::EndsInThePast => "豁免的结束时间早于现在，请选择更晚的时间".to_owned(),
    }
}
