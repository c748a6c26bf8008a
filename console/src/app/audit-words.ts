import { texts } from "@/i18n";

/** What members and operators do in an account, as it is written into the log. */
const useAccountActions = texts(
  {
    add_member: "添加成员",
    set_role: "更改角色",
    remove_member: "移除成员",
    exempt: "豁免标识",
    end_exemption: "结束标识豁免",
    "POST /accounts/{account}/orders": "下单并支付",
    "POST /accounts/{account}/activities": "新建活动",
    "PATCH /accounts/{account}/activities/{activity}": "更改活动",
    "DELETE /accounts/{account}/activities/{activity}": "删除活动",
    "POST /accounts/{account}/activities/{activity}/materials": "上传素材",
    "PATCH /accounts/{account}/materials/{material}": "更改素材",
    "PUT /accounts/{account}/materials/{material}/picture": "更换素材图片",
    "DELETE /accounts/{account}/materials/{material}": "删除素材",
    "POST /accounts/{account}/materials/{material}/appeal": "申诉素材",
    "POST /accounts/{account}/keys": "新建 API 密钥",
    "PATCH /accounts/{account}/keys/{secret_id}": "更改 API 密钥",
    "DELETE /accounts/{account}/keys/{secret_id}": "删除 API 密钥",
    "POST /accounts/{account}/webhooks": "添加 Webhook",
    "DELETE /accounts/{account}/webhooks/{webhook}": "删除 Webhook",
    "POST /accounts/{account}/webhooks/{webhook}/test": "测试 Webhook",
    "POST /accounts/{account}/deliveries/{delivery}/retry": "重新投递",
    "POST /accounts/{account}/explorer": "API 调试",
    "PUT /accounts/{account}/activities/{activity}/campaign": "更改活动页",
    "PUT /accounts/{account}/activities/{activity}/campaign/cover": "更换活动页封面",
    "DELETE /accounts/{account}/activities/{activity}/campaign/cover": "删除活动页封面",
    "PUT /accounts/{account}/activities/{activity}/campaign/published": "发布或下线活动页",
    "PATCH /operator/accounts/{account}": "更改账户",
    "POST /operator/accounts/{account}/top-ups": "充值",
    "POST /operator/reviews/{material}": "裁定素材",
  },
  {
    add_member: "Added a member",
    set_role: "Changed a role",
    remove_member: "Removed a member",
    exempt: "Exempted from labels",
    end_exemption: "Ended the exemption from labels",
    "POST /accounts/{account}/orders": "Ordered and paid",
    "POST /accounts/{account}/activities": "Created an activity",
    "PATCH /accounts/{account}/activities/{activity}": "Changed an activity",
    "DELETE /accounts/{account}/activities/{activity}": "Deleted an activity",
    "POST /accounts/{account}/activities/{activity}/materials": "Uploaded a material",
    "PATCH /accounts/{account}/materials/{material}": "Changed a material",
    "PUT /accounts/{account}/materials/{material}/picture": "Replaced a material's picture",
    "DELETE /accounts/{account}/materials/{material}": "Deleted a material",
    "POST /accounts/{account}/materials/{material}/appeal": "Appealed a material",
    "POST /accounts/{account}/keys": "Created an API key",
    "PATCH /accounts/{account}/keys/{secret_id}": "Changed an API key",
    "DELETE /accounts/{account}/keys/{secret_id}": "Deleted an API key",
    "POST /accounts/{account}/webhooks": "Added a webhook",
    "DELETE /accounts/{account}/webhooks/{webhook}": "Deleted a webhook",
    "POST /accounts/{account}/webhooks/{webhook}/test": "Tested a webhook",
    "POST /accounts/{account}/deliveries/{delivery}/retry": "Sent a delivery again",
    "POST /accounts/{account}/explorer": "API explorer",
    "PUT /accounts/{account}/activities/{activity}/campaign": "Changed a campaign page",
    "PUT /accounts/{account}/activities/{activity}/campaign/cover": "Replaced a campaign cover",
    "DELETE /accounts/{account}/activities/{activity}/campaign/cover": "Deleted a campaign cover",
    "PUT /accounts/{account}/activities/{activity}/campaign/published": "Published or withdrew a campaign page",
    "PATCH /operator/accounts/{account}": "Changed an account",
    "POST /operator/accounts/{account}/top-ups": "Topped up",
    "POST /operator/reviews/{material}": "Decided on a material",
  },
);

