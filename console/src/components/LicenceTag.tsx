import Tag from "tdesign-react/es/tag";
import type { Schema } from "@/api/types";
import { texts } from "@/i18n";

const useText = texts({ licensed: "已授权", unlicensed: "未授权" }, { licensed: "Licensed", unlicensed: "Unlicensed" });

/** Whether an activity has a licence. */
export function LicenceTag({ activity }: { activity: Pick<Schema["Activity"], "licensed_until"> }) {
  const t = useText();
  return activity.licensed_until === null ? (
    <Tag variant="outline">{t.unlicensed}</Tag>
  ) : (
    <Tag theme="success" variant="light">
      {t.licensed}
    </Tag>
  );
}
