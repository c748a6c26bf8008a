import { useQueries } from "@tanstack/react-query";
import { Link } from "react-router";
import { ask } from "@/api/client";
import type { Problem } from "@/api/problem";
import type { Schema } from "@/api/types";
import { readKey, useRead } from "@/api/use-api";
import { useWords } from "@/app/words";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { ProblemAlert } from "@/components/ProblemAlert";
import { Skeleton } from "@/components/Skeleton";
import { LastDay, Moment } from "@/components/Written";
import { texts } from "@/i18n";

const EXEMPTION = "/api/v1/operator/accounts/{account}/exemption";

const useText = texts(
  {
    lead: "这些账户的融合图现在可不带可见的「AI 生成」标识",
    reason: "理由",
    since: "开始",
    until: "最后一天",
    noEnd: "长期",
    by: "设置人",
    commandLine: "命令行",
    none: "没有账户被豁免",
    noneAdvice: "所有融合图都带可见标识。如客户自行添加标识，可在账户页设置豁免。",
    toAccounts: "前往账户管理",
  },
  {
    lead: "Pictures of these accounts may now go without the visible “AI generated” mark",
    reason: "Reason",
    since: "Since",
    until: "Last day",
    noEnd: "No end",
    by: "By",
    commandLine: "command line",
    none: "No account is exempt",
    noneAdvice: "All fused pictures carry the visible mark. A customer who marks pictures itself can be exempted on its account's page.",
    toAccounts: "Go to accounts",
  },
);

interface Row {
  account: Schema["AccountOverview"];
  exemption: Schema["Exemption"] | null | undefined;
}

export default function OperatorExemptionsPage() {
  const w = useWords();
  const t = useText();
  const accounts = useRead("/api/v1/operator/accounts", {});
  const exempt = (accounts.data?.accounts ?? []).filter((account) => account.label_exempt);
  const reads = useQueries({
    queries: exempt.map(({ id }) => ({
      queryKey: readKey(EXEMPTION, { path: { account: id } }),
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await ask("get", EXEMPTION, { path: { account: id }, signal })) as Schema["ExemptionOfAccount"],
    })),
  });
  const rows = exempt.map((account, index): Row => ({ account, exemption: reads[index]?.data?.exemption }));
  const problem = reads.find((read) => read.error)?.error as Problem | undefined;
  return (
    <Page title={w.operatorExemptions} lead={t.lead}>
      <ProblemAlert problem={problem} onRetry={() => reads.forEach((read) => void read.refetch())} />
      <Card flush>
        <PageState
          of={accounts}
          loading={<Skeleton height={240} />}
          emptyIf={() => exempt.length === 0}
          empty={<Empty title={t.none} actions={<Link to="/operator/accounts">{t.toAccounts}</Link>}>{t.noneAdvice}</Empty>}
        >
          {() => <Exempt rows={rows} />}
        </PageState>
      </Card>
    </Page>
  );
}

function Exempt({ rows }: { rows: Row[] }) {
  const w = useWords();
  const t = useText();
  const columns: Column<Row>[] = [
    { key: "account", title: w.account, cell: ({ account }) => <Link to={`/operator/accounts/${account.id}`}>{account.name}</Link>, sortBy: ({ account }) => account.name, onPhone: "title" },
    { key: "reason", title: t.reason, cell: ({ exemption }) => exemption?.reason ?? "…" },
    { key: "since", title: t.since, cell: ({ exemption }) => exemption && <Moment at={exemption.since} />, sortBy: ({ exemption }) => exemption?.since ?? "" },
    { key: "until", title: t.until, cell: ({ exemption }) => exemption && (exemption.ends === null ? t.noEnd : <LastDay ends={exemption.ends} />), sortBy: ({ exemption }) => exemption?.ends ?? "9" },
    { key: "by", title: t.by, cell: ({ exemption }) => exemption && (exemption.by ?? t.commandLine) },
  ];
  return <DataTable label={w.operatorExemptions} columns={columns} rows={rows} rowKey={({ account }) => account.id} />;
}
