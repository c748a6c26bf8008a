import { useSyncExternalStore } from "react";
import { texts } from "@/i18n";

const useText = texts(
  { offline: "网络已断开。恢复后会自动继续，已填写的内容不会丢失。" },
  { offline: "You are offline. It goes on by itself once the network is back; nothing you entered is lost." },
);

export function OfflineBanner() {
  const t = useText();
  const online = useSyncExternalStore(
    (listener) => {
      window.addEventListener("online", listener);
      window.addEventListener("offline", listener);
      return () => {
        window.removeEventListener("online", listener);
        window.removeEventListener("offline", listener);
      };
    },
    () => navigator.onLine,
  );
  return (
    <div role="status" className="m-offline-place">
      {!online && <p className="m-offline">{t.offline}</p>}
    </div>
  );
}
