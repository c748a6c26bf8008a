import { useState } from "react";
import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useAccount, useToPage } from "@/app/account";
import { CheckIcon, ChevronRightIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { useText } from "./text";
import css from "./overview.module.css";

type Step = Schema["FirstStep"]["step"];

interface StepsProps {
  steps: Schema["FirstStep"][];
  /** The newest activity, where materials go and are tuned. */
  activity: string | null;
}

const hiddenKey = (account: string) => `mien.steps.${account}`;

/** The way from nothing to a campaign; each step leads to where it is done. */
export function Steps({ steps, activity }: StepsProps) {
  const t = useText();
  const { id } = useAccount();
  const done = steps.filter((one) => one.done).length;
  // Who calls and has bought knows the way: the steps are out of the way until they are asked for.
  const isLive = steps.every((one) => one.done || (one.step !== "first_call" && one.step !== "buy_licence"));
  const [hidden, setHidden] = useState(() => isLive || wasHidden(id));
  if (done === steps.length) {
    return null;
  }
  const hide = (now: boolean) => {
    rememberHidden(id, now);
    setHidden(now);
  };
  if (hidden) {
    return (
      <button type="button" className={css.stepsShow} onClick={() => hide(false)}>
        {t.stepsShow} · {t.stepsLead(done, steps.length)}
      </button>
    );
  }
  const next = steps.find((one) => !one.done)?.step;
  return (
    <Card
      title={t.steps}
      actions={
        <>
          <span className="m-small m-muted">{t.stepsLead(done, steps.length)}</span>
          <button type="button" className={css.link} onClick={() => hide(true)}>
            {t.stepsHide}
          </button>
        </>
      }
    >
      <ol className={`m-plain ${css.steps}`}>
        {steps.map((one, index) => (
          <StepRow key={one.step} step={one.step} number={index + 1} done={one.done} next={one.step === next} activity={activity} />
        ))}
      </ol>
    </Card>
  );
}

interface StepRowProps {
  step: Step;
  number: number;
  done: boolean;
  next: boolean;
  activity: string | null;
}

function StepRow({ step, number, done, next, activity }: StepRowProps) {
  const t = useText();
  const toPage = useToPage();
  return (
    <li>
      <Link className={css.step} data-done={done || undefined} data-next={next || undefined} to={toPage(placeOf(step, activity))}>
        <span className={css.stepMark} aria-hidden="true">
          {done ? <CheckIcon /> : number}
        </span>
        <span className={css.stepWords}>
          <span className={css.stepTitle}>
            {t[step]}
            {done && <span className="m-hidden">{t.done}</span>}
            {next && <span className={css.stepNext}>{t.next}</span>}
          </span>
          <span className="m-small m-muted">{t[`${step}_text`]}</span>
        </span>
        <ChevronRightIcon />
      </Link>
    </li>
  );
}

/** Where a step is done. */
export function placeOf(step: Step, activity: string | null): string {
  const inActivity = (tab: string) => (activity === null ? "activities" : `activities/${activity}/${tab}`);
  switch (step) {
    case "create_activity":
      return activity === null ? "activities?new" : "activities";
    case "add_material":
      return inActivity("materials");
    case "tune":
      return inActivity("tuning");
    case "create_key":
      return "keys";
    case "first_call":
      return "explorer";
    case "buy_licence":
      return "buy";
  }
}

function wasHidden(account: string): boolean {
  try {
    return localStorage.getItem(hiddenKey(account)) !== null;
  } catch {
    return false;
  }
}

function rememberHidden(account: string, hidden: boolean): void {
  try {
    if (hidden) {
      localStorage.setItem(hiddenKey(account), "yes");
    } else {
      localStorage.removeItem(hiddenKey(account));
    }
  } catch {
    // Without storage it holds until the page is left.
  }
}
