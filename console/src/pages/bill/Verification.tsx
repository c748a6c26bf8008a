import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAccountRead } from "@/api/use-api";
import { CopyId } from "@/components/CopyId";
import { ErrorIcon, HelpIcon, SuccessIcon } from "@/components/icons";
import { Card } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import type { SignedStatement } from "./statement";
import { check, fingerprint, readSigned, type Checks } from "./verify";
import { useText } from "./text";
import styles from "./bill.module.css";

/** What can be checked of the statement here, and how all of it is checked. */
export function Verification({ signed }: { signed: SignedStatement }) {
  const t = useText();
  const months = useAccountRead("/api/v1/accounts/{account}/statements", {});
  return (
    <Card title={t.verify}>
      <PageState of={months} loading={<Skeleton lines={6} />}>
        {({ public_key }) => (
          <div className="m-stack">
            <p className="m-muted">{t.verifyLead}</p>
            <Results signed={signed} publicKey={public_key} />
            <KeptFile publicKey={public_key} />
            <div className="m-stack-tight">
              <h3>{t.rows}</h3>
              <p className="m-muted">{t.rowsNote}</p>
              <pre className={styles.command}>mien verify statement-{signed.statement.account}-{signed.statement.month}.json --calls calls-{signed.statement.account}-{signed.statement.month}.jsonl</pre>
            </div>
          </div>
        )}
      </PageState>
    </Card>
  );
}

function Results({ signed, publicKey }: { signed: SignedStatement; publicKey: string }) {
  const t = useText();
  const checks = useQuery({ queryKey: ["verified", signed.signature, signed.statement, publicKey], queryFn: () => check(signed, publicKey), staleTime: Infinity });
  const print = useQuery({ queryKey: ["fingerprint", signed.public_key], queryFn: () => fingerprint(signed.public_key), staleTime: Infinity });
  if (checks.data === undefined) {
    return <Skeleton lines={5} />;
  }
  const lines: [keyof Checks, string][] = [
    ["signature", t.signature],
    ["key", t.key],
    ["balance", t.balance],
    ["postpaid", t.postpaidCheck],
    ["calls", t.count],
  ];
  return (
    <>
      <ul className={`m-plain ${styles.checks}`} aria-live="polite">
        {lines.map(([key, label]) => (
          <Line key={key} label={label} result={checks.data[key]} />
        ))}
      </ul>
      {print.data && (
        <p>
          <span className="m-muted">{t.fingerprint} </span>
          <CopyId id={print.data} /> <span className="m-muted m-small">{t.fingerprintNote}</span>
        </p>
      )}
    </>
  );
}

function Line({ label, result }: { label: string; result: boolean | null }) {
  const t = useText();
  const kind = result === null ? styles.unknown : result ? styles.right : styles.wrong;
  return (
    <li className={kind}>
      {result === null ? <HelpIcon /> : result ? <SuccessIcon /> : <ErrorIcon />}
      <span>{label}</span>
      <strong>{result === null ? t.cannot : result ? t.ok : t.wrong}</strong>
    </li>
  );
}

/** Checks a file that was downloaded before; it does not leave the browser. */
function KeptFile({ publicKey }: { publicKey: string }) {
  const t = useText();
  const [file, setFile] = useState<{ name: string; signed: SignedStatement | null } | null>(null);
  const choose = async (chosen: File | undefined) => {
    if (chosen) {
      setFile({ name: chosen.name, signed: readSigned(await chosen.text()) });
    }
  };
  return (
    <div className="m-stack-tight">
      <h3>{t.file}</h3>
      <p className="m-muted m-small">{t.fileNote}</p>
      <label className={styles.file}>
        <span>{t.choose}</span>
        <input type="file" accept="application/json,.json" onChange={(event) => void choose(event.target.files?.[0])} />
      </label>
      {file && (file.signed === null ? <p role="alert" className={styles.notOne}>{t.notOne}</p> : <p>{t.ofFile(file.name, file.signed.statement.month)}</p>)}
      {file?.signed && <Results signed={file.signed} publicKey={publicKey} />}
    </div>
  );
}
