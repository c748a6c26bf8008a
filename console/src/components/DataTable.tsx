import { useMemo, useState, type ReactNode } from "react";
import Button from "@/components/Button";
import { texts } from "@/i18n";
import { SortDownIcon, SortIcon, SortUpIcon } from "./icons";
import "./data-table.css";

const useText = texts(
  { more: "加载更多", selectAll: "全选", select: (name: string) => `选择 ${name}` },
  { more: "Load more", selectAll: "Select all", select: (name: string) => `Select ${name}` },
);

export interface Column<Row> {
  key: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** Numbers stand at the right. */
  align?: "left" | "right";
  /** Makes the column sortable. */
  sortBy?: (row: Row) => string | number;
  width?: number | string;
  /** On phones a row is a card: its first line, a labelled line (the default), buttons at its end, or left out. */
  onPhone?: "title" | "line" | "actions" | "hide";
}

interface DataTableProps<Row> {
  /** Says what is listed, for those who do not see it. */
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Shown without rows: an `<Empty small>`. */
  empty?: ReactNode;
  /** Keys of the selected rows; makes rows selectable. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** There are more rows. */
  onMore?: (() => void) | undefined;
  loadingMore?: boolean;
  /** A row that is looked at, such as the one whose details stand beside. */
  current?: string;
  /** Below the rows, such as sums. */
  foot?: ReactNode;
}

interface Sorting {
  key: string;
  down: boolean;
}

/** Rows in columns; a list of cards on phones. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, empty, selected, onSelect, onMore, loadingMore, current, foot } = props;
  const t = useText();
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const sorted = useSorted(rows, columns, sorting);
  if (rows.length === 0 && empty !== undefined) {
    return <>{empty}</>;
  }
  const keys = rows.map(rowKey);
  const all = selected !== undefined && keys.length > 0 && keys.every((key) => selected.has(key));
  const toggle = (key: string) => {
    const next = new Set(selected);
    if (!next.delete(key)) {
      next.add(key);
    }
    onSelect?.(next);
  };
  return (
    // What scrolls must be reachable by the keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="m-table-box" role="region" aria-label={label} tabIndex={0}>
      <table className="m-table">
        <caption className="m-hidden">{label}</caption>
        <thead>
          <tr>
            {selected && (
              <th scope="col" className="m-table-check">
                <input type="checkbox" aria-label={t.selectAll} checked={all} onChange={() => onSelect?.(new Set(all ? [] : keys))} />
              </th>
            )}
            {columns.map((column) => (
              <Head key={column.key} column={column} sorting={sorting} onSort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const key = rowKey(row);
            return (
              <tr key={key} aria-current={current === key ? "true" : undefined} data-selected={selected?.has(key) || undefined}>
                {selected && (
                  <td className="m-table-check">
                    <input type="checkbox" aria-label={t.select(key)} checked={selected.has(key)} onChange={() => toggle(key)} />
                  </td>
                )}
                {columns.map((column) => {
                  const cell = column.cell(row);
                  return (
                    <td key={column.key} data-label={column.title} data-phone={column.onPhone ?? "line"} data-none={cell === "—" || undefined} className={column.align === "right" ? "m-right" : undefined}>
                      {cell}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
        {foot && <tfoot>{foot}</tfoot>}
      </table>
      {onMore && (
        <div className="m-table-more">
          <Button variant="text" theme="primary" loading={loadingMore ?? false} onClick={onMore}>
            {t.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function useSorted<Row>(rows: Row[], columns: Column<Row>[], sorting: Sorting | null): Row[] {
  return useMemo(() => {
    const by = columns.find((column) => column.key === sorting?.key)?.sortBy;
    if (!by || !sorting) {
      return rows;
    }
    const sign = sorting.down ? -1 : 1;
    return [...rows].sort((a, b) => {
      const [left, right] = [by(a), by(b)];
      const order = typeof left === "string" ? left.localeCompare(String(right), "zh-CN", { numeric: true }) : left - Number(right);
      return sign * order;
    });
  }, [rows, columns, sorting]);
}

function Head<Row>({ column, sorting, onSort }: { column: Column<Row>; sorting: Sorting | null; onSort: (next: Sorting | null) => void }) {
  const classes = column.align === "right" ? "m-right" : undefined;
  const style = column.width === undefined ? undefined : { width: column.width };
  if (!column.sortBy) {
    return (
      <th scope="col" className={classes} style={style}>
        {column.title}
      </th>
    );
  }
  const mine = sorting?.key === column.key ? sorting : null;
  const next = mine === null ? { key: column.key, down: false } : mine.down ? null : { key: column.key, down: true };
  return (
    <th scope="col" className={classes} style={style} aria-sort={mine === null ? "none" : mine.down ? "descending" : "ascending"}>
      <button type="button" className="m-table-sort" onClick={() => onSort(next)}>
        {column.title}
        {mine === null ? <SortIcon /> : mine.down ? <SortDownIcon /> : <SortUpIcon />}
      </button>
    </th>
  );
}
