import { texts } from "@/i18n";

export const useText = texts(
  {
    title: "登录 mien",
    lead: "人脸融合的活动、素材、用量与账单，都在这里。",
    firstOperator: "还没有运营者。请在服务器上创建第一个：",
    demo: "演示环境：点一下即可登录",
    as: (name: string, operator: boolean) => (operator ? `${name}（运营者）` : name),
    contact: (contact: string) => `需要帮助？${contact}`,
  },
  {
    title: "Sign in to mien",
    lead: "Activities, materials, usage and bills of your face fusion.",
    firstOperator: "There is no operator yet. Create the first one on the server:",
    demo: "Demo: sign in with one click",
    as: (name: string, operator: boolean) => (operator ? `${name} (operator)` : name),
    contact: (contact: string) => `Need help? ${contact}`,
  },
);
