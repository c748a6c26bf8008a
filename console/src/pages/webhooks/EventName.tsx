import { texts } from "@/i18n";

const useEvents = texts(
  {
    "pack-used": "用量提醒",
    "licence-ends": "授权到期提醒",
    "pack-ends": "资源包到期提醒",
    "window-ends": "素材更新期提醒",
    "in-arrears": "欠费",
    "service-restored": "恢复服务",
    "material-decided": "素材审核结果",
    "bill-drawn": "出账",
    test: "测试",
  },
  {
    "pack-used": "Calls used",
    "licence-ends": "A licence ends",
    "pack-ends": "A pack ends",
    "window-ends": "Materials freeze",
    "in-arrears": "In arrears",
    "service-restored": "Service restored",
    "material-decided": "A material decided",
    "bill-drawn": "A bill drawn",
    test: "Test",
  },
);

/** An event in words, and as receivers find it in the header. */
export function EventName({ event }: { event: string }) {
  const names = useEvents() as Record<string, string>;
  const name = names[event];
  return (
    <span>
      {name !== undefined && <span>{name} </span>}
      <code className="m-muted m-small">{event}</code>
    </span>
  );
}
