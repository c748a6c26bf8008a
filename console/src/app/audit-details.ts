import { useFormat } from "@/app/format";
import { texts } from "@/i18n";

/** Details that are one of a few words. */
const useDetails = texts(
  {
    viewer: "只读成员",
    member: "成员",
    owner: "所有者",
    operator: "运营者",
    published: "发布",
    withdrawn: "下线",
    unpublished: "下线",
    name: "名称",
    details: "说明",
    algorithm: "算法版本",
    quota: "素材额度",
    feature_degree: "五官参数",
    shape_degree: "脸型参数",
    label: "备注",
    disabled: "停用",
    enabled: "启用",
    deleted: "删除",
    natural: "自然版",
    likeness: "相似版",
    pays: "FuseFaceUltra 计费活动",
    nothing: "无",
  },
  {
    viewer: "viewer",
    member: "member",
    owner: "owner",
    operator: "operator",
    published: "published",
    withdrawn: "withdrawn",
    unpublished: "withdrawn",
    name: "name",
    details: "details",
    algorithm: "algorithm version",
    quota: "material quota",
    feature_degree: "feature degree",
    shape_degree: "shape degree",
    label: "label",
    disabled: "disabled",
    enabled: "enabled",
    deleted: "deleted",
    natural: "natural",
    likeness: "likeness",
    pays: "FuseFaceUltra paid by",
    nothing: "nothing",
  },
);

/** Details that are sentences, with what stands in them. */
const useSentences = texts(
  {
    wrongPassword: (network: string) => `用户名或密码错误，来自 ${network}`,
    wrongCode: (network: string) => `验证码错误，来自 ${network}`,
    more: (n: string) => `；此前还有 ${n} 次未列出`,
    cost: (amount: string) => `每百万次 ${amount}`,
    forEver: (reason: string) => `长期：${reason}`,
    until: (when: string, reason: string) => `至 ${when}：${reason}`,
    approved: (reason: string) => (reason === "" ? "通过" : `通过：${reason}`),
    refused: (reason: string) => `驳回：${reason}`,
    version: (version: string) => `版本 ${version}`,
    suspended: "停用",
    active: "恢复",
    limit: (n: string) => `活动上限 ${n}`,
    usualLimit: "默认活动上限",
  },
  {
    wrongPassword: (network: string) => `Wrong login or password, from ${network}`,
    wrongCode: (network: string) => `Wrong code, from ${network}`,
    more: (n: string) => `; ${n} more before it are not listed`,
    cost: (amount: string) => `${amount} per million calls`,
    forEver: (reason: string) => `For ever: ${reason}`,
    until: (when: string, reason: string) => `Until ${when}: ${reason}`,
    approved: (reason: string) => (reason === "" ? "Approved" : `Approved: ${reason}`),
    refused: (reason: string) => `Rejected: ${reason}`,
    version: (version: string) => `Version ${version}`,
    suspended: "suspended",
    active: "let in again",
    limit: (n: string) => `activity limit ${n}`,
    usualLimit: "the usual activity limit",
  },
);

/** The sentence that an action leaves; `null` where it leaves none that is known. People's own words stay as they are. */
function useSentence(): (action: string, detail: string) => string | null {
  const t = useSentences();
  const { comma } = useComma();
  const { money, moment } = useFormat();
  const limit = (part: string) => {
    const number = /^activity limit (\d+)$/.exec(part)?.[1];
    return part === "suspended" ? t.suspended : part === "active" ? t.active : part === "the usual activity limit" ? t.usualLimit : number === undefined ? part : t.limit(number);
  };
  const known: Record<string, [RegExp, (...parts: string[]) => string]> = {
    sign_in_failed: [
      /^wrong (code|login or password), from (.+?)(?:; (\d+) more before it are not listed)?$/,
      (what = "", network = "", more = "") => (what === "code" ? t.wrongCode(network) : t.wrongPassword(network)) + (more === "" ? "" : t.more(more)),
    ],
    exempt: [/^(?:for ever|until (\S+)): (.*)$/s, (until = "", reason = "") => (until === "" ? t.forEver(reason) : t.until(moment(until), reason))],
    "PUT /operator/costs": [/^(\d+(?:\.\d+)?) per million calls$/, (amount = "") => t.cost(money(amount))],
    "POST /operator/reviews/{material}": [/^(approved|refused) ?(.*)$/s, (verdict = "", reason = "") => (verdict === "approved" ? t.approved(reason) : t.refused(reason))],
    "POST /operator/catalogue": [/^version (.+)$/, (version = "") => t.version(version)],
    "PATCH /operator/accounts/{account}": [/^(.+)$/, (parts = "") => parts.split(", ").map(limit).join(comma)],
    // Its first word is the key under which the money moved once.
    "POST /operator/accounts/{account}/top-ups": [/^\S+ (\d+(?:\.\d+)?) ?(.*)$/s, (amount = "", note = "") => `${money(amount)} ${note}`.trim()],
  };
  return (action, detail) => {
    const [pattern, write] = known[action] ?? [];
    const found = pattern?.exec(detail);
    return found && write ? write(...found.slice(1).map((part) => part ?? "")) : null;
  };
}

/** A detail in words, such as `details` or `feature degree 40`; several stand behind commas. */
export function useDetailName(): (action: string, detail: string) => string {
  const details = useDetails() as Record<string, string>;
  const sentence = useSentence();
  const { comma } = useComma();
  const said = (part: string) => {
    const [, word = "", value = ""] = /^((?:feature|shape) degree|\w+)(?: (.+))?$/.exec(part) ?? [];
    const known = details[word.replace(" ", "_")];
    return known === undefined ? null : value === "" ? known : `${known} ${details[value] ?? value}`;
  };
  return (action, detail) => {
    const known = sentence(action, detail);
    if (known !== null) {
      return known;
    }
    const parts = detail.split(/, ?/).map(said);
    return parts.every((part) => part !== null) ? parts.join(comma) : detail;
  };
}

const useComma = texts({ comma: "、" }, { comma: ", " });
