import { Link } from "react-router";
import type { ReactNode } from "react";
import { useAccount, useToPage } from "@/app/account";
import { useFormat } from "@/app/format";
import { ImageIcon, TimeIcon, UsageIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { isUrgent, type Task } from "./tasks";
import { useText } from "./text";
import css from "./overview.module.css";

interface Said {
  icon: ReactNode;
  title: string;
  text: string;
  act: string;
  page: string;
}

/** What should be done soon, each with the way to it. */
export function Tasks({ tasks }: { tasks: Task[] }) {
  const t = useText();
  const toPage = useToPage();
  const { mayOwn } = useAccount();
  const say = useSaid();
  if (tasks.length === 0) {
    return null;
  }
  return (
    <Card title={t.tasks}>
      <ul className={`m-plain ${css.tasks}`}>
        {tasks.map((task) => {
          const said = say(task);
          return (
            <li key={said.title}>
              <span className={css.taskMark} data-urgent={isUrgent(task) || undefined} aria-hidden="true">
                {said.icon}
              </span>
              <div>
                <p className={css.taskTitle}>{said.title}</p>
                <p className="m-small m-muted">{said.text}</p>
              </div>
              {(mayOwn || task.what === "windowEnds") && (
                <Link to={toPage(said.page)} aria-label={`${said.act}: ${said.title}`}>
                  {said.act}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

function useSaid(): (task: Task) => Said {
  const t = useText();
  const { count, lastDayBefore } = useFormat();
  return (task) => {
    switch (task.what) {
      case "licenceEnds":
        return { icon: <TimeIcon />, title: t.licenceEnds(task.activity.name, task.days), text: t.licenceEndsText(lastDayBefore(task.ends)), act: t.renew, page: `buy?what=licence&activity=${task.activity.id}` };
      case "windowEnds":
        return { icon: <ImageIcon />, title: t.windowEnds(task.activity.name, task.days), text: t.windowEndsText(lastDayBefore(task.ends)), act: t.toMaterials, page: `activities/${task.activity.id}/materials` };
      case "packNone":
        return { icon: <UsageIcon />, title: t.packNone(task.activity.name), text: t.packNoneText, act: t.buyPack, page: "buy?what=pack" };
      case "packLow":
        return { icon: <UsageIcon />, title: t.packLow, text: t.packLowText(count(task.left), task.day), act: t.buyPack, page: "buy?what=pack" };
      case "freeLow":
        return { icon: <UsageIcon />, title: t.freeLow(task.activity.name), text: t.freeLowText(count(task.left)), act: t.buyLicence, page: `buy?what=licence&activity=${task.activity.id}` };
      case "freeNone":
        return { icon: <UsageIcon />, title: t.freeNone(task.activity.name), text: t.freeNoneText, act: t.buyLicence, page: `buy?what=licence&activity=${task.activity.id}` };
    }
  };
}
