import { Link } from "react-router";
import type { Schema } from "@/api/types";
import { useWords } from "@/app/words";
import { DataTable, type Column } from "@/components/DataTable";
import { Empty } from "@/components/Empty";
import { Card, Page } from "@/components/Page";
import { PageState } from "@/components/PageState";
import { Skeleton } from "@/components/Skeleton";
import { LastDay, Moment } from "@/components/Written";
import { texts } from "@/i18n";
import { usePages } from "../parts/use-pages";

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

type Row = Schema["ListedExemption"];

export default function OperatorExemptionsPage() {
  const w = useWords();
  const t = useText();
  const read = usePages("/api/v1/operator/exemptions", {});
  return (
    <Page title={w.operatorExemptions} lead={t.lead}>
      <Card flush>
        <PageState
          of={read}
          loading={<Skeleton height={240} />}
          emptyIf={({ pages }) => pages.every((page) => page.exemptions.length === 0)}
          empty={<Empty title={t.none} actions={<Link to="/operator/accounts">{t.toAccounts}</Link>}>{t.noneAdvice}</Empty>}
        >
          {({ pages }) => (
            <Exempt rows={pages.flatMap((page) => page.exemptions)} onMore={read.hasNextPage ? () => void read.fetchNextPage() : undefined} loadingMore={read.isFetchingNextPage} />
          )}
        </PageState>
      </Card>
    </Page>
  );
}

function Exempt({ rows, onMore, loadingMore }: { rows: Row[]; onMore: (() => void) | undefined; loadingMore: boolean }) {
  const w = useWords();
  const t = useText();
  const columns: Column<Row>[] = [
    { key: "account", title: w.account, cell: (one) => <Link to={`/operator/accounts/${one.account}`}>{one.account_name}</Link>, sortBy: (one) => one.account_name, onPhone: "title" },
    { key: "reason", title: t.reason, cell: (one) => one.reason },
    { key: "since", title: t.since, cell: (one) => <Moment at={one.since} />, sortBy: (one) => one.since },
    { key: "until", title: t.until, cell: (one) => (one.ends === null ? t.noEnd : <LastDay ends={one.ends} />), sortBy: (one) => one.ends ?? "9" },
    { key: "by", title: t.by, cell: (one) => one.by ?? t.commandLine },
  ];
  return <DataTable label={w.operatorExemptions} columns={columns} rows={rows} rowKey={(one) => one.account} onMore={onMore} loadingMore={loadingMore} />;
}
