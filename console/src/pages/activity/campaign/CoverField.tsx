import { useRef, useState } from "react";
import Button from "@/components/Button";
import { ImageIcon } from "@/components/icons";
import type { Campaign, Draft } from "./draft";
import { useText } from "./text";
import css from "./campaign.module.css";

const MOST_BYTES = 5 * 1024 * 1024;

interface CoverFieldProps {
  cover: Draft["cover"];
  campaign: Campaign | null;
  onChange: (cover: Draft["cover"]) => void;
}

/** The cover; it is sent when the page is saved. */
export function CoverField({ cover, campaign, onChange }: CoverFieldProps) {
  const t = useText();
  const input = useRef<HTMLInputElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const kept = campaign?.cover ? `/c/${campaign.slug}/cover?v=${campaign.cover}&preview=1` : null;
  const picture = cover === undefined ? kept : (cover?.address ?? null);
  const choose = (file: File | undefined) => {
    if (!file) {
      return;
    }
    const wrong = !["image/jpeg", "image/png"].includes(file.type) ? t.coverWrong : file.size > MOST_BYTES ? t.coverTooLarge : null;
    setFault(wrong);
    if (wrong === null) {
      onChange({ file, address: URL.createObjectURL(file) });
    }
  };
  return (
    <div className="m-stack-tight" onDragOver={(event) => event.preventDefault()} onDrop={(event) => (event.preventDefault(), choose(event.dataTransfer.files[0]))}>
      <span className="m-field-label">{t.cover}</span>
      <div className={css.cover}>{picture === null ? <ImageIcon /> : <img src={picture} alt={t.cover} />}</div>
      <div className="m-row">
        <input
          ref={input}
          type="file"
          className="m-hidden"
          tabIndex={-1}
          aria-label={t.coverChoose}
          accept="image/jpeg,image/png"
          onChange={(event) => {
            choose(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Button size="small" variant="outline" onClick={() => input.current?.click()}>
          {picture === null ? t.coverChoose : t.coverReplace}
        </Button>
        {picture !== null && (
          <Button size="small" variant="text" theme="default" onClick={() => onChange(kept === null ? undefined : null)}>
            {t.coverRemove}
          </Button>
        )}
      </div>
      <p className={fault ? css.fault : "m-muted m-small"} role={fault ? "alert" : undefined}>
        {fault ?? t.coverHint}
      </p>
    </div>
  );
}
