import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { Problem } from "@/api/problem";
import { setLanguage } from "@/i18n";
import { ConfirmProvider, useConfirm, type Question } from "./Confirm";
import { DataTable, type Column } from "./DataTable";
import { MenuButton } from "./MenuButton";
import { ProblemAlert } from "./ProblemAlert";

setLanguage("en");

interface Row {
  id: string;
  calls: number;
}

describe("a table", () => {
  const rows: Row[] = [
    { id: "b", calls: 3 },
    { id: "a", calls: 20 },
  ];
  const columns: Column<Row>[] = [
    { key: "id", title: "Id", cell: (row) => row.id, sortBy: (row) => row.id },
    { key: "calls", title: "Calls", cell: (row) => row.calls, sortBy: (row) => row.calls },
  ];
  const order = () => screen.getAllByRole("row").slice(1).map((row) => row.textContent);

  test("is sorted up, down, and as it came", async () => {
    render(<DataTable label="rows" columns={columns} rows={rows} rowKey={(row) => row.id} />);
    const head = screen.getByRole("button", { name: "Calls" });
    await userEvent.click(head);
    expect(order()).toEqual(["b3", "a20"]);
    await userEvent.click(head);
    expect(order()).toEqual(["a20", "b3"]);
    expect(screen.getByRole("columnheader", { name: "Calls" })).toHaveAttribute("aria-sort", "descending");
    await userEvent.click(head);
    expect(order()).toEqual(["b3", "a20"]);
  });

  test("selects one and all", async () => {
    function Selecting() {
      const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
      return (
        <>
          <DataTable label="rows" columns={columns} rows={rows} rowKey={(row) => row.id} selected={selected} onSelect={setSelected} />
          <output>{[...selected].sort().join()}</output>
        </>
      );
    }
    render(<Selecting />);
    await userEvent.click(screen.getByRole("checkbox", { name: "Select a" }));
    expect(screen.getByRole("status")).toHaveTextContent("a");
    await userEvent.click(screen.getByRole("checkbox", { name: "Select all" }));
    expect(screen.getByRole("status")).toHaveTextContent("a,b");
    await userEvent.click(screen.getByRole("checkbox", { name: "Select all" }));
    expect(screen.getByRole("status")).toBeEmptyDOMElement();
  });
});

describe("a question before what cannot be undone", () => {
  function Asking(question: Question) {
    const confirm = useConfirm();
    return (
      <button type="button" onClick={() => confirm(question)}>
        ask
      </button>
    );
  }
  const ask = async (question: Question) => {
    render(
      <ConfirmProvider>
        <Asking {...question} />
      </ConfirmProvider>,
    );
    await userEvent.click(screen.getByRole("button", { name: "ask" }));
  };
  const QUESTION = { title: "Delete?", children: "For ever.", act: "Delete", danger: true };

  test("does it only when the word was typed", async () => {
    const onConfirm = vi.fn();
    await ask({ ...QUESTION, typed: "300100", onConfirm });
    expect(screen.getByRole("button", { name: "Delete" })).toBeDisabled();
    await userEvent.type(screen.getByLabelText(/Type 300100/), "300100");
    await userEvent.click(screen.getByRole("button", { name: "Delete" }));
    expect(onConfirm).toHaveBeenCalledOnce();
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("stays and says why when it was refused", async () => {
    await ask({ ...QUESTION, onConfirm: () => Promise.reject(new Problem(409, "locked", "it is licensed")) });
    await userEvent.click(screen.getByRole("button", { name: "Delete" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("it is licensed");
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

test("a menu is walked with the arrow keys", async () => {
  const onSelect = vi.fn<(key: string) => void>();
  const items = ["one", "two"].map((key) => ({ key, label: key, onSelect: () => onSelect(key) }));
  render(
    <MenuButton label="menu" items={items}>
      …
    </MenuButton>,
  );
  screen.getByRole("button", { name: "menu" }).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  expect(onSelect).toHaveBeenCalledWith("two");
  expect(screen.queryByRole("menu")).toBeNull();
  expect(screen.getByRole("button", { name: "menu" })).toHaveFocus();
});

test("a problem with a time to wait holds its retry back", () => {
  render(<ProblemAlert problem={new Problem(429, "too_many_attempts", "Too often", { retry_after_s: 30 })} onRetry={() => undefined} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Try again in 30 s.");
  expect(screen.getByRole("button", { name: "Try again" })).toBeDisabled();
});
