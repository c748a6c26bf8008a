import { texts } from "@/i18n";

export const useText = texts(
  {
    lead: "谁在什么时候做了什么，只增不改。",
    when: "时间",
    who: "操作者",
    commandLine: "命令行",
    action: "操作",
    subject: "对象",
    detail: "说明",
    search: "在已加载的记录中筛选",
    none: "还没有操作记录",
    noneAdvice: "账户里的每次更改都会记录在这里。",
    noneSuch: "已加载的记录中没有匹配的；可加载更多再找",
  },
  {
    lead: "Who did what, and when. Lines are only ever added.",
    when: "When",
    who: "Who",
    commandLine: "Command line",
    action: "What",
    subject: "To what",
    detail: "Detail",
    search: "Filter what is loaded",
    none: "Nothing was done yet",
    noneAdvice: "Every change in the account is written here.",
    noneSuch: "Nothing of what is loaded fits; load more to look on",
  },
);
