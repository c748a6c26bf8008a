import { renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { setLanguage } from "@/i18n";
import { useDetailName } from "./audit-details";

describe("details of the log", () => {
  it.each([
    ["sign_in_failed", "wrong login or password, from 10.0.0.0/24; 3 more before it are not listed", "用户名或密码错误，来自 10.0.0.0/24；此前还有 3 次未列出"],
    ["exempt", "for ever: 合同第七条", "长期：合同第七条"],
    ["exempt", "until 2027-03-31T16:00:00Z: a", "至 2027-04-01 00:00：a"],
    ["PUT /operator/costs", "820.00 per million calls", "每百万次 ¥820.00"],
    ["POST /operator/reviews/{material}", "refused 人脸被遮挡", "驳回：人脸被遮挡"],
    ["POST /operator/reviews/{material}", "approved", "通过"],
    ["PATCH /operator/accounts/{account}", "suspended, activity limit 30", "停用、活动上限 30"],
    ["POST /operator/accounts/{account}/top-ups", "k-1 25000.00 银行转账 1", "¥25,000.00 银行转账 1"],
    ["POST /operator/catalogue", "version 2027-02", "版本 2027-02"],
    ["set_role", "owner", "所有者"],
    // Somebody's own words are not ours to change.
    ["POST /accounts/{account}/materials/{material}/appeal", "approved by our designer", "approved by our designer"],
  ])("%s %s", (action, detail, told) => {
    setLanguage("zh");
    const { result } = renderHook(() => useDetailName());
    expect(result.current(action, detail)).toBe(told);
  });
});
