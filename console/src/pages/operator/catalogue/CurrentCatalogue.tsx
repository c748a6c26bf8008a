import type { Schema } from "@/api/types";
import { useFormat } from "@/app/format";
import { DataTable, type Column } from "@/components/DataTable";
import { Card, Facts } from "@/components/Page";
import { Count, Money } from "@/components/Written";
import { useLanguage } from "@/i18n";
import { useText } from "./text";

type Catalogue = Schema["Catalogue"];

/** What is sold, as tables. */
export function CurrentCatalogue({ catalogue }: { catalogue: Catalogue }) {
  const t = useText();
  const { count } = useFormat();
  const { free, qps_upgrade: upgrade } = catalogue;
  return (
    <>
      <Licences licences={catalogue.licences} />
      <div className="m-grid m-grid-charts">
        <Card title={t.upgrade}>
          <Facts
            facts={[
              [t.step, `${count(upgrade.step)} QPS`],
              [t.perStep, <Money key="price" amount={upgrade.price} />],
              [t.ceiling, `${count(upgrade.ceiling)} QPS`],
              [t.window, t.days(count(upgrade.window_days))],
            ]}
          />
        </Card>
        <Card title={t.free}>
          <Facts
            facts={[
              [t.freeCalls, count(free.calls)],
              [t.freeQps, count(free.qps)],
              [t.contact, catalogue.contact || t.none],
            ]}
          />
        </Card>
      </div>
      <Packs packs={catalogue.packs} />
      <Tiers tiers={catalogue.postpaid} />
    </>
  );
}

function Licences({ licences }: { licences: Catalogue["licences"] }) {
  const t = useText();
  const language = useLanguage();
  const { count } = useFormat();
  type Row = Catalogue["licences"][number];
  const columns: Column<Row>[] = [
    { key: "name", title: t.name, cell: (row) => row.name[language], onPhone: "title" },
    { key: "id", title: "ID", cell: (row) => <code>{row.id}</code> },
    { key: "materials", title: t.materials, align: "right", cell: (row) => <Count value={row.materials} /> },
    { key: "calls", title: t.calls, align: "right", cell: (row) => <Count value={row.calls} /> },
    { key: "qps", title: t.qps, align: "right", cell: (row) => <Count value={row.qps} /> },
    { key: "update", title: t.updateDays, align: "right", cell: (row) => t.days(count(row.update_days)) },
    { key: "valid", title: t.validDays, align: "right", cell: (row) => t.days(count(row.valid_days)) },
    { key: "price", title: t.price, align: "right", cell: (row) => <Money amount={row.price} /> },
  ];
  return (
    <Card title={t.licences} flush>
      <DataTable label={t.licences} columns={columns} rows={licences} rowKey={(row) => row.id} />
    </Card>
  );
}

function Packs({ packs }: { packs: Catalogue["packs"] }) {
  const t = useText();
  const { count } = useFormat();
  type Row = Catalogue["packs"][number];
  const columns: Column<Row>[] = [
    { key: "id", title: t.pack, cell: (row) => <code>{row.id}</code>, onPhone: "title" },
    { key: "calls", title: t.calls, align: "right", cell: (row) => <Count value={row.calls} /> },
    { key: "valid", title: t.validDays, align: "right", cell: (row) => t.days(count(row.valid_days)) },
    { key: "price", title: t.price, align: "right", cell: (row) => <Money amount={row.price} /> },
  ];
  return (
    <Card title={t.packs} flush>
      <DataTable label={t.packs} columns={columns} rows={packs} rowKey={(row) => row.id} />
    </Card>
  );
}

function Tiers({ tiers }: { tiers: Catalogue["postpaid"] }) {
  const t = useText();
  const { count } = useFormat();
  type Row = Catalogue["postpaid"][number];
  const columns: Column<Row>[] = [
    {
      key: "calls",
      title: t.tier,
      cell: (row) => (row.last === null ? t.andMore(count(row.first)) : t.between(count(row.first), count(row.last))),
      onPhone: "title",
    },
    { key: "price", title: t.unitPrice, align: "right", cell: (row) => <span className="m-number">{row.unit_price}</span> },
  ];
  return (
    <Card title={t.postpaid} actions={<span className="m-muted m-small">{t.tierLead}</span>} flush>
      <DataTable label={t.postpaid} columns={columns} rows={tiers} rowKey={(row) => String(row.first)} />
    </Card>
  );
}
