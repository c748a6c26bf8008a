import { useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import Button from "@/components/Button";
import type { Schema } from "@/api/types";
import { fill, upload } from "@/api/upload";
import { useAccountId } from "@/app/account";
import { useFormat } from "@/app/format";
import { UploadIcon } from "@/components/icons";
import { ProblemAlert } from "@/components/ProblemAlert";
import { toast } from "@/components/toast";
import { Conflict } from "../Conflict";
import { clashes } from "@/api/version";
import { useMaterialNow } from "../material-change";
import { examine, type Refusal } from "./intake";
import { useRefusalWords } from "./refusal-words";
import { useText } from "./text";
import { refreshMaterials } from "./use-upload-queue";
import css from "./dialog.module.css";

type Material = Schema["Material"];

/** Puts another picture in the place of a material's; its id stays. */
export function ReplacePicture({ material }: { material: Material }) {
  const t = useText();
  const client = useQueryClient();
  const account = useAccountId();
  const read = useMaterialNow();
  const { percent } = useFormat();
  const input = useRef<HTMLInputElement>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const [conflict, setConflict] = useState<{ file: File; now: Material } | null>(null);
  const refused = useRefusalWords(refusal);
  const send = async (file: File, before: Material) => {
    setProblem(null);
    setConflict(null);
    const [examined] = await examine([file], 1);
    setRefusal(examined?.refusal ?? null);
    if (examined?.refusal) {
      return;
    }
    setSent(0);
    try {
      const now = await read(before.id);
      if (clashes(before, now, ["picture"])) {
        setConflict({ file, now });
        return;
      }
      const url = fill("/api/v1/accounts/{account}/materials/{material}/picture", { account, material: material.id });
      await upload({ method: "PUT", url, body: file, onProgress: setSent });
      await refreshMaterials(client);
      toast(t.replaced);
    } catch (thrown) {
      setProblem(thrown);
    } finally {
      setSent(null);
    }
  };
  return (
    <div className={css.replace}>
      <Button variant="outline" theme="default" icon={<UploadIcon />} loading={sent !== null} title={t.replaceHint} onClick={() => input.current?.click()}>
        {sent === null ? t.replace : sent >= 1 ? t.reviewing : t.sending(percent(sent))}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png"
        aria-label={t.replace}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) {
            void send(file, material);
          }
        }}
      />
      <p className="m-small m-muted">{t.replaceHint}</p>
      {refused !== "" && (
        <p className={css.refused} role="alert">
          {refused}
        </p>
      )}
      {conflict && (
        <Conflict at={conflict.now.updated} now={null} busy={sent !== null} onMine={() => void send(conflict.file, conflict.now)} onTheirs={() => { setConflict(null); void refreshMaterials(client); }} />
      )}
      <ProblemAlert problem={problem} />
    </div>
  );
}
