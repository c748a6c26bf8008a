import { useEffect, useState } from "react";

/** Seconds left of `seconds`, counted down from when `from` changed; 0 without. */
export function useCountdown(seconds: number | undefined, from: unknown): number {
  const [count, setCount] = useState<{ from: unknown; left: number }>({ from: undefined, left: 0 });
  if (count.from !== from) {
    setCount({ from, left: seconds ?? 0 });
  }
  const running = count.left > 0;
  useEffect(() => {
    if (!running) {
      return;
    }
    const timer = window.setInterval(() => setCount((now) => ({ ...now, left: Math.max(0, now.left - 1) })), 1000);
    return () => window.clearInterval(timer);
  }, [running, from]);
  return count.left;
}
