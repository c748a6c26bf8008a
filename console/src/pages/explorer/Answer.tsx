import { useId, useState } from "react";
import Tag from "tdesign-react/es/tag";
import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { CopyText } from "./CopyText";
import { shownJson, verdictOf } from "./shown";
import { useText } from "./text";
import styles from "./explorer.module.css";

type Exchange = Schema["ExplorerExchange"];
type View = "answer" | "request" | "signing";

/** What came back, what it cost, and what was sent. */
export function Answer({ exchange }: { exchange: Exchange }) {
  const t = useText();
  const { count } = useFormat();
  const name = useId();
  const [view, setView] = useState<View>("answer");
  const { error, picture } = verdictOf(exchange.response.body);
  const cut = (length: number) => t.cut(count(length));
  const views: [View, string][] = [
    ["answer", t.tabAnswer],
    ["request", t.tabRequest],
    ["signing", t.tabSigning],
  ];
  return (
    <>
      <div className="m-row" role="status">
        <Tag theme={error ? "danger" : "success"} variant="light">
          {error ? t.failed : t.ok}
        </Tag>
        <span className="m-number">{t.took(count(exchange.response.ms))}</span>
        <Charge headers={exchange.response.headers} />
      </div>
      {error && <p className={styles["error"]}>{error}</p>}
      {picture && <img className={styles["picture"]} src={picture} alt={t.picture} />}
      <fieldset className={styles["views"]}>
        <legend className="m-hidden">{t.tabs}</legend>
        {views.map(([value, label]) => (
          <label key={value}>
            <input type="radio" name={name} checked={view === value} onChange={() => setView(value)} />
            <span>{label}</span>
          </label>
        ))}
      </fieldset>
      {view === "answer" && (
        <>
          <CopyText title={t.tabAnswer} text={shownJson(exchange.response.body, cut)} whole={exchange.response.body} />
          <CopyText title={t.answerHeaders} text={written(exchange.response.headers)} />
        </>
      )}
      {view === "request" && (
        <>
          <CopyText title={t.headers} text={`${exchange.request.method} ${exchange.request.url}\n${written(exchange.request.headers)}`} />
          <CopyText title={t.sentBody} text={shownJson(exchange.request.body, cut)} whole={exchange.request.body} />
        </>
      )}
      {view === "signing" && (
        <>
          <CopyText title={t.canonical} text={exchange.request.canonical_request} />
          <CopyText title={t.toSign} text={exchange.request.string_to_sign} />
        </>
      )}
    </>
  );
}

function written(headers: Schema["HttpHeader"][]): string {
  return headers.map(({ name, value }) => `${name}: ${value}`).join("\n");
}

/** Whether the call counted, and what paid. */
function Charge({ headers }: { headers: Schema["HttpHeader"][] }) {
  const t = useText();
  const { count } = useFormat();
  const header = (wanted: string) => headers.find(({ name }) => name.toLowerCase() === wanted)?.value;
  if (header("x-mien-charged") !== "1") {
    return <span className="m-muted">{t.notCharged}</span>;
  }
  const payers: Record<string, string> = { free: t.from_free, licence: t.from_licence, pack: t.from_pack, postpaid: t.from_postpaid };
  const payer = payers[header("x-mien-charged-to") ?? ""];
  const left = header("x-mien-remaining");
  return (
    <span>
      {[t.charged, payer, left && t.left(count(Number(left)))].filter(Boolean).join(" · ")}
    </span>
  );
}
