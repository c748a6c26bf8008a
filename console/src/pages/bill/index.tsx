import { Link, useParams } from "react-router";
import { fill } from "@/api/upload";
import type { Schema } from "@/api/types";
import { useAccountRead } from "@/api/use-api";
import { useAccountId, useToPage } from "@/app/account";
import { firstDay, lastDay } from "@/app/days";
import { amountOf, millionths } from "@/app/exact";
import { useWords } from "@/app/words";
import { currentLanguage } from "@/i18n";
import { Hint } from "@/components/Hint";
import { DownloadIcon, PrintIcon } from "@/components/icons";
import { useCatalogue } from "@/components/names";
import { Card, Figure, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { TierLadder } from "@/components/TierLadder";
import { Money } from "@/components/Written";
import { useFormat } from "@/app/format";
import type { SignedStatement, Statement } from "./statement";
import { Grants, Movements, UsageTable } from "./Tables";
import { Verification } from "./Verification";
import { useText } from "./text";
import styles from "./bill.module.css";

/** A month's statement: what moved, what was used, what it cost, and that it is right. */
export default function BillPage() {
  const w = useWords();
  const t = useText();
  const toPage = useToPage();
  const { month = "" } = useParams();
  const statement = useAccountRead("/api/v1/accounts/{account}/statements/{month}", { path: { month } });
  const { month: nameOf } = useFormat();
  return (
    <Page title={t.title(nameOf(month))} crumbs={[{ label: w.bills, to: toPage("bills") }, { label: nameOf(month) }]} actions={<Downloads month={month} />}>
      <PageState of={statement} loading={<Skeleton height={480} />}>
        {(read) => <Shown signed={read as unknown as SignedStatement} />}
      </PageState>
    </Page>
  );
}

function Downloads({ month }: { month: string }) {
  const t = useText();
  const account = useAccountId();
  const url = (file: string) => fill(`/api/v1/accounts/{account}/statements/{month}${file}`, { account, month });
  return (
    <nav className={styles.downloads} aria-label={t.downloads}>
      <a href={`${url("/statement.html")}?language=${currentLanguage()}`} target="_blank" rel="noreferrer">
        <PrintIcon /> {t.printable}
      </a>
      <a href={url("")} download={`statement-${account}-${month}.json`}>
        <DownloadIcon /> {t.json}
      </a>
      <a href={url("/calls.csv")} download={`calls-${account}-${month}.csv`}>
        <DownloadIcon /> {t.csv}
      </a>
      <a href={url("/calls.jsonl")} download={`calls-${account}-${month}.jsonl`}>
        <DownloadIcon /> {t.jsonl}
      </a>
    </nav>
  );
}

function Shown({ signed }: { signed: SignedStatement }) {
  const t = useText();
  const { statement } = signed;
  return (
    <>
      <Hint kind={statement.complete ? "good" : "info"}>{statement.complete ? t.complete : t.preliminary}</Hint>
      <MoneyCard statement={statement} />
      <PostpaidCard statement={statement} />
      <Card title={t.usage} flush>
        <UsageTable statement={statement} />
      </Card>
      <Card title={t.grants} flush>
        <Grants statement={statement} />
      </Card>
      <Card title={t.movements} flush>
        <Movements statement={statement} />
      </Card>
      <Verification signed={signed} />
    </>
  );
}

function MoneyCard({ statement }: { statement: Statement }) {
  const t = useText();
  const sum = (amounts: string[]) => amountOf(amounts.reduce((total, amount) => total + millionths(amount), 0n));
  const figures: [string, string, boolean][] = [
    [t.opening, statement.opening, false],
    [t.in, sum(statement.movements.map((one) => one.amount)), true],
    [t.out, sum(statement.orders.map((one) => `-${one.total}`)), true],
    [t.closing, statement.closing, false],
  ];
  return (
    <Card title={t.money}>
      <div className={styles.figures}>
        {figures.map(([label, amount, signed]) => (
          <Figure key={label} label={label} value={<Money amount={amount} signed={signed} />} />
        ))}
      </div>
    </Card>
  );
}

function PostpaidCard({ statement }: { statement: Statement }) {
  const t = useText();
  const { count, money } = useFormat();
  const catalogue = useCatalogue();
  const { postpaid } = statement;
  const toPage = useToPage();
  const w = useWords();
  // The tiers of the edition that priced the month; of another edition only the tier that the statement holds is known.
  const tiers: Schema["Tier"][] = catalogue.data?.version === statement.catalogue ? catalogue.data.postpaid : postpaid === null ? [] : [postpaid.tier];
  return (
    <Card title={t.postpaid} actions={<Link to={toPage(`usage?range=custom&from=${firstDay(statement.month)}&to=${lastDay(statement.month)}&split=charged_to`)}>{w.usage}</Link>}>
      <div className="m-stack">
        {postpaid === null ? (
          <p className="m-muted">{t.noPostpaid}</p>
        ) : (
          <p className={styles.formula}>{t.formula(count(postpaid.calls), money(postpaid.tier.unit_price), money(postpaid.exact), money(postpaid.amount))}</p>
        )}
        {tiers.length > 0 && <TierLadder tiers={tiers} calls={postpaid?.calls ?? 0} />}
      </div>
    </Card>
  );
}
