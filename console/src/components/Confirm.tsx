import { createContext, useCallback, useContext, useState, type ReactNode } from "react";
import Button from "@/components/Button";
import { texts } from "@/i18n";
import { Field, TextInput } from "./Field";
import { Modal } from "./Modal";
import { ProblemAlert } from "./ProblemAlert";

const useText = texts(
  { cancel: "取消", typeIt: (word: string) => `请输入 ${word} 以确认` },
  { cancel: "Cancel", typeIt: (word: string) => `Type ${word} to confirm` },
);

export interface Question {
  title: string;
  /** What will happen and whether it can be undone. */
  children: ReactNode;
  /** The button's word: the deed itself, such as 删除. */
  act: string;
  /** Cannot be undone: the button is red. */
  danger?: boolean;
  /** A word to be typed first, for what is lost for ever. */
  typed?: string;
  /** Done while the dialog is open; what it throws is shown there. */
  onConfirm: () => Promise<unknown> | void;
}

const Ask = createContext<(question: Question) => void>(() => undefined);

/** `const confirm = useConfirm(); confirm({title, children, act, danger: true, onConfirm})` */
export function useConfirm(): (question: Question) => void {
  return useContext(Ask);
}

export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Question | null>(null);
  const close = useCallback(() => setQuestion(null), []);
  return (
    <Ask value={setQuestion}>
      {children}
      {question && <Asked question={question} onClose={close} />}
    </Ask>
  );
}

function Asked({ question, onClose }: { question: Question; onClose: () => void }) {
  const t = useText();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const [typed, setTyped] = useState("");
  const confirm = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await question.onConfirm();
      onClose();
    } catch (thrown) {
      setProblem(thrown);
      setBusy(false);
    }
  };
  const ready = question.typed === undefined || typed.trim() === question.typed;
  return (
    <Modal
      open
      title={question.title}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={busy} onClick={onClose}>
            {t.cancel}
          </Button>
          <Button theme={question.danger ? "danger" : "primary"} loading={busy} disabled={!ready} onClick={() => void confirm()}>
            {question.act}
          </Button>
        </>
      }
    >
      <div>{question.children}</div>
      {question.typed !== undefined && (
        <Field label={t.typeIt(question.typed)}>
          <TextInput value={typed} onChange={setTyped} autoComplete="off" />
        </Field>
      )}
      <ProblemAlert problem={problem} />
    </Modal>
  );
}
