import Button from "@/components/Button";
import { asProblem, type Problem } from "@/api/problem";
import { texts } from "@/i18n";
import { ErrorIcon } from "./icons";
import { useCountdown } from "./use-countdown";
import "./states.css";

const useText = texts(
  {
    unreachable: "连接不到服务",
    unreachableAdvice: "请检查网络后重试，已填写的内容不会丢失。",
    busy: "服务繁忙",
    broken: "服务出了问题",
    brokenAdvice: "请稍后重试；若一直如此，请联系运营方。",
    tooLarge: "文件太大",
    tooLargeAdvice: "请换一张更小的图片。",
    unknown: "操作没有完成",
    wait: (s: number) => `请在 ${s} 秒后重试。`,
    retry: "重试",
  },
  {
    unreachable: "The service cannot be reached",
    unreachableAdvice: "Check the network and try again; nothing you entered is lost.",
    busy: "The service is busy",
    broken: "Something failed in the service",
    brokenAdvice: "Try again later; if it goes on, contact the operator.",
    tooLarge: "The file is too large",
    tooLargeAdvice: "Choose a smaller picture.",
    unknown: "It was not done",
    wait: (s: number) => `Try again in ${s} s.`,
    retry: "Try again",
  },
);

/** What a problem is in words, and what can be done about it. */
export function useProblemWords(problem: Problem): { message: string; advice?: string } {
  const t = useText();
  if (problem.code === "unreachable") {
    return { message: t.unreachable, advice: t.unreachableAdvice };
  }
  if (problem.status === 413) {
    return { message: problem.message || t.tooLarge, advice: t.tooLargeAdvice };
  }
  if (problem.status === 429 || problem.status === 503) {
    return { message: problem.message || t.busy };
  }
  if (problem.status >= 500) {
    return { message: problem.message || t.broken, advice: problem.message ? undefined : t.brokenAdvice };
  }
  return { message: problem.message || t.unknown };
}

interface ProblemAlertProps {
  /** What was thrown; nothing is shown without. */
  problem: unknown;
  onRetry?: (() => void) | undefined;
  /** What else to do, such as a link. */
  children?: React.ReactNode;
}

/** The dialog over the page asks for the password; once it is given, nothing is wrong any more. */
const ENDED = "not_signed_in";

/** Says what went wrong, what to do, and tries again. */
export function ProblemAlert({ problem, ...rest }: ProblemAlertProps) {
  if (problem === null || problem === undefined || asProblem(problem).code === ENDED) {
    return null;
  }
  return <Told problem={asProblem(problem)} {...rest} />;
}

function Told({ problem, onRetry, children }: Omit<ProblemAlertProps, "problem"> & { problem: Problem }) {
  const t = useText();
  const { message, advice } = useProblemWords(problem);
  const left = useCountdown(problem.retryAfterS, problem);
  return (
    <div className="m-problem" role="alert">
      <ErrorIcon />
      <div className="m-problem-words">
        <p>{message}</p>
        {advice && <p className="m-muted">{advice}</p>}
        {left > 0 && <p className="m-muted m-number" aria-live="off">{t.wait(left)}</p>}
        {children}
      </div>
      {onRetry && (
        <Button size="small" variant="outline" onClick={onRetry} disabled={left > 0}>
          {t.retry}
        </Button>
      )}
    </div>
  );
}
