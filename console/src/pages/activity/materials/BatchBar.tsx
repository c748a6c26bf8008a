import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import Button from "@/components/Button";
import { ask } from "@/api/client";
import { asProblem, type Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { useAccountId } from "@/app/account";
import { useFormat } from "@/app/format";
import { useWords } from "@/app/words";
import { useConfirm } from "@/components/Confirm";
import { CopyIcon, DeleteIcon, LockIcon } from "@/components/icons";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { useText } from "./text";
import { refreshMaterials } from "./use-upload-queue";
import css from "./materials.module.css";

type Material = Schema["Material"];

interface BatchBarProps {
  list: Material[];
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
  mayDelete: boolean;
  frozen: boolean;
}

/** What can be done with several materials at once. */
export function BatchBar({ list, selected, onSelect, mayDelete, frozen }: BatchBarProps) {
  const t = useText();
  const w = useWords();
  const { count } = useFormat();
  const confirm = useConfirm();
  const remove = useRemove();
  const [left, setLeft] = useState<{ done: number; all: number; problem: Problem } | null>(null);
  const all = list.length > 0 && list.every((one) => selected.has(one.id));
  const some = selected.size > 0;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText([...selected].join("\n"));
      toast(t.copiedIds(count(selected.size)));
    } catch {
      toast(t.copyFailed, "fault");
    }
  };
  const askDelete = () =>
    confirm({
      title: t.deleteMany(count(selected.size)),
      children: t.deleteText,
      act: w.delete,
      danger: true,
      onConfirm: async () => {
        const ids = [...selected];
        const { failed, problem } = await remove(ids);
        onSelect(new Set(failed));
        setLeft(problem === null ? null : { done: ids.length - failed.length, all: ids.length, problem });
        if (problem === null) {
          toast(w.deleted);
        }
      },
    });
  return (
    <>
      <div className={css.batch} data-some={some || undefined}>
        <label className={css.batchAll}>
          <input type="checkbox" checked={all} ref={(box) => { if (box) { box.indeterminate = some && !all; } }} onChange={() => onSelect(new Set(all ? [] : list.map((one) => one.id)))} />
          {some ? t.selected(count(selected.size)) : t.selectAll}
        </label>
        {some && (
          <>
            <Button size="small" variant="outline" theme="default" icon={<CopyIcon />} onClick={() => void copy()}>
              {t.copyIds}
            </Button>
            {mayDelete && (
              <Button size="small" variant="outline" theme="danger" icon={<DeleteIcon />} onClick={askDelete}>
                {w.delete}
              </Button>
            )}
            {frozen && (
              <span className={`${css.locked} m-small m-muted`}>
                <LockIcon />
                {t.frozenShort}
              </span>
            )}
          </>
        )}
      </div>
      {left && (
        <ProblemAlert problem={left.problem}>
          <p className="m-muted">{t.deletedSome(count(left.done), count(left.all))}</p>
        </ProblemAlert>
      )}
    </>
  );
}

/** Deletions at once. */
const AT_ONCE = 3;

/** Deletes materials; those that are gone already count as deleted. */
function useRemove(): (ids: string[]) => Promise<{ failed: string[]; problem: Problem | null }> {
  const client = useQueryClient();
  const account = useAccountId();
  return async (ids) => {
    const waiting = [...ids];
    const failed: string[] = [];
    let problem: Problem | null = null;
    const work = async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        try {
          await ask("delete", "/api/v1/accounts/{account}/materials/{material}", { path: { account, material: id } });
        } catch (thrown) {
          const why = asProblem(thrown);
          if (why.status !== 404) {
            failed.push(id);
            problem = why;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    await refreshMaterials(client);
    return { failed, problem };
  };
}
