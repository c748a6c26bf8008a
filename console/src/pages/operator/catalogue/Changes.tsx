import type { Schema } from "@/api/types";
import { DataTable, type Column } from "@/components/DataTable";
import { useText } from "./text";
import styles from "./catalogue.module.css";

type Change = Schema["CatalogueChange"];

/** In what two editions differ. */
export function Changes({ changes }: { changes: Change[] }) {
  const t = useText();
  const columns: Column<Change>[] = [
    { key: "path", title: t.path, cell: (change) => <code>{change.path}</code>, onPhone: "title" },
    { key: "before", title: t.before, cell: (change) => (change.before === null ? t.nothing : <del className={styles["before"]}>{change.before}</del>) },
    { key: "after", title: t.after, cell: (change) => (change.after === null ? t.nothing : <ins className={styles["after"]}>{change.after}</ins>) },
  ];
  return <DataTable label={t.changes} columns={columns} rows={changes} rowKey={(change) => change.path} />;
}
