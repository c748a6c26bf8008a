import { useId, type ReactNode } from "react";
import { useWords } from "@/app/words";
import Button from "./Button";
import { Modal } from "./Modal";
import { ProblemAlert } from "./ProblemAlert";

interface FormDialogProps {
  title: ReactNode;
  /** What the button does. */
  act: ReactNode;
  /** Whether what was written can be sent. */
  ready?: boolean;
  /** Sent and not answered: nothing is sent twice, and the dialog stays. */
  busy: boolean;
  /** Why it was not done. */
  problem: unknown;
  onSubmit: () => void;
  onClose: () => void;
  /** The fields. */
  children: ReactNode;
}

/** A dialog with a form: fields, what went wrong, cancel, and the button that sends. */
export function FormDialog({ title, act, ready = true, busy, problem, onSubmit, onClose, children }: FormDialogProps) {
  const w = useWords();
  const id = useId();
  return (
    <Modal
      open
      title={title}
      onClose={busy ? undefined : onClose}
      footer={
        <>
          <Button variant="outline" theme="default" disabled={busy} onClick={onClose}>
            {w.cancel}
          </Button>
          <Button type="submit" form={id} loading={busy} disabled={!ready}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="m-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) {
            onSubmit();
          }
        }}
      >
        {children}
        <ProblemAlert problem={problem} />
      </form>
    </Modal>
  );
}