/** What concerns users, operators and the whole service. */
const useOtherActions = texts(
  {
    sign_in: "登录",
    sign_in_failed: "登录失败",
    sign_out: "退出登录",
    change_password: "更改密码",
    change_name: "更改姓名",
    rename_user: "更改姓名",
    begin_totp: "开始设置两步验证",
    activate_totp: "开启两步验证",
    remove_totp: "关闭两步验证",
    grant_operator: "设为运营者",
    revoke_operator: "取消运营者",
    create_user: "新建用户",
    enable_user: "恢复用户登录",
    disable_user: "禁用用户",
    reset_password: "重置密码",
    "PUT /session/name": "更改自己的姓名",
    "POST /operator/accounts": "新建账户",
    "POST /operator/catalogue": "启用新价目表",
    "PUT /operator/costs": "设置成本",
  },
  {
    sign_in: "Signed in",
    sign_in_failed: "Failed to sign in",
    sign_out: "Signed out",
    change_password: "Changed a password",
    change_name: "Changed a name",
    rename_user: "Changed a name",
    begin_totp: "Began two-step sign-in",
    activate_totp: "Turned two-step sign-in on",
    remove_totp: "Turned two-step sign-in off",
    grant_operator: "Made somebody an operator",
    revoke_operator: "Took an operator's rights back",
    create_user: "Created a user",
    enable_user: "Let a user in again",
    disable_user: "Disabled a user",
    reset_password: "Reset a password",
    "PUT /session/name": "Changed their own name",
    "POST /operator/accounts": "Created an account",
    "POST /operator/catalogue": "Put a catalogue into force",
    "PUT /operator/costs": "Set a cost",
  },
);

/** What may stand in the log of an account, in words. */
export function useAccountActionNames(): Record<string, string> {
  return useAccountActions();
}

/** What may stand in any log, in words. */
export function useActionNames(): Record<string, string> {
  const [account, other] = [useAccountActions(), useOtherActions()];
  return { ...account, ...other };
}

/** An action in words; what is not known is shown as it is written. */
export function useActionName(): (action: string) => string {
  const names = useActionNames();
  return (action) => names[action] ?? action;
}

/** Kinds of things that are acted on, as they stand before their number. */
const useKinds = texts(
  { activity: "活动", user: "用户", account: "账户", material: "素材", key: "密钥", webhook: "Webhook", delivery: "投递", order: "订单", notice: "通知", login: "用户名" },
  { activity: "Activity", user: "User", account: "Account", material: "Material", key: "Key", webhook: "Webhook", delivery: "Delivery", order: "Order", notice: "Notice", login: "Login" },
);

/** What was acted on: `activity 300107` with the activity's name, `user 5 he.qing` as the user. */
export function useSubjectName(activities: ReadonlyMap<string, string>): (subject: string) => string {
  const kinds = useKinds() as Record<string, string>;
  return (subject) => {
    const [, kind = "", id = "", rest] = /^(\w+) (\S+)(?: (.+))?$/.exec(subject) ?? [];
    const known = kinds[kind];
    if (known === undefined) {
      return subject;
    }
    const name = kind === "activity" ? activities.get(id) : rest;
    return kind === "user" && rest !== undefined ? `${known} ${rest}` : `${known} ${id}${name === undefined ? "" : ` ${name}`}`;
  };
}
