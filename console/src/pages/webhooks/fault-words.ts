import { useLanguage } from "@/i18n";

/** What the server says of a delivery that failed, as patterns, and the same in Chinese. */
const FAULTS: [RegExp, (...found: string[]) => string][] = [
  [/^the receiver answered with the status (\d+)/, (status) => `对方应答 ${status}，应答 2xx 才算送达`],
  [/^(\S+) is not on the public internet/, (host) => `${host} 不在公网上，请使用公网地址`],
  [/^(\S+) is not found/, (host) => `找不到主机 ${host}，请检查地址`],
  [/^(\S+) did not answer in time/, (host) => `${host} 没有及时应答；请先应答，再处理`],
  [/^the connection to (\S+) failed: .*refused/i, (host) => `${host} 拒绝连接，请检查服务是否在运行`],
  [/^the connection to (\S+) failed: (.*)/, (host, why) => `连接 ${host} 失败（${why}）`],
];

/** Why a delivery failed, in Chinese where it is known; otherwise as the server wrote it. */
export function faultInChinese(fault: string): string {
  for (const [pattern, say] of FAULTS) {
    const found = pattern.exec(fault);
    if (found) {
      return say(...found.slice(1));
    }
  }
  return fault;
}

export function useFaultWords(): (fault: string) => string {
  const language = useLanguage();
  return (fault) => (language === "zh" ? faultInChinese(fault) : fault.slice(0, 1).toUpperCase() + fault.slice(1));
}
